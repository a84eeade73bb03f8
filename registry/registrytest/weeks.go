//go:build unix

package registrytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// weeksAddUp: the weeks of a time are its figures, cut at Mondays.
func weeksAddUp(t *testing.T, h *house) {
	for i, state := range []casework.SLA{casework.Met, casework.Missed, casework.Breached, casework.Met} {
		at := noon.AddDate(0, 0, 3*i) // Friday 20, Monday 23, Thursday 26, Sunday 29
		h.staged(t, h.receive(t, paper()), noon.Add(time.Hour), casework.InLegalReview, dueAt(casework.DueReview, at, state))
	}
	day := func(d casework.Date) time.Time { return d.Start(time.UTC) }
	q := casework.FiguresQuery{From: day("2026-11-18"), Until: day("2026-12-02"), Now: noon, Zone: time.UTC, GroupBy: casework.ByCountry}
	weeks, err := h.Weeks(ctx(t), q, mina)
	require.NoError(t, err)
	one, half := 1.0, 1.0/3
	none := (*float64)(nil)
	require.Equal(t, []casework.Week{
		{From: "2026-11-18", To: "2026-11-22", Due: 1, Met: 1, Rate: &one},
		{From: "2026-11-23", To: "2026-11-29", Due: 3, Met: 1, Missed: 1, Breached: 1, Rate: &half},
		{From: "2026-11-30", To: "2026-12-01", Rate: none},
	}, weeks)
	q.From = day("2020-01-01")
	_, err = h.Weeks(ctx(t), q, mina)
	refused(t, err, casework.Invalid)
}
