//go:build unix

package registrytest

import (
	"errors"
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
