package pagetest

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// Limits are those of sessions in tests.
var Limits = casework.SessionLimits{Idle: 30 * time.Minute, Whole: 12 * time.Hour, Fresh: 10 * time.Minute}

// Ask leads to a provider that is nowhere: the browser of the test brings its answer. The embedded provider of the local
// mode is what signs people in for real, in the tests beside it.
func (h *House) Ask(_ context.Context, secrets casework.SignInSecrets, fresh bool) (string, error) {
	query := url.Values{"state": {secrets.State}}
	if fresh {
		query.Set("prompt", "login")
	}
	return "https://id.test/authorize?" + query.Encode(), nil
}

// Answer takes a name for the code, and gives whoever has it the roles that they have.
func (h *House) Answer(ctx context.Context, code string, _ casework.SignInSecrets, _ bool) (casework.Identified, error) {
	users, err := h.Users(ctx)
	if err != nil {
		return casework.Identified{}, err
	}
	i := slices.IndexFunc(users, func(u casework.Actor) bool { return u.Name == code })
	if i < 0 {
		return casework.Identified{}, casework.Refuse(casework.Unauthenticated, "The sign-in could not be completed.")
	}
	return casework.Identified{Subject: "id.test " + code, Name: code, Roles: users[i].Roles, At: h.Wall()}, nil
}

// Leave leads nowhere real.
func (h *House) Leave(_ context.Context, then string) string {
	return "https://id.test/leave?then=" + url.QueryEscape(then)
}

// SignIn signs somebody in at the provider and comes back.
func (b *Browser) SignIn(name string) *Browser {
	b.t.Helper()
	a := b.ComeBackAs(name, "/signin/start")
	require.Equal(b.t, http.StatusSeeOther, a.StatusCode, a.Text)
	return b
}

// ComeBackAs begins a sign-in at path, and brings the provider's answer that somebody signed in.
func (b *Browser) ComeBackAs(name, path string) Answer {
	b.t.Helper()
	a := b.Get(path)
	require.Equal(b.t, http.StatusSeeOther, a.StatusCode, a.Text)
	address, err := url.Parse(a.Header.Get("Location"))
	require.NoError(b.t, err)
	return b.Get("/signin/callback?code=" + url.QueryEscape(name) + "&state=" + url.QueryEscape(address.Query().Get("state")))
}
