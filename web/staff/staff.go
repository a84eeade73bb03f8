// Package staff owns the pages of our own people: signing in, the queue, and a case with what may be done to it now. It
// decides nothing: what a person may do is asked of casework, what they do goes to the desk. The program's main mounts
// it.
package staff

import (
	"context"
	"embed"
	"io"
	"net/http"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

//go:embed *.html
var files embed.FS

// Desk brings acts to cases.
type Desk interface {
	Act(ctx context.Context, id string, act casework.Act) error
}

// Parcels opens sealed parcels.
type Parcels interface {
	Open(ctx context.Context, caseID string, n int) (name string, r io.ReadCloser, err error)
}

// Config is what the pages need.
type Config struct {
	Desk     Desk
	Registry casework.CaseRegistry
	Parcels  Parcels
	Now      func() time.Time
	Provider string // whose desk this is, as its people read it
	Demo     bool   // anybody may sign in as anybody
	Sessions []byte // signs session cookies: 32 random bytes
}

// pages is the handler.
type pages struct {
	Config
	wall func() time.Time // the time of sessions: that of the browser, which keeps the cookie, not that of the cases
}

// sessionKey is how long the key of the sessions must be.
const sessionKey = 32

// New makes the handler of the staff pages. It panics where the key of the sessions is too short, since anybody could
// then sign in.
func New(c Config) http.Handler { return build(c, time.Now) }

func build(c Config, wall func() time.Time) http.Handler {
	if len(c.Sessions) < sessionKey {
		panic("staff: the key of the sessions must have 32 random bytes")
	}
	p := &pages{c, wall}
	m := http.NewServeMux()
	m.HandleFunc("GET "+ui.StylePath, ui.Style)
	m.HandleFunc("GET /signin", p.signIn)
	m.HandleFunc("POST /signin", p.signInAs)
	m.HandleFunc("POST /signout", p.signOut)
	m.HandleFunc("GET /{$}", p.with(p.queue))
	m.HandleFunc("GET /cases/{id}", p.with(p.showCase))
	m.HandleFunc("POST /cases/{id}/actions/{action}", p.with(p.act))
	m.HandleFunc("GET /cases/{id}/disclosures/{n}/parcel", p.with(p.parcel))
	m.HandleFunc("/", p.with(p.nowhere))
	return ui.Secure(m)
}

func (p *pages) frame(title string, user casework.Actor) ui.Frame {
	return ui.Frame{Title: title, Provider: p.Provider, Area: "Requests for data", Home: "/", User: user}
}

// handler is a page for somebody who is signed in; the error is answered with a page of its own.
type handler func(w http.ResponseWriter, r *http.Request, user casework.Actor) error

// with lets only people of staff through.
func (p *pages) with(next handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, err := p.whoIs(r)
		switch {
		case casework.CodeOf(err) == casework.Unauthenticated && err != nil:
			http.Redirect(w, r, "/signin"+comeBack(r), http.StatusSeeOther) //nolint:gosec // our own page
			return
		case err == nil:
			err = next(w, r, user)
		}
		if err != nil {
			ui.Fail(w, r, p.frame("", user), err)
		}
	}
}

func (p *pages) nowhere(http.ResponseWriter, *http.Request, casework.Actor) error {
	return casework.Refuse(casework.NotFound, "There is no page at this address.")
}
