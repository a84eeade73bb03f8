package staff

import (
	"net/http"
	"net/url"
	"slices"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// unkept are what a form sends that nobody typed.
var unkept = []string{"key", "version", "draft"}

// keepDraft keeps a form as far as it is filled, for its author alone.
func (p *pages) keepDraft(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	if err := p.draft(r, user, c.ID); err != nil {
		return err
	}
	http.Redirect(w, r, placeOf(c.ID, casework.Action(r.PathValue("action"))), http.StatusSeeOther) //nolint:gosec // draft has refused whatever is no action
	return nil
}

// draft keeps what was sent for a case that its author may see.
func (p *pages) draft(r *http.Request, user casework.Actor, id string) error {
	action := casework.Action(r.PathValue("action"))
	if !action.Valid() || action.TakesFile() {
		return casework.Refuse(casework.NotFound, "There is no action of that name on this page.")
	}
	if !casework.MayEver(action, user) {
		return casework.Refuse(casework.Forbidden, "Your role may not do this.")
	}
	typed := map[string][]string{}
	for name, values := range r.PostForm {
		if !slices.Contains(unkept, name) {
			typed[name] = values
		}
	}
	return p.Drafts.KeepDraft(r.Context(), id, user, casework.Draft{Action: action, Fields: typed, At: p.wall()})
}

// withDrafts fills the forms that their reader has begun before.
func (p *pages) withDrafts(r *http.Request, user casework.Actor, id string, forms []form) ([]form, error) {
	drafts, err := p.Drafts.Drafts(r.Context(), id, user)
	if err != nil {
		return nil, err
	}
	for i, f := range forms {
		if n := slices.IndexFunc(drafts, func(d casework.Draft) bool { return d.Action == f.Action }); n >= 0 {
			forms[i] = f.filled(url.Values(drafts[n].Fields))
		}
	}
	return forms, nil
}

// dropDraft forgets a form that was sent. Where it cannot be forgotten, the act is done all the same.
func (p *pages) dropDraft(r *http.Request, user casework.Actor, id string, action casework.Action) {
	if err := p.Drafts.DropDraft(r.Context(), id, user, action); err != nil {
		ui.Note(r, err)
	}
}

// rescue keeps a form that was sent after its session had ended, so that nothing typed is lost: for its author, who must
// sign in to see it. Nothing else is done.
func (p *pages) rescue(w http.ResponseWriter, r *http.Request, user casework.Actor) {
	if r.Method != http.MethodPost || r.PathValue("action") == "" {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if r.ParseForm() != nil {
		return
	}
	c, err := p.read(r, user)
	if err == nil {
		err = p.draft(r, user, c.ID)
	}
	if err != nil {
		ui.Note(r, err)
	}
}
