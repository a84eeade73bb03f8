package registry

import (
	"cmp"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry/stamp"
)

// selection is a condition under construction: texts from this file, values always bound.
type selection struct {
	of    string // what is selected from; empty: cases c
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

// source is what is selected from.
func (s *selection) source() string { return " FROM " + cmp.Or(s.of, "cases c") }

func (s *selection) text() string { return " WHERE " + s.condition() }

func (s *selection) condition() string {
	if len(s.where) == 0 {
		return "1 = 1"
	}
	return strings.Join(s.where, " AND ")
}

// selectionOf asks for what a query asks, and for nothing behind a wall of others.
func selectionOf(q casework.CaseQuery, viewer casework.Actor) *selection {
	s := &selection{}
	s.cases(q)
	s.find(q.Q)
	s.wall(viewer)
	return s
}

// cases asks so of cases. What is due is open, which is not asked besides: PostgreSQL would expect to find next to none.
// Of emergencies it is, for the index of the open ones.
func (s *selection) cases(q casework.CaseQuery) {
	if !q.DueBefore.IsZero() {
		q.Open = q.Emergency
	}
	s.filters("c", q)
	if !q.DueBefore.IsZero() {
		s.and("c.due_at < ?", stamp.Of(q.DueBefore).Text())
	}
}

// filters asks for what cases of one kind have in common. What is always asked alike stands in the text, not in values:
// an index of such cases is then known to fit.
func (s *selection) filters(of string, q casework.CaseQuery) {
	s.is(of+".stage", string(q.Stage))
	s.is(of+".waiting_on", string(q.WaitingOn))
	s.is(of+".assignee", q.Assignee)
	s.is(of+".country", q.Country)
	s.is(of+".instrument", string(q.Instrument))
	s.is(of+".sla", string(q.SLA))
	s.is(of+".resolution", string(q.Resolution))
	if q.Open {
		s.and(of + ".stage <> 'closed'")
	}
	if q.Emergency {
		s.and(of + ".emergency = TRUE")
	}
	if q.WaitingOnUs {
		s.and(of + ".waiting_on IN ('legal_ops', 'reviewer', 'approver')")
	}
	if q.Unassigned {
		s.and(of + ".assignee = ''")
	}
}

// wall leaves out what is restricted to others.
func (s *selection) wall(viewer casework.Actor) {
	if viewer.Kind == casework.Person {
		s.and("(c.restricted = FALSE OR c.case_id IN (SELECT m.case_id FROM members m WHERE m.name = ?))", plain(viewer.Name))
	}
}

// find asks for every word of a search, each by its beginning; a whole case id is looked up as such.
func (s *selection) find(text string) {
	words := split(text)
	if id, ok := numberIn(text); ok {
		s.and("c.case_id = ?", id)
		return
	}
	if strings.TrimSpace(text) != "" && len(words) == 0 {
		s.and("FALSE")
	}
	for _, w := range words {
		s.has("c", w)
	}
}

// has asks for a case with a word that begins so.
func (s *selection) has(of, word string) {
	s.and("EXISTS (SELECT 1 FROM case_words o WHERE o.case_id = "+of+".case_id AND o.word >= ? AND o.word < ?)", word, word+"\U0010FFFF")
}
