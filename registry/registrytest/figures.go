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

// staged is a change made by hand at an instant: the case is then in a stage, with deadlines.
func (h *house) staged(t *testing.T, c casework.Case, at time.Time, stage casework.Stage, deadlines ...casework.Deadline) casework.Case {
	t.Helper()
	c.Stage, c.Deadlines, c.Work.Started, c.Work.At = stage, deadlines, true, at
	ch := change(c, casework.Commented, `{}`)
	ch.Events[0].At = at
	require.NoError(t, h.Store(ctx(t), ch))
	return ch.Case
}

func dueAt(kind casework.DeadlineKind, at time.Time, state casework.SLA) casework.Deadline {
	return casework.Deadline{Kind: kind, Date: casework.DateOf(at, time.UTC), Due: at, Zone: "UTC", State: state}
}

func question(by casework.Grouping) casework.FiguresQuery {
	return casework.FiguresQuery{From: noon.AddDate(0, 0, -30), Until: noon.AddDate(0, 0, 1), GroupBy: by, Now: noon, Zone: time.UTC}
}

func (h *house) figures(t *testing.T, q casework.FiguresQuery, viewer casework.Actor) casework.Figures {
	t.Helper()
	f, err := h.Figures(ctx(t), q, viewer)
	require.NoError(t, err)
	return f
}

// figuresAreCounted holds every figure to a count by hand over the same cases.
func figuresAreCounted(t *testing.T, h *house) {
	const day = 24 * time.Hour
	c := h.receive(t, paper())
	c = h.staged(t, c, noon, casework.InReceipt, dueAt(casework.DueVerify, noon.Add(-day), casework.Breached), dueAt(casework.DueRespond, noon.Add(3*day), casework.OnTrack))
	c = h.staged(t, c, noon.Add(2*time.Hour), casework.InLegalReview, c.Deadlines...)
	c.Assignee = "rosa"
	c = h.staged(t, c, noon.Add(5*time.Hour), casework.InDisclosure,
		dueAt(casework.DueVerify, noon.Add(-day), casework.Missed), dueAt(casework.DueRespond, noon.Add(3*day), casework.DueSoon), dueAt(casework.SecrecyUntil, noon.Add(day), casework.OnTrack),
		dueAt(casework.DueReview, noon.Add(2*day), casework.Paused))
	other := h.receive(t, paper())
	h.staged(t, other, noon.Add(40*time.Second), casework.InClosed, dueAt(casework.DueVerify, noon.Add(-2*day), casework.Met))

	f := h.figures(t, question(""), rosa)
	half := 0.5
	require.Equal(t, []casework.Attainment{{Kind: casework.DueVerify, Due: 2, Met: 1, Missed: 1, Rate: &half}}, f.Attainment)
	require.Equal(t, []casework.Breaches{{Kind: casework.DueVerify, Cases: 1}}, f.Breaches)
	require.Equal(t, []casework.Forecast{{Date: casework.DateOf(noon.Add(3*day), time.UTC), Due: 1}}, f.Forecast)
	require.Equal(t, []casework.Load{{Assignee: "rosa", Open: 1}}, f.Load)
	one := 1
	require.Equal(t, []casework.Age{{FromDays: 0, ToDays: &one, Cases: 1}}, f.Ageing)
	require.Equal(t, []casework.InStage{
		{Stage: casework.InReceipt, Cases: 2, Median: casework.Period(40 * time.Second), P90: casework.Period(2 * time.Hour)},
		{Stage: casework.InLegalReview, Cases: 1, Median: casework.Period(3 * time.Hour), P90: casework.Period(3 * time.Hour)},
	}, f.InStage)
	require.Equal(t, casework.Date("2026-10-21"), f.From)
	require.Equal(t, casework.Date("2026-11-21"), f.To)

	by := h.figures(t, question(casework.ByAssignee), rosa)
	require.Equal(t, "rosa", by.Forecast[0].Group)
	require.Equal(t, []string{"", "rosa"}, []string{by.Attainment[0].Group, by.Attainment[1].Group})
	require.Equal(t, c.Assignee, by.Ageing[0].Group)
}

