package staff

import (
	"net/http"
	"net/url"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// pageSize is how many cases the queue shows at once.
const pageSize = 50

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
	casework.ListedCase

	Clock ui.Clock
}

var queueTemplate = ui.Parse(files, "queue.html")

func (p *pages) queue(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return casework.Refuse(casework.Forbidden, "Your role sees no case content; it manages users and settings.").Because(err)
	}
	page := queuePage{Frame: p.frame(r, "Queue", user), Query: queryOf(r.URL.Query()), Stages: casework.Stages, Sorts: sorts}
	list, err := p.Registry.Cases(r.Context(), page.Query, user)
	if err != nil {
		return err
	}
	page.Rows, page.Total, page.Minimum = p.rows(list.Cases), list.Total, list.TotalIsMinimum
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

func (p *pages) rows(cases []casework.ListedCase) []queueRow {
	rows := make([]queueRow, len(cases))
	for i, c := range cases {
		rows[i] = queueRow{c, ui.ClockOf(c.View, p.Now())}
	}
	return rows
}
