package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"dueprocess/casework"
)

// A session is a secret in a cookie, of which the registry keeps the hash. The roles are read at every request, so that
// who loses one loses it at once.
const (
	sessionCookie = "dueprocess_session"
	secretSize    = 32          // random bytes
	seenEvery     = time.Minute // how exactly is kept when something was last asked
)

var (
	errNoSession = casework.Refuse(casework.Unauthenticated, "Please sign in.")
	errOver      = casework.Refuse(casework.Unauthenticated, "Your session has ended. Please sign in again.")
)

// secret is a new one, as text that cookies and addresses can hold.
func secret() string {
	random := make([]byte, secretSize)
	_, _ = rand.Read(random) // never fails
	return base64.RawURLEncoding.EncodeToString(random)
}

func sumOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// whoIs finds who is signed in; unauthenticated where nobody is. Where their time is over, the two are answered beside
// the error.
func (p *pages) whoIs(r *http.Request) (casework.Session, casework.Actor, error) {
	cookie, err := r.Cookie(p.cookieName(sessionCookie))
	if err != nil {
		return casework.Session{}, casework.Actor{}, errNoSession
	}
	s, user, err := p.Sessions.Session(r.Context(), sumOf(cookie.Value))
	if err == nil && !s.Live(p.Limits, p.wall()) {
		err = errOver
	}
	return s, user, err
}

// sees notes, about once a minute, that a session is in use.
func (p *pages) sees(ctx context.Context, s casework.Session) error {
	now := p.wall()
	if now.Sub(s.SeenAt) < min(seenEvery, p.Limits.Idle/4) { //nolint:mnd // well within the idle limit, however short
		return nil
	}
	return p.Sessions.Seen(ctx, s.SHA256, now)
}

// cookieName binds a cookie to this very host where there is TLS.
func (p *pages) cookieName(name string) string {
	if p.secure() {
		return "__Host-" + name
	}
	return name
}

func (p *pages) secure() bool { return strings.HasPrefix(p.URL, "https://") }

func (p *pages) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	seconds := int(age / time.Second)
	if value == "" {
		seconds = -1
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // secure wherever there is TLS; on loopback there is none
		Name: p.cookieName(name), Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: p.secure(),
	})
}

// begin signs somebody in under a new secret; the session that the browser had before is ended, so that none that others
// know of is ever taken on.
func (p *pages) begin(w http.ResponseWriter, r *http.Request, who casework.Identified) (casework.Actor, error) {
	fresh, now := secret(), p.wall()
	user, err := p.Sessions.SignIn(r.Context(), who, casework.Session{SHA256: sumOf(fresh), BeganAt: now}, now.Add(-p.Limits.Whole))
	if err != nil {
		return user, err
	}
	if old, err := r.Cookie(p.cookieName(sessionCookie)); err == nil {
		if err := p.Sessions.SignOut(r.Context(), sumOf(old.Value)); err != nil {
			return user, err
		}
	}
	p.setCookie(w, sessionCookie, fresh, p.Limits.Whole)
	return user, nil
}

// landing is where a sign-in ends: the page that was wanted, or the first that its person may see.
func landing(next string, user casework.Actor) string {
	if next == "/" && casework.MayCall(casework.ReadCases, user) != nil {
		return "/settings/people"
	}
	return next
}

// sessionLeft is what the pages need to warn of a session's end.
type sessionLeft struct {
	Ends  time.Time `json:"ends"`  // if nothing more is asked
	Whole time.Time `json:"whole"` // whatever is asked
}

// session says when the session ends; asking does not put that off.
func (p *pages) session(w http.ResponseWriter, r *http.Request) {
	s, _, err := p.whoIs(r)
	p.tellSession(w, s, err)
}

// extend puts the idle limit off for somebody who is still there.
func (p *pages) extend(w http.ResponseWriter, r *http.Request) {
	s, _, err := p.whoIs(r)
	if err == nil {
		s.SeenAt = p.wall()
		err = p.Sessions.Seen(r.Context(), s.SHA256, s.SeenAt)
	}
	if r.Header.Get("Sec-Fetch-Mode") == "navigate" { // a form's button: without scripts
		http.Redirect(w, r, ownPath(r.FormValue("next")), http.StatusSeeOther) //nolint:gosec // ownPath leads nowhere else
		return
	}
	p.tellSession(w, s, err)
}

func (p *pages) tellSession(w http.ResponseWriter, s casework.Session, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte("{}\n")) // whoever is gone needs no answer
		return
	}
	_ = json.NewEncoder(w).Encode(sessionLeft{s.Ends(p.Limits), s.BeganAt.Add(p.Limits.Whole)}) // as above
}

type sessionKeyed struct{}

// withSession hands the session to those few handlers that ask how fresh it is.
func withSession(r *http.Request, s casework.Session) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), sessionKeyed{}, s))
}

// errStale asks somebody to prove again who they are; the page leads them there and back.
var errStale = casework.Refuse(casework.Forbidden, "This asks for a fresh sign-in: prove again who you are, then come back and send it. What you typed is kept.")

// mustBeFresh refuses whoever has not lately proved who they are.
func (p *pages) mustBeFresh(r *http.Request) error {
	s, _ := r.Context().Value(sessionKeyed{}).(casework.Session)
	if !s.Fresh(p.Limits, p.wall()) {
		return errStale
	}
	return nil
}

// again is where somebody proves anew who they are, and comes back from to a page of ours.
func again(path string) string { return "/signin/start?fresh=1&next=" + url.QueryEscape(path) }

// comeBack remembers the page that somebody wanted before signing in.
func comeBack(r *http.Request) string {
	path := r.URL.RequestURI()
	if id := r.PathValue("id"); r.Method != http.MethodGet && strings.HasPrefix(path, "/cases/") {
		path = "/cases/" + id
	}
	if strings.HasPrefix(path, "/queue/") { // a form of the queue's: there is no page
		path = "/"
	}
	if ownPath(path) == "/" {
		return ""
	}
	return "?next=" + url.QueryEscape(path)
}

var (
	ownPaths = regexp.MustCompile(`^/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\?[A-Za-z0-9=&%_.+:-]*)?$`)
	doors    = regexp.MustCompile(`^/(signin|signout|signedout|session)\b`)
)

// ownPath is a page of ours to go to, or the queue whatever else is asked.
func ownPath(path string) string {
	if ownPaths.MatchString(path) && !doors.MatchString(path) || strings.HasPrefix(path, "/?") && ownPaths.MatchString("/x"+path[1:]) {
		return path
	}
	return "/"
}
