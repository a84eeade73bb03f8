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
	LateMore  string // address of all that are late
	SoonMore  string
	LateCut   bool // there are more than are shown
	SoonCut   bool
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
	usualSpan  = 13*7 - 1 // days before the last: thirteen weeks
	mostLate   = 25
	mostPassed = 2000 // cases looked at whose hour has passed
	horizon    = 7    // days of the forecast
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
	late, err := p.Registry.Cases(r.Context(), casework.CaseQuery{SLA: casework.Breached, Sort: soonest, Limit: mostLate}, user)
	if err != nil {
		return err
	}
	for _, c := range late.Cases {
		page.Late = append(page.Late, lateCase{c, ui.ClockOf(c.View, p.Now())})
	}
	page.LateCut = late.NextCursor != nil
	page.Soon, page.SoonCut, err = p.soonCases(r, user)
	page.LateMore, page.SoonMore = "/?q="+url.QueryEscape("sla:breached"), "/?q="+url.QueryEscape("due:<7d")
	return err
}

// inTime is how a case stands that is not late yet. Asked for by these, the late ones, which come first by what is due,
// are not read.
var inTime = []casework.SLA{casework.OnTrack, casework.DueSoon, casework.Paused}

// soonCases are the first cases that will be late before the forecast's last day ends; cut: there are more.
func (p *pages) soonCases(r *http.Request, user casework.Actor) (soon []lateCase, cut bool, err error) {
	end := casework.DateOf(p.Now(), p.zone()).AddDays(horizon).Start(p.zone())
	for _, state := range inTime {
		found, more, err := p.fallDue(r, casework.CaseQuery{Open: true, SLA: state, DueBefore: end, Sort: soonest, Limit: mostLate * 2}, user)
		if err != nil {
			return nil, false, err
		}
		soon, cut = append(soon, found...), cut || more
	}
	slices.SortStableFunc(soon, func(a, b lateCase) int { return a.Clock.Due.Compare(b.Clock.Due) })
	return soon[:min(len(soon), mostLate)], cut || len(soon) > mostLate, nil
}

// fallDue are the first of a query's cases whose hour is still to come. One whose hour has passed may stand before them: its
// case sleeps, or has not heard of it yet.
func (p *pages) fallDue(r *http.Request, q casework.CaseQuery, user casework.Actor) (found []lateCase, more bool, err error) {
	now, passed := p.Now(), 0
	for c, err := range p.casesOf(r.Context(), q, user, mostPassed) {
		clock := ui.ClockOf(c.View, now)
		switch {
		case err != nil:
			return nil, false, err
		case !clock.Due.After(now):
			passed++
		case len(found) == mostLate:
			return found, true, nil
		default:
			found = append(found, lateCase{c, clock})
		}
	}
	return found, passed >= mostPassed, nil
}
