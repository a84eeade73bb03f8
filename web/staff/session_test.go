package staff

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// wound is a house whose wall clock the test winds.
func wound(t *testing.T) (*pagetest.House, *time.Time, http.Handler) {
	t.Helper()
	h, now := pagetest.Open(t), time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	h.Wall = func() time.Time { return now }
	return h, &now, build(config(h), h.Wall)
}

func cookieOf(a pagetest.Answer) string {
	for _, c := range a.Cookies() {
		if c.Name == sessionCookie && c.Value != "" {
			return c.Value
		}
	}
	return ""
}

func TestSessionsEndWhenIdleAndInAnyCase(t *testing.T) {
	t.Parallel()
	_, now, handler := wound(t)
	b := pagetest.Visit(t, handler).SignIn("rosa")
	for range 40 { // 20 minutes each, 13 hours
		if *now = now.Add(20 * time.Minute); b.Get("/").StatusCode != http.StatusOK {
			break
		}
	}
	require.Equal(t, 21, now.Hour(), "twelve hours after nine, however busy")
	b.SignIn("rosa")
	*now = now.Add(30*time.Minute - time.Second)
	require.Equal(t, http.StatusOK, b.Get("/").StatusCode)
	*now = now.Add(30 * time.Minute)
	require.Equal(t, http.StatusSeeOther, b.Get("/").StatusCode, "idle for half an hour")
}

func TestTheEndOfASessionCanBeAskedAndPutOff(t *testing.T) {
	t.Parallel()
	_, now, handler := wound(t)
	b := pagetest.Visit(t, handler)
	require.Equal(t, http.StatusUnauthorized, b.Get("/session").StatusCode)
	b.SignIn("rosa")
	began := *now
	*now = now.Add(20 * time.Minute)
	left := func(a pagetest.Answer) (l sessionLeft) {
		require.Equal(t, http.StatusOK, a.StatusCode)
		require.NoError(t, json.Unmarshal([]byte(a.Text), &l))
		return l
	}
	require.Equal(t, sessionLeft{began.Add(30 * time.Minute), began.Add(12 * time.Hour)}, left(b.Get("/session")), "asking puts nothing off")
	require.Equal(t, sessionLeft{began.Add(50 * time.Minute), began.Add(12 * time.Hour)}, left(b.Post("/session/extend", nil)))
	*now = now.Add(29 * time.Minute)
	require.Equal(t, http.StatusOK, b.Get("/").StatusCode)
	*now = now.Add(31 * time.Minute)
	require.Equal(t, http.StatusUnauthorized, b.Post("/session/extend", nil).StatusCode, "what is over is not put off")
}

func TestEachSignInIsANewSession(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	b := pagetest.Visit(t, New(config(h)))
	planted := b.Do("GET", "/", nil, http.Header{"Cookie": {sessionCookie + "=planted"}})
	require.Equal(t, http.StatusSeeOther, planted.StatusCode, "no one's choice of session is taken on")
	first := cookieOf(b.ComeBackAs("rosa", "/signin/start"))
	second := cookieOf(b.ComeBackAs("rosa", "/signin/start"))
	require.NotEmpty(t, first)
	require.NotEqual(t, first, second)
	stranger := pagetest.Visit(t, New(config(h)))
	for cookie, status := range map[string]int{first: http.StatusSeeOther, second: http.StatusOK, sumOf(second): http.StatusSeeOther} {
		require.Equal(t, status, stranger.Do("GET", "/", nil, http.Header{"Cookie": {sessionCookie + "=" + cookie}}).StatusCode)
	}
}

func TestCookiesAreKeptFromScriptsAndBoundToTheHost(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	for base, want := range map[string]string{"http://127.0.0.1:8080": sessionCookie + "=", "https://desk.example.com": "__Host-" + sessionCookie + "="} {
		c := config(h)
		c.URL = base
		p := pages{Config: c, wall: time.Now}
		w := &recorder{header: http.Header{}}
		p.setCookie(w, sessionCookie, "x", time.Hour)
		cookie := w.header.Get("Set-Cookie")
		for _, part := range []string{want, "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"} {
			require.Contains(t, cookie, part)
		}
		require.Equal(t, p.secure(), strings.Contains(cookie, "; Secure"))
	}
}

type recorder struct {
	http.ResponseWriter
	header http.Header
}

func (r *recorder) Header() http.Header { return r.header }

