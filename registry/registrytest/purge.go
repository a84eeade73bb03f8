//go:build unix

package registrytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// endedCase is a case that is closed and waits for nothing.
func (h *house) endedCase(t *testing.T) casework.Case {
	t.Helper()
	c := h.receive(t, paper())
	no := casework.ResolvedNotAuthentic
	c.Resolution, c.Work.Pending = &no, nil
	return h.staged(t, c, noon.Add(time.Hour), casework.InClosed)
}

func (h *house) ended(t *testing.T, since time.Time) []string {
	t.Helper()
	found, err := h.Ended(ctx(t), since, "")
	require.NoError(t, err)
	out := []string{}
	for _, e := range found {
		out = append(out, e.Case)
		require.Equal(t, casework.ResolvedNotAuthentic, e.Resolution)
	}
	return out
}

// endedAreFound: closed, with nothing to wait for, not held, for long enough.
func endedAreFound(t *testing.T, h *house) {
	h.receive(t, paper())
	c := h.endedCase(t)
	require.Empty(t, h.ended(t, noon), "not for long enough")
	require.Equal(t, []string{c.ID}, h.ended(t, noon.Add(time.Hour)))
	c.Held = true
	c = h.staged(t, c, noon.Add(2*time.Hour), casework.InClosed)
	require.Empty(t, h.ended(t, noon.AddDate(1, 0, 0)), "a hold beats retention")
	c.Held, c.Work.Pending = false, []casework.Effect{{Step: 1, Kind: casework.DoMail, Mail: casework.MailAnswer}}
	h.staged(t, c, noon.Add(3*time.Hour), casework.InClosed)
	require.Empty(t, h.ended(t, noon.AddDate(1, 0, 0)), "something is still to be done")
}

// erasedIsGone: what is personal is in no table, the counts and the ledger stay, and an open case is refused.
func erasedIsGone(t *testing.T, h *house) {
	open := h.receive(t, paper())
	refused(t, h.Erase(ctx(t), open.ID), casework.Conflict)
	c := h.endedCase(t)
	for h.sequence(t, "a", noon, 100) > 0 {
		continue
	}
	before := h.figures(t, question(""), rosa)
	require.NoError(t, h.KeepDraft(ctx(t), c.ID, rosa, casework.Draft{Action: casework.Comment, At: noon}))
	require.NoError(t, h.Store(ctx(t), change(c, casework.Purged, `{}`)))
	require.NoError(t, h.Erase(ctx(t), c.ID))
	require.Zero(t, h.count(t, "drafts"))
	require.NoError(t, h.Erase(ctx(t), c.ID), "a repeat changes nothing")
	for _, e := range h.events(t, c.ID) {
		require.JSONEq(t, `{}`, string(e.New))
	}
	v, err := h.Case(ctx(t), c.ID, rosa)
	require.NoError(t, err)
	require.Empty(t, v.Request.Officer)
	require.Equal(t, casework.ResolvedNotAuthentic, *v.Resolution)
	require.Equal(t, noon, *v.PurgedAt)
	require.Equal(t, c.ReceivedAt, v.ReceivedAt)
	kept, err := h.Load(ctx(t), c.ID)
	require.NoError(t, err)
	require.True(t, kept.Work.Purged)
	require.Equal(t, []string{open.ID}, ids(h.list(t, casework.CaseQuery{Q: "77"}, rosa).Cases), "it is found by no word of its request")
	require.Empty(t, h.audit(t).Faults)
	h.exec(t, "UPDATE events SET new = '{\"a\":1}' WHERE case_id = $1 AND sequence = 2", c.ID)
	require.True(t, h.named(t, c.Work.Key, 2), "nothing is put where something was erased")
	h.exec(t, "UPDATE events SET new = '{}' WHERE case_id = $1 AND sequence = 2", c.ID)
	after := h.figures(t, question(""), rosa)
	require.Equal(t, before, after)
}
