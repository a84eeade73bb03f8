package registry

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"

	"dueprocess/casework"
	"dueprocess/registry/stamp"
)

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
	faults := tooMany(q.Q)
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

// tooMany finds fault with a search of more words than are asked for: to leave some out would find what nobody looked for.
func tooMany(text string) []casework.Fault {
	if n := len(split(text)); n > maxAsked {
		return []casework.Fault{{Path: "q", Message: fmt.Sprintf("must be at most %d words, each of which is looked for; these are %d", maxAsked, n)}}
	}
	return []casework.Fault{}
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

// bound is one more than the page has: whether there is another.
func (p page) bound() string { return " LIMIT " + strconv.Itoa(p.limit+1) }

// within is what comes no later in the page's order than the last that can be on it, if there is such a last.
func (p page) within(column, last string) string {
	if p.order.falling {
		return column + " >= COALESCE(" + last + ", '')"
	}
	return column + " <= COALESCE(" + last + ", '" + stamp.Never.Text() + "')"
}
