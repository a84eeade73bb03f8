package registry

import (
	"context"
	"strconv"

	"dueprocess/casework"
)

// few is of how many cases a page is chosen before its rows are read. Of more than that an index in the page's order finds
// fifty sooner: among a million within ten thousand places. Fewer are as well read at once.
const (
	few   = 5_000
	fewer = 500
)

// combines reports whether a query selects by what no index has in the order of the page: by several filters together, or
// by one in the order of the numbers. What is due before an instant has an index that knows every filter.
func combines(q casework.CaseQuery, p page) bool {
	n := filtersIn(q)
	return q.Q == "" && q.DueBefore.IsZero() && (n > 1 || n == 1 && p.order.column == "case_id")
}

// filtersIn is how many filters a query has. Open is none: it is of little help, and the open cases have an index. Without
// it an emergency is two: those that are closed have none.
func filtersIn(q casework.CaseQuery) int {
	open := q.Open
	q.Open = false
	s := &selection{}
	s.filters("k", q)
	if q.Emergency && !open {
		return len(s.where) + 1
	}
	return len(s.where)
}

// pageAfterTotal asks for the total first: where it is low the page is chosen by what indexes alone know.
func (r *Registry) pageAfterTotal(ctx context.Context, q casework.CaseQuery, p page, viewer casework.Actor) (casework.CaseList, error) {
	total, atLeast, err := r.total(ctx, q, viewer)
	if err != nil || total == 0 {
		return casework.CaseList{Cases: []casework.ListedCase{}}, err
	}
	out, err := r.page(ctx, chosen(q, p, viewer, total), p)
	return totalled(out, p, total, atLeast), err
}

// chosen selects the cases of a page.
func chosen(q casework.CaseQuery, p page, viewer casework.Actor, total int) *selection {
	if total <= few && filtersIn(q) > 1 {
		return byKinds(q, p, viewer, total)
	}
	s := selectionOf(q, viewer)
	s.from(p)
	if total <= few {
		s.first(p)
	}
	return s
}

// first chooses a page's cases by what indexes alone know, before their rows are read.
func (s *selection) first(p page) {
	s.where = []string{"c.case_id IN (SELECT c.case_id" + s.source() + s.text() + p.orderBy() + p.bound() + ")"}
	s.of = ""
}

// byKinds selects a page's cases kind by kind, in the one index that is by kind. The kinds and their cases are read in one
// statement, so that no case turns from one into another in between.
func byKinds(q casework.CaseQuery, p page, viewer casework.Actor, total int) *selection {
	s := &selection{}
	s.filters("k", q)
	kinds := "SELECT DISTINCT " + filterColumns + everyKind + s.text()
	s.where = []string{ofKind}
	s.wall(viewer)
	s.from(p)
	s.of = "(" + kinds + ") AS k CROSS JOIN cases c"
	if total <= fewer {
		return s
	}
	if p.order.column == "received_at" {
		s.noMore(kinds, p)
	}
	s.first(p)
	return s
}

// noMore takes no more of a kind than fit on the page. The kinds are kept (MATERIALIZED): else each case would ask anew.
func (s *selection) noMore(kinds string, p page) {
	last := "(SELECT c.received_at FROM cases c" + s.text() + p.orderBy() + " LIMIT 1 OFFSET " + strconv.Itoa(p.limit) + ")"
	s.of = "(WITH kept AS MATERIALIZED (SELECT " + filterColumns + ", " + last + " AS last FROM (" + kinds + ") AS k) SELECT " + filterColumns + ", k.last FROM kept AS k) AS k CROSS JOIN cases c"
	s.and(p.within("c.received_at", "k.last"))
}

// ofKind is a case of a kind.
const ofKind = "c.country = k.country AND c.instrument = k.instrument AND c.stage = k.stage AND c.waiting_on = k.waiting_on" +
	" AND c.assignee = k.assignee AND c.sla = k.sla AND c.resolution = k.resolution AND c.emergency = k.emergency"
