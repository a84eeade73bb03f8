//go:build unix

package registrytest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

func numbersAreDense(t *testing.T, h *house) {
	given, here := make([]string, 40), []*registry.Registry{h.Registry, open(t, h.url)}
	for _, err := range together(len(given), func(i int) (err error) {
		in := paper()
		in.Request.ReceivedAt = noon.AddDate(-(i % 2), 0, 0)
		given[i], err = here[i/2%2].Register(ctx(t), in) // as from two processes
		return err
	}) {
		require.NoError(t, err)
	}
	slices.Sort(given)
	for i := range 20 {
		require.Equal(t, fmt.Sprintf("LR-2025-%06d", i+1), given[i])
		require.Equal(t, fmt.Sprintf("LR-2026-%06d", i+1), given[20+i])
	}
}

func abortedRegistration(t *testing.T, h *house) {
	h.exec(t, "ALTER TABLE case_phones RENAME TO gone")
	_, err := h.Register(ctx(t), withKey(paper(), "k", "body"))
	refused(t, err, casework.Internal)
	h.exec(t, "ALTER TABLE gone RENAME TO case_phones")
	for _, table := range []string{"cases", "case_numbers", "case_words", "idempotency_keys"} {
		require.Zero(t, h.count(t, table), table)
	}
	require.Equal(t, "LR-2026-000001", h.register(t, withKey(paper(), "k", "another body")))
}

func withKey(in casework.Intake, key, body string) casework.Intake {
	in.Scope, in.Key, in.BodySHA256 = "olivia POST /requests", key, body
	return in
}

func oneKeyOneCase(t *testing.T, h *house) {
	first := h.register(t, withKey(paper(), "k", "body"))
	require.Equal(t, first, h.register(t, withKey(paper(), "k", "body")))
	_, err := h.Register(ctx(t), withKey(paper(), "k", "another body"))
	refused(t, err, casework.Conflict)
	k := withKey(paper(), "k", "body")
	require.NoError(t, h.KeepAnswer(ctx(t), casework.IdempotencyKey{Scope: k.Scope, Key: k.Key, BodySHA256: k.BodySHA256}, casework.KeptAnswer{Status: 201}))
	require.Equal(t, first, h.register(t, k), "an answer kept does not make the key forget its case")
	another := withKey(paper(), "k", "another body")
	another.Scope = "omar POST /requests"
	require.NotEqual(t, first, h.register(t, another), "a key is its actor's own")
	require.NotEqual(t, h.register(t, paper()), h.register(t, paper()), "no key, no repeat") //nolint:testifylint // the same twice is the point
	require.Equal(t, 4, h.count(t, "cases"))
}

func oneKeyInAHurry(t *testing.T, h *house) {
	given := make([]string, 16)
	for _, err := range together(len(given), func(i int) (err error) {
		given[i], err = h.Register(ctx(t), withKey(paper(), "k", "body"))
		return err
	}) {
		require.NoError(t, err)
	}
	require.Len(t, slices.Compact(given), 1)
	require.Equal(t, 1, h.count(t, "cases"))
}

func reservedKeyRegisters(t *testing.T, h *house) {
	in := withKey(paper(), "k", "body")
	_, ok, err := h.Answered(ctx(t), casework.IdempotencyKey{Scope: in.Scope, Key: in.Key, BodySHA256: in.BodySHA256, At: noon})
	require.NoError(t, err)
	require.False(t, ok)
	first := h.register(t, in)
	require.NotEmpty(t, first)
	require.Equal(t, first, h.register(t, withKey(paper(), "k", "body")))
}

func registeredIsWhole(t *testing.T, h *house) {
	in := secret("rosa", "olivia")
	c, err := h.Load(ctx(t), h.register(t, in))
	require.NoError(t, err)
	require.Equal(t, asJSON(t, in.Request), asJSON(t, c.Request))
	require.Equal(t, in.Terms, c.Work.Terms)
	require.Equal(t, in.CaseKey, c.Work.Key)
	require.Equal(t, []string{"olivia", "rosa"}, c.Work.Members)
	require.True(t, c.Restricted)
	require.False(t, c.Work.Started)

	open := paper()
	open.Members = []string{"rosa"}
	c, err = h.Load(ctx(t), h.register(t, open))
	require.NoError(t, err)
	require.False(t, c.Restricted, "only national security process is walled off on receipt")
}

func sweepFindsStarting(t *testing.T, h *house) {
	later, earlier, started := paper(), paper(), paper()
	later.At, earlier.At = noon.Add(time.Second), noon.Add(-time.Second)
	lateID, earlyID := h.register(t, later), h.register(t, earlier)
	h.receive(t, started)
	found, err := h.Starting(ctx(t), noon.Add(time.Second))
	require.NoError(t, err)
	require.Equal(t, []string{earlyID}, found)
	found, err = h.Starting(ctx(t), noon.Add(time.Second+time.Microsecond))
	require.NoError(t, err)
	require.Equal(t, []string{earlyID, lateID}, found)
}
