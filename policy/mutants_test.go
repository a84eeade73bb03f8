package policy

import (
	"fmt"
	"slices"
	"testing"

	"dueprocess/casework"

	"github.com/stretchr/testify/assert"
)

// equivalent are breaks that change no answer: the effect that would follow too is weaker than the one that does, or
// another rule asks the same.
var equivalent = map[string][]string{
	"agreement.designated_authority": {"effect 2 follows always"},
	"customer.consent":               {"effect 2 follows always"},
	"eu.epoc.content":                {"effect 1 follows always"},
	"eu.epoc.respond":                {"its condition is gone"},
	"eu.epoc.subscriber":             {"effect 1 follows always"},
	"eu.not_bound":                   {"effect 1 follows always"},
	"face.period":                    {"effect 2 follows always"},
	"foreign.emergency":              {"effect 1 follows always"},
	"foreign.subscriber.direct":      {"effect 1 follows always"},
	"notice.harm":                    {"effect 1 asks nobody"},
	"us.action":                      {"effect 2 follows always"},
	"us.live.pen_register":           {"effect 1 follows always"},
	"us.live.wiretap":                {"effect 2 follows always"},
}

// Each rule broken by hand, in each way below, must be noticed by a sample of its own.
func TestEachRuleBrokenIsFound(t *testing.T) {
	cases := readRuleCases(t)
	for i, r := range Default().rules {
		for what, broken := range r.mutants() {
			book := *Default()
			book.rules = slices.Clone(book.rules)
			book.rules[i] = broken
			book.index = indexed(book.rules)
			same := slices.Contains(equivalent[r.id], what)
			assert.NotEqual(t, same, cases.notice(t, &book, r.id), "%s: %s; noticed or equivalent, not both", r.id, what)
		}
	}
}

// mutants are copies of a rule, each with one thing broken.
func (r *rule) mutants() map[string]*rule {
	out := map[string]*rule{}
	add := func(what string, change func(*rule)) {
		broken := *r
		broken.then = slices.Clone(r.then)
		change(&broken)
		out[what] = &broken
	}
	if r.when != nil {
		add("its condition is gone", func(b *rule) { b.when = nil })
		add("its condition is inverted", func(b *rule) { b.when = r.when.inverted() })
	}
	if r.from != "" {
		add("it begins a day late", func(b *rule) { b.from = r.from.AddDays(1) })
		add("it begins a day early", func(b *rule) { b.from = r.from.AddDays(-1) })
	}
	if r.to != "" {
		add("it ends a day early", func(b *rule) { b.to = r.to.AddDays(-1) })
		add("it ends a day late", func(b *rule) { b.to = r.to.AddDays(1) })
	}
	for i := range r.then {
		r.then[i].mutants(fmt.Sprintf("effect %d ", i+1), func(what string, change func(*effect)) {
			add(what, func(b *rule) { change(&b.then[i]) })
		})
	}
	return out
}

// mutants breaks one effect.
func (e *effect) mutants(name string, add func(string, func(*effect))) {
	if e.when != nil {
		add(name+"follows always", func(b *effect) { b.when = nil })
		add(name+"follows inverted", func(b *effect) { b.when = e.when.inverted() })
	}
	for _, topic := range e.about {
		if topic == preserve && len(e.about) > len(groups["stored"])+1 {
			continue // preserving is asked of preservation instruments only
		}
		add(name+"forgets "+string(topic), func(b *effect) {
			b.about = slices.DeleteFunc(slices.Clone(e.about), func(x topicName) bool { return x == topic })
		})
	}
	for _, other := range casework.Answers {
		if e.answer != "" && other != e.answer {
			add(name+"answers "+string(other), func(b *effect) { b.answer = other })
		}
	}
	if e.finding != "" {
		add(name+"finds nothing", func(b *effect) { b.finding = "" })
		add(name+"finds the other", func(b *effect) { b.finding = otherSeverity(e.finding) })
	}
	e.mutantsOfDuties(name, add)
}

// inverted holds where the condition does not.
func (c *condition) inverted() *condition {
	source := "!(" + c.source + ")"
	checked, issues := environment().Compile(source)
	if issues.Err() != nil {
		panic(issues.Err()) // the condition itself compiles
	}
	program, err := environment().Program(checked)
	if err != nil {
		panic(err)
	}
	return &condition{source, program}
}

type topicName = topic

func otherSeverity(s casework.Severity) casework.Severity {
	if s == casework.Defect {
		return casework.Doubt
	}
	return casework.Defect
}

func (e *effect) mutantsOfDuties(name string, add func(string, func(*effect))) {
	if e.ground {
		add(name+"is no ground", func(b *effect) { b.ground = false })
	}
	if e.notice != "" {
		add(name+"gives no duty", func(b *effect) { b.notice = "" })
	}
	if e.until != nil {
		add(name+"has no end", func(b *effect) { b.until = nil })
	}
	if e.people > 0 {
		add(name+"asks nobody", func(b *effect) { b.people = 0 })
	}
	if e.verify != "" {
		add(name+"verifies nothing", func(b *effect) { b.verify = "" })
	}
	if e.counts != "" {
		add(name+"counts as nothing", func(b *effect) { b.counts = casework.InformalRequest })
	}
	if e.due != nil {
		add(name+"sets no deadline", func(b *effect) { b.due = nil })
	}
	if e.due != nil && e.due.n > 0 {
		add(name+"is a day late", func(b *effect) { d := *e.due; d.n++; b.due = &d })
	}
}

// notice reports whether a sample of the rule fails under the book.
func (c ruleCases) notice(t *testing.T, book *Rulebook, id string) bool {
	for _, s := range slices.Concat(c.Rules[id].Fires, c.Rules[id].Misses) {
		if c.fails(t, s, id, s.book(Default()), s.book(book)) {
			return true
		}
	}
	return false
}

func (c ruleCases) fails(t *testing.T, s sample, id string, whole, broken *Rulebook) bool {
	f := Facts{On: s.On, AuthorityKnown: !s.Unknown}
	req := c.request(t, s)
	d := broken.Determine(req, f)
	spoke := slices.Contains(speakers(whole.Determine(req, f)), id)
	return len(s.faults(d, id)) > 0 || spoke != slices.Contains(speakers(d), id)
}
