package registry

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
)

// entries is how many places of a word in the index are looked at before a total is counted the long way: twice what is
// counted exactly, since a case may have several words that begin alike.
const entries = 2 * exact

// CountCases is how many cases a query selects, exactly up to a bound; atLeast: there are more.
func (r *Registry) CountCases(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (n int, atLeast bool, err error) {
	if !readsCases(viewer) {
		return 0, false, nil
	}
	n, atLeast, err = r.total(ctx, selectionOf(q, viewer), q, viewer)
	return n, atLeast, fault(err)
}

// total counts the cases selected, exactly up to a bound.
func (r *Registry) total(ctx context.Context, s *selection, q casework.CaseQuery, viewer casework.Actor) (n int, atLeast bool, err error) {
	if words := onlyWords(q); len(words) > 0 {
		if n, enough, err := r.totalOfWords(ctx, words, viewer); err != nil || enough {
			return min(n, exact), n > exact, err
		}
	}
	query := "SELECT COUNT(*) FROM (SELECT 1 FROM cases c" + s.text() + " LIMIT " + strconv.Itoa(exact+1) + ") AS counted"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&n)
	return min(n, exact), n > exact, err
}

// onlyWords are the words of a search that asks for nothing else.
func onlyWords(q casework.CaseQuery) []string {
	if q.Q == "" || strings.HasPrefix(strings.ToUpper(strings.TrimSpace(q.Q)), "LR-") {
		return nil
	}
	q.Sort, q.Limit, q.Cursor = "", 0, ""
	if q != (casework.CaseQuery{Q: q.Q}) {
		return nil
	}
	words := split(q.Q)
	return words[:min(len(words), maxAsked)]
}

// totalOfWords counts by the index of words alone, without a look at the cases but for those behind walls: it begins with
// the longest word, which is likely the rarest. Enough is false where it looked at as many places as it may and found
// fewer cases than a total is exact to.
func (r *Registry) totalOfWords(ctx context.Context, words []string, viewer casework.Actor) (n int, enough bool, err error) {
	words = slices.SortedStableFunc(slices.Values(words), func(a, b string) int { return len(b) - len(a) })
	s := &selection{}
	s.begins("w", words[0])
	for _, word := range words[1:] {
		also := &selection{args: s.args}
		also.begins("o", word)
		s.args = also.args
		s.and("EXISTS (SELECT 1 FROM case_words o" + also.text() + " AND o.case_id = w.case_id)")
	}
	if viewer.Kind == casework.Person {
		s.and("NOT EXISTS (SELECT 1 FROM cases r WHERE r.case_id = w.case_id AND r.restricted = TRUE"+
			" AND NOT EXISTS (SELECT 1 FROM members m WHERE m.case_id = r.case_id AND m.name = ?))", plain(viewer.Name))
	}
	var seen int
	query := "SELECT COUNT(*), COUNT(DISTINCT counted.case_id) FROM (SELECT w.case_id FROM case_words w" + s.text() + " LIMIT " + strconv.Itoa(entries) + ") AS counted"
	err = r.reader.QueryRowContext(ctx, query, s.args...).Scan(&seen, &n)
	return n, seen < entries || n > exact, err
}

// begins asks for words with a beginning.
func (s *selection) begins(table, word string) {
	s.and(table+".word >= ? AND "+table+".word < ?", word, word+"\U0010FFFF")
}
