package registry

import (
	"context"

	"dueprocess/casework"
)

// exact is how far totals are counted.
const exact = 10_000

// CountCases is how many cases a query selects, exactly up to a bound; atLeast: there are more. Of a search for words it
// may be less exact: see totalOfSearch.
func (r *Registry) CountCases(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (n int, atLeast bool, err error) {
	if !readsCases(viewer) {
		return 0, false, nil
	}
	if err := r.CheckQuery(q); err != nil {
		return 0, false, err
	}
	n, atLeast, err = r.total(ctx, q, viewer)
	return n, atLeast, fault(err)
}

func (r *Registry) total(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (n int, atLeast bool, err error) {
	_, numbered := numberIn(q.Q)
	switch {
	case q.Q != "" && !numbered:
		return r.totalOfSearch(ctx, q, viewer)
	case q.Q != "" || !q.DueBefore.IsZero():
		return r.counted(ctx, selectionOf(q, viewer))
	}
	if onlyFilters(q) == (casework.CaseQuery{}) {
		if many, err := r.plainlyMany(ctx); many || err != nil {
			return exact, many, err
		}
	}
	n, err = r.totalOfKinds(ctx, q, viewer)
	return min(n, exact), n > exact, err
}

// plainlyMany reports whether the most frequent kinds outside walls alone are twice as many as totals are exact to:
// whatever else there is, and is on its way, need not be added up. Whoever asks for all cases asks so most often.
func (r *Registry) plainlyMany(ctx context.Context) (bool, error) {
	n := 0
	const most = "SELECT CAST(COALESCE(SUM(m.n), 0) AS BIGINT) FROM (SELECT k.n FROM case_sums k WHERE k.wall = '' ORDER BY k.n DESC LIMIT 100) AS m"
	err := r.reader.QueryRowContext(ctx, most).Scan(&n)
	return n > 2*exact, err //nolint:mnd // a margin: moves that are not added up yet may take some away
}

// counted counts case by case: what has few of them.
func (r *Registry) counted(ctx context.Context, s *selection) (n int, atLeast bool, err error) {
	query := "SELECT COUNT(*) FROM (SELECT 1 FROM cases c" + s.text() + " LIMIT 10001) AS counted"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&n)
	return min(n, exact), n > exact, err
}

// kindColumns are a kind's, and how many there are of it; filterColumns are what filters ask.
const (
	kindColumns   = "stage, waiting_on, assignee, country, instrument, sla, resolution, emergency, wall, n"
	filterColumns = "k.stage, k.waiting_on, k.assignee, k.country, k.instrument, k.sla, k.resolution, k.emergency"
)

// everyKind is what is added up and what is on its way there, as k.
const everyKind = " FROM (SELECT " + kindColumns + " FROM case_sums UNION ALL SELECT " + kindColumns + " FROM case_moves) AS k"

// totalOfKinds adds up how many cases there are of the kinds that a query selects.
func (r *Registry) totalOfKinds(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (n int, err error) {
	s := &selection{}
	s.filters("k", q)
	if viewer.Kind == casework.Person {
		s.and("k.wall IN (SELECT '' UNION ALL SELECT w.wall FROM walls w WHERE w.name = ?)", plain(viewer.Name))
	}
	query := "SELECT CAST(COALESCE(SUM(k.n), 0) AS BIGINT)" + everyKind + s.text()
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&n)
	return n, err
}
