//go:build unix

package registrytest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// seen asks every query that shows a case for it, and reports whether all or none do.
func (h *house) seen(t *testing.T, id string, viewer casework.Actor) bool {
	t.Helper()
	_, errCase := h.Case(ctx(t), id, viewer)
	_, errFull := h.Full(ctx(t), id, viewer)
	_, errEvents := h.Events(ctx(t), id, viewer)
	_, errDuplicates := h.Duplicates(ctx(t), id, viewer)
	errLooked := h.Looked(ctx(t), id, viewer, "case", noon)
	answers := []bool{errCase == nil, errFull == nil, errEvents == nil, errDuplicates == nil, errLooked == nil}
	for _, q := range []casework.CaseQuery{{}, {Q: id}, {Q: "polizei"}, {Country: "DE"}, {Stage: casework.InReceipt}, {Sort: "due"}, {Limit: 1, Sort: "case_id"}} {
		l := h.list(t, q, viewer)
		require.Equal(t, len(l.Cases), l.Total, "a total counts what is listed")
		require.Nil(t, l.NextCursor)
		answers = append(answers, l.Total == 1)
	}
	for _, answer := range answers {
		require.Equal(t, answers[0], answer, "all queries agree: %v for %s", answers, viewer.Name)
	}
	for _, err := range []error{errCase, errFull, errEvents, errDuplicates, errLooked} {
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

// questions are every filter of the queue with a value that the case of secret has, and every order.
func questions(c casework.Case) []casework.CaseQuery {
	out := []casework.CaseQuery{
		{}, {Stage: c.Stage}, {WaitingOn: c.WaitingOn}, {Assignee: "rosa"}, {Country: "DE"}, {Instrument: casework.NationalSecurityLetter}, {SLA: c.SLA},
		{Resolution: casework.ResolvedRefused}, {Q: c.ID}, {Q: "polizei"}, {Q: "Az. 77/26"}, {Q: "officer"}, {Q: "a@b.example"}, {Q: "1:26-mj-04417"}, {Limit: 1}, {Limit: 200},
		{Open: true}, {WaitingOnUs: true}, {Assignee: "rosa", Open: true}, {Emergency: true}, {Emergency: true, Open: true}, {DueBefore: noon.AddDate(1, 0, 0)}, {SLA: c.SLA, Open: true, Sort: "due"},
	}
	for _, sort := range []string{"received_at", "-received_at", "due", "-due", "case_id", "-case_id"} {
		out = append(out, casework.CaseQuery{Sort: sort})
	}
	return out
}

// restrictedIsInNoQuery: whatever is asked, whoever is outside the wall counts nothing, finds nothing, and is told what
// is told of a case that does not exist.
func restrictedIsInNoQuery(t *testing.T, h *house) {
	in := secret("rosa")
	in.Request.Emergency.Claimed = true
	c := h.receive(t, in)
	require.Equal(t, 1, h.list(t, casework.CaseQuery{Unassigned: true}, rosa).Total)
	require.Zero(t, h.list(t, casework.CaseQuery{Unassigned: true}, mina).Total)
	c.Assignee, c.WaitingOn = "rosa", casework.OnReviewer
	no := casework.ResolvedRefused
	c.Resolution = &no
	c = h.staged(t, c, noon.Add(time.Hour), casework.InLegalReview, dueAt(casework.DueReview, noon.Add(time.Hour), casework.Breached))
	for h.sequence(t, "a", noon, 100) > 0 {
		continue
	}
	for i, q := range questions(c) {
		require.Equal(t, 1, h.list(t, q, rosa).Total, "question %d: its member sees it", i)
		for _, outside := range []casework.Actor{olivia, mina, tess, adam, {Kind: casework.Person}} {
			l := h.list(t, q, outside)
			require.Zero(t, l.Total+len(l.Cases), "question %d by %s", i, outside.Name)
			require.Nil(t, l.NextCursor)
		}
	}
	for _, outside := range []casework.Actor{olivia, mina, tess, adam} {
		for _, ask := range []func(id string) error{
			func(id string) error { _, err := h.Case(ctx(t), id, outside); return err },
			func(id string) error { _, err := h.Full(ctx(t), id, outside); return err },
			func(id string) error { _, err := h.Events(ctx(t), id, outside); return err },
			func(id string) error { _, err := h.Duplicates(ctx(t), id, outside); return err },
			func(id string) error { return h.Looked(ctx(t), id, outside, "case", noon) },
		} {
			there, nowhere := ask(c.ID), ask("LR-2026-999999")
			require.Error(t, there)
			require.Equal(t, nowhere.Error(), there.Error())
			require.Equal(t, casework.CodeOf(nowhere), casework.CodeOf(there))
		}
	}
}

// linksKeepToTheWall: of a case behind a wall nothing is said by another that anybody may see.
func linksKeepToTheWall(t *testing.T, h *house) {
	walled, c := h.receive(t, secret("rosa")), h.receive(t, paper())
	ch := change(c, casework.Linked, `{"case":"`+walled.ID+`","relation":"related"}`)
	ch.Case.Links = []casework.Link{{Case: walled.ID, Relation: casework.Related}}
	require.NoError(t, h.Store(ctx(t), ch))
	h.sequence(t, "a", noon, 100)
	for _, viewer := range []casework.Actor{olivia, mina, tess} {
		require.NotContains(t, h.toldOf(t, c.ID, viewer), walled.ID, viewer.Name)
	}
	for _, viewer := range []casework.Actor{rosa, casework.TheSystem} {
		require.Len(t, strings.Split(h.toldOf(t, c.ID, viewer), walled.ID), 6, viewer.Name)
	}
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
}

// toldOf is all that a viewer can read of a case.
func (h *house) toldOf(t *testing.T, id string, viewer casework.Actor) string {
	t.Helper()
	v, err := h.Case(ctx(t), id, viewer)
	require.NoError(t, err)
	full, err := h.Full(ctx(t), id, viewer)
	require.NoError(t, err)
	events, err := h.Events(ctx(t), id, viewer)
	require.NoError(t, err)
	evidence, err := h.Evidence(ctx(t), id, "", viewer)
	require.NoError(t, err)
	var personal []string
	for _, e := range evidence.Events {
		personal = append(personal, string(e.Personal))
	}
	return asJSON(t, v) + asJSON(t, full.Links) + asJSON(t, events) + strings.Join(personal, " ") + asJSON(t, h.list(t, casework.CaseQuery{Q: id}, viewer).Cases)
}
