package registry

import (
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry/stamp"
)

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
	s.standing(q)
	s.find(q.Q)
	s.wall(viewer)
	return s
}

// standing asks how a case stands. The vocabulary stands in the text, not in values: an index of such cases is then known
// to fit.
func (s *selection) standing(q casework.CaseQuery) {
	if q.Open {
		s.and("c.stage <> 'closed'")
	}
	if q.WaitingOnUs {
		s.and("c.waiting_on IN ('legal_ops', 'reviewer', 'approver')")
	}
	if q.Unassigned {
		s.and("c.assignee = ''")
	}
	if q.Emergency {
		s.and("c.emergency = TRUE AND c.stage <> 'closed'")
	}
	if !q.DueBefore.IsZero() {
		s.and("c.due_at < ?", stamp.Of(q.DueBefore).Text())
	}
}

// wall leaves out what is restricted to others.
func (s *selection) wall(viewer casework.Actor) {
	if viewer.Kind == casework.Person {
		s.and("(c.restricted = FALSE OR EXISTS (SELECT 1 FROM members m WHERE m.case_id = c.case_id AND m.name = ?))", plain(viewer.Name))
	}
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
