package registry

import (
	"context"
	"time"

	"dueprocess/casework"
)

// Weeks counts week by week what became of the deadlines that fell due.
func (r *Registry) Weeks(ctx context.Context, q casework.FiguresQuery, viewer casework.Actor) ([]casework.Week, error) {
	first, end := casework.DateOf(q.From, q.Zone), casework.DateOf(q.Until.Add(-time.Second), q.Zone)
	out := []casework.Week{}
	for from := first; !end.Before(from); {
		to := min(sunday(from), end)
		if len(out) == casework.MostWeeks {
			return nil, casework.Faulty([]casework.Fault{{Path: "from", Message: "must be no more than three years before to"}})
		}
		week, err := r.week(ctx, q, viewer, from, to)
		if err != nil {
			return nil, fault(err)
		}
		out, from = append(out, week), to.AddDays(1)
	}
	return out, nil
}

// sunday is the last day of a day's week.
func sunday(day casework.Date) casework.Date {
	return day.AddDays((7 - int(day.Start(time.UTC).Weekday())) % 7) //nolint:mnd // days of a week
}

func (r *Registry) week(ctx context.Context, q casework.FiguresQuery, viewer casework.Actor, from, to casework.Date) (casework.Week, error) {
	q.GroupBy, q.From, q.Until = "", from.Start(q.Zone), to.AddDays(1).Start(q.Zone)
	f := figuring{r: r, from: r.reader, q: q, viewer: viewer}
	week := casework.Week{From: from, To: to}
	if err := f.past(ctx); err != nil {
		return week, err
	}
	if err := f.attainment(ctx); err != nil {
		return week, err
	}
	for _, a := range f.out.Attainment {
		week.Due, week.Met, week.Missed, week.Breached, week.Open = week.Due+a.Due, week.Met+a.Met, week.Missed+a.Missed, week.Breached+a.Breached, week.Open+a.Open
	}
	if ended := week.Met + week.Missed + week.Breached; ended > 0 {
		share := float64(week.Met) / float64(ended)
		week.Rate = &share
	}
	return week, nil
}
