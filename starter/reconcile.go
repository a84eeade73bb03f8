package main

import (
	"errors"
	"fmt"

	runs "dueprocess/desk"
	"dueprocess/internal/wire"
)

// reconcileCommand holds the run of every case against the registry.
type reconcileCommand struct {
	behindTheScenes

	DryRun bool `help:"Only list what differs."`
}

// reconciled is what the command answers.
type reconciled struct {
	runs.Reconciled

	Differences []runs.Difference `json:"differences"`
}

// Run rebuilds what differs, a line each. That something differs and could not be rebuilt is an error.
func (c reconcileCommand) Run(s *surroundings) error {
	out := reconciled{Differences: []runs.Difference{}}
	err := wire.Rebuilding(s.ctx, c.Database, c.KeyFile, func(b *runs.Rebuilder) (err error) {
		out.Reconciled, err = b.Reconcile(s.ctx, c.DryRun, func(d runs.Difference) {
			out.Differences = append(out.Differences, d)
			s.difference(d)
		})
		return err
	})
	if err != nil {
		return err
	}
	return errors.Join(c.sum(s, out), failures(out.Failed))
}

func (s *surroundings) difference(d runs.Difference) {
	if s.json {
		return
	}
	end := ends[d.Done]
	if d.Fault != "" {
		end = d.Fault
	}
	_, _ = fmt.Fprintf(s.out, "%s  %s; %s\n", d.Case, wrongs[d.Differs], oneLine(end)) // the last line says whether it could be printed
}

func (c reconcileCommand) sum(s *surroundings, out reconciled) error {
	if s.json {
		return printValue(s.out, out)
	}
	_, err := fmt.Fprintf(s.out, "%d cases looked at: %d differ, %d rebuilt, set aside or purged again, %d failed.\n", out.Cases, out.Differ, out.Done, out.Failed)
	return err
}

func failures(n int) error {
	if n == 0 {
		return nil
	}
	return fmt.Errorf("%d cases could not be compared or rebuilt", n)
}
