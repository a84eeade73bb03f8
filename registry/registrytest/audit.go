//go:build unix

package registrytest

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/ledger"
)

func (h *house) audit(t *testing.T) ledger.Audit {
	t.Helper()
	_, known := signer(t)
	a, err := h.Audit(ctx(t), known)
	require.NoError(t, err, "%v", errors.Unwrap(err))
	return a
}

// threeCases are cases with events in the tree and beside it.
func (h *house) threeCases(t *testing.T) []casework.Case {
	t.Helper()
	var out []casework.Case
	for range 3 {
		c := h.receive(t, paper())
		out = append(out, h.staged(t, c, noon.Add(time.Hour), casework.InLegalReview))
	}
	for h.sequence(t, "a", noon, 4) > 0 {
		continue
	}
	for i, c := range out {
		out[i] = h.staged(t, c, noon.Add(2*time.Hour), casework.InDisclosure)
	}
	return out
}

func wholeLedgersAreWhole(t *testing.T, h *house) {
	require.True(t, h.audit(t).Whole(), "an empty one")
	h.threeCases(t)
	a := h.audit(t)
	require.Empty(t, a.Faults)
	require.Equal(t, 3, a.Cases)
	require.Equal(t, 3, a.Waiting)
	require.Positive(t, a.Checkpoints)
}

// whatStandsBesideIsNamed: what somebody planted, spoilt or took away beside the events, each with what else is wrong.
func whatStandsBesideIsNamed(t *testing.T, h *house) {
	c := h.threeCases(t)[1]
	h.exec(t, "UPDATE events SET verb = 'viewed' WHERE case_id = $1 AND sequence = 2", c.ID)
	for _, planted := range []struct{ does, undoes, says string }{
		{"UPDATE leaves SET tree_index = 1099511627776 WHERE case_id = $1 AND sequence = 1", "UPDATE leaves SET tree_index = (SELECT MIN(a.tree_index) + 1 FROM leaves a WHERE a.tree_index + 1 NOT IN (SELECT b.tree_index FROM leaves b WHERE b.tree_index IS NOT NULL)) WHERE case_id = $1 AND sequence = 1", "moved (event 1 of " + c.ID},
		{"INSERT INTO leaves (case_id, sequence, leaf, pending) VALUES ($1, 77, 'ab', TRUE)", "DELETE FROM leaves WHERE case_id = $1 AND sequence = 77", "added (event 77 of " + c.ID + "): its leaf waits for the tree, and there is no such event."},
		{"UPDATE checkpoints SET note = note || $1 WHERE size = 4", "UPDATE checkpoints SET note = REPLACE(note, $1, '') WHERE size = 4", "the checkpoint kept for 4 events is not one of so many that a known key signed."},
		{"UPDATE checkpoints SET size = size + 1000 WHERE size = (SELECT MAX(a.size) FROM checkpoints a) AND $1 <> ''", "UPDATE checkpoints SET size = size - 1000 WHERE size > 1000 AND $1 <> ''", "events is not one of so many that a known key signed."},
	} {
		h.exec(t, planted.does, c.ID)
		told := h.told(t)
		require.Contains(t, told, planted.says)
		require.Contains(t, told, "changed (event 2 of "+c.ID+", tree index", "and the rest is looked at")
		h.exec(t, planted.undoes, c.ID)
	}
	require.Len(t, h.audit(t).Faults, 1, "all is as it was, but for the event")
	h.exec(t, "DELETE FROM checkpoints WHERE size > 4")
	require.Contains(t, h.told(t), "and no checkpoint signs for more than 4.")
	h.exec(t, "DELETE FROM checkpoints")
	require.Contains(t, h.told(t), "and no checkpoint signs for more than 0.")
}

func (h *house) told(t *testing.T) (out string) {
	t.Helper()
	for _, f := range h.audit(t).Faults {
		out += f.Error() + "\n"
	}
	return out
}

// aWrongKeyIsOneFault, and not one for each checkpoint.
func aWrongKeyIsOneFault(t *testing.T, h *house) {
	h.threeCases(t)
	text, err := ledger.VerifierOf(origin, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize)).Public().(ed25519.PublicKey))
	require.NoError(t, err)
	another, err := ledger.Verifiers(text)
	require.NoError(t, err)
	a, err := h.Audit(ctx(t), another)
	require.NoError(t, err)
	require.Len(t, a.Faults, 1)
	require.True(t, strings.HasSuffix(a.Faults[0].Error(), "is one that a known key signed; see whether it is the right key file."), a.Faults[0].Error())
	require.Equal(t, 3, a.Cases, "the rest is looked at all the same")
}

// anEndThatIsGoneShowsElsewhere: a database of which the end was taken, checkpoints and all, is whole by itself.
func anEndThatIsGoneShowsElsewhere(t *testing.T, h *house) {
	h.threeCases(t)
	_, known := signer(t)
	head := h.head(t)
	kept, err := h.Checkpoint(ctx(t))
	require.NoError(t, err)
	s, _ := signer(t)
	later, err := ledger.Checkpoint{Origin: origin, Size: head.Size + 5, Root: head.Root, At: noon}.Sign(s)
	require.NoError(t, err)
	for text, says := range map[string]string{
		kept.Note: "", string(later): "the log holds only", "no checkpoint\n": "the checkpoint from elsewhere, number 1, is not one that a known key signed",
	} {
		a, err := h.Audit(ctx(t), known, []byte(text))
		require.NoError(t, err)
		require.Equal(t, says == "", a.Whole())
		if says != "" {
			require.Contains(t, a.Faults[0].Error(), says)
		}
	}
}

// evidenceSaysNothingUnproven: what the tree has not taken in yet is left for the next.
func evidenceSaysNothingUnproven(t *testing.T, h *house) {
	c := h.receive(t, paper())
	_, err := h.Evidence(ctx(t), c.ID, "", tess)
	refused(t, err, casework.NotFound)
	n := len(h.events(t, c.ID))
	h.sequence(t, "a", noon, 100)
	c = h.staged(t, c, noon.Add(time.Hour), casework.InLegalReview)
	require.Greater(t, len(h.events(t, c.ID)), n)
	b, err := h.Evidence(ctx(t), c.ID, "", tess)
	require.NoError(t, err)
	require.Len(t, b.Events, n)
	other := h.receive(t, paper())
	_, err = h.Evidence(ctx(t), other.ID, "", tess)
	refused(t, err, casework.Unavailable)
}
