package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

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

// tested is what came of the tests.
type tested struct {
	Tests  int          `json:"tests"`
	Failed []failedTest `json:"failed"`
}

// failedTest is one that failed, and what was expected and found.
type failedTest struct {
	File   string   `json:"file"`
	Says   string   `json:"says"`
	Faults []string `json:"faults"`
}

func report(s *surroundings, book *policy.Rulebook, trials []policy.Trial) error {
	found := tested{len(trials), []failedTest{}}
	for _, t := range trials {
		if faults := t.Run(book); len(faults) > 0 {
			found.Failed = append(found.Failed, failedTest{t.File, oneLine(t.Sentence), faults})
		}
	}
	if err := s.tested(found); err != nil {
		return err
	}
	if len(found.Failed) > 0 {
		return casework.Refuse(casework.Internal, "%d of %d tests failed.", len(found.Failed), found.Tests)
	}
	return nil
}

func (s *surroundings) tested(found tested) error {
	if s.json {
		return printValue(s.out, found)
	}
	for _, t := range found.Failed {
		if _, err := fmt.Fprintf(s.out, "%s: %s\n  %s\n", t.File, t.Says, strings.Join(t.Faults, "\n  ")); err != nil {
			return err
		}
	}
	if len(found.Failed) > 0 {
		return nil // the error says how many
	}
	_, err := fmt.Fprintf(s.out, "All %d tests pass.\n", found.Tests)
	return err
}
