//go:build unix

package registrytest

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

func (h *house) addMoves(t *testing.T, holder string, at time.Time) int {
	t.Helper()
	n, err := h.AddMoves(ctx(t), registry.Adding{Holder: holder, At: at})
	require.NoError(t, err)
	return n
}

// asListed holds totals to the lists that they are of, for those within walls and without: list asks for both.
func (h *house) asListed(t *testing.T) {
	t.Helper()
	for _, q := range []casework.CaseQuery{
		{}, {Open: true}, {Stage: casework.InReceipt}, {Assignee: "rosa"}, {Unassigned: true}, {Country: "US", Emergency: true}, {SLA: casework.Breached, WaitingOnUs: true},
		{Instrument: casework.NationalSecurityLetter}, {Resolution: casework.ResolvedRefused, Country: "DE"},
	} {
		q.Limit = 200
		for _, viewer := range []casework.Actor{rosa, olivia, mina, casework.TheSystem} {
			h.list(t, q, viewer)
		}
	}
}

// totalsFollow: whatever becomes of cases, and whenever what became of them is added up, totals are those of the lists.
func totalsFollow(t *testing.T, h *house) {
	r := rand.New(rand.NewPCG(7, 7))
	cases := h.mixed(t, r, 12)
	for i := range 60 {
		c := &cases[r.IntN(len(cases))]
		switch r.IntN(5) {
		case 0:
			c.Assignee, c.WaitingOn = pick(r, "", "rosa", "omar"), pick(r, casework.WaitingOns...)
		case 1:
			c.Restricted, c.Work.Members = true, pick(r, []string{"rosa"}, []string{"olivia", "rosa"}, []string{"rosa", "olivia"}, nil)
		case 2:
			c.Restricted, c.Work.Members = false, nil
		case 3:
			c.Request.Authority.Country, c.Request.Emergency.Claimed = pick(r, "DE", "US"), r.IntN(2) == 0
		case 4:
			c.SLA = pick(r, casework.SLAStates...)
		}
		*c = h.staged(t, *c, noon, pick(r, casework.InReceipt, casework.InClosed))
		if i%7 == 0 {
			h.addMoves(t, "a", noon.Add(time.Duration(i)*time.Second))
		}
		if i%5 == 0 {
			h.asListed(t)
		}
	}
	for h.addMoves(t, "a", noon.Add(time.Minute)) > 0 {
		continue
	}
	require.Zero(t, h.count(t, "case_moves"))
	require.Zero(t, h.count(t, "case_sums WHERE n <= 0"))
	h.asListed(t)
}

// addingWhileChanging: several add up while cases change, and nothing is counted twice or lost.
func addingWhileChanging(t *testing.T, h *house) {
	cases := h.mixed(t, rand.New(rand.NewPCG(8, 8)), 4)
	var writing sync.WaitGroup
	for i := range cases {
		writing.Go(func() {
			for n := range 15 {
				cases[i].Assignee = []string{"rosa", "omar", ""}[n%3]
				cases[i] = h.staged(t, cases[i], noon, casework.InLegalReview)
			}
		})
	}
	for _, holder := range []string{"a", "b"} {
		writing.Go(func() {
			for n := range 10 {
				round := registry.Adding{Holder: holder, At: noon.Add(time.Duration(n) * time.Minute)}
				_, err := h.AddMoves(ctx(t), round)
				if n%4 == 0 {
					err = errors.Join(err, h.Recount(ctx(t), round))
				}
				if err != nil { // the other's lease was over before its count was: who comes second does it in the next round
					refused(t, err, casework.Unavailable)
				}
			}
		})
	}
	writing.Wait()
	h.asListed(t)
}

// recountPutsRight: what a release wrote that knows of no kinds is counted within the hour.
func recountPutsRight(t *testing.T, h *house) {
	h.mixed(t, rand.New(rand.NewPCG(9, 9)), 10)
	for h.addMoves(t, "a", noon) > 0 {
		continue
	}
	h.exec(t, "UPDATE case_sums SET n = n + 1")
	h.exec(t, "UPDATE cases SET assignee = 'somebody'")
	total, _, err := h.CountCases(ctx(t), casework.CaseQuery{}, casework.TheSystem)
	require.NoError(t, err)
	require.Greater(t, total, 10)
	h.addMoves(t, "a", noon.Add(59*time.Minute))
	still, _, err := h.CountCases(ctx(t), casework.CaseQuery{}, casework.TheSystem)
	require.NoError(t, err)
	require.Equal(t, total, still)
	h.addMoves(t, "b", noon.Add(61*time.Minute))
	h.asListed(t)
	require.Zero(t, h.addMoves(t, "a", noon.Add(61*time.Minute+time.Second)), "b's lease runs")
}
