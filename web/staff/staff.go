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
	"dueprocess/web/upload"
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
	Vault    Vault                     // of letters and documents
	Uploads  upload.Vault              // where files go that are sent with an act
	Sheets   casework.SheetReader      // shows documents; nil: they can only be downloaded
	Papers   func() writing.Office     // what drafts of letters need, as the rulebook in force has it
	Messages func() ([]Message, error) // what goes out by mail; nil: none is shown
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
	Reports  Reports
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
	for _, room := range []func(*http.ServeMux){p.doors, p.queueing, p.handling, p.deciding, p.watching, p.setting} {
		room(m)
	}
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

// with lets only people of staff through, whose session is then in use. Where there is one, a document will soon be asked
// for, in an emergency too.
func (p *pages) with(next handler) http.HandlerFunc {
	return p.through(next, func(ctx context.Context, s casework.Session) error {
		if p.Sheets != nil {
			p.Sheets.Prepare()
		}
		return p.sees(ctx, s)
	})
}

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
		if err == nil && !casework.IsText(r.URL.Path) {
			err = errNowhere
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

// errNowhere is what an address is told that no page has; one that is no text can have none.
var errNowhere = casework.Refuse(casework.NotFound, "There is no page at this address.")

func (p *pages) nowhere(http.ResponseWriter, *http.Request, casework.Actor) error { return errNowhere }
