package staff

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// viewsPage lists somebody's saved views, and those that others share.
type viewsPage struct {
	ui.Frame
	Own, Others []savedRow
	MayShare    bool
	Refused     *ui.Refusal
}

// savedRow is a saved view with what it asks, as one could type it.
type savedRow struct {
	casework.SavedView
	Asks    string
	Address string
}

var viewsTemplate = ui.Parse(files, "views.html")

func (p *pages) savedViews(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.showViews(w, r, user, nil)
}

func (p *pages) showViews(w http.ResponseWriter, r *http.Request, user casework.Actor, refused error) error {
	saved, err := p.Views.Views(r.Context(), user)
	if err != nil {
		return err
	}
	page := viewsPage{Frame: p.frame(r, "Saved views", user), MayShare: casework.MayCall(casework.ShareViews, user) == nil}
	for _, s := range saved {
		v, _ := url.ParseQuery(s.Query) // was checked when it was saved
		row := savedRow{s, p.ask(r, v, user).text, "/?" + v.Encode()}
		if s.Owner == user.Name {
			page.Own = append(page.Own, row)
		} else {
			page.Others = append(page.Others, row)
		}
	}
	status := http.StatusOK
	if refused != nil {
		ui.Note(r, refused)
		status, page.Refused, page.Title = ui.StatusOf(refused), ui.Refused("Not done", refused), "Not done: "+page.Title
	}
	return viewsTemplate.Render(w, status, page)
}

// keepView saves what the queue now asks, under a name.
func (p *pages) keepView(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.putView(w, r, user, uuid.Must(uuid.NewV7()).String())
}

// changeView renames one's own view, or shares it or no longer.
func (p *pages) changeView(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.putView(w, r, user, r.PathValue("id"))
}

func (p *pages) putView(w http.ResponseWriter, r *http.Request, user casework.Actor, id string) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	view := casework.SavedView{ID: id, Owner: user.Name, Name: r.PostFormValue("name"), Query: r.PostFormValue("query"), Shared: r.PostFormValue("shared") != ""}
	err := p.opens(r, view, user)
	if err == nil {
		err = p.Views.PutView(r.Context(), view, user, casework.Truncate(p.Now()))
	}
	if err != nil {
		if casework.CodeOf(err) == casework.Forbidden {
			return err
		}
		return p.showViews(w, r, user, err)
	}
	if r.PostFormValue("stay") != "" {
		http.Redirect(w, r, "/settings/views", http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, "/?"+view.Query, http.StatusSeeOther)
	return nil
}

// opens gives every fault of a view: what it asks must be what the queue can show, from its first page on.
func (p *pages) opens(r *http.Request, view casework.SavedView, user casework.Actor) error {
	faults := view.Check()
	v, err := url.ParseQuery(view.Query)
	if err != nil || v.Has("cursor") {
		faults = append(faults, casework.Fault{Path: "query", Message: "must be the filters, search and order of the queue as its address has them, and no page of it"})
	}
	v.Del("cursor")
	if a := p.ask(r, v, user); a.refused != nil {
		faults = append(faults, a.refused.Faults...)
	}
	return casework.Faulty(faults)
}

func (p *pages) dropView(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.KeepViews, user); err != nil {
		return err
	}
	if err := p.Views.DropView(r.Context(), r.PathValue("id"), user, casework.Truncate(p.Now())); err != nil {
		return err
	}
	http.Redirect(w, r, "/settings/views", http.StatusSeeOther)
	return nil
}
