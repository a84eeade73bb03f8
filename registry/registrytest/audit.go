//go:build unix

package registrytest

import (
	"fmt"
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
	require.NoError(t, err)
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

const columns = "case_id, sequence, step, at, verb, actor_kind, actor_name, old, new, salt, commitment, facts, prev, leaf"

// whateverIsForgedIsNamed: each column of an event, in the tree and beside it; events taken away and put in.
func whateverIsForgedIsNamed(t *testing.T, h *house) {
	c := h.threeCases(t)[1]
	last := len(h.events(t, c.ID))
	for _, sequence := range []int{1, 2, last} {
		for column, forged := range map[string]string{
			"at": "substr(at, 1, 25) || 'X'", "verb": "verb || 'x'", "actor_kind": "'customer'", "actor_name": "actor_name || 'x'", "old": "old || ' '", "new": "new || ' '",
			"commitment": "'zz' || substr(commitment, 3)", "facts": "facts || ' x'", "prev": "prev || '0'", "leaf": "'zz' || substr(leaf, 3)",
		} {
			h.statement(t, "CREATE TABLE kept AS SELECT "+columns+" FROM events")
			h.exec(t, "UPDATE events SET "+column+" = "+forged+" WHERE case_id = $1 AND sequence = $2", c.ID, sequence)
			a := h.audit(t)
			require.NotEmpty(t, a.Faults, "%s of event %d", column, sequence)
			require.Equal(t, c.Work.Key, a.Faults[0].CaseKey, "%s of event %d: %v", column, sequence, a.Faults)
			require.Equal(t, sequence, a.Faults[0].Sequence, "%s of event %d: %v", column, sequence, a.Faults)
			h.exec(t, "DELETE FROM events")
			h.exec(t, "INSERT INTO events ("+columns+") SELECT "+columns+" FROM kept")
			h.statement(t, "DROP TABLE kept")
		}
	}
	require.Empty(t, h.audit(t).Faults)
	h.exec(t, "DELETE FROM events WHERE case_id = $1 AND sequence = 2", c.ID)
	require.Contains(t, fmt.Sprint(h.audit(t).Faults), c.Work.Key, "one that is gone")
}

func (h *house) statement(t *testing.T, text string) {
	t.Helper()
	_, err := h.raw(t).ExecContext(ctx(t), text)
	require.NoError(t, err)
}
