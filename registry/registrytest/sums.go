//go:build unix

package registrytest

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

const aDay = 24 * time.Hour

// marked are the changes of days that are summed.
const marked = "day_changes c WHERE EXISTS (SELECT 1 FROM day_sums s WHERE s.day = c.day)"

// sum sums every day that is to be summed.
func (h *house) sum(t *testing.T) {
	t.Helper()
	for range 20 {
		n, err := h.SumDays(ctx(t), registry.Summing{Holder: "a", At: noon, Today: casework.DateOf(noon, time.UTC), Most: 60})
		require.NoError(t, err)
		if n <= 1 { // only the oldest once more
			return
		}
	}
	require.Fail(t, "there is always another day to sum")
}

// asRows holds the figures to what they are without sums, in every grouping, for those within walls and without, over
// whole days and parts of days.
func (h *house) asRows(t *testing.T, what string) {
	t.Helper()
	odd := time.FixedZone("odd", 5*3600+1800)
	var asked []casework.FiguresQuery
	for _, by := range append(slices.Clone(casework.Groupings), "") {
		for _, from := range []time.Time{noon.Add(-40 * aDay), noon.Add(-9 * aDay), time.Date(2026, 11, 2, 0, 0, 0, 0, odd)} {
			asked = append(asked, casework.FiguresQuery{From: from, Until: noon.Add(30 * time.Hour), GroupBy: by, Now: noon, Zone: odd})
		}
	}
	var with []casework.Figures
	for _, q := range asked {
		for _, viewer := range []casework.Actor{rosa, mina, casework.TheSystem} {
			with = append(with, h.figures(t, q, viewer))
		}
	}
	_, err := h.raw(t).ExecContext(ctx(t), "DELETE FROM day_sums")
	require.NoError(t, err)
	for _, q := range asked {
		for _, viewer := range []casework.Actor{rosa, mina, casework.TheSystem} {
			require.Equal(t, h.figures(t, q, viewer), with[0], "%s, by %q, from %s, for %s", what, q.GroupBy, q.From, viewer.Name)
			with = with[1:]
		}
	}
	h.sum(t)
}

// sumsAreOfRows: whatever becomes of a case after its days were summed, the figures are those of the rows.
func sumsAreOfRows(t *testing.T, h *house) {
	var cases []casework.Case
	for i := range 12 {
		c := h.receive(t, paper())
		at := noon.Add(-time.Duration(30-i) * aDay)
		c = h.staged(t, c, at, casework.InLegalReview, dueAt(casework.DueVerify, at.Add(4*aDay), casework.OnTrack), dueAt(casework.DueRespond, at.Add(5*aDay), casework.OnTrack))
		cases = append(cases, h.staged(t, c, at.Add(time.Duration(i)*13*time.Hour), casework.InDisclosure, c.Deadlines...))
	}
	h.sum(t)
	require.NotZero(t, h.count(t, "day_sums"))
	require.Zero(t, h.count(t, marked))
	h.asRows(t, "as it was")
	change := func(what string, i int, do func(c *casework.Case)) {
		c := cases[i]
		do(&c)
		cases[i] = h.staged(t, c, noon.Add(-time.Hour), c.Stage, c.Deadlines...)
		require.NotZero(t, h.count(t, marked), what)
		h.asRows(t, what)
		require.Zero(t, h.count(t, marked), "what was marked is summed")
	}
	change("reassigned", 1, func(c *casework.Case) { c.Assignee = "rosa" })
	change("restricted", 2, func(c *casework.Case) { c.Restricted, c.Work.Members = true, []string{"rosa"} })
	change("restricted to others", 3, func(c *casework.Case) { c.Restricted, c.Work.Members = true, []string{"olivia"} })
	change("unrestricted", 2, func(c *casework.Case) { c.Restricted, c.Work.Members = false, nil })
	change("a deadline breached", 4, func(c *casework.Case) {
		c.Deadlines = slices.Clone(c.Deadlines)
		c.Deadlines[0].State = casework.Breached
	})
	change("a deadline moved", 5, func(c *casework.Case) {
		c.Deadlines = []casework.Deadline{dueAt(casework.DueVerify, noon.Add(-20*aDay), casework.Met)}
	})
	change("a country corrected", 6, func(c *casework.Case) { c.Request.Authority.Country = "FR" })
	change("closed", 7, func(c *casework.Case) { c.Stage = casework.InClosed })
	require.NoError(t, h.Erase(ctx(t), cases[7].ID))
	h.asRows(t, "purged")
}