// figuresOfMany: medians and shares of many random stays are those of the sorted list, but for the third digit.
func figuresOfMany(t *testing.T, h *house) {
	r := rand.New(rand.NewPCG(4, 4))
	stays := []time.Duration{}
	for range 40 {
		stay := time.Duration(1+r.IntN(2_000_000)) * time.Second
		stays = append(stays, stay)
		c := h.receive(t, paper())
		h.staged(t, c, noon.Add(stay), casework.InClosed)
	}
	q := question("")
	q.Until = noon.AddDate(0, 2, 0)
	f := h.figures(t, q, rosa)
	require.Len(t, f.InStage, 1)
	slices.Sort(stays)
	require.InEpsilon(t, stays[19].Seconds(), time.Duration(f.InStage[0].Median).Seconds(), 0.005)
	require.InEpsilon(t, stays[35].Seconds(), time.Duration(f.InStage[0].P90).Seconds(), 0.005)
}

// figuresKeepToTheWall: what is behind a wall is counted for its members alone, and follows when the wall moves.
func figuresKeepToTheWall(t *testing.T, h *house) {
	c := h.receive(t, secret("rosa"))
	c = h.staged(t, c, noon.Add(time.Hour), casework.InLegalReview, dueAt(casework.DueReview, noon.Add(time.Hour), casework.Breached))
	for _, by := range append(slices.Clone(casework.Groupings), "") {
		inside, outside := h.figures(t, question(by), rosa), h.figures(t, question(by), mina)
		require.NotEmpty(t, inside.Attainment)
		require.NotEmpty(t, inside.Ageing)
		require.NotEmpty(t, inside.InStage)
		require.NotEmpty(t, inside.Load)
		require.NotEmpty(t, inside.Breaches)
		require.NotEmpty(t, inside.Forecast)
		outside.From, outside.To, outside.At, outside.GroupBy = "", "", time.Time{}, ""
		require.Equal(t, casework.Figures{
			Attainment: []casework.Attainment{}, Ageing: []casework.Age{}, InStage: []casework.InStage{}, Load: []casework.Load{}, Breaches: []casework.Breaches{},
			Forecast: []casework.Forecast{},
		}, outside)
	}
	c.Restricted = false
	h.staged(t, c, noon.Add(2*time.Hour), casework.InLegalReview, c.Deadlines...)
	require.NotEmpty(t, h.figures(t, question(""), mina).InStage)
}

// evaluatedOtherwise finds the open cases whose answer is of another rulebook.
func evaluatedOtherwise(t *testing.T, h *house) {
	open, done, never := h.receive(t, paper()), h.receive(t, paper()), h.receive(t, paper())
	open.Work.Rulebook, done.Work.Rulebook = "old", "old"
	open = h.staged(t, open, noon, casework.InLegalReview)
	h.staged(t, done, noon, casework.InClosed)
	found := func(rulebook, after string) []string {
		stale, err := h.EvaluatedOtherwise(ctx(t), rulebook, after)
		require.NoError(t, err)
		var ids []string
		for _, s := range stale {
			ids = append(ids, s.Case+s.Entry)
		}
		return ids
	}
	require.Equal(t, []string{open.ID}, found("new", ""))
	require.Empty(t, found("new", open.ID))
	require.Empty(t, found("old", ""))
	require.NotEqual(t, never.ID, open.ID)

	entry := casework.BookEntry{ID: "de-polizei", Name: "Polizei", Country: "DE", Domains: []string{"polizei.example"}}
	put := func(e casework.BookEntry) {
		_, err := h.PutAuthority(ctx(t), e, olivia, noon, 0)
		require.NoError(t, err)
	}
	put(casework.BookEntry{ID: "de-other", Name: "Other", Country: "DE", Domains: []string{"other.example"}})
	require.Empty(t, found("old", ""), "an entry of somebody else")
	put(entry)
	require.Equal(t, []string{open.ID + "de-polizei", never.ID + "de-polizei"}, found("old", ""))
	require.NoError(t, h.Reconsidered(ctx(t), casework.Stale{Case: never.ID, Entry: "de-polizei"}))
	h.staged(t, open, noon.Add(time.Hour), casework.InDisclosure)
	require.Equal(t, []string{open.ID + "de-polizei"}, found("old", ""), "no other change makes it forget")
	require.NoError(t, h.Reconsidered(ctx(t), casework.Stale{Case: open.ID, Entry: "de-polizei"}))
	entry.Country = "AT"
	put(entry)
	require.Equal(t, []string{never.ID + "de-polizei"}, found("old", ""), "it was theirs before; the other is decided")
}
