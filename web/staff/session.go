package staff

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// A session is a cookie that names a person and an expiry, signed. The roles are read at every request, so that who
// loses one loses it at once.
const (
	cookieName = "dueprocess_session"
	lifetime   = 12 * time.Hour
)

var errNoSession = casework.Refuse(casework.Unauthenticated, "Please sign in.")

// whoIs finds who is signed in; unauthenticated where nobody is.
func (p *pages) whoIs(r *http.Request) (casework.Actor, error) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return casework.Actor{}, errNoSession
	}
	name, ok := p.opened(cookie.Value)
	if !ok {
		return casework.Actor{}, errNoSession
	}
	return p.user(r, name)
}

// user reads a person of staff with the roles that they have now.
func (p *pages) user(r *http.Request, name string) (casework.Actor, error) {
	users, err := p.Registry.Users(r.Context())
	if err != nil {
		return casework.Actor{}, err
	}
	for _, u := range users {
		if u.Name == name {
			return u, nil
		}
	}
	return casework.Actor{}, errNoSession
}

func (p *pages) sealed(name string, until time.Time) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(name)) + "." + strconv.FormatInt(until.Unix(), 10)
	return text + "." + base64.RawURLEncoding.EncodeToString(p.mac(text))
}

// opened reads a cookie: the name is believed only where the signature is ours and the time is not over.
func (p *pages) opened(value string) (name string, ok bool) {
	cut := strings.LastIndex(value, ".")
	if cut < 0 {
		return "", false
	}
	mac, err := base64.RawURLEncoding.DecodeString(value[cut+1:])
	if err != nil || !hmac.Equal(mac, p.mac(value[:cut])) {
		return "", false
	}
	encoded, until, _ := strings.Cut(value[:cut], ".")
	seconds, err := strconv.ParseInt(until, 10, 64)
	if err != nil || !p.wall().Before(time.Unix(seconds, 0)) {
		return "", false
	}
	raw, err := base64.RawURLEncoding.DecodeString(encoded)
	return string(raw), err == nil
}

func (p *pages) mac(text string) []byte {
	h := hmac.New(sha256.New, p.Sessions)
	h.Write([]byte("session\n" + text))
	return h.Sum(nil)
}

func (p *pages) setCookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // secure wherever there is TLS; the local mode has none
		Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
	})
}

// signInPage lists the people of a demonstration.
type signInPage struct {
	ui.Frame
	Demo  bool
	Next  string
	Users []casework.Actor
}

var signInTemplate = ui.Parse(files, "signin.html")

func (p *pages) signIn(w http.ResponseWriter, r *http.Request) {
	page := signInPage{Frame: p.frame("Sign in", casework.Actor{}), Demo: p.Demo, Next: ownPath(r.FormValue("next"))}
	err := error(nil)
	if p.Demo {
		page.Users, err = p.Registry.Users(r.Context())
	}
	if err == nil {
		err = signInTemplate.Render(w, http.StatusOK, page)
	}
	if err != nil {
		ui.Fail(w, r, page.Frame, err)
	}
}

// signInAs believes whoever says who they are: only in a demonstration.
func (p *pages) signInAs(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if !p.Demo {
		ui.Fail(w, r, p.frame("", casework.Actor{}), casework.Refuse(casework.Forbidden, "Signing in by a button is for demonstrations only."))
		return
	}
	user, err := p.user(r, r.PostFormValue("user"))
	if err != nil {
		ui.Fail(w, r, p.frame("", casework.Actor{}), err)
		return
	}
	p.setCookie(w, r, p.sealed(user.Name, p.wall().Add(lifetime)), int(lifetime/time.Second))
	http.Redirect(w, r, ownPath(r.PostFormValue("next")), http.StatusSeeOther) //nolint:gosec // ownPath leads nowhere else
}

func (p *pages) signOut(w http.ResponseWriter, r *http.Request) {
	p.setCookie(w, r, "", -1)
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
}

// comeBack remembers the page that somebody wanted before signing in.
func comeBack(r *http.Request) string {
	if r.Method != http.MethodGet || ownPath(r.URL.Path) == "/" {
		return ""
	}
	return "?next=" + url.QueryEscape(r.URL.Path)
}

var casePath = regexp.MustCompile(`^/cases/[A-Za-z0-9-]+$`)

// ownPath is a page of ours to go to: that of a case, or the queue whatever else is asked.
func ownPath(path string) string {
	if casePath.MatchString(path) {
		return path
	}
	return "/"
}
