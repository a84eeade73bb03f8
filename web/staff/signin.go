package staff

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// Identity is the provider that says who somebody is.
type Identity interface {
	// Ask is where a browser is sent to sign somebody in; fresh: they must prove anew who they are.
	Ask(ctx context.Context, secrets casework.SignInSecrets, fresh bool) (address string, err error)
	// Answer trades the code that the browser came back with for who signed in.
	Answer(ctx context.Context, code string, secrets casework.SignInSecrets, fresh bool) (casework.Identified, error)
	// Leave is where a browser is sent to sign out there too, and then on to an address of ours; empty: nowhere.
	Leave(ctx context.Context, then string) string
}

// A sign-in that has begun is a signed cookie: whoever is not signed in fills no table.
const (
	begunCookie = "dueprocess_signin"
	begunFor    = 10 * time.Minute
)

// begun is a sign-in that waits for the provider's answer.
type begun struct {
	casework.SignInSecrets

	Next  string    `json:"next"`
	Fresh bool      `json:"fresh"`
	Until time.Time `json:"until"`
}

// signInPage leads to the provider.
type signInPage struct {
	ui.Frame
	Possible bool
	Next     string
}

var signInTemplate = ui.Parse(files, "signin.html")

func (p *pages) signIn(w http.ResponseWriter, r *http.Request) {
	page := signInPage{p.frame(r, "Sign in", casework.Actor{}), p.Identity != nil, ownPath(r.FormValue("next"))}
	if err := signInTemplate.Render(w, http.StatusOK, page); err != nil {
		ui.Fail(w, r, page.Frame, err)
	}
}

// open lets those through who are not signed in yet, but no address too often.
func (p *pages) open(next func(w http.ResponseWriter, r *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := p.attempts.take(r.RemoteAddr, p.wall())
		if err == nil && p.Identity == nil {
			err = casework.Refuse(casework.NotFound, "Signing in by the identity provider is not configured.")
		}
		if err == nil {
			err = next(w, r)
		}
		if err != nil {
			ui.Fail(w, r, p.frame(r, "", casework.Actor{}), err)
		}
	}
}

// start sends a browser to the provider with secrets of its own.
func (p *pages) start(w http.ResponseWriter, r *http.Request) error {
	if home, found := p.home(r); !found {
		http.Redirect(w, r, home, http.StatusSeeOther) //nolint:gosec // our own address
		return nil
	}
	b := begun{
		SignInSecrets: casework.SignInSecrets{State: secret(), Nonce: secret(), Verifier: secret()},
		Next:          ownPath(r.FormValue("next")), Fresh: r.FormValue("fresh") != "", Until: p.wall().Add(begunFor),
	}
	address, err := p.Identity.Ask(r.Context(), b.SignInSecrets, b.Fresh)
	if err != nil {
		return err
	}
	p.setCookie(w, begunCookie, p.sealed(b), begunFor)
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// home leads whoever came by the name localhost to the number that the provider brings them back to: a cookie of the one
// is none of the other's.
func (p *pages) home(r *http.Request) (address string, found bool) {
	_, port, _ := strings.Cut(r.Host, ":")
	if r.Host != "localhost:"+port || p.URL != "http://127.0.0.1:"+port {
		return "", true
	}
	return p.URL + r.URL.RequestURI(), false
}

// callback believes the provider's answer only in the browser that asked, once.
func (p *pages) callback(w http.ResponseWriter, r *http.Request) error {
	b, ok := p.begun(r)
	p.setCookie(w, begunCookie, "", 0)
	switch {
	case !ok || subtle.ConstantTimeCompare([]byte(b.State), []byte(r.FormValue("state"))) != 1:
		return casework.Refuse(casework.Unauthenticated, "This sign-in was not begun here, or too long ago. Please sign in again.")
	case r.FormValue("error") != "":
		return casework.Refuse(casework.Unauthenticated, "The identity provider did not sign you in. Please try again.")
	}
	who, err := p.Identity.Answer(r.Context(), r.FormValue("code"), b.SignInSecrets, b.Fresh)
	if err != nil {
		return err
	}
	user, err := p.begin(w, r, who)
	if err != nil {
		return err
	}
	http.Redirect(w, r, landing(b.Next, user), http.StatusSeeOther)
	return nil
}

// signOut ends the session here. The provider's is left by a page of its own, since the answer to a form may not lead to
// another site.
func (p *pages) signOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(p.cookieName(sessionCookie)); err == nil {
		if err := p.Sessions.SignOut(r.Context(), sumOf(cookie.Value)); err != nil {
			ui.Fail(w, r, p.frame(r, "", casework.Actor{}), err)
			return
		}
	}
	p.setCookie(w, sessionCookie, "", 0)
	http.Redirect(w, r, "/signedout", http.StatusSeeOther)
}

// signedOutPage says so, and leads on.
type signedOutPage struct {
	ui.Frame
	Leave string // the provider's page to sign out; empty: none
}

var signedOutTemplate = ui.Parse(files, "signedout.html")

func (p *pages) signedOut(w http.ResponseWriter, r *http.Request) {
	page := signedOutPage{Frame: p.frame(r, "Signed out", casework.Actor{})}
	if _, _, err := p.whoIs(r); err != nil && p.Identity != nil { // a link of another site ends nobody's session
		page.Leave = p.Identity.Leave(r.Context(), strings.TrimSuffix(p.URL, "/")+"/signin")
	}
	if page.Leave != "" {
		w.Header().Set("Refresh", "0;url="+page.Leave)
	}
	if err := signedOutTemplate.Render(w, http.StatusOK, page); err != nil {
		ui.Fail(w, r, page.Frame, err)
	}
}

// sealed is a begun sign-in as its cookie.
func (p *pages) sealed(b begun) string {
	text, _ := json.Marshal(b) // texts and an instant
	encoded := base64.RawURLEncoding.EncodeToString(text)
	return encoded + "." + base64.RawURLEncoding.EncodeToString(p.mac(encoded))
}

// begun reads the cookie: it is believed only where the signature is ours and the time is not over.
func (p *pages) begun(r *http.Request) (b begun, ok bool) {
	cookie, err := r.Cookie(p.cookieName(begunCookie))
	if err != nil {
		return b, false
	}
	encoded, signature, _ := strings.Cut(cookie.Value, ".")
	mac, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(mac, p.mac(encoded)) {
		return b, false
	}
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	return b, err == nil && json.Unmarshal(text, &b) == nil && p.wall().Before(b.Until)
}

func (p *pages) mac(text string) []byte {
	h := hmac.New(sha256.New, p.Key)
	h.Write([]byte("sign-in " + strconv.FormatBool(p.secure()) + "\n" + text))
	return h.Sum(nil)
}
