package keys_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/keys"
)

const (
	one = "LR-2026-000001"
	two = "LR-2026-000002"
)

// drawer is a store in memory.
type drawer struct {
	mu        sync.Mutex
	kept      map[string][]byte
	destroyed map[string]bool
	away      bool
	reads     int
}

func newDrawer() *drawer { return &drawer{kept: map[string][]byte{}, destroyed: map[string]bool{}} }

func (d *drawer) CaseKey(_ context.Context, id string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reads++
	return d.get(id)
}

func (d *drawer) get(id string) ([]byte, error) {
	switch {
	case d.away:
		return nil, casework.Refuse(casework.Unavailable, "Away.")
	case d.kept[id] == nil:
		return nil, casework.Refuse(casework.NotFound, "None.")
	}
	return d.kept[id], nil
}

func (d *drawer) PutCaseKey(_ context.Context, id string, wrapped []byte) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept[id] == nil && !d.destroyed[id] && !d.away {
		d.kept[id] = wrapped
	}
	return d.get(id)
}

func (d *drawer) destroy(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.kept, id)
	d.destroyed[id] = true
}

func newRing(t *testing.T, s *keys.Secrets, d *drawer) *keys.Ring {
	t.Helper()
	r, err := keys.NewRing(s, d)
	require.NoError(t, err)
	return r
}

func secrets(t *testing.T) (s *keys.Secrets, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "keys.json")
	s, err := keys.Create(path)
	require.NoError(t, err)
	return s, path
}

func TestSealedOpensForItsCaseAlone(t *testing.T) {
	s, _ := secrets(t)
	r := newRing(t, s, newDrawer())
	for _, plain := range []string{"", "MARKED"} {
		sealed, err := r.Seal(t.Context(), one, []byte(plain))
		require.NoError(t, err)
		again, err := r.Seal(t.Context(), one, []byte(plain))
		require.NoError(t, err)
		require.NotEqual(t, sealed, again, "a nonce of its own each time")
		require.NotContains(t, string(sealed), "MARKED")
		opened, err := r.Open(t.Context(), one, sealed)
		require.NoError(t, err)
		require.Equal(t, []byte(plain), opened)
		_, err = r.Open(t.Context(), two, sealed)
		require.ErrorIs(t, err, keys.ErrGone, "another case that has no key")
		_, err = r.Seal(t.Context(), two, nil)
		require.NoError(t, err)
		_, err = r.Open(t.Context(), two, sealed)
		require.Equal(t, casework.Internal, casework.CodeOf(err), "another case's key")
		r = newRing(t, s, newDrawer())
	}
}

// TestKeyIsBoundToItsCase: a wrapped key moved to another case's row opens nothing.
func TestKeyIsBoundToItsCase(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	_, err := newRing(t, s, d).Seal(t.Context(), one, nil)
	require.NoError(t, err)
	d.kept[two] = d.kept[one]
	_, err = newRing(t, s, d).Seal(t.Context(), two, nil)
	require.Equal(t, casework.Internal, casework.CodeOf(err))
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	s, _ := secrets(t)
	r := newRing(t, s, newDrawer())
	sealed, err := r.Seal(t.Context(), one, []byte("MARKED"))
	require.NoError(t, err)
	for i := range sealed {
		changed := append([]byte{}, sealed...)
		changed[i] ^= 1
		_, err := r.Open(t.Context(), one, changed)
		require.Error(t, err, "byte %d", i)
		_, err = r.Open(t.Context(), one, sealed[:i])
		require.Error(t, err, "cut at %d", i)
		changed = append([]byte{}, r.SealHouse([]byte("MARKED"))...)
		changed[i] ^= 1
		_, err = r.OpenHouse(changed)
		require.Error(t, err, "byte %d", i)
	}
	_, err = r.OpenHouse(sealed)
	require.Error(t, err)
}

func TestDestroyedKeyIsGoneForGood(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	sealed, err := r.Seal(t.Context(), one, []byte("MARKED"))
	require.NoError(t, err)
	d.destroy(one)
	r.Forget(one)
	_, err = r.Open(t.Context(), one, sealed)
	require.ErrorIs(t, err, keys.ErrGone)
	_, err = r.Seal(t.Context(), one, nil)
	require.ErrorIs(t, err, keys.ErrGone, "no new key is made in its place")
}

func TestStoreAwayIsNotAKeyGone(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	sealed, err := newRing(t, s, d).Seal(t.Context(), one, []byte("x"))
	require.NoError(t, err)
	d.away = true
	r := newRing(t, s, d)
	_, err = r.Open(t.Context(), one, sealed)
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
	require.NotErrorIs(t, err, keys.ErrGone)
	d.away = false
	_, err = r.Open(t.Context(), one, sealed)
	require.NoError(t, err)
}

func TestRotationReadsTheOldAndWritesWithTheNew(t *testing.T) {
	s, path := secrets(t)
	d := newDrawer()
	old := newRing(t, s, d)
	sealed, err := old.Seal(t.Context(), one, []byte("x"))
	require.NoError(t, err)
	house := old.SealHouse([]byte("x"))
	rotated, err := keys.Rotate(path)
	require.NoError(t, err)
	require.Len(t, rotated.Master, 2)
	reread, err := keys.Load(path)
	require.NoError(t, err)
	require.Equal(t, rotated, reread)

	r := newRing(t, rotated, d)
	opened, err := r.Open(t.Context(), one, sealed)
	require.NoError(t, err)
	require.Equal(t, "x", string(opened))
	_, err = r.OpenHouse(house)
	require.NoError(t, err)
	_, err = r.Seal(t.Context(), two, nil)
	require.NoError(t, err)
	require.Contains(t, string(d.kept[two]), rotated.Master[1].ID)
	require.Contains(t, string(r.SealHouse(nil)), rotated.Master[1].ID)
	_, err = newRing(t, s, d).Seal(t.Context(), two, nil)
	require.ErrorContains(t, err, rotated.Master[1].ID, "says which key is missing")
}

func TestManyRingsAgreeOnOneKey(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	sealed := make([][]byte, 16)
	var wg sync.WaitGroup
	for i := range sealed {
		r := newRing(t, s, d)
		wg.Go(func() { sealed[i], _ = r.Seal(context.Background(), one, []byte("x")) })
	}
	wg.Wait()
	for _, b := range sealed {
		_, err := newRing(t, s, d).Open(t.Context(), one, b)
		require.NoError(t, err)
	}
}

func TestKeysAreRememberedUpToABound(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	r.Remember(2)
	seal := func(ids ...string) {
		for _, id := range ids {
			_, err := r.Seal(t.Context(), id, nil)
			require.NoError(t, err)
		}
	}
	seal("a", "b", "a", "b", "a")
	require.Equal(t, 2, d.reads)
	seal("c", "a") // c takes the place of b, the one used longest ago
	require.Equal(t, 3, d.reads)
	seal("b")
	require.Equal(t, 4, d.reads)
	require.Equal(t, 2, r.Remembered())
}
