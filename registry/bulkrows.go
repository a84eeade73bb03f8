package registry

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// bulk takes the place of the database while lives are gathered: it keeps the rows that the registry's own statements
// insert, so that a row of a bulk is the row of a single case, also after the next migration. It knows
//
//	INSERT INTO table (columns) VALUES ($1, literal, …)   a new row; ON CONFLICT DO NOTHING: unless it is there
//	UPDATE table SET column = $1, … WHERE …               of the row inserted last
//	DELETE FROM …                                         of a case that is not there yet: nothing
type bulk struct {
	tables  []*bulkTable // in the order of their first row, cases first
	numbers map[int64]int64
	kinds   map[kind]int64
	walls   map[string][]string
}

// bulkTable is the rows for one table; a row shorter than the columns has nothing in the rest.
type bulkTable struct {
	name    string
	columns []string
	rows    [][]any
}

var (
	_ queries.DBTX = (*bulk)(nil)

	errOnlyWritten = errors.New("a bulk is only written")
)

func newBulk() *bulk {
	return &bulk{tables: []*bulkTable{{name: "cases"}}, numbers: map[int64]int64{}, kinds: map[kind]int64{}, walls: map[string][]string{}}
}

// number raises the running number of a case's year.
func (b *bulk) number(id string) error {
	n, ok := casework.NumberOf(id)
	if !ok {
		return casework.Refuse(casework.Invalid, "%q is no number of a case; it is written as LR-2026-000123.", id)
	}
	b.numbers[int64(n.Year)] = max(b.numbers[int64(n.Year)], int64(n.N))
	return nil
}

// ExecContext keeps what a statement writes.
func (b *bulk) ExecContext(_ context.Context, statement string, args ...any) (sql.Result, error) {
	p, err := planOf(statement)
	if err != nil || p.table == "" {
		return driver.RowsAffected(0), err
	}
	values, err := p.of(args)
	if err != nil {
		return nil, err
	}
	t := b.table(p.table)
	if p.once && t.has(p.columns, values) {
		return driver.RowsAffected(0), nil
	}
	if p.inserts {
		t.rows = append(t.rows, make([]any, 0, max(len(t.columns), len(p.columns))))
	}
	return driver.RowsAffected(1), t.set(p.columns, values)
}

// has reports whether the same row is among the case's, which stand together: the first column is the case.
func (t *bulkTable) has(columns []string, values []any) bool {
	for i := len(t.rows) - 1; i >= 0 && t.rows[i][0] == values[0]; i-- {
		if t.same(t.rows[i], columns, values) {
			return true
		}
	}
	return false
}

func (t *bulkTable) same(row []any, columns []string, values []any) bool {
	for i, column := range columns {
		if _, bytes := values[i].([]byte); bytes || row[t.column(column)] != values[i] {
			return false
		}
	}
	return true
}

// PrepareContext refuses: nothing that gathers prepares.
func (*bulk) PrepareContext(context.Context, string) (*sql.Stmt, error) { return nil, errOnlyWritten }

// QueryContext refuses: a bulk has nothing to read.
func (*bulk) QueryContext(context.Context, string, ...any) (*sql.Rows, error) {
	return nil, errOnlyWritten
}

// QueryRowContext must not be reached: a row that refuses cannot be made outside of database/sql.
func (*bulk) QueryRowContext(context.Context, string, ...any) *sql.Row { panic(errOnlyWritten) }

func (b *bulk) table(name string) *bulkTable {
	for _, t := range b.tables {
		if t.name == name {
			return t
		}
	}
	t := &bulkTable{name: name}
	b.tables = append(b.tables, t)
	return t
}

// set puts values into the last row.
func (t *bulkTable) set(columns []string, values []any) error {
	if len(t.rows) == 0 {
		return errors.New("a row is changed in the bulk before there is one")
	}
	last := &t.rows[len(t.rows)-1]
	for i, column := range columns {
		at := t.column(column)
		for len(*last) <= at {
			*last = append(*last, nil)
		}
		(*last)[at] = values[i]
	}
	return nil
}

