package policy

import (
	"strings"

	"dueprocess/casework"
)

// Rule is a rule as people read it.
type Rule struct {
	ID          string                    `json:"id"`
	Citation    string                    `json:"cites"`
	From        casework.Date             `json:"in_force_from"`
	To          casework.Date             `json:"in_force_to"`
	Authorities []string                  `json:"authorities"` // us, foreign, civil; empty: all
	Instruments []casework.InstrumentType `json:"instruments"` // empty: all
	When        string                    `json:"when"`        // the condition; empty: always
	Then        []Effect                  `json:"then"`
	Sentence    string                    `json:"say"`
	Note        string                    `json:"note"`
}

// Effect is one thing that follows from a rule, as people read it.
type Effect struct {
	When     string `json:"when"`
	Follows  string `json:"follows"`
	Citation string `json:"cites"`
	Sentence string `json:"say"`
}

// Rules are the rules in force on a day, in the order of their ids; no day: all of them.
func (r *Rulebook) Rules(on casework.Date) []Rule {
	out := []Rule{}
	for _, rule := range r.rules {
		if on == "" || rule.inForce(on) {
			out = append(out, rule.listed())
		}
	}
	return out
}

func (r *rule) listed() Rule {
	out := Rule{
		ID: r.id, Citation: r.cites, From: r.from, To: r.to, When: r.when.text(), Then: []Effect{}, Sentence: r.say, Note: r.note,
		Authorities: []string{}, Instruments: append([]casework.InstrumentType{}, r.scope.instruments...),
	}
	for _, c := range r.scope.classes {
		out.Authorities = append(out.Authorities, string(c))
	}
	for i := range r.then {
		e := &r.then[i]
		reason := r.speak(e)
		out.Then = append(out.Then, Effect{e.when.text(), e.words(), reason.Citation, reason.Sentence})
	}
	return out
}

// text is the condition as it was written, on one line; empty where there is none.
func (c *condition) text() string {
	if c == nil {
		return ""
	}
	return strings.Join(strings.Fields(c.source), " ")
}

// Countries are the countries that the rulebook has a row for, in the order of their codes, with the profile's staff and
// standards as they are on the day.
func (r *Rulebook) Countries(on casework.Date) []Country {
	out := make([]Country, 0, len(r.countries))
	for _, iso := range sortedKeys(r.countries) {
		c := r.countries[iso]
		v := view{book: r, country: c, on: on}
		c.Employees, c.Standards = v.employees(), v.standards()
		out = append(out, c)
	}
	return out
}
