package staff

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
	"dueprocess/web/upload"
)

// maxForm bounds what a form may send.
const maxForm = 1 << 20

// readForm reads what a form sent, within the bound.
func readForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return casework.Refuse(casework.TooLarge, "What was sent is too large for a page, or was broken off.").Because(err)
	}
	return nil
}

// act does what a form asks and goes back to the case; what is refused is said there, with the form still filled.
func (p *pages) act(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	action := casework.Action(r.PathValue("action"))
	if !action.Valid() {
		return casework.Refuse(casework.NotFound, "There is no action of that name.")
	}
	files, err := p.readSent(w, r, action, user)
	if err != nil {
		return err
	}
	f, err := p.carryOut(r, user, action)
	if err == nil {
		p.dropDraft(r, user, r.PathValue("id"), action)
		http.Redirect(w, r, "/cases/"+r.PathValue("id"), http.StatusSeeOther) //nolint:gosec // the case was just read by it
		return nil
	}
	upload.DropRefused(r.Context(), p.Uploads, files, err)
	if f.Action == "" {
		return err
	}
	return p.refuse(w, r, user, f, err)
}

// carryOut sends the form of an action; the form is empty where there is no such case for this person.
func (p *pages) carryOut(r *http.Request, user casework.Actor, action casework.Action) (form, error) {
	c, err := p.read(r, user)
	if err != nil {
		return form{}, err
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return form{}, err
	}
	f := form{Action: action, Fields: fieldsOf(action, c, staff)}
	return f, p.send(r, user, c, f)
}

// send makes the act of a form and brings it to the desk. Releasing asks for a fresh sign-in; what was typed waits.
func (p *pages) send(r *http.Request, user casework.Actor, c casework.Case, f form) error {
	if f.Action == casework.Release && casework.MayEver(f.Action, user) {
		if err := p.mustBeFresh(r); err != nil {
			return cmp.Or(p.draft(r, user, c.ID), err)
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
	if b, ok := body.(*casework.ReviewBody); ok {
		spread(b, c)
	}
	return p.Desk.Act(r.Context(), c.ID, casework.Act{
		Action: f.Action, Actor: user, Key: key.String(), Version: version, At: casework.Truncate(p.Now()), Body: body,
	})
}

// refuse shows the page that the form was sent from as the case now is, with what was refused. Only where nothing is
// known of the act's fate does the form keep its key and version: sent again, it is the same act.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, user casework.Actor, f form, refused error) error {
	if name := rooms[f.Action]; name != "" && casework.MayEver(f.Action, user) {
		m, err := p.room(r, user, name)
		if err != nil {
			return refused // the case cannot be shown: behind a wall since, or the store is away
		}
		m.caseHead = m.refusing(r, f.Action, refused)
		m.Forms = refilled(r.PostForm, m.Forms, f, m.Case, refused)
		return roomPages[name].template.Render(w, ui.StatusOf(refused), roomPages[name].made(m))
	}
	page, err := p.casePage(r, user)
	if err != nil {
		return refused
	}
	page.caseHead = page.refusing(r, f.Action, refused)
	page.Groups = grouped(refilled(r.PostForm, flat(page.Groups), f, page.Case, refused))
	return caseTemplate.Render(w, ui.StatusOf(refused), page)
}

// refusing is the head of a page that says what was refused.
func (h caseHead) refusing(r *http.Request, action casework.Action, refused error) caseHead {
	ui.Note(r, refused)
	h.Refused = &refusal{action, *ui.Refused("", refused)}
	h.Refused.Form = string(action)
	if errors.Is(refused, errStale) {
		h.Refused.Again = again(strings.TrimSuffix(placeOf(h.Case.ID, action), "#"+string(action)))
	}
	h.Title = "Not done: " + h.Title
	return h
}

// refilled puts what was sent back into its form; one that can no longer be sent is shown all the same, so that nothing
// typed is lost.
func refilled(sent url.Values, forms []form, f form, c casework.Case, refused error) []form {
	i := slices.IndexFunc(forms, func(x form) bool { return x.Action == f.Action })
	if i < 0 {
		f.Key, f.Warns = newKey(), warning(f.Action, c)
		forms, i = slices.Insert(forms, 0, f), 0
	}
	forms[i] = forms[i].filled(sent)
	if code := casework.CodeOf(refused); code == casework.Unavailable || code == casework.Internal {
		forms[i].Key, forms[i].Seen = sent.Get("key"), sent.Get("version")
	}
	return forms
}

func flat(groups []formGroup) []form {
	out := []form{}
	for _, g := range groups {
		out = append(out, g.Forms...)
	}
	return out
}
