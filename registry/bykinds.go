package registry

import (
	"context"
	"strconv"

	"dueprocess/casework"
)

// few is of how many cases a page is chosen before its rows are read. Of more than that an index in the page's order finds
// fifty sooner: among a million within ten thousand places.
const few = 5_000

// combines reports whether a query selects by what no index has in the order of the page: by several filters together, or
// by one in the order of the numbers. What is due before an instant has an index that knows every filter.
func combines(q casework.CaseQuery, p page) bool {
	n := filtersIn(q)
	return q.Q == "" && q.DueBefore.IsZero() && (n > 1 || n == 1 && p.order.column == "case_id")
}

// filtersIn is how many filters a query has. Open is none: it is of little help, and the open cases have an index.
func filtersIn(q casework.CaseQuery) int {
	q.Open = false
	s := &selection{}
	s.filters("k", q)
	if q.Emergency {
		return len(s.where) - 1 // which is asked in two
	}
	return len(s.where)
}

// pageAfterTotal asks for the total first: where it is low the page is chosen by what indexes alone know.
func (r *Registry) pageAfterTotal(ctx context.Context, q casework.CaseQuery, p page, viewer casework.Actor) (casework.CaseList, error) {
	total, atLeast, err := r.total(ctx, q, viewer)
	if err != nil || total == 0 {
		return casework.CaseList{Cases: []casework.ListedCase{}}, err
	}
	s := selectionOf(q, viewer)
	s.from(p)
	switch {
	case total > few:
	case filtersIn(q) == 1:
		s.where = []string{"c.case_id IN (SELECT c.case_id FROM cases c" + s.text() + p.orderBy() + p.bound() + ")"}
	default:
		s = s.byKinds(q, p)
	}
	out, err := r.page(ctx, s, p)
	return totalled(out, p, total, atLeast), err
}

// byKinds selects a page's cases kind by kind, in the one index that is by kind. The kinds and their cases are read in one
// statement, so that no case turns from one into another in between; each case is still asked for all that was selected.
func (s *selection) byKinds(q casework.CaseQuery, p page) *selection {
	k := &selection{args: s.args}
	k.filters("k", q)
	kinds := "SELECT DISTINCT " + filterColumns + everyKind + k.text()
	k.where = []string{ofKind, s.condition()}
	if p.order.column == "received_at" {
		kinds = "SELECT k.*, (SELECT c.received_at FROM cases c" + k.text() + p.orderBy() + " LIMIT 1 OFFSET " + strconv.Itoa(p.limit) + ") AS enough FROM (" + kinds + ") AS k"
		k.where = append(k.where, p.within("c.received_at", "k.enough"))
	}
	k.where = []string{"c.case_id IN (WITH k AS MATERIALIZED (" + kinds + ") SELECT c.case_id FROM k CROSS JOIN cases c" + k.text() + p.orderBy() + p.bound() + ")"}
	return k
}

// ofKind is a case of a kind.
const ofKind = "c.country = k.country AND c.instrument = k.instrument AND c.stage = k.stage AND c.waiting_on = k.waiting_on" +
	" AND c.assignee = k.assignee AND c.sla = k.sla AND c.resolution = k.resolution AND c.emergency = k.emergency"
