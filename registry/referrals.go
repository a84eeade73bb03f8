package registry

import (
	"context"
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Referrals counts the cases sent to the treaty route from a day on and before another (UTC), by country and route, and
// how long it took until something came of them. Every case is in it, also those behind walls: it is for the report.
func (r *Registry) Referrals(ctx context.Context, from, until casework.Date) ([]casework.ReferralTally, error) {
	rows, err := r.reads.ReferredFrom(ctx, queries.ReferredFromParams{Since: string(from), Until: string(until)})
	out := []casework.ReferralTally{}
	for _, group := range routes(rows) {
		out = append(out, referrals(group))
	}
	return out, fault(err)
}

// routes are the rows of one country and route each.
func routes(rows []queries.ReferredFromRow) (groups [][]queries.ReferredFromRow) {
	for _, row := range rows {
		if n := len(groups); n > 0 && groups[n-1][0].Country == row.Country && groups[n-1][0].Route == row.Route {
			groups[n-1] = append(groups[n-1], row)
			continue
		}
		groups = append(groups, []queries.ReferredFromRow{row})
	}
	return groups
}

func referrals(rows []queries.ReferredFromRow) casework.ReferralTally {
	t := casework.ReferralTally{Country: rows[0].Country, Route: casework.Route(rows[0].Route), Outcomes: map[casework.MLATOutcome]int{}}
	var days []int
	for _, row := range rows {
		n := int(row.Cases)
		t.Cases += n
		if row.MlatOutcome == "" {
			t.Waiting += n
			continue
		}
		t.Outcomes[casework.MLATOutcome(row.MlatOutcome)] += n
		days = append(days, slices.Repeat([]int{daysBetween(row.ReferredOn, row.MlatOn)}, n)...)
	}
	slices.Sort(days)
	t.MedianDays, t.NinetiethDays = share(days, 50), share(days, 90)
	return t
}

func daysBetween(from, to string) int {
	return int(casework.Date(to).Start(time.UTC).Sub(casework.Date(from).Start(time.UTC)) / (24 * time.Hour))
}

// share is the least of sorted numbers that so many of a hundred do not exceed; none of nothing.
func share(sorted []int, percent int) int {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*percent+99)/100-1]
}
