package wire

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/keys"
	"dueprocess/registry"
)

// used is an office whose database holds what was made with its keys; opened again it is no local mode.
func used(t *testing.T) Settings {
	t.Helper()
	o, _ := openTest(t)
	_, err := o.Ring.Seal(t.Context(), "LR-2026-000001", []byte("x"))
	require.NoError(t, err)
	s := o.Settings
	s.Local = false
	return s
}

func another(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "another.json")
	_, err := keys.Create(path)
	require.NoError(t, err)
	return path
}

// free are addresses of this machine that nobody listens on.
var free = Addresses{Staff: "127.0.0.1:0", Portal: "127.0.0.1:0", Ops: "127.0.0.1:0"}

// programs are the worker and the front desk, until the context ends.
var programs = map[string]func(context.Context, Settings) error{
	"worker": func(ctx context.Context, s Settings) error { return Work(ctx, s, time.Now) },
	"serve":  func(ctx context.Context, s Settings) error { return Serve(ctx, s, free, time.Now) },
}

func TestNoProgramStartsWithAnotherDatabasesKeys(t *testing.T) {
	s := used(t)
	s.KeyFile = another(t)
	for name, program := range programs {
		t.Run(name, func(t *testing.T) {
			within, end := context.WithTimeout(t.Context(), time.Minute) // one that starts goes on
			defer end()
			err := program(within, s)
			require.Equal(t, casework.Conflict, casework.CodeOf(err))
			require.ErrorContains(t, err, s.KeyFile)
		})
	}
}

// With keys of its own the office waits no longer for its database than until that answers with its schema.
func TestADatabaseIsWaitedFor(t *testing.T) {
	s := used(t)
	s.Database = "sqlite:" + filepath.Join(t.TempDir(), "later.db")
	_, err := Open(t.Context(), s, time.Now)
	require.Equal(t, casework.Invalid, casework.CodeOf(err), "there is none")
	require.NoError(t, os.WriteFile(s.Database[len("sqlite:"):], nil, 0o600)) // one without a schema
	o, err := Open(t.Context(), s, time.Now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.Close()) })
	require.Equal(t, casework.Unavailable, casework.CodeOf(o.ours(t.Context())))
	met := make(chan error)
	go func() { met <- o.untilOurs(t.Context()) }()
	require.NoError(t, Migrate(t.Context(), s.Database))
	require.NoError(t, <-met)
	for name, program := range programs {
		ended, end := context.WithCancel(t.Context())
		end()
		require.NoError(t, program(ended, s), "%s: whoever is interrupted while it waits has not failed", name)
	}
}

// The local mode makes keys for a database that holds nothing, and for no other.
func TestALocalModeThatLostItsKeysMakesNone(t *testing.T) {
	s := used(t)
	s.Local = true
	require.NoError(t, os.Remove(s.KeyFile))
	_, err := Open(t.Context(), s, time.Now)
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
	require.ErrorContains(t, err, "none was made")
	require.NoFileExists(t, s.KeyFile)
}

// Every master key that cases were made with must be in the file; more may be.
func TestKeysThatWereAddedBelongToo(t *testing.T) {
	s := used(t)
	old, err := os.ReadFile(s.KeyFile)
	require.NoError(t, err)
	_, err = keys.Rotate(s.KeyFile)
	require.NoError(t, err)
	o, err := Open(t.Context(), s, time.Now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.Close()) })
	require.NoError(t, o.ours(t.Context()))
	_, err = o.Ring.Seal(t.Context(), "LR-2026-000002", []byte("x"))
	require.NoError(t, err)
	require.NoError(t, o.ours(t.Context()))

	stale := filepath.Join(t.TempDir(), "stale.json")
	require.NoError(t, os.WriteFile(stale, old, 0o600))
	secrets, err := keys.Load(stale)
	require.NoError(t, err)
	left, err := o.Registry.Traces(t.Context())
	require.NoError(t, err)
	require.Len(t, left.CaseKeys, 2)
	require.Equal(t, casework.Conflict, casework.CodeOf(belong(secrets, left, stale)), "the newest case cannot be opened with it")
}

func TestANewDatabaseBelongsToAnybody(t *testing.T) {
	database := "sqlite:" + filepath.Join(t.TempDir(), "new.db")
	require.NoError(t, Migrate(t.Context(), database))
	path := filepath.Join(t.TempDir(), "new.json")
	require.NoError(t, Filling(t.Context(), database, path, func(_ *registry.Registry, s *keys.Secrets) error {
		require.Len(t, s.Master, 1)
		return nil
	}))
	require.FileExists(t, path)
}
