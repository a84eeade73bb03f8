package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dueprocess/casework"
)

// Explanation is a determination, and what became of every rule on the way to it.
type Explanation struct {
	Determination casework.Determination `json:"determination"`
	Rules         []Look                 `json:"rules"`
}

// Look is what became of one rule under one instrument of the paper.
type Look struct {
	Rule       string                  `json:"rule"`
	Citation   string                  `json:"citation"`
	Instrument casework.InstrumentType `json:"instrument"`
	State      LookState               `json:"state"`
	Why        string                  `json:"why"`     // why it did not speak, or under which condition it did
	Follows    []string                `json:"follows"` // what followed, in words
}

// LookState is what became of a rule.
type LookState string

// The states.
const (
	Spoke       LookState = "spoke"
	Silent      LookState = "silent"       // looked at, but its condition does not hold
	Elsewhere   LookState = "elsewhere"    // it looks at other instruments or other authorities
	NotInForce  LookState = "not_in_force" // on the day
	Unanswered  LookState = "unanswered"   // it could not be evaluated: never a permission
	Unconcerned LookState = "unconcerned"  // it holds, but nothing that it speaks of is asked
)

// Explain answers a request, and says of every rule whether it spoke, and if not, why.
func (r *Rulebook) Explain(req casework.Request, f Facts) Explanation {
	v := r.look(&req, f)
	out := Explanation{Determination: r.Determine(req, f), Rules: []Look{}}
	for _, served := range req.Instrument.Types() {
		counts := r.hear(v, served).instrument
		for _, rule := range r.rules {
			out.Rules = append(out.Rules, rule.explain(v, served, counts))
		}
	}
	return out
}

func (r *rule) explain(v *view, served, counts casework.InstrumentType) Look {
	look := Look{Rule: r.id, Citation: r.cites, Instrument: counts, Follows: []string{}}
	if r.recounts() {
		look.Instrument, counts = served, served
	}
	switch {
	case !r.scope.covers(v.class, counts):
		look.State, look.Why = Elsewhere, "looks at "+r.scope.words()
	case !r.inForce(v.on):
		look.State, look.Why = NotInForce, fmt.Sprintf("is in force %s, and not on %s", r.days(), v.on)
	default:
		r.judge(&look, v.as(served, counts))
	}
	return look
}

// judge says whether the rule's conditions hold, and what followed.
func (r *rule) judge(look *Look, v *view) {
	holding, err := r.holding(v)
	out := &ruling{answers: asked(v.req)}
	for _, e := range holding {
		if out.concerns(e) {
			look.Follows = append(look.Follows, e.words())
		}
	}
	switch {
	case err != nil:
		look.State, look.Why = Unanswered, "could not be evaluated; a person decides"
	case len(look.Follows) > 0:
		look.State, look.Why = Spoke, r.conditions(v, holding)
	case len(holding) > 0:
		look.State, look.Why = Unconcerned, "speaks of what is not asked"
	default:
		look.State, look.Why = Silent, "needs "+r.conditions(v, nil)
	}
}

// conditions are the conditions under which the effects follow, each with the facts as they are. Of a rule that is
// silent, the one that does not hold.
func (r *rule) conditions(v *view, holding []*effect) string {
	var out []string
	if r.when != nil {
		out = append(out, r.when.words(v))
		if holds, _ := r.when.holds(v); !holds {
			return out[0]
		}
	}
	if holding == nil {
		out = nil
		for i := range r.then {
			holding = append(holding, &r.then[i])
		}
	}
	for _, e := range holding {
		if e.when != nil {
			out = append(out, e.when.words(v))
		}
	}
	if len(out) == 0 {
		return "nothing further"
	}
	return strings.Join(slices.Compact(out), "; or ")
}

var factName = regexp.MustCompile(`[a-z_0-9]+(\.[a-z_0-9]+)*`)

// words is the condition with the facts that it asks, as they are.
func (c *condition) words(v *view) string {
	source := strings.Join(strings.Fields(c.source), " ")
	var values []string
	for _, name := range factName.FindAllString(unquoted(source), -1) {
		name = known(name)
		if value := name + " = " + valueOf(v, name); name != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return source + " [" + strings.Join(values, ", ") + "]"
}

var quotes = regexp.MustCompile(`"[^"]*"|'[^']*'`)

func unquoted(source string) string { return quotes.ReplaceAllString(source, "") }

// known is the fact that a name begins with: matter.concerns of matter.concerns.touches; empty where there is none.
func known(name string) string {
	for name != "" {
		if _, ok := facts[name]; ok {
			return name
		}
		name = name[:max(0, strings.LastIndexByte(name, '.'))]
	}
	return ""
}

func valueOf(v *view, name string) string {
	f, ok := facts[name]
	if !ok {
		return ""
	}
	switch value := f.read(v).Value().(type) {
	case string:
		return fmt.Sprintf("%q", value)
	default:
		return fmt.Sprint(value)
	}
}

// words is what an effect does, as counsel reads it.
func (e *effect) words() string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if e.answer != "" {
		say("%s: %s", join(e.about), e.answer)
	}
	if len(e.limits) > 0 {
		say("limits %s", join(e.limits))
	}
	if e.finding != "" {
		say("%s at %s", e.finding, e.path.before+e.path.after)
	}
	if e.ground {
		say("ground to challenge")
	}
	if e.notice != "" {
		say("notice: %s", e.notice)
	}
	if e.people > 0 {
		say("people who decide: %d", e.people)
	}
	if e.verify != "" {
		say("verification: %s", e.verify)
	}
	if e.due != nil {
		say("deadline: %s", e.due.kind)
	}
	if e.counts != "" {
		say("counts as %s", e.counts)
	}
	return strings.Join(out, "; ")
}

func (s scope) words() string {
	who := "any authority"
	if s.classes != nil {
		who = join(s.classes) + " authorities"
	}
	if s.instruments == nil {
		return "every instrument of " + who
	}
	return join(s.instruments) + " of " + who
}

func (r *rule) days() string {
	switch {
	case r.from == "" && r.to == "":
		return "always"
	case r.to == "":
		return "from " + string(r.from)
	case r.from == "":
		return "until " + string(r.to)
	}
	return "from " + string(r.from) + " to " + string(r.to)
}
