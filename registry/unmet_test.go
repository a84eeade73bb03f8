//go:build unix

package registry_test

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
	"dueprocess/registry/registrytest"
)

// Whoever runs a program is told why it and its database do not come together, and never the password.
func TestWhyAProgramAndItsDatabaseDoNotMeet(t *testing.T) {
	t.Parallel()
	there := registrytest.StartPostgres(t)
	guest(t, there)
	for name, x := range map[string]struct {
		address string
		code    casework.Code
		says    string
	}{
		"no such database":   {changed(t, there, func(u *url.URL) { u.Path = "/nowhere" }), casework.Internal, "There is no database of that name"},
		"no such role":       {changed(t, there, as("nobody")), casework.Internal, "does not let this role in"},
		"nobody there":       {changed(t, there, func(u *url.URL) { u.Host = "127.0.0.1:1" }), casework.Unavailable, "Nobody answers"},
		"a host of no name":  {changed(t, there, func(u *url.URL) { u.Host = "no-such-host.invalid:5432" }), casework.Unavailable, "Nobody answers"},
		"no TLS there":       {changed(t, there, asked("sslmode", "require")), casework.Internal, "look at sslmode"},
		"a mistyped setting": {changed(t, there, asked("sslmod", "disable")), casework.Invalid, "does not take with that value: sslmod."},
		"a wrong value":      {changed(t, there, asked("statement_timeout", "often")), casework.Invalid, "statement_timeout"},
		"no rights":          {changed(t, there, as("guest")), casework.Internal, "Permission denied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			meet(t, x.address, x.code, x.says)
		})
	}
}

// meet tries what programs try first.
func meet(t *testing.T, address string, code casework.Code, says string) {
	t.Helper()
	r, err := registry.Open(t.Context(), address, registry.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	err = r.Migrate(t.Context())
	require.Equal(t, code, casework.CodeOf(err))
	require.ErrorContains(t, err, says)
	for _, inside := range []string{"hush", "127.0.0.1", "SQLSTATE", "FATAL"} {
		require.NotContains(t, err.Error(), inside)
	}
}

// guest is let into a database in which it may make nothing.
func guest(t *testing.T, there string) {
	t.Helper()
	db, err := sql.Open("pgx", there)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for _, statement := range []string{"CREATE ROLE guest LOGIN", "REVOKE CREATE ON SCHEMA public FROM PUBLIC"} {
		_, err := db.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
}

func changed(t *testing.T, address string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	u.User = url.UserPassword(u.User.Username(), "hush")
	change(u)
	return u.String()
}

func as(role string) func(*url.URL) {
	return func(u *url.URL) { u.User = url.UserPassword(role, "hush") }
}

func asked(name, value string) func(*url.URL) {
	return func(u *url.URL) {
		q := u.Query()
		q.Set(name, value)
		u.RawQuery = q.Encode()
	}
}

func TestAFileThatIsNoDatabaseIsSaidToBeNone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "notes.txt")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("no database at all\n", 100)), 0o600))
	r, err := registry.Open(t.Context(), "sqlite:"+path, registry.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	for _, err := range []error{r.Ready(t.Context()), r.Migrate(t.Context())} {
		require.ErrorContains(t, err, "The database's file is no SQLite database.")
	}
	_, err = registry.Open(t.Context(), "sqlite:"+t.TempDir(), registry.Options{})
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
	require.ErrorContains(t, err, "must be a file")
}

// A name that was mistyped makes no file, whatever is asked of it; Migrate makes one.
func TestADatabaseThatIsNotThereIsNotMade(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "typo.db")
	r, err := registry.Open(t.Context(), "sqlite:"+path, registry.Options{})
	require.NoError(t, err, "Migrate will make it")
	defer func() { require.NoError(t, r.Close()) }()
	err = r.Ready(t.Context())
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
	require.ErrorContains(t, err, "There is no database "+path)
	_, err = r.Users(t.Context())
	require.Error(t, err)
	require.NoFileExists(t, path)
	require.NoError(t, r.Migrate(t.Context()))
	require.NoError(t, r.Ready(t.Context()))
}
