package staff

import (
	"net/http"
	"net/url"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// pageSize is how many cases the queue shows at once; each is read for its authority and its instrument.
const pageSize = 25

// queuePage is the queue: the next cases in the order in which something is due.
type queuePage struct {
	ui.Frame
	Query    casework.CaseQuery
	Stages   []casework.Stage
	Sorts    []choice
	Rows     []queueRow
	Total    int
	Minimum  bool
	Filtered bool
	Next     string // address of the next page; empty: this is the last
}

// queueRow is one case of the queue.
type queueRow struct {
	casework.View
	Clock ui.Clock
}

var queueTemplate = ui.Parse(files, "queue.html")

func (p *pages) queue(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return casework.Refuse(casework.Forbidden, "Your role sees no case content; it manages users and settings.").Because(err)
	}
	page := queuePage{Frame: p.frame("Queue", user), Query: queryOf(r.URL.Query()), Stages: casework.Stages, Sorts: sorts}
	list, err := p.Registry.Cases(r.Context(), page.Query, user)
	if err != nil {
		return err
	}
	if page.Rows, err = p.rows(r, list.Cases, user); err != nil {
		return err
	}
	page.Total, page.Minimum = list.Total, list.TotalIsMinimum
	page.Filtered = page.Query.Stage != "" || page.Query.Q != "" || page.Query.Cursor != ""
	if list.NextCursor != nil {
		page.Next = after(page.Query, *list.NextCursor)
	}
	return queueTemplate.Render(w, http.StatusOK, page)
}

var sorts = []choice{{"due", "next due first"}, {"-received_at", "newest first"}, {"received_at", "oldest first"}}

func queryOf(v url.Values) casework.CaseQuery {
	q := casework.CaseQuery{Stage: casework.Stage(v.Get("stage")), Q: v.Get("q"), Sort: v.Get("sort"), Cursor: v.Get("cursor"), Limit: pageSize}
	if q.Sort == "" {
		q.Sort = "due"
	}
	return q
}

// after is the address of the page that follows.
func after(q casework.CaseQuery, cursor string) string {
	v := url.Values{"sort": {q.Sort}, "cursor": {cursor}}
	if q.Stage != "" {
		v.Set("stage", string(q.Stage))
	}
	if q.Q != "" {
		v.Set("q", q.Q)
	}
	return "/?" + v.Encode()
}

// rows reads of each case what the list leaves out. One that has gone behind a wall since is left out.
func (p *pages) rows(r *http.Request, cases []casework.View, user casework.Actor) ([]queueRow, error) {
	rows := []queueRow{}
	for _, listed := range cases {
		v, err := p.Registry.Case(r.Context(), listed.ID, user)
		if err != nil && casework.CodeOf(err) == casework.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, queueRow{v, ui.ClockOf(v, p.Now())})
	}
	return rows, nil
}
