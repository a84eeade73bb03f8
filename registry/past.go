package registry

import (
	"context"
	"database/sql"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// mostSpans bounds how many stretches of days are counted from rows, each by its own statement: days between two that
// are near each other are then counted from rows too.
const mostSpans = 12

// span is a stretch of time, [from, until).
type span struct{ from, until time.Time }

// past counts what was due and what was left in the time asked for: whole days from their sums, where these still hold,
// the rest from rows, and what is behind the viewer's walls from rows alone. All of it is of one state of the database.
func (f *figuring) past(ctx context.Context) error {
	began, err := f.r.reader.BeginTx(ctx, &sql.TxOptions{Isolation: f.r.snapshot(), ReadOnly: f.r.dialect == inPostgres})
	if err != nil {
		return err
	}
	defer func() { _ = began.Rollback() }()
	defer func() { f.from = f.r.reader }()
	f.from, f.sums = began, newSums()
	spans, err := f.addSums(ctx, queries.New(began))
	if err != nil {
		return err
	}
	for _, s := range spans {
		if err := f.addRows(ctx, s, "x.restricted = FALSE"); err != nil {
			return err
		}
	}
	wall, args := f.behindWall()
	return f.addRows(ctx, span{f.q.From, f.q.Until}, wall, args...)
}

// behindWall selects the walled rows that the viewer may count.
func (f *figuring) behindWall() (string, []any) {
	if f.viewer.Kind != casework.Person {
		return "x.restricted = TRUE", nil
	}
	return "x.restricted = TRUE AND EXISTS (SELECT 1 FROM members m WHERE m.case_id = x.case_id AND m.name = ?)", []any{plain(f.viewer.Name)}
}

// addSums adds the sums of whole days and answers which stretches they leave out.
func (f *figuring) addSums(ctx context.Context, q *queries.Queries) ([]span, error) {
	first, end := wholeDays(f.q.From, f.q.Until)
	kept, err := q.DaySums(ctx, queries.DaySumsParams{Grouped: string(f.q.GroupBy), First: string(first), Until: string(end)})
	if err != nil {
		return nil, err
	}
	spans := uncovered(f.q.From, f.q.Until, kept)
	for _, day := range kept {
		at := casework.Date(day.Day).Start(time.UTC)
		if within(spans, at) {
			continue
		}
		if err := f.sums.add(day.Counts); err != nil {
			return nil, err
		}
	}
	return spans, nil
}

// wholeDays are the days (UTC) that lie in [from, until) whole: from the first to before the second.
func wholeDays(from, until time.Time) (casework.Date, casework.Date) {
	first := casework.DateOf(from, time.UTC)
	if first.Start(time.UTC).Before(from) {
		first = first.AddDays(1)
	}
	return first, casework.DateOf(until, time.UTC)
}

// uncovered are the stretches between days that are summed; where there are many, near ones become one.
func uncovered(from, until time.Time, kept []queries.DaySumsRow) []span {
	var out []span
	at := from
	for _, k := range kept {
		day := casework.Date(k.Day)
		if start := day.Start(time.UTC); at.Before(start) {
			out = append(out, span{at, start})
		}
		at = day.AddDays(1).Start(time.UTC)
	}
	if at.Before(until) {
		out = append(out, span{at, until})
	}
	for len(out) > mostSpans {
		i := narrowest(out)
		out[i].until = out[i+1].until
		out = append(out[:i+1], out[i+2:]...)
	}
	return out
}

// narrowest is the stretch after which the gap is the smallest.
func narrowest(spans []span) (at int) {
	for i := range spans[:len(spans)-1] {
		if spans[i+1].from.Sub(spans[i].until) < spans[at+1].from.Sub(spans[at].until) {
			at = i
		}
	}
	return at
}

func within(spans []span, at time.Time) bool {
	for _, s := range spans {
		if !at.Before(s.from) && at.Before(s.until) {
			return true
		}
	}
	return false
}

// addRows counts a stretch from rows.
func (f *figuring) addRows(ctx context.Context, in span, which string, args ...any) error {
	left, due := &selection{}, &selection{}
	left.between("x.left_at", in)
	left.and(which, args...)
	due.between("x.due_at", in)
	due.and(which, args...)
	err := f.each(ctx, "SELECT "+f.group()+" AS g, x.stage, x.seconds, COUNT(*) FROM stages x"+left.text()+" GROUP BY 1, 2, 3", left.args, func(rows *sql.Rows) error {
		var key stayKey
		var seconds int64
		var n int
		err := rows.Scan(&key.group, &key.stage, &seconds, &n)
		f.sums.stay(key, slotOf(seconds), n)
		return err
	})
	if err != nil {
		return err
	}
	return f.each(ctx, "SELECT "+f.group()+" AS g, x.kind, x.state, COUNT(*) FROM deadlines x"+due.text()+" GROUP BY 1, 2, 3", due.args, func(rows *sql.Rows) error {
		var key dueKey
		var n int
		err := rows.Scan(&key.group, &key.kind, &key.state, &n)
		f.sums.due[key] += n
		return err
	})
}

// between asks for an instant in a stretch.
func (s *selection) between(column string, in span) {
	s.and(column+" >= ?", stamp.Of(in.from).Text())
	s.and(column+" < ?", stamp.Of(in.until).Text())
}
