package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/internal/wire"
	"dueprocess/policy"
	"dueprocess/registry"
)

// diffCommand compares two days, or two rulebooks, over many requests.
type diffCommand struct {
	Folder   string   `arg:"" optional:"" help:"A folder with requests or scenarios (*.json); left out, the cases of --database." placeholder:"FOLDER"`
	On       []string `help:"The days; given twice." placeholder:"DAY"`
	Rulebook []string `help:"The rulebooks' folders; given twice." type:"existingdir" placeholder:"DIR"`
	Database string   `help:"postgres://… or sqlite:PATH, whose cases are compared." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
}

// compared is one request, and where it is from.
type compared struct {
	Name    string           `json:"name"`
	Changes []policy.Changed `json:"changes"`
	People  int              `json:"people"`
}

// comparison is what came of it.
type comparison struct {
	Requests int        `json:"requests"`
	Changed  []compared `json:"changed"`
	People   int        `json:"people"` // whom changed answers are about, each once
}

// Run prints which answers change, with the reasons of both sides, and how many people each change touches.
func (c diffCommand) Run(s *surroundings) error {
	a, b, err := c.sides()
	if err != nil {
		return err
	}
	out, touched := comparison{Changed: []compared{}}, map[string]bool{}
	err = c.each(s, func(name string, req casework.Request) {
		out.Requests++
		if changes := policy.Compare(a, b, req, true); len(changes) > 0 {
			people := peopleOf(req)
			out.Changed = append(out.Changed, compared{name, changes, len(people)})
			for _, p := range people {
				touched[p] = true
			}
		}
	})
	if err != nil {
		return err
	}
	out.People = len(touched)
	if s.json {
		return printValue(s.out, out)
	}
	return out.print(s)
}

func (c diffCommand) sides() (a, b policy.Side, err error) {
	if len(c.On) != 2 && len(c.Rulebook) != 2 || len(c.On) == 1 || len(c.Rulebook) == 1 || len(c.On) > 2 || len(c.Rulebook) > 2 {
		return a, b, usage{errors.New("give two days (--on D1 --on D2), or two rulebooks (--rulebook A --rulebook B)")}
	}
	sides := [2]policy.Side{}
	for i := range sides {
		folder := ""
		if len(c.Rulebook) == 2 {
			folder = c.Rulebook[i]
		}
		if sides[i].Book, err = wire.Rules(folder, ""); err != nil {
			return a, b, err
		}
		if len(c.On) == 2 {
			if err := mustBeDay("--on", c.On[i]); err != nil {
				return a, b, err
			}
			sides[i].On = casework.Date(c.On[i])
		}
	}
	return sides[0], sides[1], nil
}

// each gives every request of the folder, or of the registry.
func (c diffCommand) each(s *surroundings, do func(string, casework.Request)) error {
	switch {
	case c.Folder != "":
		return eachFile(c.Folder, do)
	case c.Database != "":
		return c.eachCase(s, do)
	}
	return usage{errors.New("give a folder with requests, or --database for the cases of a registry")}
}

func eachFile(folder string, do func(string, casework.Request)) error {
	names, err := fs.Glob(os.DirFS(folder), "*.json")
	if err != nil || len(names) == 0 {
		return usage{fmt.Errorf("%s holds no requests (*.json)", folder)}
	}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(folder, name)) //nolint:gosec // the user names the folder
		if err != nil {
			return err
		}
		req, err := intake.Read(intake.Unwrap(text), time.Now(), intake.DryRun)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		do(name, req)
	}
	return nil
}

// eachCase reads the registry as the system does: whoever has its address may read it all.
func (c diffCommand) eachCase(s *surroundings, do func(string, casework.Request)) error {
	return wire.Reading(s.ctx, c.Database, func(r *registry.Registry) error { return eachIn(s, r, do) })
}

func eachIn(s *surroundings, r *registry.Registry, do func(string, casework.Request)) error {
	q := casework.CaseQuery{Sort: "case_id", Limit: 200}
	for {
		page, err := r.Cases(s.ctx, q, casework.TheSystem)
		if err != nil {
			return err
		}
		for _, listed := range page.Cases {
			view, err := r.Case(s.ctx, listed.ID, casework.TheSystem)
			if err != nil {
				return err
			}
			do(listed.ID, view.Request)
		}
		if page.NextCursor == nil {
			return nil
		}
		q.Cursor = *page.NextCursor
	}
}

// peopleOf are whom a request is about, each once: its targets.
func peopleOf(req casework.Request) []string {
	var out []string
	for _, t := range req.Demand.Targets {
		out = append(out, string(t.Type)+" "+t.Value)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c comparison) print(s *surroundings) error {
	var b strings.Builder
	for _, x := range c.Changed {
		fmt.Fprintf(&b, "%s (%s)\n", x.Name, people(x.People))
		for _, change := range x.Changes {
			fmt.Fprintf(&b, "  %s: %s → %s\n", change.What, change.Before, change.After)
			writeReasons(&b, "was", change.Was)
			writeReasons(&b, "is", change.Is)
		}
	}
	fmt.Fprintf(&b, "%d of %d requests are answered otherwise; this touches %s.\n", len(c.Changed), c.Requests, people(c.People))
	_, err := fmt.Fprint(s.out, b.String())
	return err
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func writeReasons(b *strings.Builder, when string, reasons []casework.Reason) {
	for _, r := range reasons {
		fmt.Fprintf(b, "    %s: %s (%s; %s)\n", when, r.Sentence, r.Citation, r.Rule)
	}
}
