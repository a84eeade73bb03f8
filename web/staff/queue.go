package staff

import (
	"net/http"
	"net/url"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// pageSize is how many cases the queue shows at once; pinned, how many emergencies stand over them.
const (
	pageSize = 50
	pinned   = 10
)

// queuePage is the queue: emergencies, the views with how many cases each has, and the cases of the one that is open, in
// the order in which something is due.
type queuePage struct {
	ui.Frame
	Asked     string // as it stands in the search box
	Filters   []filter
	Rest      string // of what is asked, less the filters
	Sort      string
	Sorts     []choice
	Views     []viewTab
	Urgent    []queueRow
	Urgents   string // how many emergencies there are
	Rows      []queueRow
	Total     string
	Pager     ui.Pager
	Export    string // address of the list as a file
	Address   string // of this page of the queue
	Query     string // what a saved view keeps
	Filtered  bool
	Refused   *ui.Refusal // the search was not understood
	NotDone   *ui.Refusal // of several cases, those that were not assigned
	Done      *ui.Banner
	MayAssign bool
	Assignees []choice
	Key       string
	Next      *queueRow // the case to take next
	MayKeep   bool
	MayShare  bool
}

// queueRow is one case of the queue.
type queueRow struct {
	casework.ListedCase

	Clock ui.Clock
}

var queueTemplate = ui.Parse(files, "queue.html", "queueparts.html")

// errNoCases is said to roles that see no case.
var errNoCases = casework.Refuse(casework.Forbidden, "Your role sees no case content; it manages users and settings.")

func (p *pages) queue(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	page, err := p.queuePage(r, user, r.URL.Query())
	if err != nil {
		return err
	}
	page.Done = doneOf(r)
	status := http.StatusOK
	if page.Refused != nil {
		status = http.StatusBadRequest
	}
	return queueTemplate.Render(w, status, page)
}

// queuePage is the queue as an address asks for it. What cannot be understood is said over an empty list.
func (p *pages) queuePage(r *http.Request, user casework.Actor, v url.Values) (queuePage, error) {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return queuePage{}, errNoCases.Because(err)
	}
	ask := p.ask(r, v, user)
	page := queuePage{
		Frame: p.frame(r, "Queue", user), Asked: ask.text, Filters: filtersOf(ask), Rest: without(ask.text, filterTerms...), Sort: ask.query.Sort, Sorts: sorts,
		Query: ask.values().Encode(), Export: "/queue.csv?" + ask.values().Encode(), Filtered: ask.text != openCases, Key: newKey(),
		MayAssign: casework.MayEver(casework.Assign, user), MayKeep: casework.MayCall(casework.KeepViews, user) == nil, MayShare: casework.MayCall(casework.ShareViews, user) == nil,
	}
	page.Address = "/?" + ask.values().Encode()
	if !page.Filtered {
		page.Asked = ""
	}
	if ask.refused != nil {
		page.Refused = ask.refused
	} else if err := p.list(r, &page, ask.query, user); err != nil {
		return page, err
	}
	return page, p.around(r, &page, user)
}

// list reads the cases that were asked for.
func (p *pages) list(r *http.Request, page *queuePage, q casework.CaseQuery, user casework.Actor) error {
	list, err := p.Registry.Cases(r.Context(), q, user)
	if err != nil {
		return err
	}
	page.Rows, page.Total = p.rows(list.Cases), countOf(list.Total, list.TotalIsMinimum)
	if q.Cursor != "" {
		page.Pager.First = page.Address
	}
	if list.NextCursor != nil {
		page.Pager.Next = page.Address + "&" + url.Values{"cursor": {*list.NextCursor}}.Encode()
	}
	return nil
}

// around reads what stands round the list whatever was asked.
func (p *pages) around(r *http.Request, page *queuePage, user casework.Actor) error {
	urgent, err := p.Registry.Cases(r.Context(), casework.CaseQuery{Emergency: true, Open: true, Sort: soonest, Limit: pinned}, user)
	if err != nil {
		return err
	}
	page.Urgent, page.Urgents = p.rows(urgent.Cases), countOf(urgent.Total, urgent.TotalIsMinimum)
	if page.Views, err = p.viewTabs(r, user, page.Query); err != nil || !page.MayAssign {
		return err
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return err
	}
	page.Assignees = assignees(staff)
	next, err := p.nextFor(r, user, 1)
	if err == nil && len(next) > 0 {
		page.Next = &p.rows(next[:1])[0]
	}
	return err
}

func (p *pages) rows(cases []casework.ListedCase) []queueRow {
	rows := make([]queueRow, len(cases))
	for i, c := range cases {
		rows[i] = queueRow{c, ui.ClockOf(c.View, p.Now())}
	}
	return rows
}
