package registry

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// The tables deadlines and stages are what the figures of the SLA page are counted from. They say nothing that the case
// and its events do not, and follow it in the same transaction.

// grouping is by what figures are grouped, and the case's wall.
type grouping struct {
	assignee, instrument, country string
	restricted                    bool
}

func groupingOf(c casework.Case) grouping {
	return grouping{plain(c.Assignee), string(c.Request.Instrument.Type), plain(c.Request.Authority.Country), c.Restricted}
}

// ourDeadlines are those that count.
func ourDeadlines(c casework.Case) []casework.Deadline {
	return slices.DeleteFunc(slices.Clone(c.Deadlines), func(d casework.Deadline) bool { return !d.Kind.IsOurs() || d.Due.IsZero() })
}

// counted is all that the two tables hold of a case beside its stages' times, as one text: where it is the same as
// before, they stay as they are.
func counted(c casework.Case) string {
	g := groupingOf(c)
	out := []string{g.assignee, g.instrument, g.country, yes(g.restricted)}
	for _, d := range ourDeadlines(c) {
		out = append(out, string(d.Kind), stamp.Of(d.Due).Text(), string(d.State))
	}
	return strings.Join(out, "\n")
}

// count brings the two tables up to a case.
func (t tx) count(ctx context.Context, c casework.Case, kept queries.LockCaseRow, sequence int, at time.Time) error {
	if kept.Stage == string(c.Stage) && kept.Status != string(starting) && kept.Counted == counted(c) {
		return nil
	}
	// the days that it was counted in, and those that it then is
	return firstOf(t.MarkDays(ctx, c.ID), t.recount(ctx, c, kept, sequence, at), t.MarkDays(ctx, c.ID))
}

func (t tx) recount(ctx context.Context, c casework.Case, kept queries.LockCaseRow, sequence int, at time.Time) error {
	if err := t.countStage(ctx, c, kept, sequence, at); err != nil || kept.Counted == counted(c) {
		return err
	}
	g := groupingOf(c)
	named := queries.NameStagesParams{CaseID: c.ID, Assignee: g.assignee, Instrument: g.instrument, Country: g.country, Restricted: g.restricted}
	if err := firstOf(t.NameStages(ctx, named), t.DropDeadlines(ctx, c.ID)); err != nil {
		return err
	}
	for _, d := range ourDeadlines(c) {
		if err := t.AddDeadline(ctx, deadlineRow(c.ID, d, g)); err != nil {
			return err
		}
	}
	return nil
}

func deadlineRow(id string, d casework.Deadline, g grouping) queries.AddDeadlineParams {
	return queries.AddDeadlineParams{
		CaseID: id, Kind: string(d.Kind), DueAt: stamp.Of(d.Due), State: string(d.State), Assignee: g.assignee, Instrument: g.instrument, Country: g.country,
		Restricted: g.restricted,
	}
}

// countStage ends the time in one stage and begins that in the next; a closed case is in none.
func (t tx) countStage(ctx context.Context, c casework.Case, kept queries.LockCaseRow, sequence int, at time.Time) error {
	if kept.Stage == string(c.Stage) && kept.Status != string(starting) {
		return nil
	}
	open, err := t.OpenStage(ctx, c.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	default:
		left := queries.LeaveStageParams{CaseID: c.ID, N: open.N, LeftAt: stamp.Of(at), Seconds: rounded(at.Sub(open.EnteredAt.Time))}
		if err := t.LeaveStage(ctx, left); err != nil {
			return err
		}
	}
	if c.Stage == casework.InClosed {
		return nil
	}
	return t.EnterStage(ctx, stageRow(c, int64(sequence), at))
}

func stageRow(c casework.Case, n int64, at time.Time) queries.EnterStageParams {
	g := groupingOf(c)
	return queries.EnterStageParams{
		CaseID: c.ID, N: n, Stage: string(c.Stage), EnteredAt: stamp.Of(at), Assignee: g.assignee, Instrument: g.instrument, Country: g.country,
		Restricted: g.restricted,
	}
}

// rounded is a length in seconds, to three significant digits: the median and the ninetieth percentile of a million are
// then counted from some thousand different lengths, at most half a percent off.
func rounded(d time.Duration) int64 {
	seconds := math.Max(0, math.Round(d.Seconds()))
	if seconds < 1000 {
		return int64(seconds)
	}
	step := math.Pow(10, math.Floor(math.Log10(seconds))-2)
	return int64(math.Round(seconds/step) * step)
}
