package main

import (
	"fmt"
	"io"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/policy"
)

// explainCommand says for counsel what every rule made of a request.
type explainCommand struct {
	dryRun

	All bool `help:"Also the rules that look at other instruments."`
}

// Run prints the answers, then the rules that spoke, then those that did not, and why.
func (c explainCommand) Run(s *surroundings) error {
	rules, req, err := c.read(s)
	if err != nil {
		return err
	}
	e := rules.Explain(req, policy.Facts{On: casework.Date(c.On), AuthorityKnown: true})
	if s.json {
		return printValue(s.out, e)
	}
	return c.print(s.out, e)
}

func (c explainCommand) print(out io.Writer, e policy.Explanation) error {
	s := newSheet(out)
	printDetermination(s, &e.Determination)
	if err := s.Flush(); err != nil {
		return err
	}
	for _, part := range []struct {
		title string
		state policy.LookState
		shown bool
	}{
		{"Rules that spoke", policy.Spoke, true},
		{"Rules that could not be evaluated", policy.Unanswered, true},
		{"Rules that were looked at, and did not speak", policy.Silent, true},
		{"Rules that hold, and speak of what is not asked", policy.Unconcerned, true},
		{"Rules that are not in force on that day", policy.NotInForce, true},
		{"Rules that look at other instruments or authorities", policy.Elsewhere, c.All},
	} {
		if err := printLooks(out, part.title, part.state, part.shown, e.Rules); err != nil {
			return err
		}
	}
	return nil
}

func printLooks(out io.Writer, title string, state policy.LookState, shown bool, looks []policy.Look) error {
	n := 0
	for _, look := range looks {
		if look.State == state {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	_, err := fmt.Fprintf(out, "\n%s (%d)\n", title, n)
	for _, look := range looks {
		if look.State == state && shown && err == nil {
			err = printLook(out, look)
		}
	}
	return err
}

func printLook(out io.Writer, look policy.Look) error {
	_, err := fmt.Fprintf(out, "  %s — %s\n    %s\n", look.Rule, look.Citation, oneLine(look.Why))
	for _, follows := range look.Follows {
		if err == nil {
			_, err = fmt.Fprintf(out, "    → %s\n", follows)
		}
	}
	return err
}

// dryRun is what a dry run is made of.
type dryRun struct {
	Request  string `arg:"" help:"The request, or a scenario with one, as JSON; - reads standard input." placeholder:"REQUEST.json"`
	On       string `help:"The day whose rules apply; left out, the day of receipt." placeholder:"2026-11-23"`
	Rulebook string `help:"A folder with the rulebook; left out, the default one." type:"existingdir" env:"DUEPROCESS_RULEBOOK" placeholder:"DIR"`
	Profile  string `help:"A provider's profile laid over the rulebook's." type:"existingfile" env:"DUEPROCESS_PROFILE" placeholder:"FILE"`
}

func (c dryRun) read(s *surroundings) (*policy.Rulebook, casework.Request, error) {
	rules, err := c.rules()
	if err != nil {
		return nil, casework.Request{}, err
	}
	text, err := readRequest(s, c.Request)
	if err != nil {
		return nil, casework.Request{}, err
	}
	req, err := intake.Read(text, time.Now(), intake.DryRun)
	return rules, req, err
}
