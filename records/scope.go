package records

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
)

// Scope is what was approved of one category of one account: the fields of the subscriber record (empty: all) and the
// range [From, Until), zero times being open ends.
type Scope struct {
	Account string
	Fields  []casework.SubscriberField
	From    time.Time
	Until   time.Time
}

// ScopeOf is the scope that a query asks for.
func ScopeOf(q casework.Query) Scope {
	return Scope{Account: q.Account, Fields: q.Fields, From: q.From, Until: q.Until}
}

// holds reports whether a row may be disclosed.
func (s Scope) holds(row casework.Row) bool {
	return row.Cells[0] == s.Account && s.holdsField(row.Field) && s.holdsTime(row)
}

func (s Scope) holdsField(f casework.SubscriberField) bool {
	return len(s.Fields) == 0 || slices.Contains(s.Fields, f)
}

// holdsTime reports whether the row lies in the range. A row without a date does only where records of its kind have
// none: in a bounded range, an undated log-in may be from any time.
func (s Scope) holdsTime(row casework.Row) bool {
	if row.At.IsZero() {
		return !dated(row.Field) || s.From.IsZero() && s.Until.IsZero()
	}
	return !row.At.Before(s.From) && (s.Until.IsZero() || row.At.Before(s.Until))
}

// dated reports whether records of that field have a date; those of every category but subscriber have.
func dated(f casework.SubscriberField) bool {
	return f == "" || f == casework.FieldSessionTimes || f == casework.FieldNetworkAddresses
}

// Describe writes queries for a manifest: what was asked, in one line.
func Describe(queries ...casework.Query) string {
	lines := make([]string, len(queries))
	for i, q := range queries {
		lines[i] = describe(q)
	}
	return strings.Join(lines, "; ")
}

func describe(q casework.Query) string {
	out := fmt.Sprintf("%s of %s", q.Data, q.Account)
	if len(q.Fields) > 0 {
		out += fmt.Sprintf(" fields %v", q.Fields)
	}
	if !q.From.IsZero() {
		out += " from " + instant(q.From)
	}
	if !q.Until.IsZero() {
		out += " until before " + instant(q.Until)
	}
	return out
}

// Writer writes tables within what queries approve; it is what activities call.
type Writer struct{}

// Write is WriteCSV with the scopes of the approved queries.
func (Writer) Write(w io.Writer, columns []string, rows iter.Seq2[casework.Row, error], approved ...casework.Query) (int, error) {
	scopes := make([]Scope, 0, len(approved))
	for _, q := range approved {
		scopes = append(scopes, ScopeOf(q))
	}
	return WriteCSV(w, columns, rows, scopes...)
}

// Describe says in one line what was asked.
func (Writer) Describe(queries ...casework.Query) string { return Describe(queries...) }
