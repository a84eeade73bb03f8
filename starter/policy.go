package main

import (
	"encoding/json"
	"errors"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/internal/wire"
	"dueprocess/policy"
)

// policyCommands ask the rulebook.
type policyCommands struct {
	Evaluate evaluateCommand `cmd:"" help:"Print the determination of a request as JSON; touches nothing else."`
}

// evaluateCommand is a dry run.
type evaluateCommand struct {
	Request  string `arg:"" help:"The request, or a scenario with one, as JSON; - reads standard input." placeholder:"REQUEST.json"`
	On       string `help:"The day whose rules apply; left out, the day of receipt." placeholder:"2026-11-23"`
	Rulebook string `help:"A folder with the rulebook; left out, the default one." type:"existingdir" env:"DUEPROCESS_RULEBOOK" placeholder:"DIR"`
	Profile  string `help:"A provider's profile laid over the rulebook's." type:"existingfile" env:"DUEPROCESS_PROFILE" placeholder:"FILE"`
}

// Run prints the determination. There is no contact book here, so the authority counts as known.
func (c evaluateCommand) Run(s *surroundings) error {
	on := casework.Date(c.On)
	if !on.Valid() {
		return usage{errors.New("--on must be a date that exists, such as 2026-11-23")}
	}
	rules, err := wire.Rules(c.Rulebook, c.Profile)
	if err != nil {
		return err
	}
	text, err := readRequest(s, c.Request)
	if err != nil {
		return err
	}
	request, err := intake.Read(text, time.Now(), intake.DryRun)
	if err != nil {
		return err
	}
	out := json.NewEncoder(s.out)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(rules.Determine(request, policy.Facts{On: on, AuthorityKnown: true}))
}
