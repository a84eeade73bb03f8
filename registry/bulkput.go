package registry

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// mostValues is how many values one statement of SQLite is given.
const mostValues = 4000

// raiseNumber keeps a year's running number from being given again.
const raiseNumber = `INSERT INTO case_numbers (year, number) VALUES ($1, $2)
ON CONFLICT (year) DO UPDATE SET number = CASE WHEN case_numbers.number < excluded.number THEN excluded.number ELSE case_numbers.number END`

// put writes what was gathered, in one transaction. The running numbers come last: several bulks of one year wait for
// each other only while they commit.
func (r *Registry) put(ctx context.Context, b *bulk) error {
	if r.dialect == inPostgres {
		return r.copyAll(ctx, b)
	}
	return r.write(ctx, func(t tx) error {
		for _, table := range b.tables {
			if err := table.insertInto(ctx, t.raw); err != nil {
				return err
			}
		}
		return b.raiseAll(func(statement string, args ...any) error {
			_, err := t.raw.ExecContext(ctx, statement, args...)
			return err
		})
	})
}

// raiseAll writes what other bulks write too.
func (b *bulk) raiseAll(do func(statement string, args ...any) error) error {
	if err := b.raiseWalls(func(name, wall string) error { return do(raiseWall, name, wall) }); err != nil {
		return err
	}
	return b.raise(func(year, n int64) error { return do(raiseNumber, year, n) })
}

// raise does so for every year, in their order: two bulks never wait for each other crosswise.
func (b *bulk) raise(do func(year, n int64) error) error {
	for _, year := range slices.Sorted(maps.Keys(b.numbers)) {
		if err := do(year, b.numbers[year]); err != nil {
			return err
		}
	}
	return nil
}

// copyAll takes the driver's own connection: COPY is not in database/sql.
func (r *Registry) copyAll(ctx context.Context, b *bulk) error {
	c, err := r.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	return c.Raw(func(driver any) error {
		return pgx.BeginFunc(ctx, driver.(*stdlib.Conn).Conn(), func(t pgx.Tx) error { return b.copyInto(ctx, t) })
	})
}

func (b *bulk) copyInto(ctx context.Context, t pgx.Tx) error {
	for _, table := range b.tables {
		source := pgx.CopyFromSlice(len(table.rows), func(i int) ([]any, error) { return table.whole(i), nil })
		if _, err := t.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, source); err != nil {
			return err
		}
	}
	return b.raiseAll(func(statement string, args ...any) error {
		_, err := t.Exec(ctx, statement, args...)
		return err
	})
}

// whole is a row with a value for every column.
func (t *bulkTable) whole(i int) []any {
	for len(t.rows[i]) < len(t.columns) {
		t.rows[i] = append(t.rows[i], nil)
	}
	return t.rows[i]
}

func (t *bulkTable) insertInto(ctx context.Context, db *sql.Tx) error {
	return t.insert(ctx, db, t.statement)
}

// insertNew leaves out what is there already, in either database.
func (t *bulkTable) insertNew(ctx context.Context, db *sql.Tx, in dialect) error {
	return t.insert(ctx, db, func(rows int) string {
		text := t.statement(rows) + " ON CONFLICT DO NOTHING"
		if in == inPostgres {
			return numbered(text)
		}
		return text
	})
}

func (t *bulkTable) insert(ctx context.Context, db *sql.Tx, statement func(rows int) string) error {
	at := 0
	for n := mostValues / max(1, len(t.columns)); at < len(t.rows); at += n {
		until := min(at+n, len(t.rows))
		values := make([]any, 0, n*len(t.columns))
		for i := at; i < until; i++ {
			values = append(values, t.whole(i)...)
		}
		if _, err := db.ExecContext(ctx, statement(until-at), values...); err != nil {
			return err
		}
	}
	return nil
}

// statement inserts so many rows.
func (t *bulkTable) statement(rows int) string {
	one := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(t.columns)), ", ") + ")"
	return "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES " + strings.TrimSuffix(strings.Repeat(one+", ", rows), ", ")
}

// numbered writes the places of a statement as PostgreSQL knows them. SQLite knows them too, and finds each by its name among
// all of them.
func numbered(statement string) string {
	var out strings.Builder
	for i, part := range strings.Split(statement, "?") {
		if i > 0 {
			out.WriteString("$" + strconv.Itoa(i))
		}
		out.WriteString(part)
	}
	return out.String()
}
