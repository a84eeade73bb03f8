package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"dueprocess/casework"
	"dueprocess/internal/wire"
	"dueprocess/policy"
)

// policyCommands ask the rulebook.
type policyCommands struct {
	Evaluate evaluateCommand `cmd:"" help:"Print the determination of a request as JSON; touches nothing else."`
	Explain  explainCommand  `cmd:"" help:"Say what every rule made of a request, and why."`
	Check    checkCommand    `cmd:"" help:"Check a rulebook; names everything that is wrong with it."`
	Test     testCommand     `cmd:"" help:"Run the tests beside the rules."`
	Diff     diffCommand     `cmd:"" help:"Say what two days or two rulebooks answer otherwise."`
}

// evaluateCommand is a dry run.
type evaluateCommand struct{ dryRun }

// Run prints the determination. There is no contact book here, so the authority counts as known.
func (c evaluateCommand) Run(s *surroundings) error {
	rules, req, err := c.read(s)
	if err != nil {
		return err
	}
	return printValue(s.out, rules.Determine(req, policy.Facts{On: casework.Date(c.On), AuthorityKnown: true}))
}

func (c dryRun) rules() (*policy.Rulebook, error) {
	if err := mustBeDay("--on", c.On); err != nil {
		return nil, err
	}
	return wire.Rules(c.Rulebook, c.Profile)
}

func mustBeDay(flag, day string) error {
	if casework.Date(day).Valid() {
		return nil
	}
	return usage{errors.New(flag + " must be a date that exists, such as 2026-11-23")}
}

// mustBeFolder takes no folder too: then it is the default one.
func mustBeFolder(flag, path string) error {
	if info, err := os.Stat(path); path == "" || err == nil && info.IsDir() {
		return nil
	}
	return usage{fmt.Errorf("%s: there is no folder %s", flag, path)}
}

// printValue prints a value as indented JSON.
func printValue(out io.Writer, v any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return err
	}
	return printJSON(out, b.Bytes())
}
