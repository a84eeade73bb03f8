package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"dueprocess/casework"
	"dueprocess/policy"
)

// testCommand runs the tests beside the rules.
type testCommand struct {
	Dir string `arg:"" help:"The rulebook's folder, with its tests in tests/." type:"existingdir" placeholder:"DIR"`
}

// Run says of each test that fails what was expected and what was found.
func (c testCommand) Run(s *surroundings) error {
	dir := os.DirFS(c.Dir)
	book, err := policy.Load(dir)
	if err != nil {
		return err
	}
	tests, err := fs.Sub(dir, "tests")
	if err != nil {
		return err
	}
	trials, err := policy.Trials(tests)
	if err != nil {
		return err
	}
	if len(trials) == 0 {
		return usage{errors.New(c.Dir + " has no tests: tests/*.txtar")}
	}
	return report(s, book, trials)
}

func report(s *surroundings, book *policy.Rulebook, trials []policy.Trial) error {
	failed := 0
	for _, t := range trials {
		faults := t.Run(book)
		if len(faults) == 0 {
			continue
		}
		failed++
		_, _ = fmt.Fprintf(s.out, "%s: %s\n", t.File, oneLine(t.Sentence)) // the next line says
		for _, f := range faults {
			if _, err := fmt.Fprintf(s.out, "  %s\n", f); err != nil {
				return err
			}
		}
	}
	if failed > 0 {
		return casework.Refuse(casework.Internal, "%d of %d tests failed.", failed, len(trials))
	}
	_, err := fmt.Fprintf(s.out, "All %d tests pass.\n", len(trials))
	return err
}
