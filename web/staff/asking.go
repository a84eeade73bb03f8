package staff

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
)

// asking reads what somebody typed into the queue's search box: terms as name:value, and words to look for. It is told
// who asks, when, and where their days begin, and reads nothing else.
type asking struct {
	me     string
	now    time.Time
	zone   *time.Location
	q      casework.CaseQuery
	closed bool // is:closed
	words  []string
	seen   map[string]string // what each name was given
	faults []casework.Fault
}

// terms are the names that a term may have.
var terms = map[string]func(a *asking, value string){
	"type":       func(a *asking, v string) { a.q.Instrument = word(a, "type", v, casework.InstrumentTypes) },
	"stage":      func(a *asking, v string) { a.q.Stage = word(a, "stage", v, casework.Stages) },
	"sla":        func(a *asking, v string) { a.q.SLA = word(a, "sla", v, casework.SLAStates) },
	"resolution": func(a *asking, v string) { a.q.Resolution = word(a, "resolution", v, casework.Resolutions) },
	"waiting":    (*asking).waiting,
	"assignee":   (*asking).assignee,
	"country":    (*asking).country,
	"due":        (*asking).due,
	"is":         (*asking).is,
}

// isTerm finds a term; a docket's number, 1:26-mj-04417, is none, and what stands in quotes is words.
var isTerm = regexp.MustCompile(`^([A-Za-z_]+):(.*)$`)

// asked is what a text asks the queue for; every fault of it at once.
func asked(text, me string, now time.Time, zone *time.Location) (casework.CaseQuery, []casework.Fault) {
	a := &asking{me: me, now: now, zone: zone, seen: map[string]string{}}
	for _, part := range parts(text) {
		m := isTerm.FindStringSubmatch(part.text)
		if m == nil || part.quoted {
			a.words = append(a.words, part.text)
			continue
		}
		a.term(strings.ToLower(m[1]), m[2])
	}
	a.agree()
	a.q.Q = strings.Join(a.words, " ")
	return a.q, a.faults
}

// agree says which terms no case can answer together. They are compared once all are read: their order means nothing.
func (a *asking) agree() {
	closed := a.closed || a.q.Stage == casework.InClosed
	switch {
	case a.q.Open && closed:
		a.fault("is", "cannot be open and closed at once")
	case a.closed && a.q.Stage != "" && a.q.Stage != casework.InClosed:
		a.fault("is", "cannot be closed in the stage %s; a closed case has the stage closed", a.q.Stage)
	}
	if a.q.Unassigned && a.q.Assignee != "" {
		a.fault("assignee", "cannot be nobody and %s at once", a.q.Assignee)
	}
	if a.closed {
		a.q.Stage = casework.InClosed
	}
}

func (a *asking) term(name, value string) {
	read, ok := terms[name]
	before, twice := a.seen[name]
	switch {
	case !ok:
		a.fault(name, "is no filter; there are %s. To search for the words themselves, put them in quotes", strings.Join(slices.Sorted(maps.Keys(terms)), ", "))
	case value == "":
		a.fault(name, "has no value: write it right after the colon")
	case twice && name != "is" && (name == "assignee" && before != value || !strings.EqualFold(before, value)):
		a.fault(name, "is asked twice, as %s and as %s; one case has one", before, value)
	default:
		a.seen[name] = value
		read(a, value)
	}
}

func (a *asking) fault(name, format string, values ...any) {
	a.faults = append(a.faults, casework.Fault{Path: name, Message: fmt.Sprintf(format, values...)})
}

// word is a value of a closed vocabulary.
func word[W ~string](a *asking, name, value string, vocabulary []W) W {
	w := W(strings.ToLower(value))
	if slices.Contains(vocabulary, w) {
		return w
	}
	a.fault(name, "has no value %s; it is one of %s", value, listOf(vocabulary))
	return ""
}

func listOf[W ~string](words []W) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}

// us is whoever of ours must act.
const us casework.WaitingOn = "us"

