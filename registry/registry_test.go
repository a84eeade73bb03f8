package registry_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

func TestAddressesThatAreNoneAreRefused(t *testing.T) {
	for _, url := range []string{
		"", "sqlite:", "sqlite::memory:", "mysql://secret@h/d", "postgres://secret@h:port/d", "sqlite:/nowhere/at/all/x.db",
	} {
		_, err := registry.Open(t.Context(), url, registry.Options{})
		require.Equal(t, casework.Invalid, casework.CodeOf(err), url)
		require.NotContains(t, err.Error(), "secret", "an address may hold a password")
	}
}

func TestServerAwayIsUnavailable(t *testing.T) {
	r, err := registry.Open(t.Context(), "postgres://u:secret@127.0.0.1:1/d?sslmode=disable", registry.Options{})
	require.NoError(t, err, "a program may start before its database")
	defer func() { require.NoError(t, r.Close()) }()
	for _, err := range []error{r.Ready(t.Context()), r.Migrate(t.Context()), second(r.Load(t.Context(), "x")), second(r.Users(t.Context()))} {
		require.Equal(t, casework.Unavailable, casework.CodeOf(err))
		require.NotContains(t, err.Error(), "127.0.0.1")
	}
}

func second[T any](_ T, err error) error { return err }

func TestFileIsItsOwnersAlone(t *testing.T) {
	for _, prefix := range []string{"sqlite:", "", "sqlite://"} {
		path := filepath.Join(t.TempDir(), "r.db")
		r, err := registry.Open(t.Context(), prefix+path, registry.Options{})
		require.NoError(t, err)
		require.NoError(t, r.Migrate(t.Context()))
		files, err := filepath.Glob(path + "*")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			info, err := os.Stat(file)
			require.NoError(t, err)
			require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), file)
		}
		require.NoError(t, r.Close())
	}
}

// TestBusyFileIsUnavailable: another process holds the file's write lock for longer than a writer waits.
func TestBusyFileIsUnavailable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	r, err := registry.Open(t.Context(), path, registry.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	require.NoError(t, r.Migrate(t.Context()))
	release := hold(t, path)
	defer release()
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	err = r.PutUser(short, "rosa", nil, "")
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
	_, err = r.Users(t.Context())
	require.NoError(t, err, "readers go on")
}