func TestASignInThatWasNotBegunHereIsRefused(t *testing.T) {
	t.Parallel()
	_, now, handler := wound(t)
	b := pagetest.Visit(t, handler)
	a := b.Get("/signin/callback?code=rosa&state=x")
	require.Equal(t, http.StatusUnauthorized, a.StatusCode)
	a.Says(t, "not begun here")
	b.Get("/signin/start")
	require.Equal(t, http.StatusUnauthorized, b.Get("/signin/callback?code=rosa&state=x").StatusCode, "another state")
	require.Equal(t, http.StatusUnauthorized, b.ComeBackAs("nobody", "/signin/start").StatusCode)
	state := func() string {
		u, err := url.Parse(b.Get("/signin/start").Header.Get("Location"))
		require.NoError(t, err)
		return u.Query().Get("state")
	}
	stale := state()
	*now = now.Add(begunFor)
	require.Equal(t, http.StatusUnauthorized, b.Get("/signin/callback?code=rosa&state="+stale).StatusCode, "too late")
	good := state()
	require.Equal(t, http.StatusUnauthorized, pagetest.Visit(t, handler).Get("/signin/callback?code=rosa&state="+good).StatusCode, "another browser")
	require.Equal(t, http.StatusUnauthorized, b.Get("/signin/callback?error=access_denied&state="+good).StatusCode)
	good = state()
	require.Equal(t, http.StatusSeeOther, b.Get("/signin/callback?code=rosa&state="+good).StatusCode)
	require.Equal(t, http.StatusUnauthorized, b.Get("/signin/callback?code=rosa&state="+good).StatusCode, "once")
}

func TestWhoHasNoRoleIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	b := pagetest.Visit(t, New(config(h))).SignIn("rosa")
	require.NoError(t, h.PutUser(t.Context(), "rosa", nil, ""))
	a := b.ComeBackAs("rosa", "/signin/start")
	require.Equal(t, http.StatusForbidden, a.StatusCode)
	a.Says(t, "None of your groups has a role here.")
	require.Empty(t, cookieOf(a))
	require.Equal(t, http.StatusSeeOther, b.Get("/").StatusCode, "the session they had is over, too")
}

func TestASignInLeadsNowhereButToUs(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	b := pagetest.Visit(t, New(config(h)))
	for next, want := range map[string]string{
		"": "/", "//elsewhere.example": "/", "https://elsewhere.example": "/", `/\elsewhere.example`: "/", "/signin/start?fresh=1": "/", "/signout": "/", "/x\r\ny": "/",
		"/cases/LR-2026-000001": "/cases/LR-2026-000001", "/?stage=receipt": "/?stage=receipt", "/settings/tokens": "/settings/tokens",
	} {
		a := b.ComeBackAs("rosa", "/signin/start?next="+url.QueryEscape(next))
		require.Equal(t, want, a.Header.Get("Location"), next)
	}
}

func TestWhoSeesNoCaseLandsElsewhere(t *testing.T) {
	t.Parallel()
	b := pagetest.Visit(t, New(config(pagetest.Open(t))))
	require.Equal(t, "/settings/people", b.ComeBackAs("adam", "/signin/start").Header.Get("Location"))
}

func TestWithoutAProviderNobodySignsIn(t *testing.T) {
	t.Parallel()
	c := config(pagetest.Open(t))
	c.Identity = nil
	b := pagetest.Visit(t, New(c))
	b.Get("/signin").Says(t, "not configured")
	require.Equal(t, http.StatusNotFound, b.Get("/signin/start").StatusCode)
	require.Equal(t, http.StatusNotFound, b.Get("/signin/callback").StatusCode)
}

func TestTooManySignInsAreRefused(t *testing.T) {
	t.Parallel()
	_, now, handler := wound(t)
	b := pagetest.Visit(t, handler)
	for range mostAttempts {
		require.Equal(t, http.StatusSeeOther, b.Get("/signin/start").StatusCode)
	}
	require.Equal(t, http.StatusTooManyRequests, b.Get("/signin/start").StatusCode)
	*now = now.Add(attemptWindow)
	require.Equal(t, http.StatusSeeOther, b.Get("/signin/start").StatusCode)
}

func TestSigningOutLeadsOnToTheProvider(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Rosa)
	require.Empty(t, b.Get("/signedout").Header.Get("Refresh"), "a link ends nobody's session")
	require.Equal(t, "/signedout", b.Post("/signout", nil).Header.Get("Location"))
	require.Equal(t, "0;url=https://id.test/leave?then=http%3A%2F%2F127.0.0.1%3A8080%2Fsignin", b.Get("/signedout").Header.Get("Refresh"))
	require.Equal(t, http.StatusSeeOther, b.Get("/").StatusCode)
}

func TestReleasingAsksForAFreshSignIn(t *testing.T) {
	t.Parallel()
	h, now, handler := wound(t)
	id := h.Ready(t)
	b := pagetest.Visit(t, handler).SignIn("rafael")
	*now = now.Add(11 * time.Minute)
	path := "/cases/" + id + "/actions/release"
	form := b.Get("/cases/"+id+"/release").Form(t, path)
	form.Set("confirm", id)
	a := b.Post(path, form)
	require.Equal(t, http.StatusForbidden, a.StatusCode)
	back := "/signin/start?fresh=1&next=%2Fcases%2F" + id + "%2Frelease"
	a.Says(t, "asks for a fresh sign-in", back, "it is still filled", `value="`+id+`"`)
	require.Empty(t, h.Acts(), "nothing was asked of the desk")
	b.Get(back)
	require.Equal(t, http.StatusForbidden, b.Post(path, form).StatusCode, "having begun is not enough")
	require.Equal(t, "/cases/"+id+"/release", b.ComeBackAs("rafael", back).Header.Get("Location"))
	page := b.Get("/cases/" + id + "/release")
	page.Says(t, `name="confirm" value="`+id+`"`)
	form = page.Form(t, path)
	form.Set("confirm", id)
	require.Equal(t, http.StatusSeeOther, b.Post(path, form).StatusCode)
	require.NotEmpty(t, h.Acts())
	kept, err := h.Drafts(t.Context(), id, pagetest.Rafael)
	require.NoError(t, err)
	require.Empty(t, kept, "what was sent is no draft any more")
}