func (a *asking) waiting(v string) {
	on := word(a, "waiting", v, append([]casework.WaitingOn{us}, casework.WaitingOns...))
	if a.q.WaitingOnUs = on == us; !a.q.WaitingOnUs {
		a.q.WaitingOn = on
	}
}

// assignee reads a name as it is written, since two people's may differ in case alone; what stands for a name is no name.
func (a *asking) assignee(v string) {
	switch strings.ToLower(v) {
	case "me":
		a.q.Assignee = a.me
	case "nobody":
		a.q.Unassigned = true
	default:
		a.q.Assignee = v
	}
}

func (a *asking) country(v string) {
	a.q.Country = intake.Country(v)
	if !intake.IsCountry(a.q.Country) {
		a.fault("country", "is not %s; write the two letters of ISO 3166-1, as in country:DE", v)
	}
}

func (a *asking) is(v string) {
	switch strings.ToLower(v) {
	case "open":
		a.q.Open = true
	case "closed":
		a.closed = true
	case "emergency":
		a.q.Emergency = true
	case "unassigned":
		a.q.Unassigned = true
	case "any":
	default:
		a.fault("is", "has no value %s; it is one of open, closed, emergency, unassigned, any", v)
	}
}

var isSpan = regexp.MustCompile(`^<([0-9]{1,4})(m|h|d|w)$`)

// longestSpan is as far as a term may look ahead: a hundred years.
const longestSpan = 36500 * 24 * time.Hour

func (a *asking) due(v string) {
	v = strings.ToLower(v)
	if v == "overdue" {
		a.q.DueBefore = a.now
		return
	}
	if m := isSpan.FindStringSubmatch(v); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits
		unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[m[2]]
		a.q.DueBefore = a.now.Add(min(time.Duration(n)*unit, longestSpan))
		return
	}
	day := casework.Date(strings.TrimPrefix(v, "<"))
	if _, err := time.Parse(casework.DayFormat, string(day)); err != nil || !strings.HasPrefix(v, "<") {
		a.fault("due", "is not understood as %s; write due:overdue, due:<3d (or 4h, 30m, 2w), or due:<2026-12-01", v)
		return
	}
	a.q.DueBefore = day.Start(a.zone)
}

// part is a word or a term of a text.
type part struct {
	text   string
	quoted bool
}

// parts are what stands between the blanks of a text; quotes hold several words together, and keep a term from being one.
func parts(text string) (out []part) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if quoted, rest, closed := strings.Cut(text[1:], `"`); text[0] == '"' && closed {
			out, text = append(out, part{quoted, true}), rest
			continue
		}
		end := strings.IndexFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0' })
		if end < 0 {
			end = len(text)
		}
		out, text = append(out, part{text: text[:end]}), text[end:]
	}
	return out
}

// inAddress are the filters that an address may name by themselves, as those of the API do, with the terms that they are.
var inAddress = []struct{ name, term string }{
	{"stage", "stage"}, {"waiting_on", "waiting"}, {"assignee", "assignee"}, {"country", "country"}, {"instrument", "type"}, {"sla", "sla"}, {"resolution", "resolution"},
}

// textOf is what an address asks, as one could type it.
func textOf(v url.Values) string {
	text := []string{}
	for _, x := range inAddress {
		if value := v.Get(x.name); value != "" {
			text = append(text, x.term+":"+value)
		}
	}
	q := strings.TrimSpace(v.Get("q"))
	if strings.EqualFold(v.Get("stage"), string(casework.InClosed)) && q == openCases { // what is shown where nothing is asked
		q = ""
	}
	return strings.TrimSpace(strings.Join(append(text, q), " "))
}

// without is a text less the terms of those names.
func without(text string, names ...string) string {
	kept := []string{}
	for _, t := range parts(text) {
		m := isTerm.FindStringSubmatch(t.text)
		switch {
		case t.quoted:
			kept = append(kept, `"`+t.text+`"`)
		case m == nil || !slices.Contains(names, strings.ToLower(m[1])):
			kept = append(kept, t.text)
		}
	}
	return strings.Join(kept, " ")
}
