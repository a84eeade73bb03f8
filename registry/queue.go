package registry

import (
	"context"
	"database/sql"
	"encoding/json"

	"golang.org/x/sync/errgroup"

	"dueprocess/casework"
	"dueprocess/registry/stamp"
)

// Cases lists cases for the queue, without their request, determination and documents. Cases of which nothing is due
// are the last by due, the first by -due.
func (r *Registry) Cases(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (casework.CaseList, error) {
	if !readsCases(viewer) {
		return casework.CaseList{Cases: []casework.ListedCase{}}, nil
	}
	p, err := pageOf(q)
	if err != nil {
		return casework.CaseList{}, err
	}
	ask := r.pageAndTotal
	if combines(q, p) {
		ask = r.pageAfterTotal
	}
	out, err := ask(ctx, q, p, viewer)
	return out, fault(firstOf(err, r.hideLinks(ctx, out.Cases, viewer)))
}

// hideLinks leaves out of a list's cases what they say of cases behind a wall.
func (r *Registry) hideLinks(ctx context.Context, cases []casework.ListedCase, viewer casework.Actor) (err error) {
	for i := range cases {
		if cases[i].Links, err = r.withoutHidden(ctx, cases[i].Links, viewer); err != nil {
			return err
		}
	}
	return nil
}

// CheckQuery names what is wrong with a query's words, order, limit and cursor, as Cases would; nothing is read.
func (r *Registry) CheckQuery(q casework.CaseQuery) error {
	_, err := pageOf(q)
	return err
}

// pageAndTotal asks for both at once.
func (r *Registry) pageAndTotal(ctx context.Context, q casework.CaseQuery, p page, viewer casework.Actor) (out casework.CaseList, err error) {
	var total int
	var atLeast bool
	var asking errgroup.Group
	asking.Go(func() (err error) { total, atLeast, err = r.total(ctx, q, viewer); return err })
	s := selectionOf(q, viewer)
	s.from(p)
	out, err = r.page(ctx, s, p)
	if err = firstOf(err, asking.Wait()); err != nil {
		return casework.CaseList{}, err
	}
	return totalled(out, p, total, atLeast), nil
}

// totalled is a page with its total; one that is the whole list says its total itself.
func totalled(out casework.CaseList, p page, total int, atLeast bool) casework.CaseList {
	out.Total, out.TotalIsMinimum = max(total, len(out.Cases)), atLeast
	if p.after == nil && out.NextCursor == nil {
		out.Total, out.TotalIsMinimum = len(out.Cases), false
	}
	return out
}

// page reads the first of what is selected, in the page's order.
func (r *Registry) page(ctx context.Context, s *selection, p page) (out casework.CaseList, err error) {
	//nolint:gosec // composed of the words of an allow-list; every value is bound
	rows, err := r.reader.QueryContext(ctx, "SELECT c.case_id, c.received_at, c.due_at, c.authority, c.country, c.instrument, c.emergency, c.projection"+s.source()+
		s.text()+p.orderBy()+p.bound(), s.args...)
	if err != nil {
		return out, err
	}
	defer func() { err = firstOf(err, rows.Close()) }()
	out.Cases = []casework.ListedCase{}
	last := cursor{}
	for rows.Next() {
		c, at, err := element(rows, p)
		if err != nil {
			return out, err
		}
		if len(out.Cases) == p.limit {
			out.NextCursor = last.text()
			break
		}
		out.Cases, last = append(out.Cases, c), at
	}
	return out, rows.Err()
}

func element(rows *sql.Rows, p page) (c casework.ListedCase, at cursor, err error) {
	var received, due stamp.Time
	var projection string
	if err := rows.Scan(&at.ID, &received, &due, &c.Authority, &c.Country, &c.Instrument, &c.Emergency, &projection); err != nil {
		return c, at, err
	}
	at.Sort, at.Value = p.sort, ""
	switch p.order.column {
	case "received_at":
		at.Value = received.Text()
	case "due_at":
		at.Value = due.Text()
	}
	return c, at, json.Unmarshal([]byte(projection), &c.View)
}
