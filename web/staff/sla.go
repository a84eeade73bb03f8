package staff

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// slaPage is how the work stands: each figure as a picture, a table and a CSV.
type slaPage struct {
	ui.Frame
	From, To  casework.Date
	GroupBy   casework.Grouping
	Groupings []casework.Grouping
	Zone      string
	Sheets    []sheet
	Late      []lateCase
	Soon      []lateCase
	LateMore  string // address of all that are late; empty: all are shown
	SoonMore  string
	MayRead   bool
	Refused   *ui.Refusal
}

// lateCase is a case to drill down to.
type lateCase struct {
	casework.ListedCase
	Clock ui.Clock
}

var slaTemplate = ui.Parse(files, "sla.html", "sheet.html")

const (
	usualSpan = 13*7 - 1 // days before the last: thirteen weeks
	mostLate  = 25
	horizon   = 7 // days of the forecast
)

func (p *pages) sla(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadFigures, user); err != nil {
		return err
	}
	page, q, refused := p.slaAsked(r, user)
	if refused == nil {
		page.Sheets, refused = p.sheets(r, q, user)
	}
	if refused != nil && casework.CodeOf(refused) != casework.Invalid {
		return refused
	}
	if refused == nil {
		if err := p.lateCases(r, user, &page); err != nil {
			return err
		}
		return slaTemplate.Render(w, http.StatusOK, page)
	}
	page.Refused = ui.Refused("These figures cannot be counted", refused)
	return slaTemplate.Render(w, ui.StatusOf(refused), page)
}

// slaTable gives one of the tables as a CSV.
func (p *pages) slaTable(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadFigures, user); err != nil {
		return err
	}
	_, q, err := p.slaAsked(r, user)
	if err != nil {
		return err
	}
	sheets, err := p.sheets(r, q, user)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if s.Name+".csv" == r.PathValue("table") {
			ui.CSV(w, "sla-"+s.Name+"-"+string(casework.DateOf(q.From, q.Zone))+".csv", s.header(), s.lines())
			return nil
		}
	}
	return casework.Refuse(casework.NotFound, "There is no table of that name.")
}

// slaAsked reads what an address asks for; every fault at once.
func (p *pages) slaAsked(r *http.Request, user casework.Actor) (slaPage, casework.FiguresQuery, error) {
	values := r.URL.Query()
	q, faults := casework.FiguresQuery{Now: p.Now(), Zone: p.zone()}.Between(casework.Date(values.Get("from")), casework.Date(values.Get("to")), usualSpan)
	if q.GroupBy = casework.Grouping(values.Get("group_by")); q.GroupBy != "" && !slices.Contains(casework.Groupings, q.GroupBy) {
		faults = append(faults, casework.Fault{Path: "group_by", Message: "must be one of instrument, country, assignee"})
	}
	from, to := casework.DateOf(q.From, q.Zone), casework.DateOf(q.Until.Add(-time.Second), q.Zone)
	page := slaPage{
		Frame: p.frame(r, "How the work stands", user), From: from, To: to, GroupBy: q.GroupBy, Groupings: casework.Groupings, Zone: q.Zone.String(),
		MayRead: casework.MayCall(casework.ReadCases, user) == nil,
	}
	return page, q, casework.Faulty(faults)
}

// zone is where the team's days are counted.
func (p *pages) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone()
}

// lateCases lists the cases that are late, and those that will be unless somebody acts.
func (p *pages) lateCases(r *http.Request, user casework.Actor, page *slaPage) error {
	if !page.MayRead {
		return nil
	}
	now := p.Now()
	late, err := p.Registry.Cases(r.Context(), casework.CaseQuery{SLA: casework.Breached, Sort: "due", Limit: mostLate}, user)
	if err != nil {
		return err
	}
	soon, err := p.Registry.Cases(r.Context(), casework.CaseQuery{Open: true, DueBefore: now.AddDate(0, 0, horizon), Sort: "due", Limit: mostLate * 2}, user)
	if err != nil {
		return err
	}
	for _, c := range late.Cases {
		page.Late = append(page.Late, lateCase{c, ui.ClockOf(c.View, now)})
	}
	for _, c := range soon.Cases {
		if clock := ui.ClockOf(c.View, now); clock.Due.After(now) && len(page.Soon) < mostLate {
			page.Soon = append(page.Soon, lateCase{c, clock})
		}
	}
	page.LateMore, page.SoonMore = "/?q="+url.QueryEscape("sla:breached"), "/?q="+url.QueryEscape("due:<7d")
	return nil
}