func TestADraftWaitsForItsAuthor(t *testing.T) {
	t.Parallel()
	h, now, handler := wound(t)
	id := h.Notified(t)
	b := pagetest.Visit(t, handler).SignIn("rosa")
	draft := "/cases/" + id + "/drafts/comment"
	require.Equal(t, "/cases/"+id+"#comment", b.Post(draft, url.Values{"text": {"half a thought " + hostile}, "key": {"k"}}).Header.Get("Location"))
	page := b.Get("/cases/" + id)
	page.Says(t, "half a thought")
	require.NotContains(t, page.Text, "<script>")
	require.NotContains(t, pagetest.Visit(t, handler).SignIn("olivia").Get("/cases/"+id).Text, "half a thought")
	require.Equal(t, http.StatusNotFound, b.Post("/cases/"+id+"/drafts/explode", nil).StatusCode)
	require.Equal(t, http.StatusNotFound, b.Post("/cases/none/drafts/comment", nil).StatusCode)
	require.Equal(t, http.StatusForbidden, b.Post("/cases/"+id+"/drafts/verify_requester", nil).StatusCode, "not a reviewer's")
	*now = now.Add(time.Hour)
	path := "/cases/" + id + "/actions/comment"
	a := b.Post(path, url.Values{"text": {"a whole thought"}})
	require.Equal(t, "/signin?next=%2Fcases%2F"+id, a.Header.Get("Location"), "the session is over")
	require.Zero(t, h.Count(t, id, casework.Commented))
	b.SignIn("rosa").Get("/cases/"+id).Says(t, "a whole thought")
}

func TestAPersonalTokenIsShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	h, now, handler := wound(t)
	b := pagetest.Visit(t, handler).SignIn("tess")
	b.Get("/settings/tokens").Says(t, "You have no token.")
	*now = now.Add(11 * time.Minute)
	form := url.Values{"name": {"the export"}, "days": {"90"}}
	a := b.Post("/settings/tokens", form)
	require.Equal(t, http.StatusForbidden, a.StatusCode)
	a.Says(t, "asks for a fresh sign-in", "/signin/start?fresh=1&next=%2Fsettings%2Ftokens")
	b.ComeBackAs("tess", "/signin/start?fresh=1")
	for _, bad := range []url.Values{{"name": {""}, "days": {"1"}}, {"name": {"x"}, "days": {"91"}}, {"name": {"x"}, "days": {"-1"}}, {"name": {"x"}, "days": {"many"}}} {
		require.Equal(t, http.StatusBadRequest, b.Post("/settings/tokens", bad).StatusCode, "%v", bad)
	}
	a = b.Post("/settings/tokens", form)
	require.Equal(t, http.StatusOK, a.StatusCode)
	token := tokenShown.FindString(a.Text)
	require.NotEmpty(t, token)
	who, err := h.ActorByToken(t.Context(), sumOf(token), h.Now())
	require.NoError(t, err)
	require.Equal(t, pagetest.Tess, who)
	list := b.Get("/settings/tokens")
	require.NotContains(t, list.Text, token, "shown once")
	list.Says(t, "the export", "valid")
	kept, err := h.Tokens(t.Context(), pagetest.Tess)
	require.NoError(t, err)
	revoke := fmt.Sprintf("/settings/tokens/%s/revoke", kept[0].ID)
	require.Equal(t, http.StatusNotFound, pagetest.Visit(t, handler).SignIn("adam").Post(revoke, nil).StatusCode, "not one's own")
	require.Equal(t, http.StatusSeeOther, b.Post(revoke, nil).StatusCode)
	_, err = h.ActorByToken(t.Context(), sumOf(token), h.Now())
	require.Equal(t, casework.Unauthenticated, casework.CodeOf(err))
	b.Get("/settings/tokens").Says(t, "revoked")
}

var tokenShown = regexp.MustCompile(`dp_[A-Za-z0-9_-]{43}`)

func TestWhoHasWhichRoleIsForAdministrators(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	visit(t, h, pagetest.Adam).Get("/settings/people").Says(t, "rosa", "reviewer", "never")
	require.Equal(t, http.StatusForbidden, visit(t, h, pagetest.Rosa).Get("/settings/people").StatusCode)
}

func TestShortKeysAndEndlessSessionsAreFaults(t *testing.T) {
	t.Parallel()
	c := config(pagetest.Open(t))
	c.Key = []byte("short")
	require.Panics(t, func() { New(c) })
	c = config(pagetest.Open(t))
	c.Limits.Idle = 0
	require.Panics(t, func() { New(c) })
}
