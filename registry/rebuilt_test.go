//go:build unix

package registry_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
	"dueprocess/registry/registrytest"
)

// received is a registry with one case, of which the receipt is stored.
func received(t *testing.T, url string) (r *registry.Registry, id string) {
	t.Helper()
	r, err := registry.Open(t.Context(), url, registry.Options{Sealer: unsealed{}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	require.NoError(t, r.Migrate(t.Context()))
	id, err = r.Register(t.Context(), casework.Intake{CaseKey: "00000000-0000-7000-8000-000000000001", At: time.Now(), Actor: casework.TheSystem})
	require.NoError(t, err)
	c, err := r.Load(t.Context(), id)
	require.NoError(t, err)
	ch, err := c.Apply(casework.Receipt{At: time.Now(), Actor: casework.TheSystem})
	require.NoError(t, err)
	require.NoError(t, r.Store(t.Context(), ch))
	return r, id
}

// unsealed seals nothing.
type unsealed struct{}

func (unsealed) Seal(_ context.Context, _ string, plain []byte) ([]byte, error)  { return plain, nil }
func (unsealed) Open(_ context.Context, _ string, sealed []byte) ([]byte, error) { return sealed, nil }

// inBoth runs a test on either database.
func inBoth(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite:"+filepath.Join(t.TempDir(), "r.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, registrytest.StartPostgres(t)) })
}

func TestARebuiltRunIsAnEventAndNoStep(t *testing.T) {
	inBoth(t, func(t *testing.T, url string) {
		r, id := received(t, url)
		key, last, later, err := r.Progress(t.Context(), id, 0)
		require.NoError(t, err)
		require.Equal(t, "00000000-0000-7000-8000-000000000001", key)
		require.Equal(t, 1, later)
		require.NoError(t, r.Rebuilt(t.Context(), id, casework.TheSystem, "there was no run", time.Now()))
		_, again, later, err := r.Progress(t.Context(), id, last)
		require.NoError(t, err)
		require.Equal(t, []int{last, 0}, []int{again, later})
		events, err := r.Events(t.Context(), id, casework.TheSystem)
		require.NoError(t, err)
		newest := events[len(events)-1]
		require.Equal(t, casework.Rebuilt, newest.Verb)
		require.JSONEq(t, `{"why": "there was no run"}`, string(newest.New))
		require.NoError(t, r.VerifyCase(t.Context(), id))
		_, _, _, err = r.Progress(t.Context(), "LR-2000-000001", 0)
		require.Equal(t, casework.NotFound, casework.CodeOf(err))
		require.Equal(t, casework.NotFound, casework.CodeOf(r.Rebuilt(t.Context(), "LR-2000-000001", casework.TheSystem, "x", time.Now())))
	})
}

func TestACaseIsOnlyPurgedAgainWhereItsKeyWasDestroyed(t *testing.T) {
	inBoth(t, func(t *testing.T, url string) {
		r, id := received(t, url)
		require.Equal(t, casework.Conflict, casework.CodeOf(r.PurgedAgain(t.Context(), id, time.Now())), "its key is only missing")
		_, err := r.PutCaseKey(t.Context(), id, []byte("wrapped"))
		require.NoError(t, err)
		require.Equal(t, casework.Conflict, casework.CodeOf(r.PurgedAgain(t.Context(), id, time.Now())), "its key is there")
		found, err := r.Unpurged(t.Context(), false, "")
		require.NoError(t, err)
		require.Equal(t, []string{id}, found)
		require.NoError(t, r.DestroyCaseKey(t.Context(), id))
		require.NoError(t, r.PurgedAgain(t.Context(), id, time.Now()))
		found, err = r.Unpurged(t.Context(), false, "")
		require.NoError(t, err)
		require.Empty(t, found)
		require.NoError(t, r.VerifyCase(t.Context(), id))
	})
}

// After a restore: numbers that were given are known from elsewhere, and are not given again.
func TestNumbersThatAreKnownFromElsewhereAreNotGivenAgain(t *testing.T) {
	inBoth(t, func(t *testing.T, url string) {
		r, id := received(t, url)
		year := time.Now().UTC().Year()
		number := func(n int) string { return casework.Number{Year: year, N: n}.String() }
		require.Equal(t, number(1), id)
		unknown, err := r.Unknown(t.Context(), []string{number(5), id, number(3)})
		require.NoError(t, err)
		require.Equal(t, []string{number(5), number(3)}, unknown)

		alone, err := r.KeysAlone(t.Context())
		require.NoError(t, err)
		require.Empty(t, alone)
		for _, of := range []string{id, number(4)} {
			_, err := r.PutCaseKey(t.Context(), of, []byte("wrapped"))
			require.NoError(t, err)
		}
		require.NoError(t, r.DestroyCaseKey(t.Context(), number(2)))
		alone, err = r.KeysAlone(t.Context())
		require.NoError(t, err)
		require.Equal(t, []string{number(2), number(4)}, alone)

		require.NoError(t, r.PassNumbers(t.Context(), []string{number(5), "demo", number(3), casework.Number{Year: 1999, N: 7}.String()}))
		require.NoError(t, r.PassNumbers(t.Context(), []string{number(2)}), "never back")
		given, err := r.LastNumbers(t.Context())
		require.NoError(t, err)
		require.Equal(t, map[int]int{1999: 7, year: 5}, given)
		next, err := r.Register(t.Context(), casework.Intake{CaseKey: "00000000-0000-7000-8000-000000000002", At: time.Now(), Actor: casework.TheSystem})
		require.NoError(t, err)
		require.Equal(t, number(6), next)
	})
}

func TestOnlySQLiteIsCopiedIntoAFile(t *testing.T) {
	r, _ := received(t, registrytest.StartPostgres(t))
	require.Equal(t, casework.Invalid, casework.CodeOf(r.Copy(t.Context(), filepath.Join(t.TempDir(), "x"))))
	lite, id := received(t, "sqlite:"+filepath.Join(t.TempDir(), "r.db"))
	file := filepath.Join(t.TempDir(), "it's a copy.db")
	require.NoError(t, lite.Copy(t.Context(), file))
	copied, err := registry.Open(t.Context(), file, registry.Options{Sealer: unsealed{}})
	require.NoError(t, err)
	defer func() { require.NoError(t, copied.Close()) }()
	_, err = copied.Load(t.Context(), id)
	require.NoError(t, err)
	require.Error(t, lite.Copy(t.Context(), file), "nothing is overwritten")
}
