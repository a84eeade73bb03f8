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
	"dueprocess/letters/writing"
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
	Vault    Vault                 // of letters and documents
	Sheets   casework.SheetReader  // shows documents; nil: they can only be downloaded
	Papers   func() writing.Office // what drafts of letters need, as the rulebook in force has it
	Now      func() time.Time
	Provider string // whose desk this is, as its people read it
	URL      string // where the staff pages are reached; its scheme decides how cookies are guarded
	Identity Identity
	Sessions casework.Sessions
	Limits   casework.SessionLimits
	Tokens   casework.APITokens
	Drafts   casework.Drafts
	Views    casework.SavedViews
	Stuck    casework.StuckCases
	Watch    Watch
	Rules    Rules
	Book     Book
	Ledger   Ledger

	LedgerKeys string // verifiers of checkpoints, one a line

	Zone func() *time.Location // where the team's days are counted; nil: UTC
	Key  []byte                // signs what a browser keeps while it signs in: 32 random bytes
}

// pages is the handler.
type pages struct {
	Config
	wall     func() time.Time // the time of sessions: that of the browser, which keeps the cookie, not that of the cases
	attempts *attempts

	listening              *listeners
	listenEvery, listenFor time.Duration
}

// keySize is how long the key must be.
const keySize = 32

// New makes the handler of the staff pages. It panics where the key is too short, since others could then begin
// somebody's sign-in, or where sessions would never end.
func New(c Config) http.Handler { return build(c, time.Now) }

func build(c Config, wall func() time.Time) http.Handler {
	_, handler := built(c, wall)
	return handler
}

func built(c Config, wall func() time.Time) (*pages, http.Handler) {
	if len(c.Key) < keySize {
		panic("staff: the key of the sign-ins must have 32 random bytes")
	}
	if c.Limits.Idle <= 0 || c.Limits.Whole <= 0 || c.Limits.Fresh <= 0 {
		panic("staff: sessions must have limits")
	}
	p := &pages{Config: c, wall: wall, attempts: &attempts{}, listening: &listeners{}, listenEvery: liveEvery, listenFor: liveFor}
	m := http.NewServeMux()
	m.HandleFunc("GET "+ui.StaticPath, ui.Static)
	m.HandleFunc("GET "+ui.MarkPath, ui.Mark)
	m.HandleFunc("GET /signin", p.signIn)
	m.HandleFunc("GET /signin/start", p.open(p.start))
	m.HandleFunc("GET /signin/callback", p.open(p.callback))
	m.HandleFunc("POST /signout", p.signOut)
	m.HandleFunc("GET /signedout", p.signedOut)
	m.HandleFunc("GET /session", p.session)
	m.HandleFunc("POST /session/extend", p.extend)
	m.HandleFunc("GET /{$}", p.with(p.queue))
	m.HandleFunc("GET /queue.csv", p.with(p.export))
	m.HandleFunc("POST /queue/take", p.with(p.take))
	m.HandleFunc("POST /queue/assign", p.with(p.assignMany))
	m.HandleFunc("POST /queue/views", p.with(p.keepView))
	m.HandleFunc("POST /queue/views/{id}", p.with(p.changeView))
	m.HandleFunc("POST /queue/views/{id}/drop", p.with(p.dropView))
	m.HandleFunc("GET /settings/views", p.with(p.savedViews))
	m.HandleFunc("GET /cases/{id}", p.with(p.showCase))
	m.HandleFunc("POST /cases/{id}/actions/{action}", p.with(p.act))
	m.HandleFunc("POST /cases/{id}/drafts/{action}", p.with(p.keepDraft))
	m.HandleFunc("GET /settings", p.with(p.settings))
	m.HandleFunc("GET /settings/mine", p.with(p.mine))
	m.HandleFunc("POST /settings/mine", p.with(p.saveMine))
	m.HandleFunc("GET /settings/tokens", p.with(p.tokens))
	m.HandleFunc("POST /settings/tokens", p.with(p.makeToken))
	m.HandleFunc("POST /settings/tokens/{id}/revoke", p.with(p.revokeToken))
	m.HandleFunc("GET /settings/people", p.with(p.people))
	m.HandleFunc("GET /cases/{id}/disclosures/{n}/parcel", p.with(p.parcel))
	m.HandleFunc("GET /cases/{id}/letters", p.with(p.letters))
	m.HandleFunc("GET /cases/{id}/letters/{n}", p.with(p.letter))
	m.HandleFunc("GET /cases/{id}/letters/draft", p.with(p.draftLetter))
	p.deciding(m)
	p.watching(m)
	m.HandleFunc("/", p.with(p.nowhere))
	return p, ui.SecureDesk(m)
}

func (p *pages) frame(r *http.Request, title string, user casework.Actor) ui.Frame {
	return ui.Frame{
		Title: title, Provider: p.Provider, Area: "Requests for data", Home: "/", User: user,
		Places: placesFor(user, r.URL.Path), Viewer: ui.ViewerOf(r), Script: user.Name != "",
	}
}

// handler is a page for somebody who is signed in; the error is answered with a page of its own.
type handler func(w http.ResponseWriter, r *http.Request, user casework.Actor) error

// with lets only people of staff through, whose session is then in use.
func (p *pages) with(next handler) http.HandlerFunc { return p.through(next, p.sees) }

// unseen is with for what a page asks by itself: it keeps no session alive.
func (p *pages) unseen(next handler) http.HandlerFunc {
	return p.through(next, func(context.Context, casework.Session) error { return nil })
}

func (p *pages) through(next handler, sees func(context.Context, casework.Session) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s, user, err := p.whoIs(r)
		if err != nil && casework.CodeOf(err) == casework.Unauthenticated {
			if s.Name != "" { // their time is over
				p.rescue(w, r, user)
			}
			http.Redirect(w, r, "/signin"+comeBack(r), http.StatusSeeOther) //nolint:gosec // our own page
			return
		}
		if err == nil {
			err = sees(r.Context(), s)
		}
		if err == nil {
			err = next(w, withSession(r, s), user)
		}
		if err != nil {
			ui.Fail(w, r, p.frame(r, "", user), err)
		}
	}
}

func (p *pages) nowhere(http.ResponseWriter, *http.Request, casework.Actor) error {
	return casework.Refuse(casework.NotFound, "There is no page at this address.")
}
