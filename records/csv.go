// Package records owns what every source of records has in common: how rows become a file, and the last guard before
// that, which holds each row against the approved scope. It knows no system of the provider's; the sources in the
// folders below do. Whoever collects records for a package calls it.
package records

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"time"

	"dueprocess/casework"
)

// ErrBeyondQuery is what WriteCSV returns for a row that no approved scope holds: it is not written.
var ErrBeyondQuery = errors.New("the source answered beyond the query")

// ErrMalformed is what WriteCSV returns for a row that contradicts itself or its columns.
var ErrMalformed = errors.New("the source answered with a malformed row")

// WriteCSV writes one category's rows as CSV with a header, and returns how many. Every row must lie within one of the
// scopes; without a scope none does. Instants are written as RFC 3339 in UTC, and cells that a spreadsheet would take for
// a formula begin with an apostrophe. It stops at the first error, and what it wrote so far is not to be used.
func WriteCSV(w io.Writer, columns []string, rows iter.Seq2[casework.Row, error], within ...Scope) (n int, err error) {
	t := table{columns: columns, at: slices.Index(columns, "at"), field: slices.Index(columns, "field")}
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return 0, err
	}
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		cells, err := t.cells(row, within)
		if err != nil {
			return n, fmt.Errorf("row %d: %w", n+1, err)
		}
		if err := out.Write(cells); err != nil {
			return n, err
		}
		n++
	}
	out.Flush()
	return n, out.Error()
}

// table knows where the columns are that the guard looks at; the account's is the first.
type table struct {
	columns   []string
	at, field int
}

// cells are the row as it is written, once it has passed.
func (t table) cells(row casework.Row, within []Scope) ([]string, error) {
	if err := t.agree(row); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(within, func(s Scope) bool { return s.holds(row) }) {
		return nil, ErrBeyondQuery
	}
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = harmless(c)
	}
	if t.at >= 0 {
		cells[t.at] = instant(row.At)
	}
	return cells, nil
}

// agree refuses a row whose cells say another time or field than the row itself: the guard would look at one and the
// officer at the other.
func (t table) agree(row casework.Row) error {
	switch {
	case len(row.Cells) != len(t.columns) || len(row.Cells) == 0:
		return fmt.Errorf("%w: it has not the cells of the columns", ErrMalformed)
	case t.field >= 0 && row.Cells[t.field] != string(row.Field):
		return fmt.Errorf("%w: its field is another than its cell", ErrMalformed)
	case t.at < 0 && !row.At.IsZero(), t.at >= 0 && !sameInstant(row.Cells[t.at], row.At):
		return fmt.Errorf("%w: its time is another than its cell", ErrMalformed)
	}
	return nil
}

// sameInstant reports whether a cell names the instant; an empty one names none or leaves it to the row.
func sameInstant(cell string, at time.Time) bool {
	if cell == "" {
		return true
	}
	t, err := time.Parse(time.RFC3339, cell)
	return err == nil && t.Equal(at)
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

var number = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

// harmless keeps a spreadsheet from running a cell as a formula; numbers stay as they are.
func harmless(cell string) string {
	if cell == "" || number.MatchString(cell) {
		return cell
	}
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + cell
	}
	return cell
}
