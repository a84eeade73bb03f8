package policy

import (
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
)

// rule is one rule of the rulebook: what it looks at, when it speaks, and what follows.
type rule struct {
	id, cites, say, note string
	from, to             casework.Date // in force; empty: open
	scope                scope
	when                 *condition
	then                 []effect
	at                   place
}

// scope is whose instruments a rule looks at; empty lists: all.
type scope struct {
	classes     []class
	instruments []casework.InstrumentType
}

// covers reports whether the scope takes in the instrument from that class of authority.
func (s scope) covers(c class, t casework.InstrumentType) bool {
	return (s.classes == nil || slices.Contains(s.classes, c)) && (s.instruments == nil || slices.Contains(s.instruments, t))
}

// within reports whether s looks at nothing that outer does not name.
func (s scope) within(outer scope) bool {
	return subset(s.classes, outer.classes) && subset(s.instruments, outer.instruments)
}

func subset[W comparable](inner, outer []W) bool {
	if outer == nil {
		return true
	}
	return inner != nil && !slices.ContainsFunc(inner, func(w W) bool { return !slices.Contains(outer, w) })
}

// inForce reports whether the rule applies on the day.
func (r *rule) inForce(on casework.Date) bool { return r.from <= on && (r.to == "" || on <= r.to) }

// overlaps reports whether both rules are in force on some day.
func (r *rule) overlaps(o *rule) bool {
	return (r.to == "" || o.from <= r.to) && (o.to == "" || r.from <= o.to)
}

// effect is one thing that follows from a rule; it may have a further condition, citation and sentence of its own.
type effect struct {
	when       *condition
	cites, say string

	answer  casework.Answer // with about and limits
	about   []topic
	limits  []casework.SubscriberField
	finding casework.Severity // with path
	path    path
	ground  bool
	notice  casework.NoticeDuty // with until
	until   *condition
	people  int // approvals
	verify  casework.VerificationLevel
	due     *due
	counts  casework.InstrumentType // the instrument counts as this one
}

// topic is something that gets an answer: a category of data or a demanded action.
type topic string

const preserve = topic(casework.Preserve)

// groups are words for several topics.
var groups = map[topic][]topic{
	"stored":     {"subscriber", "identification", "traffic", "content"},
	"data":       {"subscriber", "identification", "traffic", "content", "live_traffic", "live_content"},
	"actions":    {"block", "redirect", "remove", "other"},
	"everything": {"subscriber", "identification", "traffic", "content", "live_traffic", "live_content", "block", "redirect", "remove", "other", "preserve"},
}

// topics is every word that `about` may hold.
var topics = append(slices.Clone(groups["everything"]), "stored", "data", "actions", "everything")

func expand(words []topic) []topic {
	var out []topic
	for _, w := range words {
		if members, ok := groups[w]; ok {
			out = append(out, members...)
		} else {
			out = append(out, w)
		}
	}
	return out
}

// path is where a finding stands; in demand.targets[targets.empty].value the fact names the targets concerned.
type path struct{ before, fact, after string }

// at is the path with the first target concerned.
func (p path) at(v *view) string {
	if p.fact == "" {
		return p.before
	}
	if concerned := p.concerned(v); len(concerned) > 0 {
		return p.before + "[" + strconv.FormatInt(concerned[0], 10) + "]" + p.after
	}
	return p.before
}

// rest says which further targets are concerned.
func (p path) rest(v *view) string {
	concerned := p.concerned(v)
	if len(concerned) < 2 {
		return ""
	}
	numbers := make([]string, len(concerned))
	for i, n := range concerned {
		numbers[i] = strconv.FormatInt(n+1, 10)
	}
	return " This concerns the targets " + strings.Join(numbers, ", ") + "."
}

func (p path) concerned(v *view) []int64 {
	switch p.fact {
	case "targets.empty":
		return v.targets.empty
	case "targets.without_range":
		return v.targets.withoutRange
	case "targets.after_service":
		return v.targets.afterService
	case "targets.on_edge":
		return v.targets.onEdge
	case "targets.without_time":
		return v.targets.withoutTime
	}
	return nil
}

// due is a deadline that a rule sets: counted from an event, or on a day that an expression names.
type due struct {
	kind  casework.DeadlineKind
	count counting
	n     int
	from  event
	hours int // in an emergency: so many hours from receipt instead; 0: the same
	on    *condition
}

// counting is a regime of counting.
type counting string

// The regimes (clocks).
const (
	countUSDays      counting = "us_days"
	countEUDays      counting = "eu_days"
	countDays        counting = "days"
	countHours       counting = "hours"
	countWorkingDays counting = "working_days"
	countUSHours     counting = "us_hours"
	countEUHours     counting = "eu_hours"
	countMonths      counting = "months"
	countEUMonths    counting = "eu_months"
)

var countings = []counting{
	countUSDays, countEUDays, countDays, countHours, countWorkingDays, countUSHours, countEUHours, countMonths, countEUMonths,
}

// inHours reports whether the regime counts from an instant.
func (c counting) inHours() bool { return c == countHours || c == countUSHours || c == countEUHours }

// event is from what is counted.
type event string

// The events.
const (
	fromReceipt event = "receipt"
	fromService event = "service"
)

var events = []event{fromReceipt, fromService}

// speak is the reason that an effect of a rule gives.
func (r *rule) speak(e *effect) casework.Reason {
	reason := casework.Reason{Rule: r.id, Citation: r.cites, Sentence: r.say}
	if e.cites != "" {
		reason.Citation = e.cites
	}
	if e.say != "" {
		reason.Sentence = e.say
	}
	return reason
}
