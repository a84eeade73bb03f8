//go:build unix

package registrytest

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// mixed are cases of every kind, some of them behind rosa's wall.
func (h *house) mixed(t *testing.T, r *rand.Rand, n int) []casework.Case {
	t.Helper()
	out := []casework.Case{}
	for range n {
		in := paper()
		if r.IntN(5) == 0 {
			in = secret("rosa")
		}
		in.Request.Authority.Country, in.Request.Emergency.Claimed = pick(r, "DE", "US"), r.IntN(4) == 0
		if r.IntN(6) == 0 {
			in.Request.Instrument.Type = casework.EmergencyRequest
		}
		c := h.receive(t, in)
		c.Assignee, c.SLA = pick(r, "", "rosa", "omar"), pick(r, casework.SLAStates...)
		c.WaitingOn = pick(r, casework.WaitingOns...)
		if no := casework.ResolvedRefused; r.IntN(2) == 0 {
			c.Resolution = &no
		}
		stage := pick(r, casework.InReceipt, casework.InLegalReview, casework.InClosed)
		out = append(out, h.staged(t, c, noon, stage, dueAt(casework.DueReview, noon.Add(time.Duration(r.IntN(9))*time.Hour), pick(r, casework.OnTrack, casework.Paused, casework.Met))))
	}
	return out
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// asked is a question of some filters, and which cases it is to find.
func asked(r *rand.Rand) (q casework.CaseQuery, find []func(c casework.Case) bool) {
	by := func(set func(), is func(c casework.Case) bool) {
		if r.IntN(4) == 0 {
			set()
			find = append(find, is)
		}
	}
	due := noon.Add(time.Duration(r.IntN(9)) * time.Hour)
	by(func() { q.Open = true }, func(c casework.Case) bool { return c.Stage != casework.InClosed })
	by(func() { q.WaitingOnUs = true }, func(c casework.Case) bool {
		return c.WaitingOn == casework.OnLegalOps || c.WaitingOn == casework.OnReviewer || c.WaitingOn == casework.OnApprover
	})
	by(func() { q.Unassigned = true }, func(c casework.Case) bool { return c.Assignee == "" })
	by(func() { q.Emergency = true }, func(c casework.Case) bool { return c.Request.IsEmergency() })
	by(func() { q.DueBefore = due }, func(c casework.Case) bool {
		next, ok := c.NextDue()
		return ok && c.Stage != casework.InClosed && next.State != casework.Paused && next.Due.Before(due)
	})
	by(func() { q.Stage = casework.InReceipt }, func(c casework.Case) bool { return c.Stage == casework.InReceipt })
	by(func() { q.WaitingOn = casework.OnCourt }, func(c casework.Case) bool { return c.WaitingOn == casework.OnCourt })
	by(func() { q.Assignee = "rosa" }, func(c casework.Case) bool { return c.Assignee == "rosa" })
	by(func() { q.Country = "US" }, func(c casework.Case) bool { return c.Request.Authority.Country == "US" })
	by(func() { q.Instrument = casework.SearchWarrant }, func(c casework.Case) bool { return c.Request.Instrument.Type == casework.SearchWarrant })
	by(func() { q.SLA = casework.Breached }, func(c casework.Case) bool { return c.SLA == casework.Breached })
	by(func() { q.Resolution = casework.ResolvedRefused }, func(c casework.Case) bool { return c.Resolution != nil })
	by(func() { q.Q = "polizei" }, func(casework.Case) bool { return true })
	return q, find
}

// filtersTogether: any filters together, in any order, find what all of them find, within walls and without.
func filtersTogether(t *testing.T, h *house) {
	r := rand.New(rand.NewPCG(6, 6))
	cases := h.mixed(t, r, 60)
	for range 150 {
		q, find := asked(r)
		q.Sort, q.Limit = pick(r, "received_at", "-received_at", "due", "-due", "case_id", "-case_id"), 200
		for _, viewer := range []casework.Actor{rosa, mina} {
			want := []string{}
			for _, c := range cases {
				if !c.WalledOff(viewer) && !slices.ContainsFunc(find, func(is func(casework.Case) bool) bool { return !is(c) }) {
					want = append(want, c.ID)
				}
			}
			got := h.list(t, q, viewer)
			require.ElementsMatch(t, want, ids(got.Cases), "%+v for %s", q, viewer.Name)
			require.Equal(t, len(want), got.Total)
			h.inOrder(t, q, viewer, ids(got.Cases))
		}
	}
}

// inOrder: a list is those of all cases, in the same order; and so is what its pages have one after the other.
func (h *house) inOrder(t *testing.T, q casework.CaseQuery, viewer casework.Actor, listed []string) {
	t.Helper()
	all := ids(h.list(t, casework.CaseQuery{Sort: q.Sort, Limit: 200}, viewer).Cases)
	require.Equal(t, slices.DeleteFunc(all, func(id string) bool { return !slices.Contains(listed, id) }), listed, "%+v", q)
	q.Limit = 1 + len(listed)/3
	require.Equal(t, listed, append([]string{}, h.walked(t, q, viewer, len(listed))...), "%+v", q)
}

// standingSelects: what the queue's own views ask.
func standingSelects(t *testing.T, h *house) {
	in := paper()
	in.Request.Emergency.Claimed = true
	emergency := h.receive(t, in)
	in = paper()
	in.Request.Instrument.Also = []casework.InstrumentType{casework.EmergencyRequest}
	also := h.receive(t, in)
	registered := paper()
	registered.Request.Emergency.Claimed = true
	starting := h.register(t, registered)
	in = paper()
	in.Request.Emergency.Claimed = true
	shut, disclosed := h.receive(t, in), casework.ResolvedDisclosed
	shut.Resolution = &disclosed
	h.staged(t, shut, noon, casework.InClosed)
	h.receive(t, paper())
	require.ElementsMatch(t, []string{emergency.ID, also.ID, starting}, ids(h.list(t, casework.CaseQuery{Emergency: true, Open: true}, mina).Cases))
	require.ElementsMatch(t, []string{emergency.ID, also.ID, starting, shut.ID}, ids(h.list(t, casework.CaseQuery{Emergency: true}, mina).Cases))
	for _, q := range []casework.CaseQuery{{Stage: casework.InClosed}, {Resolution: disclosed}, {Resolution: disclosed, Q: "polizei"}} {
		q.Emergency = true
		require.Equal(t, []string{shut.ID}, ids(h.list(t, q, mina).Cases), "emergencies are closed too: %+v", q)
	}
	require.Equal(t, 4, h.list(t, casework.CaseQuery{Open: true}, mina).Total)
	corrected := change(emergency, casework.Corrected, `{}`)
	corrected.Case.Request.Emergency.Claimed = false
	require.NoError(t, h.Store(ctx(t), corrected))
	require.Equal(t, 2, h.list(t, casework.CaseQuery{Emergency: true, Open: true}, mina).Total, "a claim that was our misreading is none")
}

// pausedIsNotDue: of a case whose next clock stands still the next one that runs is due; where none runs, nothing is.
func pausedIsNotDue(t *testing.T, h *house) {
	at := func(hours int, kind casework.DeadlineKind, state casework.SLA) casework.Deadline {
		return dueAt(kind, noon.Add(time.Duration(hours)*time.Hour), state)
	}
	still := h.staged(t, h.receive(t, paper()), noon, casework.InLegalReview, at(-3, casework.DueReview, casework.Paused))
	partly := h.staged(t, h.receive(t, paper()), noon, casework.InLegalReview, at(-3, casework.DueReview, casework.Paused), at(2, casework.DueRespond, casework.OnTrack))
	late := h.staged(t, h.receive(t, paper()), noon, casework.InLegalReview, at(-1, casework.DueReview, casework.Breached))
	require.Equal(t, []string{late.ID, partly.ID, still.ID}, ids(h.list(t, casework.CaseQuery{Sort: "due"}, mina).Cases))
	require.Equal(t, []string{late.ID}, ids(h.list(t, casework.CaseQuery{DueBefore: noon}, mina).Cases))
	require.Equal(t, []string{late.ID, partly.ID}, ids(h.list(t, casework.CaseQuery{DueBefore: noon.AddDate(0, 0, 7), Open: true, Sort: "due"}, mina).Cases))
	h.staged(t, still, noon, casework.InLegalReview, at(5, casework.DueReview, casework.OnTrack))
	require.Equal(t, 3, h.list(t, casework.CaseQuery{DueBefore: noon.AddDate(0, 0, 7)}, mina).Total, "it runs again")
}

// rowsHaveWhatIsShown: of each case what the page shows of its request, and nothing more in the list's JSON.
func rowsHaveWhatIsShown(t *testing.T, h *house) {
	in := paper()
	in.Request.Emergency.Claimed = true
	c := h.receive(t, in)
	c = h.staged(t, c, noon, casework.InLegalReview, dueAt(casework.DueReview, noon.Add(time.Hour), casework.OnTrack))
	row := h.list(t, casework.CaseQuery{}, mina).Cases[0]
	require.Equal(t, "Polizei Düsseldorf KK 21", row.Authority)
	require.Equal(t, "DE", row.Country)
	require.Equal(t, casework.SearchWarrant, row.Instrument)
	require.True(t, row.Emergency)
	next, ok := row.NextDue()
	require.True(t, ok)
	require.Equal(t, c.Deadlines[0], next)
	require.NotContains(t, asJSON(t, row), "Düsseldorf")
}

// readWhole: several cases are each what Load makes of them; what is behind a wall is left out.
func readWhole(t *testing.T, h *house) {
	open, walled := h.receive(t, paper()), h.receive(t, secret("rosa"))
	registered := h.register(t, paper())
	gone := h.staged(t, h.receive(t, paper()), noon, casework.InClosed)
	require.NoError(t, h.Erase(ctx(t), gone.ID))
	all := []string{open.ID, walled.ID, registered, gone.ID, "LR-2026-999999"}
	found, err := h.Whole(ctx(t), all, rosa)
	require.NoError(t, err)
	require.Len(t, found, 4)
	for id, c := range found {
		loaded, err := h.Load(ctx(t), id)
		require.NoError(t, err)
		require.Equal(t, asJSON(t, loaded), asJSON(t, c))
	}
	require.Empty(t, found[gone.ID].Allowed(rosa, noon))
	for viewer, n := range map[string]int{"mina": 3, "adam": 0} {
		who := map[string]casework.Actor{"mina": mina, "adam": adam}[viewer]
		found, err = h.Whole(ctx(t), all, who)
		require.NoError(t, err)
		require.Len(t, found, n, viewer)
		require.NotContains(t, found, walled.ID)
	}
	_, err = h.Whole(ctx(t), make([]string, 201), rosa)
	refused(t, err, casework.Invalid)
}
