package registry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// The figures of past days are summed once a day is over, and again when a case changes what they were counted from:
// its change marks the days (day_changes) in its own transaction. What is marked, or not yet summed, the figures count
// from the rows, so that they are exact at any time. Cases behind walls are in no sums.

// summing is the lease of whoever sums: a day is summed by one transaction at a time.
const summing = "day sums"

// mostDays is how many days back are summed: eleven years; what is older is counted from its rows.
const mostDays = 4000

// groupings are by what days are summed; the first is all of it together.
var groupings = append([]casework.Grouping{""}, casework.Groupings...)

// Summing is one round: who sums, when, before which day (UTC) all are over, and how many days at most.
type Summing struct {
	Holder string
	At     time.Time
	Today  casework.Date
	Most   int
}

// SumDays sums days before today that are not summed or have changed since, at most so many, each in its own transaction;
// and the one summed longest ago once more, in case a release that marks nothing still writes. It answers how many.
func (r *Registry) SumDays(ctx context.Context, s Summing) (n int, err error) {
	days, err := r.daysToSum(ctx, s.Today, s.Most)
	if err != nil {
		return 0, fault(err)
	}
	for _, day := range days {
		held := false
		if err := r.write(ctx, func(t tx) (err error) { held, err = t.sumDay(ctx, s, day); return err }); err != nil || !held {
			return n, err
		}
		n++
	}
	return n, nil
}

func (r *Registry) daysToSum(ctx context.Context, today casework.Date, most int) ([]casework.Date, error) {
	marked, err := r.reads.MarkedDays(ctx, string(today))
	if err != nil {
		return nil, err
	}
	have, err := r.reads.SummedDays(ctx)
	if err != nil {
		return nil, err
	}
	summed, days := map[string]bool{}, []casework.Date{}
	for _, day := range have {
		summed[day] = true
	}
	for _, day := range marked {
		if summed[day] {
			days = append(days, casework.Date(day))
		}
	}
	first, err := r.reads.FirstDay(ctx)
	if err != nil {
		return nil, err
	}
	if far := today.AddDays(-mostDays); casework.Date(first).Valid() && casework.Date(first).Before(far) {
		first = string(far)
	}
	for day := casework.Date(first); day.Valid() && day.Before(today) && len(days) < most; day = day.AddDays(1) {
		if !summed[string(day)] {
			days = append(days, day)
		}
	}
	return r.withOldest(ctx, days[:min(len(days), most)])
}

// withOldest adds the day that was summed longest ago.
func (r *Registry) withOldest(ctx context.Context, days []casework.Date) ([]casework.Date, error) {
	oldest, err := r.reads.OldestSum(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return days, nil
	}
	return append(days, casework.Date(oldest)), err
}

// sumDay drops the marks before it counts: a change that comes between is counted and marked both, one that comes after
// is marked.
func (t tx) sumDay(ctx context.Context, s Summing, day casework.Date) (bool, error) {
	lease := queries.TakeLeaseParams{Name: summing, Holder: s.Holder, Until: stamp.Of(s.At.Add(leaseLength)), Now: stamp.Of(s.At)}
	held, err := t.TakeLease(ctx, lease)
	if err != nil || held == 0 {
		return false, err
	}
	if err := t.DropMarks(ctx, string(day)); err != nil {
		return false, err
	}
	by, err := t.countDay(ctx, stamp.Of(day.Start(time.UTC)), stamp.Of(day.AddDays(1).Start(time.UTC)))
	if err != nil {
		return false, err
	}
	for _, g := range groupings {
		kept := queries.SetDaySumParams{Day: string(day), Grouped: string(g), SummedAt: stamp.Of(s.At), Counts: by[g].bytes()}
		if err := t.SetDaySum(ctx, kept); err != nil {
			return false, err
		}
	}
	return true, nil
}

// countDay counts a day from its rows, for each grouping.
func (t tx) countDay(ctx context.Context, since, until stamp.Time) (map[casework.Grouping]sums, error) {
	by := map[casework.Grouping]sums{}
	for _, g := range groupings {
		by[g] = newSums()
	}
	stays, err := t.StaysOn(ctx, queries.StaysOnParams{Since: since, Until: until})
	if err != nil {
		return nil, err
	}
	for _, s := range stays {
		for g, group := range grouped(s.Assignee, s.Instrument, s.Country) {
			by[g].stay(stayKey{group, casework.Stage(s.Stage)}, slotOf(s.Seconds), int(s.N))
		}
	}
	due, err := t.DueOn(ctx, queries.DueOnParams{Since: since, Until: until})
	for _, d := range due {
		for g, group := range grouped(d.Assignee, d.Instrument, d.Country) {
			by[g].due[dueKey{group, d.Kind, casework.SLA(d.State)}] += int(d.N)
		}
	}
	return by, err
}

func grouped(assignee, instrument, country string) map[casework.Grouping]string {
	return map[casework.Grouping]string{"": "", casework.ByAssignee: assignee, casework.ByInstrument: instrument, casework.ByCountry: country}
}
