package oidcserver

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"time"
)

//go:embed login.html login.css
var files embed.FS

var loginPage = template.Must(template.ParseFS(files, "login.html"))

// pages let somebody choose whom to be.
type pages struct {
	store *store
	next  func(ctx context.Context, id string) string // where a sign-in goes on
}

func (p pages) choose(w http.ResponseWriter, r *http.Request) {
	asked := r.FormValue("id")
	if _, ok := p.store.request(asked); !ok {
		http.Error(w, "This sign-in is over or was never begun. Go back to the pages and begin again.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = loginPage.Execute(w, struct { // the reader has gone
		ID     string
		People []Person
	}{asked, p.store.people})
}

func (p pages) chosen(w http.ResponseWriter, r *http.Request) {
	name, asked := r.PostFormValue("user"), r.PostFormValue("id")
	known := slices.ContainsFunc(p.store.people, func(q Person) bool { return q.Name == name })
	if !known || !p.store.signIn(asked, name, time.Now()) {
		http.Error(w, "There is no such person or sign-in. Go back to the pages and begin again.", http.StatusNotFound)
		return
	}
	http.Redirect(w, r, p.next(r.Context(), asked), http.StatusSeeOther)
}

func style(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "login.css") }
