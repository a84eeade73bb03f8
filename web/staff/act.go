package staff

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// maxForm bounds what a form may send.
const maxForm = 1 << 20

// act does what a form asks and goes back to the case; what is refused is said there, with the form still filled.
func (p *pages) act(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return casework.Refuse(casework.TooLarge, "What was sent is too large for a page, or was broken off.").Because(err)
	}
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	action := casework.Action(r.PathValue("action"))
	if !action.Valid() || action.TakesFile() {
		return casework.Refuse(casework.NotFound, "There is no action of that name on this page.")
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return err
	}
	sent := form{Action: action, Fields: fieldsOf(action, c, staff)}
	if err := p.send(r, user, c.ID, sent); err != nil {
		return p.refuse(w, r, user, sent, err)
	}
	p.dropDraft(r, user, c.ID, action)
	http.Redirect(w, r, "/cases/"+c.ID, http.StatusSeeOther)
	return nil
}

// send makes the act of a form and brings it to the desk. Releasing asks for a fresh sign-in; what was typed waits.
func (p *pages) send(r *http.Request, user casework.Actor, id string, f form) error {
	if f.Action == casework.Release && casework.MayEver(f.Action, user) {
		if err := p.mustBeFresh(r); err != nil {
			return cmp.Or(p.draft(r, user, id), err)
		}
	}
	key, err := uuid.Parse(r.PostForm.Get("key"))
	version, notNumber := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil || notNumber != nil || version < 1 {
		return casework.Refuse(casework.Invalid, "The form is not whole. Load the page again and send it from there.")
	}
	raw, err := f.bodyOf(r.PostForm)
	if err != nil {
		return casework.Refuse(casework.Invalid, "The form could not be read.").Because(err)
	}
	body, err := casework.ParseBody(f.Action, raw)
	if err != nil {
		return err
	}
	return p.Desk.Act(r.Context(), id, casework.Act{
		Action: f.Action, Actor: user, Key: key.String(), Version: version, At: casework.Truncate(p.Now()), Body: body,
	})
}

// refuse shows the case as it now is, with what was refused. Only where nothing is known of the act's fate does the form
// keep its key and version: sent again, it is the same act.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, user casework.Actor, f form, refused error) error {
	page, err := p.casePage(r, user)
	if err != nil {
		return refused // the case cannot be shown: behind a wall since, or the store is away
	}
	ui.Note(r, refused)
	page.Refused = &refusal{Action: f.Action}
	page.Refused.Sentence, page.Refused.Faults = ui.Sentence(refused)
	if errors.Is(refused, errStale) {
		page.Refused.Again = again("/cases/" + page.Case.ID)
	}
	page.Title = "Not done: " + page.Title
	i := slices.IndexFunc(page.Forms, func(x form) bool { return x.Action == f.Action })
	if i < 0 {
		f.Key, f.Warns = newKey(), warning(f.Action, page.Case)
		page.Forms, i = slices.Insert(page.Forms, 0, f), 0
	}
	page.Forms[i] = page.Forms[i].filled(r.PostForm)
	if code := casework.CodeOf(refused); code == casework.Unavailable || code == casework.Internal {
		page.Forms[i].Key, page.Forms[i].Seen = r.PostForm.Get("key"), r.PostForm.Get("version")
	}
	return caseTemplate.Render(w, ui.StatusOf(refused), page)
}
