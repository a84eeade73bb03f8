//go:build unix

package registrytest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// seen asks every query that shows a case for it, and reports whether all or none do.
func (h *house) seen(t *testing.T, id string, viewer casework.Actor) bool {
	t.Helper()
	_, errCase := h.Case(ctx(t), id, viewer)
	_, errFull := h.Full(ctx(t), id, viewer)
	_, errEvents := h.Events(ctx(t), id, viewer)
	errLooked := h.Looked(ctx(t), id, viewer, "case", noon)
	answers := []bool{errCase == nil, errFull == nil, errEvents == nil, errLooked == nil}
	for _, q := range []casework.CaseQuery{{}, {Q: id}, {Q: "polizei"}, {Country: "DE"}, {Stage: casework.InReceipt}, {Sort: "due"}, {Limit: 1, Sort: "case_id"}} {
		l := h.list(t, q, viewer)
		require.Equal(t, len(l.Cases), l.Total, "a total counts what is listed")
		require.Nil(t, l.NextCursor)
		answers = append(answers, l.Total == 1)
	}
	for _, answer := range answers {
		require.Equal(t, answers[0], answer, "all queries agree: %v for %s", answers, viewer.Name)
	}
	for _, err := range []error{errCase, errFull, errEvents, errLooked} {
		if err != nil {
			refused(t, err, casework.NotFound)
			require.NotContains(t, err.Error(), id)
		}
	}
	return answers[0]
}

func wallStands(t *testing.T, h *house) {
	c := h.receive(t, secret("rosa"))
	before := len(h.events(t, c.ID))
	require.True(t, h.seen(t, c.ID, rosa))
	require.True(t, h.seen(t, c.ID, casework.TheSystem))
	require.True(t, h.seen(t, c.ID, casework.Actor{Kind: casework.AuthorityKind, Name: "rosa"}))
	for _, outside := range []casework.Actor{olivia, mina, tess, adam, {Kind: casework.Person}} {
		require.False(t, h.seen(t, c.ID, outside), outside.Name)
	}
	require.Len(t, h.events(t, c.ID), before+3, "who was refused has not looked")
}

func wallMoves(t *testing.T, h *house) {
	c := h.receive(t, paper())
	require.True(t, h.seen(t, c.ID, olivia))
	up := change(c, casework.Restricted, `{}`)
	up.Case.Restricted, up.Case.Work.Members = true, []string{"rosa", "mina"}
	require.NoError(t, h.Store(ctx(t), up))
	require.False(t, h.seen(t, c.ID, olivia))
	require.True(t, h.seen(t, c.ID, mina))

	moved := change(up.Case, casework.Restricted, `{}`)
	moved.Case.Work.Members = []string{"olivia", "rosa"}
	require.NoError(t, h.Store(ctx(t), moved))
	require.True(t, h.seen(t, c.ID, olivia))
	require.True(t, h.seen(t, c.ID, rosa))
	require.False(t, h.seen(t, c.ID, mina))

	down := change(moved.Case, casework.Unrestricted, `{}`)
	down.Case.Restricted, down.Case.Work.Members = false, nil
	require.NoError(t, h.Store(ctx(t), down))
	require.True(t, h.seen(t, c.ID, mina))
}

func adminsSeeNothing(t *testing.T, h *house) {
	c := h.receive(t, paper())
	require.False(t, h.seen(t, c.ID, adam))
	both := casework.Actor{Kind: casework.Person, Name: "both", Roles: []casework.Role{casework.Admin, casework.Auditor}}
	require.True(t, h.seen(t, c.ID, both))
}
