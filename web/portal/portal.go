// Package portal owns the pages for people outside: the delivery of a parcel to the officer, the notice page of the
// customer, and what everybody may read. Nobody signs in here: a link that was mailed is what lets somebody in, and one
// that opens nothing looks the same whatever the reason. It decides nothing; what happens goes to the desk. The
// program's main mounts it.
package portal

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
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

// Store reads cases.
type Store interface {
	Load(ctx context.Context, id string) (casework.Case, error)
}

// Vault reads documents.
type Vault interface {
	Open(ctx context.Context, ref string) (io.ReadCloser, error)
}

// Config is what the pages need.
type Config struct {
	Desk     Desk
	Registry casework.CaseRegistry
	Store    Store
	Parcels  Parcels
	Vault    Vault
	Now      func() time.Time
	Provider string // whose portal this is, as its readers know it
}

type pages struct{ Config }

// The outsiders who act here. Who they are is known by the link alone, so they have no name of their own.
var (
	officer  = casework.Actor{Kind: casework.AuthorityKind, Name: "officer"}
	customer = casework.Actor{Kind: casework.Customer, Name: "customer"}
)

// New makes the handler of /portal/, /notice/ and /transparency/.
func New(c Config) http.Handler {
	p := &pages{c}
	m := http.NewServeMux()
	m.HandleFunc("GET "+ui.StaticPath, ui.Static)
	m.HandleFunc("GET "+ui.MarkPath, ui.Mark)
	m.HandleFunc("GET /portal/{$}", p.about)
	m.HandleFunc("GET /transparency/{$}", p.transparency)
	m.HandleFunc("GET /portal/delivery/{token}", p.answer(p.deliver))
	m.HandleFunc("GET /notice/{token}", p.answer(p.notice))
	m.HandleFunc("GET /notice/{token}/copies/{n}", p.answer(p.copied))
	m.HandleFunc("GET /notice/{token}/letter", p.answer(p.letter))
	m.HandleFunc("POST /notice/{token}/objection", p.answer(p.object))
	m.HandleFunc("GET /notice/{token}/objection", p.answer(p.objected))
	m.HandleFunc("/", p.answer(func(http.ResponseWriter, *http.Request) error { return errNoPage }))
	return ui.Secure(m)
}

// errNoLink is all that is said of a link that opens nothing: unknown, expired, or no longer to be spoken of.
var (
	errNoLink = casework.Refuse(casework.NotFound, "This link is unknown or no longer valid. Please check that you copied all of it, or write to whoever sent it to you.")
	errNoPage = casework.Refuse(casework.NotFound, "There is no page at this address.")
)

func (p *pages) frame(title string) ui.Frame {
	return ui.Frame{Title: title, Provider: p.Provider, Area: "Requests for data", Home: "/portal/"}
}

// answer answers an error with a page of its own; whatever is not found is a link that opens nothing.
func (p *pages) answer(next func(w http.ResponseWriter, r *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := next(w, r)
		if err != nil && casework.CodeOf(err) == casework.NotFound && !errors.Is(err, error(errNoPage)) {
			err = errNoLink
		}
		if err != nil {
			ui.Fail(w, r, p.frame(""), err)
		}
	}
}

// link finds what a mailed link opens: only the digest of its token is kept.
func (p *pages) link(r *http.Request, purpose casework.LinkPurpose) (casework.MailedLink, error) {
	sum := sha256.Sum256([]byte(r.PathValue("token")))
	l, err := p.Registry.Link(r.Context(), hex.EncodeToString(sum[:]), p.Now())
	if err == nil && l.Purpose != purpose {
		err = errNoLink
	}
	return l, err
}

// plainPage is a page that only says something.
type plainPage struct{ ui.Frame }

var (
	aboutTemplate        = ui.Parse(files, "about.html")
	transparencyTemplate = ui.Parse(files, "transparency.html")
)

func (p *pages) about(w http.ResponseWriter, r *http.Request) {
	p.plain(w, r, aboutTemplate, "Requests for customer data")
}

func (p *pages) transparency(w http.ResponseWriter, r *http.Request) {
	p.plain(w, r, transparencyTemplate, "Transparency report")
}

func (p *pages) plain(w http.ResponseWriter, r *http.Request, t ui.Page, title string) {
	if err := t.Render(w, http.StatusOK, plainPage{p.frame(title)}); err != nil {
		ui.Fail(w, r, p.frame(""), err)
	}
}
