package api

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
)

// listed is a page of the queue; its elements have no request, determination or documents.
type listed struct {
	Cases          []element `json:"cases"`
	NextCursor     *string   `json:"next_cursor"`
	Total          int       `json:"total"`
	TotalIsMinimum bool      `json:"total_is_minimum"`
}

// element is a case as lists show it: the omitted fields shadow those of the view.
type element struct {
	casework.View

	Approvals     *casework.Approvals `json:"approvals"`
	Secrecy       *standing           `json:"secrecy"`
	Request       *struct{}           `json:"request,omitempty"`
	Determination *struct{}           `json:"determination,omitempty"`
	Documents     *struct{}           `json:"documents,omitempty"`
}

// view is a case as its own call shows it. What was said of a purged one is gone, which is null, and no value that nobody
// gave.
type view struct {
	casework.View

	Approvals *casework.Approvals `json:"approvals"`
	Secrecy   *standing           `json:"secrecy"`
	Request   *casework.Request   `json:"request"`
}

// standing is the secrecy that binds a case; whether it was lifted is said also where it was not, which a request's has not.
type standing struct {
	Kind     casework.SecrecyKind `json:"kind"`
	Basis    string               `json:"basis"`
	Until    casework.Date        `json:"until"`
	LiftedAt *time.Time           `json:"lifted_at"`
}

// unless is what is shown of a case, unless that is gone.
func unless[V any](gone bool, v V) *V {
	if gone {
		return nil
	}
	return &v
}

// list answers with a page of the queue.
func (a *api) list(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	q, err := a.casesAsked(queryOf(r, filters))
	if err != nil {
		return err
	}
	found, err := a.Registry.Cases(r.Context(), q, by)
	if err != nil {
		return err
	}
	elements, err := a.elements(r, found.Cases, by)
	if err != nil {
		return err
	}
	return give(w, listed{elements, found.NextCursor, found.Total, found.TotalIsMinimum})
}

// elements are the cases of a list with what the person may do to each: nothing to one purged or walled off in between.
func (a *api) elements(r *http.Request, cases []casework.ListedCase, by casework.Actor) ([]element, error) {
	ids := make([]string, len(cases))
	for i, c := range cases {
		ids[i] = c.ID
	}
	opened, err := a.Registry.Whole(r.Context(), ids, by)
	if err != nil {
		return nil, err
	}
	out := make([]element, len(cases))
	for i, c := range cases {
		out[i] = elementOf(c)
		if full, ok := opened[c.ID]; ok {
			out[i].AllowedActions = full.Allowed(by, a.Now())
		}
	}
	return out, nil
}

func elementOf(c casework.ListedCase) element {
	v, gone := c.WithLists(), c.PurgedAt != nil
	return element{View: v, Approvals: unless(gone, v.Approvals), Secrecy: unless(gone, standing(v.Secrecy))}
}

// casesAsked reads the filters, and names everything that is wrong with them.
func (a *api) casesAsked(q *query) (casework.CaseQuery, error) {
	asked := casework.CaseQuery{
		Stage: oneOf(q, "stage", casework.Stages), WaitingOn: oneOf(q, "waiting_on", casework.WaitingOns), Instrument: oneOf(q, "instrument", casework.InstrumentTypes),
		SLA: oneOf(q, "sla", casework.SLAStates), Resolution: oneOf(q, "resolution", casework.Resolutions), Country: intake.Country(q.get("country")),
		Assignee: q.get("assignee"), Q: q.get("q"), Limit: limitOf(q), Sort: q.get("sort"), Cursor: q.get("cursor"),
	}
	if asked.Country != "" && !intake.IsCountry(asked.Country) {
		q.fault("country", "must be a country's code (ISO 3166-1 alpha-2)")
	}
	if wrong, ok := errors.AsType[*casework.Error](a.Registry.CheckQuery(asked)); ok {
		q.also(wrong.Faults)
	}
	return asked, q.err()
}

var filters = []string{"stage", "waiting_on", "assignee", "country", "instrument", "sla", "resolution", "q", "sort", "limit", "cursor"}

const mostCases = 200

// limitOf is how many cases are asked for; 0: as many as is usual.
func limitOf(q *query) int {
	n, err := strconv.Atoi(q.get("limit"))
	if q.get("limit") != "" && (err != nil || n < 1 || n > mostCases) {
		q.fault("limit", "must be a number from 1 to 200")
		return 0
	}
	return n
}

// show answers with a case.
func (a *api) show(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	full, err := a.Registry.Full(r.Context(), r.PathValue("id"), by)
	if err != nil {
		return err
	}
	return a.giveCase(w, full, by)
}

func (a *api) giveCase(w http.ResponseWriter, full casework.Case, by casework.Actor) error {
	w.Header().Set("ETag", etag(full.Version))
	return give(w, presented(full, by, a.Now()))
}

// presented is the case as this person sees it: with what they may do, and without where files are kept.
func presented(full casework.Case, by casework.Actor, now time.Time) view {
	v, gone := full.WithLists(), full.Work.Purged
	v.AllowedActions = full.Allowed(by, now)
	v.Documents, v.Request.Documents = withoutPlaces(v.Documents), withoutPlaces(v.Request.Documents)
	return view{v, unless(gone, v.Approvals), unless(gone, standing(v.Secrecy)), unless(gone, v.Request)}
}

func withoutPlaces(documents []casework.Document) []casework.Document {
	out := make([]casework.Document, len(documents))
	for i, d := range documents {
		d.Ref = ""
		out[i] = d
	}
	return out
}

// history is a case's ledger entries.
type history struct {
	Events []casework.Event `json:"events"`
}

// events answers with a case's ledger entries.
func (a *api) events(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	found, err := a.Registry.Events(r.Context(), r.PathValue("id"), by)
	if err != nil {
		return err
	}
	return give(w, history{Events: found})
}

func short(name string) string {
	if len(name) > 40 {
		return name[:40]
	}
	return name
}
