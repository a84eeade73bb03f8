package staff

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// casePage is one case: where it is, who must act next, what is known, and what may be done now.
type casePage struct {
	ui.Frame
	Case      casework.Case
	Rail      []casework.Stage
	Clock     ui.Clock
	Deadlines []deadlineRow
	Events    []eventRow
	Forms     []form
	WithFile  []casework.Action
	MayTake   bool // parcels
	Refused   *refusal
}

// refusal is what was refused, said above the form that is still filled.
type refusal struct {
	Action   casework.Action
	Sentence string
	Faults   []casework.Fault
	Again    string // where somebody proves anew who they are; empty: that is not what is missing
}

// deadlineRow is a deadline with its clock in words.
type deadlineRow struct {
	casework.Deadline
	Left string
}

var caseTemplate = ui.Parse(files, "case.html")

func (p *pages) showCase(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	page, err := p.casePage(r, user)
	if err != nil {
		return err
	}
	return caseTemplate.Render(w, http.StatusOK, page)
}

// casePage reads a case for somebody, who is written down as having looked before anything is shown.
func (p *pages) casePage(r *http.Request, user casework.Actor) (casePage, error) {
	c, err := p.read(r, user)
	if err != nil {
		return casePage{}, err
	}
	if err := p.Registry.Looked(r.Context(), c.ID, user, "case", casework.Truncate(p.Now())); err != nil {
		return casePage{}, err
	}
	events, err := p.Registry.Events(r.Context(), c.ID, user)
	if err != nil {
		return casePage{}, err
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return casePage{}, err
	}
	now := p.Now()
	page := casePage{
		Frame: p.frame(r, c.ID, user), Case: c, Rail: railOf(c), Clock: ui.ClockOf(c.View, now), Deadlines: deadlineRows(c, now), Events: eventRows(events),
		MayTake: casework.MayCall(casework.TakeParcels, user) == nil,
	}
	page.Forms, page.WithFile = formsOf(c, c.Allowed(user, now), staff, newKey)
	page.Forms, err = p.withDrafts(r, user, c.ID, page.Forms)
	return page, err
}

// read reads a case whole, for those whose role reads cases at all.
func (p *pages) read(r *http.Request, user casework.Actor) (casework.Case, error) {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return casework.Case{}, err
	}
	return p.Registry.Full(r.Context(), r.PathValue("id"), user)
}

func newKey() string { return uuid.Must(uuid.NewV7()).String() }

// railOf is the way of this case: the stages that not every case has are on it only while the case is in them.
func railOf(c casework.Case) []casework.Stage {
	detours := []casework.Stage{casework.InChallenge, casework.InMLATReferral}
	return slices.DeleteFunc(slices.Clone(casework.Stages), func(s casework.Stage) bool { return slices.Contains(detours, s) && s != c.Stage })
}

func deadlineRows(c casework.Case, now time.Time) []deadlineRow {
	out := []deadlineRow{}
	for _, d := range c.Deadlines {
		row := deadlineRow{Deadline: d}
		if d.State != casework.Met && d.State != casework.Missed && c.Stage != casework.InClosed {
			row.Left = ui.Left(d.Due, now)
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b deadlineRow) int { return a.Due.Compare(b.Due) })
	return out
}

// parcel gives a sealed parcel to one of our own people; that is no receipt.
func (p *pages) parcel(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.TakeParcels, user); err != nil {
		return err
	}
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	return p.stream(w, r, user, c)
}
