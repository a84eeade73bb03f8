package staff

import (
	"net/http"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// room is the page of one act that needs more to be seen than a form: a review, an approval, a release.
type room struct {
	caseHead

	Forms []form // what may be done here now
	Why   string // why nothing can; empty: something can
}

// roomPage is a kind of room: the act that it is for, what else is done there, and how it is shown.
type roomPage struct {
	title    string
	actions  []casework.Action
	template ui.Page
	made     func(room) any
}

var roomPages = map[string]roomPage{
	"review":  {"Review", []casework.Action{casework.Review}, ui.Parse(files, "review.html", "casehead.html", "fields.html"), func(m room) any { return reviewPage{m} }},
	"approve": {"Approve", []casework.Action{casework.Approve, casework.SendBack}, ui.Parse(files, "approve.html", "casehead.html", "fields.html"), func(m room) any { return approvePage{m} }},
	"release": {"Release", []casework.Action{casework.Release}, ui.Parse(files, "release.html", "casehead.html", "fields.html"), func(m room) any { return releasePage{m} }},
}

// deciding are the pages on which is decided what goes out, and lets it go.
func (p *pages) deciding(m *http.ServeMux) {
	m.HandleFunc("GET /cases/{id}/live", p.unseen(p.live))
	m.HandleFunc("GET /approvals", p.with(p.approvals))
	m.HandleFunc("GET /cases/{id}/review", p.with(p.showReview))
	m.HandleFunc("GET /cases/{id}/approve", p.with(p.showApprove))
	m.HandleFunc("GET /cases/{id}/release", p.with(p.showRelease))
	m.HandleFunc("GET /cases/{id}/documents/{n}", p.with(p.document))
	m.HandleFunc("GET /cases/{id}/documents/{n}/pages", p.with(p.showPaper))
	m.HandleFunc("GET /cases/{id}/documents/{n}/pages/{page}", p.with(p.paperSheet))
}

func (p *pages) showReview(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.showRoom(w, r, user, "review")
}

func (p *pages) showApprove(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.showRoom(w, r, user, "approve")
}

func (p *pages) showRelease(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.showRoom(w, r, user, "release")
}

func (p *pages) showRoom(w http.ResponseWriter, r *http.Request, user casework.Actor, name string) error {
	m, err := p.room(r, user, name)
	if err != nil {
		return err
	}
	return roomPages[name].template.Render(w, http.StatusOK, roomPages[name].made(m))
}

// room reads a case for the page of an act, for those whose role may ever do it. Where it cannot be done now, the page
// says why.
func (p *pages) room(r *http.Request, user casework.Actor, name string) (room, error) {
	of := roomPages[name]
	if !casework.MayEver(of.actions[0], user) {
		return room{}, casework.Refuse(casework.Forbidden, "This page is for those whose role decides, approves and releases.")
	}
	head, err := p.caseHead(r, user, of.title)
	if err != nil {
		return room{}, err
	}
	if name == "review" { // later nothing is weighed any more
		if head.Same, err = p.same(r, user, head); err != nil {
			return room{}, err
		}
	}
	m := room{caseHead: head}
	for _, a := range of.actions {
		if err := head.Case.May(a, user, head.now); err != nil {
			m.Why = err.Error()
			continue
		}
		m.Forms = append(m.Forms, form{Action: a, Key: newKey(), Warns: warning(a, head.Case), Grave: grave[a], Fields: fieldsOf(a, head.Case, head.staff)})
	}
	m.Forms, err = p.withDrafts(r, user, head.Case.ID, m.Forms)
	return m, err
}
