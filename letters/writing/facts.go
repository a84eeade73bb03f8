package writing

import (
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

// head is what every letter to the authority begins with.
func (p paper) head() letters.Head {
	r := p.Request
	return letters.Head{
		Provider: p.Provider, Case: p.ID, At: p.at, To: p.authority(), Yours: r.Matter.Reference, Instrument: r.Instrument.Type, Number: r.Instrument.Number,
		Received: p.received(),
	}
}

func (p paper) received() casework.Date { return casework.DateOf(p.ReceivedAt, time.UTC) }

func (p paper) today() casework.Date { return casework.DateOf(p.at, time.UTC) }

// authority is whom a letter is addressed to: the officer, where there is one, and the body.
func (p paper) authority() []string {
	o, a := p.Request.Officer, p.Request.Authority
	out := []string{}
	for _, line := range []string{strings.TrimSpace(o.Title + " " + o.Name), a.Name, a.Unit} {
		if line != "" {
			out = append(out, line)
		}
	}
	if o.Address != "" {
		out = append(out, strings.Split(o.Address, "\n")...)
	}
	if len(out) == 0 {
		return []string{"To the authority that served the process"}
	}
	return out
}

// asks is who obtained the process.
func (p paper) asks() string {
	if p.Request.Authority.Name == "" {
		return "the authority that served the process"
	}
	return p.Request.Authority.Name
}

// country is the name of the authority's, as the rulebook has it.
func (p paper) country() string {
	if way := p.Way(p.Request.Authority.Country); way.Country != "" {
		return way.Country
	}
	if p.Request.Authority.Country == "" {
		return "your country"
	}
	return p.Request.Authority.Country
}

// kept are the categories that a running preservation covers. What accounts there are must not show in them.
func (p paper) kept() []casework.Data {
	if p.Preservation == nil || p.Preservation.Status != casework.PreservationRunning {
		return nil
	}
	return p.Preservable()
}

// keptUntil is the last day of a running preservation; empty where there is none, or no end.
func (p paper) keptUntil() casework.Date {
	if len(p.kept()) == 0 {
		return ""
	}
	return p.Preservation.Until
}

func (p paper) isKept() bool {
	return p.Preservation != nil && p.Preservation.Status == casework.PreservationRunning
}

// due is the day of one of the case's deadlines; empty where there is none.
func (p paper) due(kind casework.DeadlineKind) casework.Date {
	for _, d := range p.Deadlines {
		if d.Kind == kind {
			return d.Date
		}
	}
	return ""
}

// reasons are the policy's for a category or an action.
func (p paper) reasons(a casework.DecisionAnswer) (casework.Answer, []casework.Reason) {
	for _, x := range p.Determination.Answers {
		if a.Data != "" && x.Data == a.Data {
			return x.Answer, x.Reasons
		}
	}
	for _, x := range p.Determination.Actions {
		if a.Action != "" && x.Action == a.Action {
			return x.Answer, x.Reasons
		}
	}
	return "", nil
}

// considered stands where a person has decided otherwise than the policy, whose reasons are then none.
var considered = []casework.Reason{{Rule: "review", Sentence: "A person decided this, having considered the request as a whole."}}

// explained are the reasons of a decided answer.
func (p paper) explained(a casework.DecisionAnswer) []casework.Reason {
	if determined, reasons := p.reasons(a); determined == a.Answer {
		return reasons
	}
	return considered
}

func (p paper) notice() (casework.Notice, bool) {
	i := slices.IndexFunc(p.Notices, func(n casework.Notice) bool { return n.N == p.effect.Notice })
	if i < 0 {
		return casework.Notice{}, false
	}
	return p.Notices[i], true
}

func (p paper) challenge() (casework.Challenge, bool) {
	i := slices.IndexFunc(p.Challenges, func(x casework.Challenge) bool { return x.N == p.effect.Challenge })
	if i < 0 {
		return casework.Challenge{}, false
	}
	return p.Challenges[i], true
}

// grounds are those of the challenge, each the policy's own where it names a rule; before one is filed, all that the
// policy found.
func (p paper) grounds() []casework.Reason {
	x, ok := p.challenge()
	if !ok {
		return p.Determination.Grounds
	}
	out := []casework.Reason{}
	for _, g := range x.Grounds {
		out = append(out, p.ground(g))
	}
	return out
}

func (p paper) ground(named string) casework.Reason {
	for _, r := range p.Determination.Grounds {
		if r.Rule == named {
			return r
		}
	}
	return casework.Reason{Sentence: named}
}

// contested are the categories that the challenge holds; before one is filed, those that the policy would contest, else
// all.
func (p paper) contested() []casework.Data {
	if x, ok := p.challenge(); ok && len(x.Data) > 0 {
		return x.Data
	}
	out := []casework.Data{}
	for _, a := range p.Determination.Answers {
		if a.Answer == casework.Object {
			out = append(out, a.Data)
		}
	}
	if len(out) == 0 {
		return p.Request.Demand.Data
	}
	return out
}