func (t *bulkTable) column(name string) int {
	if at := slices.Index(t.columns, name); at >= 0 {
		return at
	}
	t.columns = append(t.columns, name)
	return len(t.columns) - 1
}

// plan is what a statement does: which columns it sets, and with which argument or literal.
type plan struct {
	table   string // empty: nothing
	inserts bool
	once    bool // ON CONFLICT DO NOTHING
	columns []string
	args    []int // from 0; -1: the literal
	literal []any
}

// of are the values of the columns, as a database is given them.
func (p plan) of(args []any) ([]any, error) {
	out := make([]any, len(p.columns))
	for i, at := range p.args {
		out[i] = p.literal[i]
		if at < 0 {
			continue
		}
		v, err := driver.DefaultParameterConverter.ConvertValue(args[at])
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// plans are those of the statements seen, by their text.
var plans sync.Map

func planOf(statement string) (plan, error) {
	if known, ok := plans.Load(statement); ok {
		return known.(plan), nil
	}
	p, err := parse(statement)
	if err == nil {
		plans.Store(statement, p)
	}
	return p, err
}

func parse(statement string) (plan, error) {
	_, text, _ := strings.Cut(statement, "\n") // sqlc's name
	text = strings.Join(strings.Fields(text), " ")
	p := plan{}
	switch {
	case strings.HasPrefix(text, "DELETE FROM "):
		return p, nil
	case strings.HasPrefix(text, "INSERT INTO "):
		return p, p.insert(text)
	case strings.HasPrefix(text, "UPDATE "):
		return p, p.update(text)
	}
	return p, fmt.Errorf("a bulk does not know the statement %q", text)
}

// insert reads INSERT INTO table (columns) VALUES (values).
func (p *plan) insert(text string) error {
	head, rest, ok := strings.Cut(strings.TrimPrefix(text, "INSERT INTO "), ") VALUES (")
	values, _, closed := strings.Cut(rest, ")")
	table, columns, named := strings.Cut(head, " (")
	if !ok || !closed || !named {
		return fmt.Errorf("a bulk does not know the statement %q", text)
	}
	p.table, p.inserts, p.columns = table, true, parts(columns)
	p.once = strings.HasSuffix(text, " DO NOTHING")
	for _, v := range parts(values) {
		if err := p.value(v); err != nil {
			return err
		}
	}
	return nil
}

// update reads UPDATE table SET column = value, … WHERE ….
func (p *plan) update(text string) error {
	head, _, _ := strings.Cut(strings.TrimPrefix(text, "UPDATE "), " WHERE ")
	table, sets, ok := strings.Cut(head, " SET ")
	if !ok {
		return fmt.Errorf("a bulk does not know the statement %q", text)
	}
	p.table = table
	for _, s := range parts(sets) {
		column, v, _ := strings.Cut(s, " = ")
		p.columns = append(p.columns, column)
		if err := p.value(v); err != nil {
			return err
		}
	}
	return nil
}

// value reads $1, TRUE, 0 or 'text'.
func (p *plan) value(text string) error {
	at, literal := -1, any(nil)
	number, err := strconv.ParseInt(strings.TrimPrefix(text, "$"), 10, 64)
	switch {
	case err == nil && strings.HasPrefix(text, "$"):
		at = int(number) - 1
	case err == nil:
		literal = number
	case text == "TRUE" || text == "FALSE":
		literal = text == "TRUE"
	case strings.HasPrefix(text, "'") && strings.HasSuffix(text, "'"):
		literal = strings.Trim(text, "'")
	default:
		return fmt.Errorf("a bulk does not know the value %s", text)
	}
	p.args, p.literal = append(p.args, at), append(p.literal, literal)
	return nil
}

func parts(list string) []string {
	out := strings.Split(list, ",")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}
