package staff

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// soonest is the order of the queue where none is asked.
const soonest = "due"

var sorts = []choice{{soonest, "next due first"}, {"-received_at", "newest first"}, {"received_at", "oldest first"}}

// ask is what an address asks the queue for.
type ask struct {
	text    string // as one could type it
	query   casework.CaseQuery
	refused *ui.Refusal
}

// openCases is what the queue shows where nothing is asked.
const openCases = "is:open"

// ask reads an address. Nothing asked is every open case. A day is one as the pages show it to whoever looks.
func (p *pages) ask(r *http.Request, v url.Values, user casework.Actor) ask {
	text := textOf(v)
	if text == "" {
		text = openCases
	}
	q, faults := asked(text, user.Name, p.Now(), cmp.Or(ui.ViewerOf(r).Zone, time.UTC))
	if wrong, ok := errors.AsType[*casework.Error](p.Registry.CheckQuery(casework.CaseQuery{Q: q.Q})); ok {
		faults = append(faults, wrong.Faults...)
	}
	q.Sort, q.Cursor, q.Limit = v.Get("sort"), v.Get("cursor"), pageSize
	if q.Sort == "" {
		q.Sort = soonest
	}
	a := ask{text: text, query: q}
	if wrong, ok := errors.AsType[*casework.Error](p.Registry.CheckQuery(q)); ok {
		faults = append(faults, wrong.Faults...)
		a.query.Sort, a.query.Cursor = soonest, "" // what is asked from here on can be opened
	}
	if len(faults) > 0 {
		a.refused = ui.Refused("The search was not understood", casework.Faulty(faults))
		a.refused.Sentence = "Nothing is shown until each of these is mended:"
	}
	return a
}

// values are the address of what is asked, of its first page.
func (a ask) values() url.Values {
	v := url.Values{"q": {a.text}}
	if a.query.Sort != soonest {
		v.Set("sort", a.query.Sort)
	}
	return v
}

// filter is a choice beside the search box that becomes a term of it.
type filter struct {
	Name, Label, Chosen string
	Choices             []choice
}

// filterTerms are the terms that the filters stand for.
var filterTerms = []string{"stage", "waiting", "type", "sla"}

func filtersOf(a ask) []filter {
	waiting := []casework.WaitingOn{us}
	return []filter{
		{"stage", "Stage", string(a.query.Stage), choices(casework.Stages...)},
		{"waiting_on", "Waiting on", waitingOf(a.query), choices(append(waiting, casework.WaitingOns...)...)},
		{"instrument", "Instrument", string(a.query.Instrument), choices(casework.InstrumentTypes...)},
		{"sla", "Clock", string(a.query.SLA), choices(slices.Clone(casework.SLAStates)...)},
	}
}

func waitingOf(q casework.CaseQuery) string {
	if q.WaitingOnUs {
		return string(us)
	}
	return string(q.WaitingOn)
}

// countOf is a number of cases, as far as it was counted.
func countOf(n int, atLeast bool) string {
	s := strconv.Itoa(n)
	if n >= 1000 { //nolint:mnd // where a number needs a comma
		s = s[:len(s)-3] + "," + s[len(s)-3:]
	}
	if atLeast {
		s = "more than " + s
	}
	return s
}
