package registry

import (
	"context"
	"slices"
	"strconv"

	"dueprocess/casework"
)

// looked is how many places a search's total looks at, of the rarest word's or of the cases that its filters select: one
// more than totals are exact to. Who finds more than that refines the search, and does not count.
const looked = exact + 1

var atMost = " LIMIT " + strconv.Itoa(looked)

// totalOfSearch is exact where the rarest word, or the filters, leave no more than so many places to look at. Where they
// leave more it is what was found among them, at least.
func (r *Registry) totalOfSearch(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (n int, atLeast bool, err error) {
	words := split(q.Q)
	words = words[:min(len(words), maxAsked)]
	if len(words) == 0 {
		return r.counted(ctx, selectionOf(q, viewer)) // blanks ask for nothing, signs alone are found nowhere
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) }) // the longest is likely the rarest
	seen, n, err := r.byWord(ctx, q, words, viewer)
	if err != nil || seen < looked || onlyFilters(q) == (casework.CaseQuery{}) {
		return min(n, exact), seen >= looked, err
	}
	seen, also, err := r.byFilters(ctx, q, words, viewer)
	if err != nil || seen < looked {
		return also, false, err
	}
	return min(max(n, also), exact), true, nil
}

// byWord looks at the places of the first word, and which of their cases are asked for.
func (r *Registry) byWord(ctx context.Context, q casework.CaseQuery, words []string, viewer casework.Actor) (seen, n int, err error) {
	places := &selection{}
	places.and("w.word >= ? AND w.word < ?", words[0], words[0]+"\U0010FFFF")
	s := &selection{args: places.args}
	for _, word := range words[1:] {
		s.has("p", word)
	}
	if q = onlyFilters(q); q != (casework.CaseQuery{}) {
		s.selected(q)
	}
	s.outsideWalls(viewer)
	query := "SELECT COUNT(*), COUNT(DISTINCT CASE WHEN " + s.condition() + " THEN p.case_id END) FROM (SELECT w.case_id FROM case_words w" + places.text() + atMost + ") AS p"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&seen, &n)
	return seen, n, err
}

// byFilters looks at the cases that the filters select, and which of them have the words.
func (r *Registry) byFilters(ctx context.Context, q casework.CaseQuery, words []string, viewer casework.Actor) (seen, n int, err error) {
	q.Q = ""
	cases := selectionOf(q, viewer)
	s := &selection{args: cases.args}
	for _, word := range words {
		s.has("p", word)
	}
	query := "SELECT COUNT(*), COUNT(CASE WHEN " + s.condition() + " THEN 1 END) FROM (SELECT c.case_id FROM cases c" + cases.text() + atMost + ") AS p"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&seen, &n)
	return seen, n, err
}

// onlyFilters is a query without its words, order and page.
func onlyFilters(q casework.CaseQuery) casework.CaseQuery {
	q.Q, q.Sort, q.Limit, q.Cursor = "", "", 0, ""
	return q
}

// selected asks whether a place's case is one that the filters select.
func (s *selection) selected(q casework.CaseQuery) {
	within := &selection{args: s.args}
	within.and("c.case_id = p.case_id")
	within.cases(q)
	s.args = within.args
	s.and("EXISTS (SELECT 1 FROM cases c" + within.text() + ")")
}

// outsideWalls leaves out the places of cases that are restricted to others.
func (s *selection) outsideWalls(viewer casework.Actor) {
	if viewer.Kind == casework.Person {
		s.and("NOT EXISTS (SELECT 1 FROM cases r WHERE r.case_id = p.case_id AND r.restricted = TRUE"+
			" AND NOT EXISTS (SELECT 1 FROM members m WHERE m.case_id = r.case_id AND m.name = ?))", plain(viewer.Name))
	}
}
