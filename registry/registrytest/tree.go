//go:build unix

package registrytest

import (
	"crypto/ed25519"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/registry"
)

const origin = "ledger.office.test"

func signer(t *testing.T) (note.Signer, note.Verifiers) {
	t.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	s, err := ledger.NewSigner(origin, key)
	require.NoError(t, err)
	text, err := ledger.VerifierOf(origin, key.Public().(ed25519.PublicKey))
	require.NoError(t, err)
	v, err := ledger.Verifiers(text)
	require.NoError(t, err)
	return s, v
}

func (h *house) sequence(t *testing.T, holder string, at time.Time, most int) int {
	t.Helper()
	s, _ := signer(t)
	n, err := h.Sequence(ctx(t), registry.Sequencing{Holder: holder, At: at, Most: most, Signer: s})
	require.NoError(t, err)
	return n
}

// head is the newest checkpoint, opened.
func (h *house) head(t *testing.T) ledger.Head {
	t.Helper()
	_, known := signer(t)
	signed, err := h.Checkpoint(ctx(t))
	require.NoError(t, err)
	c, err := ledger.OpenCheckpoint([]byte(signed.Note), known)
	require.NoError(t, err)
	require.Equal(t, signed.Size, c.Size)
	return c.Head()
}

// leavesAreProven: whatever the batches, each event's proof holds against the signed head, and each head begins with the
// one before.
func leavesAreProven(t *testing.T, h *house) {
	_, err := h.Checkpoint(ctx(t))
	refused(t, err, casework.NotFound)
	c := h.receive(t, paper())
	require.Equal(t, `"pending"`, string(h.events(t, c.ID)[0].Proof))
	for i := range 300 {
		c = h.staged(t, c, noon.Add(time.Duration(i)*time.Second), casework.InReceipt)
	}
	var heads []ledger.Head
	for _, most := range []int{1, 2, 7, 100, 1000} {
		require.Positive(t, h.sequence(t, "a", noon, most))
		heads = append(heads, h.head(t))
	}
	require.Zero(t, h.sequence(t, "a", noon, 10), "nothing is pending")
	last := heads[len(heads)-1]
	for _, e := range h.events(t, c.ID) {
		var proof ledger.Inclusion
		require.NoError(t, json.Unmarshal(e.Proof, &proof))
		require.NoError(t, ledger.CheckInclusion(proof, e.Leaf, last))
		require.Error(t, ledger.CheckInclusion(proof, e.Prev+e.Leaf[len(e.Prev):], heads[0]))
	}
	for _, old := range heads {
		proof, err := h.Consistency(ctx(t), old.Size, 0)
		require.NoError(t, err)
		require.NoError(t, ledger.CheckConsistency(proof, old, last))
		leaf, inclusion, err := h.Inclusion(ctx(t), old.Size-1, old.Size)
		require.NoError(t, err)
		require.NoError(t, ledger.CheckInclusion(inclusion, leaf, old))
	}
	h.staged(t, c, noon.AddDate(0, 0, 1), casework.InReceipt)
	events := h.events(t, c.ID)
	require.Equal(t, `"pending"`, string(events[len(events)-1].Proof), "not yet taken in")
}

func oddProofsAreRefused(t *testing.T, h *house) {
	h.receive(t, paper())
	_, err := h.Consistency(ctx(t), 1, 0)
	refused(t, err, casework.Invalid)
	h.sequence(t, "a", noon, 10)
	for _, size := range []int64{-1, 99} {
		_, err = h.Consistency(ctx(t), 1, size)
		refused(t, err, casework.Invalid)
		_, _, err = h.Inclusion(ctx(t), 0, size)
		refused(t, err, casework.Invalid)
	}
	_, _, err = h.Inclusion(ctx(t), 99, 0)
	refused(t, err, casework.NotFound)
}

// oneSequencerAtATime: the lease holds others off until it has run out; together they take each leaf once.
func oneSequencerAtATime(t *testing.T, h *house) {
	h.receive(t, paper())
	require.Positive(t, h.sequence(t, "a", noon, 1))
	h.receive(t, paper())
	require.Zero(t, h.sequence(t, "b", noon.Add(time.Second), 10), "a's lease runs")
	require.Positive(t, h.sequence(t, "a", noon.Add(2*time.Second), 1))
	require.Zero(t, h.sequence(t, "b", noon.Add(11*time.Second), 10), "a's lease was renewed")
	for range 20 {
		h.receive(t, paper())
	}
	leaves := h.count(t, "leaves")
	errs := together(8, func(i int) error {
		s, _ := signer(t)
		_, err := h.Sequence(ctx(t), registry.Sequencing{Holder: string(rune('a' + i)), At: noon.Add(time.Minute), Most: 7, Signer: s})
		return err
	})
	for _, err := range errs {
		require.NoError(t, err)
	}
	for h.sequence(t, "z", noon.Add(time.Hour), 7) > 0 {
		continue
	}
	require.EqualValues(t, leaves, h.head(t).Size)
}
