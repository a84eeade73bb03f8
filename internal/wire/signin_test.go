package wire

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func pathsOf(list []casework.Fault) []string {
	out := []string{}
	for _, f := range list {
		out = append(out, f.Path)
	}
	return out
}

func TestSignInIsReadFromTheSettings(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(file, []byte("s3cret\n"), 0o600))
	read, wrong := SignIn{
		Issuer: "https://id.example.com", ClientID: "dueprocess", SecretFile: file, Roles: "legal=legal_ops, cn=leads,ou=x=manager,legal=reviewer", Idle: "15m",
	}.read("https://desk.example.com")
	require.Equal(t, []string{"DUEPROCESS_OIDC_ROLES"}, pathsOf(wrong), "a comma ends a pair")
	require.Equal(t, "s3cret", read.provider.Secret)
	read, wrong = SignIn{Issuer: "https://id.example.com", ClientID: "dueprocess", Roles: "legal=legal_ops,leads=manager,legal=reviewer", Idle: "15m"}.read("https://desk.example.com")
	require.Empty(t, wrong)
	require.Equal(t, map[string][]casework.Role{"legal": {casework.LegalOps, casework.Reviewer}, "leads": {casework.Manager}}, read.provider.Roles)
	require.Equal(t, casework.SessionLimits{Idle: 15 * time.Minute, Whole: 12 * time.Hour, Fresh: 10 * time.Minute}, read.limits)
	require.Equal(t, "preferred_username", read.provider.NameClaim)
	read, wrong = SignIn{}.read("http://desk.example.com")
	require.Empty(t, wrong, "the API alone needs no sign-in")
	require.Empty(t, read.provider.Issuer)
}

func TestEveryFaultOfTheSignInIsNamed(t *testing.T) {
	t.Parallel()
	_, wrong := SignIn{Issuer: "http://id.example.com", SecretFile: "/nowhere", Roles: "legal=king", Idle: "1s", Whole: "48h", Fresh: "soon"}.read("http://desk.example.com")
	require.ElementsMatch(t, []string{
		"DUEPROCESS_OIDC_ISSUER", "DUEPROCESS_STAFF_URL", "DUEPROCESS_OIDC_CLIENT_ID", "DUEPROCESS_OIDC_CLIENT_SECRET_FILE", "DUEPROCESS_OIDC_ROLES",
		"DUEPROCESS_SESSION_IDLE", "DUEPROCESS_SESSION_LIMIT", "DUEPROCESS_SESSION_FRESH",
	}, pathsOf(wrong))
	for _, half := range []SignIn{{ClientID: "x"}, {Roles: "a=admin"}, {Scopes: "profile"}} {
		_, wrong := half.read("https://desk.example.com")
		require.Contains(t, pathsOf(wrong), "DUEPROCESS_OIDC_ISSUER", "%+v", half)
	}
}
