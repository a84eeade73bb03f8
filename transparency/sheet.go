package transparency

import (
	"maps"
	"slices"
	"strings"

	"dueprocess/casework"
)

// others names the row of all that had too few to have one of their own.
const others = "other"

// sheet is a table that is being counted.
type sheet struct {
	name    string
	key     string
	columns []string
	rows    map[string]map[string]int
}

func newSheet(name, key string, columns ...string) *sheet {
	return &sheet{name, key, columns, map[string]map[string]int{}}
}

// fill counts each tally in the row that it belongs to; one of which nothing counts makes no row.
func (s *sheet) fill(all []casework.Tally, row func(casework.Tally) string, count func(casework.Tally, func(string, int))) *sheet {
	for _, t := range all {
		count(t, func(column string, n int) { s.add(row(t), column, n) })
	}
	return s
}

func (s *sheet) add(row, column string, n int) {
	if s.rows[row] == nil {
		s.rows[row] = map[string]int{}
	}
	s.rows[row][column] += n
}

// together makes one row of all whose first column is under a number. One alone would be known by its name being left out:
// the next smallest then joins it.
func (s *sheet) together(fewest int) *sheet {
	names := slices.SortedFunc(maps.Keys(s.rows), s.smallestFirst)
	few := slices.IndexFunc(names, func(name string) bool { return s.rows[name][s.columns[0]] >= fewest })
	if few < 0 {
		few = len(names)
	}
	if few == 0 {
		return s
	}
	for _, name := range names[:min(max(few, 2), len(names))] { //nolint:mnd // two at least
		row := s.rows[name]
		delete(s.rows, name)
		for column, n := range row {
			s.add(others, column, n)
		}
	}
	return s
}

func (s *sheet) smallestFirst(a, b string) int {
	if n := s.rows[a][s.columns[0]] - s.rows[b][s.columns[0]]; n != 0 {
		return n
	}
	return strings.Compare(a, b)
}

// table is the finished one: its rows by name, what is put together last.
func (s *sheet) table() Table {
	t := Table{Name: s.name, Columns: append([]string{s.key}, s.columns...), Rows: []Row{}, Total: map[string]int{}}
	for _, column := range s.columns {
		t.Total[column] = 0
	}
	for _, name := range slices.SortedFunc(maps.Keys(s.rows), othersLast) {
		row := Row{s.key: name}
		for _, column := range s.columns {
			row[column] = s.rows[name][column]
			t.Total[column] += s.rows[name][column]
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func othersLast(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == others:
		return 1
	case b == others:
		return -1
	}
	return strings.Compare(a, b)
}
