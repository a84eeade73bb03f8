package main

import (
	"fmt"

	"dueprocess/casework"
	runs "dueprocess/desk"
	"dueprocess/internal/wire"
)

// behindTheScenes are the settings of commands that need registry, keys and workflow server, but no front desk. The
// workflow server is found by Temporal's own TEMPORAL_… variables.
type behindTheScenes struct {
	Database string `help:"postgres://… or sqlite:PATH." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
	KeyFile  string `help:"The file with the master keys. Left out: keys.json beside a SQLite database, if it is there." env:"DUEPROCESS_KEY_FILE" placeholder:"FILE"`
}

func (c behindTheScenes) faults() error { return wire.Unlockable(c.Database, c.KeyFile) }

// rebuildCommand begins the run of one case anew.
type rebuildCommand struct {
	behindTheScenes

	ID    string `arg:"" help:"The case." placeholder:"LR-2026-000123"`
	Force bool   `help:"Even where its run agrees with the registry: that run is ended."`
}

// rebuilt is what the command answers.
type rebuilt struct {
	Case    string       `json:"case"`
	Differs runs.Differs `json:"differs"`
	Done    runs.Done    `json:"done"`
}

// Run rebuilds, and says how the run differed.
func (c rebuildCommand) Run(s *surroundings) error {
	out := rebuilt{Case: c.ID}
	err := wire.Rebuilding(s.ctx, c.Database, c.KeyFile, func(b *runs.Rebuilder) (err error) {
		out.Differs, out.Done, err = b.Rebuild(s.ctx, c.ID, casework.TheSystem, c.Force)
		return err
	})
	if err != nil {
		return err
	}
	if s.json {
		return printValue(s.out, out)
	}
	_, err = fmt.Fprintf(s.out, "%s: %s; %s.\n", out.Case, wrongs[out.Differs], ends[out.Done])
	return err
}

// wrongs and ends say in words what was found, and what was done about it.
var (
	wrongs = map[runs.Differs]string{
		runs.Agrees: "its run agreed with the registry", runs.Missing: "there was no run", runs.Ended: "its run was over",
		runs.Behind: "its run was behind the registry", runs.Ahead: "its run was ahead of the registry", runs.Foreign: "its run was that of another case",
		runs.Lost:    "the workflow server has it, the registry does not: it was received after the dump; ask for it again",
		runs.KeyOnly: "its key is there, the registry does not have it: it was received after the dump; ask for it again",
	}
	ends = map[runs.Done]string{
		runs.NothingDone: "nothing was done", runs.WasRebuilt: "a new run has begun", runs.WasPurged: "it was purged before the restore, and is erased again",
		runs.WasEnded: "its run was ended, and its number is not given again", runs.WasPassed: "its number is not given again",
	}
)
