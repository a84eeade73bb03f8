package registry

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry/stamp"
)

// exact is how far totals are counted.
const exact = 10_000

// order is one way to sort the queue: a column of the allow-list, and the direction.
type order struct {
	column  string
	falling bool
}

// orders is the allow-list; the case id breaks ties.
var orders = map[string]order{
	"received_at": {"received_at", false}, "-received_at": {"received_at", true},
	"due": {"due_at", false}, "-due": {"due_at", true},
	"case_id": {"case_id", false}, "-case_id": {"case_id", true},
}

// usual is the order where none is asked: the latest first.
const usual = "-received_at"

// Cases lists cases for the queue, without their request, determination and documents. Cases of which nothing is due
// are the last by due, the first by -due.
func (r *Registry) Cases(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (casework.CaseList, error) {
	if !readsCases(viewer) {
		return casework.CaseList{Cases: []casework.View{}}, nil
	}
	p, err := pageOf(q)
	if err != nil {
		return casework.CaseList{}, err
	}
	s := selectionOf(q, viewer)
	out, err := r.page(ctx, s, p)
	if err != nil {
		return casework.CaseList{}, fault(err)
	}
	out.Total, out.TotalIsMinimum, err = r.total(ctx, s, q, viewer)
	return out, fault(err)
}

// page is which part of a list is asked for.
type page struct {
	sort  string
	order order
	limit int
	after *cursor
}

// cursor is the place of the last case shown.
type cursor struct {
	Sort  string `json:"s"`
	Value string `json:"v"`
	ID    string `json:"i"`
}

func pageOf(q casework.CaseQuery) (page, error) {
	faults := []casework.Fault{}
	p := page{sort: q.Sort, limit: q.Limit}
	if p.sort == "" {
		p.sort = usual
	}
	if p.limit == 0 {
		p.limit = 50
	}
	var ok bool
	if p.order, ok = orders[p.sort]; !ok {
		faults = append(faults, casework.Fault{Path: "sort", Message: "must be one of: received_at, -received_at, due, -due, case_id, -case_id"})
	}
	if p.limit < 1 || p.limit > 200 {
		faults = append(faults, casework.Fault{Path: "limit", Message: "must be between 1 and 200"})
	}
	if p.after, ok = place(q.Cursor, p.sort); !ok {
		faults = append(faults, casework.Fault{Path: "cursor", Message: "is not one that a list in this order gave"})
	}
	return p, casework.Faulty(faults)
}

func place(text, sort string) (*cursor, bool) {
	if text == "" {
		return nil, true
	}
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &c) != nil || c.Sort != sort || c.ID != plain(c.ID) || c.Value != plain(c.Value) {
		return nil, false
	}
	return &c, true
}

func (c cursor) text() *string {
	raw, _ := json.Marshal(c)
	s := base64.RawURLEncoding.EncodeToString(raw)
	return &s
}

// selection is a condition under construction: texts from this file, values always bound.
type selection struct {
	where []string
	args  []any
}

// and adds a condition; each ? in it stands for the next value.
func (s *selection) and(condition string, values ...any) {
	for _, v := range values {
		s.args = append(s.args, v)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(s.args)), 1)
	}
	s.where = append(s.where, condition)
}

func (s *selection) is(column, value string) {
	if value != "" {
		s.and(column+" = ?", plain(value))
	}
}

func (s *selection) copy() *selection {
	return &selection{slices.Clone(s.where), slices.Clone(s.args)}
}

func (s *selection) text() string {
	if len(s.where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(s.where, " AND ")
}

func selectionOf(q casework.CaseQuery, viewer casework.Actor) *selection {
	s := &selection{}
	s.is("c.stage", string(q.Stage))
	s.is("c.waiting_on", string(q.WaitingOn))
	s.is("c.assignee", q.Assignee)
	s.is("c.country", q.Country)
	s.is("c.instrument", string(q.Instrument))
	s.is("c.sla", string(q.SLA))
	s.is("c.resolution", string(q.Resolution))
	s.find(q.Q)
	if viewer.Kind == casework.Person {
		s.and("(c.restricted = FALSE OR EXISTS (SELECT 1 FROM members m WHERE m.case_id = c.case_id AND m.name = ?))", plain(viewer.Name))
	}
	return s
}

// find asks for every word of a search, each by its beginning; a whole case id is looked up as such.
func (s *selection) find(text string) {
	words := split(text)
	if id := strings.ToUpper(strings.TrimSpace(text)); strings.HasPrefix(id, "LR-") && len(words) == 3 {
		s.and("c.case_id = ?", plain(id))
		return
	}
	if strings.TrimSpace(text) != "" && len(words) == 0 {
		s.and("FALSE")
	}
	for _, w := range words[:min(len(words), maxAsked)] {
		s.and("EXISTS (SELECT 1 FROM case_words w WHERE w.case_id = c.case_id AND w.word >= ? AND w.word < ?)", w, w+"\U0010FFFF")
	}
}

// from continues after a cursor's place.
func (s *selection) from(p page) {
	if p.after == nil {
		return
	}
	sign := ">"
	if p.order.falling {
		sign = "<"
	}
	if p.order.column == "case_id" {
		s.and("c.case_id "+sign+" ?", p.after.ID)
		return
	}
	s.and("(c."+p.order.column+", c.case_id) "+sign+" (?, ?)", p.after.Value, p.after.ID)
}

func (p page) orderBy() string {
	direction := ""
	if p.order.falling {
		direction = " DESC"
	}
	if p.order.column == "case_id" {
		return " ORDER BY c.case_id" + direction
	}
	return " ORDER BY c." + p.order.column + direction + ", c.case_id" + direction
}

func (r *Registry) page(ctx context.Context, s *selection, p page) (out casework.CaseList, err error) {
	s = s.copy()
	s.from(p)
	//nolint:gosec // composed of the words of an allow-list; every value is bound
	rows, err := r.reader.QueryContext(ctx, "SELECT c.case_id, c.received_at, c.due_at, c.projection FROM cases c"+
		s.text()+p.orderBy()+" LIMIT "+strconv.Itoa(p.limit+1), s.args...)
	if err != nil {
		return out, err
	}
	defer func() { err = firstOf(err, rows.Close()) }()
	out.Cases = []casework.View{}
	last := cursor{}
	for rows.Next() {
		v, at, err := element(rows, p)
		if err != nil {
			return out, err
		}
		if len(out.Cases) == p.limit {
			out.NextCursor = last.text()
			break
		}
		out.Cases, last = append(out.Cases, v), at
	}
	return out, rows.Err()
}

func element(rows *sql.Rows, p page) (v casework.View, at cursor, err error) {
	var received, due stamp.Time
	var projection string
	if err := rows.Scan(&at.ID, &received, &due, &projection); err != nil {
		return v, at, err
	}
	at.Sort, at.Value = p.sort, ""
	switch p.order.column {
	case "received_at":
		at.Value = received.Text()
	case "due_at":
		at.Value = due.Text()
	}
	return v, at, json.Unmarshal([]byte(projection), &v)
}
