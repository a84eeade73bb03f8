package staff

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// caseHead is what stands over every page of one case: where it is, and who must act next.
type caseHead struct {
	ui.Frame

	Case    casework.Case
	Rail    ui.Rail
	Clock   ui.Clock
	Next    step
	Refused *refusal
	Room    string // what the page is for; empty: the case
	Live    string // where the page hears that the case has changed
	Same    sameAgain

	staff []casework.Actor
	now   time.Time
}

// refusal is what was refused, said above the form that is still filled.
type refusal struct {
	Action casework.Action
	ui.Refusal
}

// casePage is one case: what is known of it, and what may be done now.
type casePage struct {
	caseHead

	Deadlines []deadlineRow
	Events    []eventRow
	Doors     []door
	Groups    []formGroup
	MayTake   bool // parcels
}

var caseTemplate = ui.Parse(files, "case.html", "casehead.html", "fields.html")

func (p *pages) showCase(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	page, err := p.casePage(r, user)
	if err != nil {
		return err
	}
	return caseTemplate.Render(w, http.StatusOK, page)
}

// caseHead reads a case for somebody, who is written down as having looked before anything is shown.
func (p *pages) caseHead(r *http.Request, user casework.Actor, room string) (caseHead, error) {
	c, err := p.read(r, user)
	if err != nil {
		return caseHead{}, err
	}
	if err := p.Registry.Looked(r.Context(), c.ID, user, "case", casework.Truncate(p.Now())); err != nil {
		return caseHead{}, err
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return caseHead{}, err
	}
	at, err := p.Registry.Standing(r.Context(), c.ID, 0, user)
	if err != nil {
		return caseHead{}, err
	}
	frame, now := p.frame(r, strings.TrimSpace(room+" "+c.ID), user), p.Now()
	next := waiting{c, staff, user.Name, now, frame.Stamp}.next()
	return caseHead{Frame: frame, Case: c, Rail: ui.RailOf(c), Clock: ui.ClockOf(c.View, now), Next: next, Room: room, Live: liveAt(c, at), staff: staff, now: now}, nil
}

func (p *pages) casePage(r *http.Request, user casework.Actor) (casePage, error) {
	head, err := p.caseHead(r, user, "")
	if err != nil {
		return casePage{}, err
	}
	c := head.Case
	if head.Same, err = p.same(r, user, head); err != nil {
		return casePage{}, err
	}
	events, err := p.Registry.Events(r.Context(), c.ID, user)
	if err != nil {
		return casePage{}, err
	}
	page := casePage{
		caseHead: head, Deadlines: deadlineRows(c, head.now), Events: eventRows(events, head.Stamp),
		MayTake: casework.MayCall(casework.TakeParcels, user) == nil,
	}
	allowed := c.Allowed(user, head.now)
	page.Doors = doorsOf(c.ID, allowed)
	forms, err := p.withDrafts(r, user, c.ID, head.Same.named(formsOf(c, slices.DeleteFunc(allowed, hasDoor), head.staff, newKey)))
	page.Groups = grouped(forms)
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

// Bound are the answers of the decision, beside what was determined.
func (h caseHead) Bound() []boundAnswer { return boundAnswers(h.Case) }

// filling is a form with its case, for the template.
type filling struct {
	Form form
	Case casework.Case
}

// Filling is a form of the page.
func (h caseHead) Filling(f form) filling { return filling{f, h.Case} }

// Documents are the papers that were served, and those that were added.
func (h caseHead) Documents() []casework.Document {
	if len(h.Case.Documents) > 0 {
		return h.Case.Documents
	}
	return h.Case.Request.Documents
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
