package registry

import (
	"context"
	"slices"
	"strconv"

	"dueprocess/casework"
)

// sampled is how many places a search looks at that has more than it could look at all of: what is found among them is
// its total, at least. Who finds more than that refines the search, and does not count.
const sampled = 2_000

// totalOfSearch is exact where one of the words, or the filters, leave no more places to look at than totals are exact to.
// Where all leave more it is what was found among some of them, at least.
func (r *Registry) totalOfSearch(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (n int, atLeast bool, err error) {
	words := split(q.Q)
	filtered := onlyFilters(q) != (casework.CaseQuery{})
	if len(words) == 0 {
		return r.counted(ctx, selectionOf(q, viewer)) // blanks ask for nothing, signs alone are found nowhere
	}
	rare := len(words) == 1 && !filtered // there is nothing else to look at
	if !rare {
		words, rare, err = r.rarestFirst(ctx, words)
	}
	switch {
	case err != nil:
		return 0, false, err
	case rare:
		seen, n, err := r.byWord(ctx, q, words, viewer, exact+1)
		return min(n, exact), seen > exact, err
	case filtered:
		return r.byFiltersOrSample(ctx, q, words, viewer)
	}
	_, n, err = r.byWord(ctx, q, words, viewer, sampled)
	return n, true, err
}

// rarestFirst puts a word first that stands in few places, if there is one; else the longest, which is likely the rarest.
func (r *Registry) rarestFirst(ctx context.Context, words []string) (ordered []string, rare bool, err error) {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	for i, word := range words {
		places := placesOf(word, exact+1)
		var n int
		if err := r.reader.QueryRowContext(ctx, "SELECT COUNT(*) FROM ("+places.query+") AS p", places.args...).Scan(&n); err != nil {
			return words, false, err
		}
		if n <= exact {
			words[0], words[i] = words[i], words[0]
			return words, true, nil
		}
	}
	return words, false, nil
}

// places is a statement for the places of a word, as many as are asked for.
type places struct {
	query string
	args  []any
}

func placesOf(word string, most int) places {
	s := &selection{}
	s.and("w.word >= ? AND w.word < ?", word, word+"\U0010FFFF")
	return places{"SELECT w.case_id FROM case_words w" + s.text() + " LIMIT " + strconv.Itoa(most), s.args}
}

// byFiltersOrSample looks at all cases that the filters select where they are few, else at some of them and at some places
// of the first word.
func (r *Registry) byFiltersOrSample(ctx context.Context, q casework.CaseQuery, words []string, viewer casework.Actor) (n int, atLeast bool, err error) {
	selected, more, err := r.total(ctx, onlyFilters(q), viewer)
	if err != nil {
		return 0, false, err
	}
	if !more && selected <= exact {
		n, err = r.byFilters(ctx, q, words, viewer, exact)
		return n, false, err
	}
	_, n, err = r.byWord(ctx, q, words, viewer, sampled/2)
	if err != nil {
		return 0, false, err
	}
	also, err := r.byFilters(ctx, q, words, viewer, sampled/2)
	return max(n, also), true, err
}

// byWord looks at so many places of the first word, and which of their cases are asked for.
func (r *Registry) byWord(ctx context.Context, q casework.CaseQuery, words []string, viewer casework.Actor, most int) (seen, n int, err error) {
	places := placesOf(words[0], most)
	s := &selection{args: places.args}
	for _, word := range words[1:] {
		s.has("p", word)
	}
	if q = onlyFilters(q); q != (casework.CaseQuery{}) {
		s.selected(q)
	}
	s.outsideWalls(viewer)
	query := "SELECT COUNT(*), COUNT(DISTINCT CASE WHEN " + s.condition() + " THEN p.case_id END) FROM (" + places.query + ") AS p"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&seen, &n)
	return seen, n, err
}

// byFilters looks at so many cases that the filters select, and how many of them have the words.
func (r *Registry) byFilters(ctx context.Context, q casework.CaseQuery, words []string, viewer casework.Actor, most int) (n int, err error) {
	cases := selectionOf(onlyFilters(q), viewer)
	s := &selection{args: cases.args}
	for _, word := range words {
		s.has("p", word)
	}
	query := "SELECT COUNT(CASE WHEN " + s.condition() + " THEN 1 END) FROM (SELECT c.case_id FROM cases c" + cases.text() + " LIMIT " + strconv.Itoa(most) + ") AS p"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&n)
	return n, err
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
