package oidcserver

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/identity"
)

const desk = "http://127.0.0.1:9"

var back = desk + "/signin/callback"

// serve runs a provider of two people on a free port.
func serve(t *testing.T) (issuer string) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	issuer = "http://" + server.Listener.Addr().String() + "/dev/oidc"
	handler, err := Handler(Options{Issuer: issuer, Desk: desk, People: []Person{{"rosa", []string{"Reviewers"}}, {"nobody", nil}}})
	require.NoError(t, err)
	server.Config.Handler = handler
	server.Start()
	t.Cleanup(server.Close)
	return issuer
}

// asker is our side of it.
func asker(issuer string) *identity.Provider {
	return identity.New(identity.Settings{
		Issuer: issuer, ClientID: Client, NameClaim: "preferred_username", GroupsClaim: GroupsClaim, Scopes: []string{"profile"},
		Roles: map[string][]casework.Role{"Reviewers": {casework.Reviewer}},
	}, back, time.Now)
}

var secrets = casework.SignInSecrets{State: "a-state", Nonce: "a-nonce", Verifier: strings.Repeat("v", 43)}

// browser keeps cookies and stops before it leaves the provider.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), desk) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

var hiddenID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// choose opens a sign-in, chooses somebody, and answers what the browser is sent back with.
func choose(t *testing.T, address, name string) url.Values {
	t.Helper()
	client := browser(t)
	page, err := client.Get(address)
	require.NoError(t, err)
	text, err := io.ReadAll(page.Body)
	require.NoError(t, err)
	require.NoError(t, page.Body.Close())
	found := hiddenID.FindStringSubmatch(string(text))
	require.NotNil(t, found, string(text))
	sent, err := client.PostForm(page.Request.URL.String(), url.Values{"id": {found[1]}, "user": {name}})
	require.NoError(t, err)
	require.NoError(t, sent.Body.Close())
	at, err := url.Parse(sent.Header.Get("Location"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(at.String(), back), at.String())
	return at.Query()
}

func TestSomebodyIsSignedIn(t *testing.T) {
	t.Parallel()
	p := asker(serve(t))
	for _, fresh := range []bool{false, true} {
		before := time.Now().Truncate(time.Second)
		address, err := p.Ask(t.Context(), secrets, fresh)
		require.NoError(t, err)
		answer := choose(t, address, "rosa")
		require.Equal(t, secrets.State, answer.Get("state"))
		who, err := p.Answer(t.Context(), answer.Get("code"), secrets, fresh)
		require.NoError(t, err)
		require.Equal(t, "rosa", who.Name)
		require.Contains(t, who.Subject, "http://127.0.0.1:")
		require.Equal(t, []casework.Role{casework.Reviewer}, who.Roles)
		require.False(t, who.At.Before(before), "it says when")
	}
}

func TestACodeIsGoodOnceForWhoAsked(t *testing.T) {
	t.Parallel()
	issuer := serve(t)
	p := asker(issuer)
	code := func() string {
		address, err := p.Ask(t.Context(), secrets, false)
		require.NoError(t, err)
		return choose(t, address, "rosa").Get("code")
	}
	refused := func(code string, s casework.SignInSecrets) {
		t.Helper()
		_, err := p.Answer(t.Context(), code, s, false)
		require.Equal(t, casework.Unauthenticated, casework.CodeOf(err), "%v", err)
	}
	other := secrets
	other.Nonce = "another"
	refused(code(), other)
	other = secrets
	other.Verifier = strings.Repeat("w", 43)
	refused(code(), other)
	refused("made-up", secrets)
	good := code()
	_, err := p.Answer(t.Context(), good, secrets, false)
	require.NoError(t, err)
	refused(good, secrets)
}

func TestAnIdentityThatIsTooOldOrNotForUsIsNotBelieved(t *testing.T) {
	t.Parallel()
	issuer := serve(t)
	settings := identity.Settings{Issuer: issuer, ClientID: Client, NameClaim: "preferred_username", GroupsClaim: GroupsClaim, Scopes: []string{"profile"}}
	late := identity.New(settings, back, func() time.Time { return time.Now().Add(time.Hour) })
	address, err := late.Ask(t.Context(), secrets, false)
	require.NoError(t, err)
	_, err = late.Answer(t.Context(), choose(t, address, "rosa").Get("code"), secrets, false)
	require.Equal(t, casework.Unauthenticated, casework.CodeOf(err))
	settings.NameClaim = "email"
	nameless := identity.New(settings, back, time.Now)
	address, err = nameless.Ask(t.Context(), secrets, false)
	require.NoError(t, err)
	_, err = nameless.Answer(t.Context(), choose(t, address, "rosa").Get("code"), secrets, false)
	require.Equal(t, casework.Forbidden, casework.CodeOf(err))
	require.ErrorContains(t, err, "email")
}

func TestAFreshSignInMustBeFresh(t *testing.T) {
	t.Parallel()
	issuer := serve(t)
	slow := identity.New(identity.Settings{Issuer: issuer, ClientID: Client, NameClaim: "preferred_username", GroupsClaim: GroupsClaim, Scopes: []string{"profile"}},
		back, func() time.Time { return time.Now().Add(3 * time.Minute) })
	address, err := slow.Ask(t.Context(), secrets, true)
	require.NoError(t, err)
	require.Contains(t, address, "prompt=login")
	require.Contains(t, address, "max_age=0")
	_, err = slow.Answer(t.Context(), choose(t, address, "rosa").Get("code"), secrets, true)
	require.Equal(t, casework.Forbidden, casework.CodeOf(err), "the proof is older than the asking")
}

func TestAProviderThatIsAwayIsSaidToBe(t *testing.T) {
	t.Parallel()
	away := asker("http://127.0.0.1:1")
	_, err := away.Ask(t.Context(), secrets, false)
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
	require.Empty(t, away.Leave(t.Context(), desk))
}

func TestLeavingLeadsBack(t *testing.T) {
	t.Parallel()
	address := asker(serve(t)).Leave(t.Context(), desk+"/signin")
	left, err := browser(t).Get(address)
	require.NoError(t, err)
	require.NoError(t, left.Body.Close())
	require.Equal(t, desk+"/signin", left.Header.Get("Location"))
}

func TestItRefusesToLeaveTheLoopbackAddress(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{
		{Issuer: "http://0.0.0.0:80", Desk: desk}, {Issuer: "http://192.0.2.1", Desk: desk}, {Issuer: "https://id.example.com", Desk: desk},
		{Issuer: "http://localhost.example", Desk: desk}, {Issuer: "http://127.0.0.1:1", Desk: "http://desk.example.com"}, {Issuer: "http://127.0.0.1:1"},
	} {
		_, err := Handler(o)
		require.ErrorIs(t, err, errNotLoopback, "%+v", o)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, serve(t)+"/.well-known/openid-configuration", http.NoBody)
	require.NoError(t, err)
	r.Host = "rebound.example"
	a, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, a.Body.Close())
	require.Equal(t, http.StatusForbidden, a.StatusCode)
}

func TestItAsksForProofOfWhoAsked(t *testing.T) {
	t.Parallel()
	issuer := serve(t)
	a, err := browser(t).Get(issuer + "/authorize?client_id=" + Client + "&response_type=code&scope=openid&state=x&redirect_uri=" + url.QueryEscape(back))
	require.NoError(t, err)
	require.NoError(t, a.Body.Close())
	require.Contains(t, a.Header.Get("Location"), "error=invalid_request", "no PKCE")
	a, err = browser(t).Get(issuer + "/authorize?client_id=" + Client + "&response_type=code&scope=openid&redirect_uri=https://elsewhere.example")
	require.NoError(t, err)
	require.NoError(t, a.Body.Close())
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
}
