package staff

import (
	"net/http"
	"slices"

	"dueprocess/casework"
	"dueprocess/policy"
	"dueprocess/web/ui"
)

// diffPage compares the rules of two days over the latest cases that somebody may see.
type diffPage struct {
	ui.Frame
	Before, After string // as typed
	Asked         bool
	Cases         int
	Touched       int // people whom changed answers are about, each once
	Changed       []changedCase
	Most          int
	Refused       *ui.Refusal
}

// changedCase is a case of which something is answered otherwise.
type changedCase struct {
	ID      string
	Changes []policy.Changed
}

var diffTemplate = ui.Parse(files, "policydiff.html")

// mostCompared bounds the cases that a page compares; the command policy diff takes them all.
const mostCompared = 300

func (p *pages) policyDiff(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	page := diffPage{Frame: p.frame(r, "Compare two days", user), Most: mostCompared, Asked: r.URL.Query().Has("before")}
	before, typed, errBefore := p.dayAsked(r, "before")
	after, typedAfter, errAfter := p.dayAsked(r, "after")
	page.Before, page.After = typed, typedAfter
	if err := bothFaults(errBefore, errAfter); err != nil {
		page.Refused = ui.Refused("There is no such day", err)
		return diffTemplate.Render(w, ui.StatusOf(err), page)
	}
	if page.Asked {
		if err := p.compare(r, user, before, after, &page); err != nil {
			return err
		}
	}
	return diffTemplate.Render(w, http.StatusOK, page)
}

// bothFaults are the faults of two answers together.
func bothFaults(errs ...error) error {
	faults := []casework.Fault{}
	for _, err := range errs {
		if err != nil {
			_, found := ui.Sentence(err)
			faults = append(faults, found...)
		}
	}
	return casework.Faulty(faults)
}

// compare goes over the latest cases, page by page.
func (p *pages) compare(r *http.Request, user casework.Actor, before, after casework.Date, page *diffPage) error {
	touched, q := []string{}, casework.CaseQuery{Sort: "-received_at", Limit: 100}
	for {
		list, err := p.Registry.Cases(r.Context(), q, user)
		if err != nil {
			return err
		}
		for _, listed := range list.Cases {
			people, err := p.compareCase(r, user, listed.ID, before, after, page)
			if err != nil {
				return err
			}
			touched = append(touched, people...)
		}
		if list.NextCursor == nil || page.Cases >= mostCompared {
			slices.Sort(touched)
			page.Touched = len(slices.Compact(touched))
			return nil
		}
		q.Cursor = *list.NextCursor
	}
}

// compareCase compares one case and answers whom a change is about. One that has gone since, or of which only counting
// facts are left, is passed over.
func (p *pages) compareCase(r *http.Request, user casework.Actor, id string, before, after casework.Date, page *diffPage) ([]string, error) {
	v, err := p.Registry.Case(r.Context(), id, user)
	if err != nil && casework.CodeOf(err) == casework.NotFound || err == nil && v.Request.Instrument.Type == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	known, err := p.known(r.Context(), v.Request)
	if err != nil {
		return nil, err
	}
	page.Cases++
	changes := p.Rules.Compare(before, after, v.Request, known)
	if len(changes) == 0 {
		return nil, nil
	}
	page.Changed = append(page.Changed, changedCase{id, changes})
	people := []string{}
	for _, t := range v.Request.Demand.Targets {
		people = append(people, string(t.Type)+" "+t.Value)
	}
	return people, nil
}