// changeWhileSumming: changes and sums of the same days at once, and in the end the figures are those of the rows.
func changeWhileSumming(t *testing.T, h *house) {
	var cases []casework.Case
	for range 4 {
		c := h.receive(t, paper())
		cases = append(cases, h.staged(t, c, noon.Add(-3*aDay), casework.InLegalReview, dueAt(casework.DueVerify, noon.Add(-2*aDay), casework.OnTrack)))
	}
	var writing sync.WaitGroup
	for i := range cases {
		writing.Go(func() {
			for n := range 12 {
				cases[i].Assignee = []string{"rosa", "omar", ""}[n%3]
				cases[i] = h.staged(t, cases[i], noon.Add(-aDay), casework.InLegalReview, cases[i].Deadlines...)
			}
		})
	}
	for _, holder := range []string{"a", "b"} {
		writing.Go(func() {
			for range 12 {
				_, err := h.SumDays(ctx(t), registry.Summing{Holder: holder, At: noon, Today: casework.DateOf(noon, time.UTC), Most: 30})
				require.NoError(t, err)
			}
		})
	}
	writing.Wait()
	h.asRows(t, "after all")
}

// countingFollows: the row of counting facts is what the newest event says, whatever is done; one that is not is found.
func countingFollows(t *testing.T, h *house) {
	c := h.receive(t, paper())
	refused := casework.ResolvedRefused
	c.Resolution = &refused
	c = h.staged(t, c, noon, casework.InClosed)
	walled := h.receive(t, secret("rosa"))
	year := func() []casework.Tally {
		found, err := h.Tallies(ctx(t), "2026-01-01", "2027-01-01")
		require.NoError(t, err)
		return found
	}
	var classes []casework.ReportClass
	for _, tally := range year() {
		require.Equal(t, 1, tally.Cases)
		classes = append(classes, tally.Class)
	}
	require.ElementsMatch(t, []casework.ReportClass{casework.CountsRefused, casework.CountsInProcess}, classes)
	none, err := h.Tallies(ctx(t), "2025-01-01", "2026-01-01")
	require.NoError(t, err)
	require.Empty(t, none)
	rederived := func(differ ...string) {
		found, err := h.Rederive(ctx(t))
		require.NoError(t, err)
		require.Equal(t, 2, found.Cases)
		require.ElementsMatch(t, differ, found.Differ)
	}
	rederived()
	before := year()
	require.NoError(t, h.Looked(ctx(t), c.ID, rosa, "case", noon))
	rederived()
	h.exec(t, "UPDATE counting SET accounts = accounts + 1 WHERE case_id = $1", c.ID)
	h.exec(t, "DELETE FROM counting WHERE case_id = $1", walled.ID)
	rederived(c.ID, walled.ID)
	require.Equal(t, before, year())
	require.NoError(t, h.Erase(ctx(t), c.ID))
	rederived()
	require.Equal(t, before, year(), "what is purged still counts")
}

// totalsOfWords: the short way of counting finds what the list has, within walls and without.
func totalsOfWords(t *testing.T, h *house) {
	for range 3 {
		h.receive(t, paper())
	}
	h.receive(t, secret("rosa"))
	for _, q := range []string{"p", "polizei", "pol", "officer polizei", "polizei officer", "nobody", "officer nobody", "a b", "1", "26 1"} {
		for _, viewer := range []casework.Actor{rosa, mina, casework.TheSystem} {
			l := h.list(t, casework.CaseQuery{Q: q, Limit: 200}, viewer)
			require.Equal(t, len(l.Cases), l.Total, "%q for %s", q, viewer.Name)
		}
	}
	require.Equal(t, 4, h.list(t, casework.CaseQuery{Q: "officer"}, rosa).Total)
	require.Equal(t, 3, h.list(t, casework.CaseQuery{Q: "officer"}, mina).Total)
	h.frequent(t)
}

// frequent: of what is found too often to be counted, a total says so; filters that leave little make it exact again.
func (h *house) frequent(t *testing.T) {
	t.Helper()
	few := paper()
	few.Request.Authority.Country = "FR"
	one := h.receive(t, few)
	h.multiply(t, h.receive(t, paper()).ID, 10_100)
	h.exec(t, "INSERT INTO case_words (case_id, word) SELECT case_id, 'frequent' FROM cases WHERE case_id NOT LIKE 'copy-10%'")
	l := h.list(t, casework.CaseQuery{Q: "frequent", Limit: 50}, mina)
	require.False(t, l.TotalIsMinimum, "exact to ten thousand")
	require.Equal(t, 10_100+5-212, l.Total)
	h.exec(t, "INSERT INTO case_words (case_id, word) SELECT case_id, 'frequent' FROM cases WHERE case_id LIKE 'copy-10%'")
	l = h.list(t, casework.CaseQuery{Q: "frequent", Limit: 50}, mina)
	require.True(t, l.TotalIsMinimum)
	require.Equal(t, 10_000, l.Total)
	l = h.list(t, casework.CaseQuery{Q: "frequent", Country: "FR", Limit: 1}, mina)
	require.Equal(t, []string{one.ID}, ids(l.Cases))
	require.False(t, l.TotalIsMinimum)
	h.exec(t, "DELETE FROM case_words WHERE word = 'frequent'")
}
