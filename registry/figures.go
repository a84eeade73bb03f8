package registry

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/stamp"
)

// Figures counts how the work stands.
func (r *Registry) Figures(ctx context.Context, q casework.FiguresQuery, viewer casework.Actor) (casework.Figures, error) {
	f := figuring{r: r, from: r.reader, q: q, viewer: viewer, out: casework.Figures{
		From: casework.DateOf(q.From, q.Zone), To: casework.DateOf(q.Until.Add(-time.Second), q.Zone), At: casework.Truncate(q.Now), GroupBy: q.GroupBy,
		Attainment: []casework.Attainment{}, Ageing: []casework.Age{}, InStage: []casework.InStage{}, Load: []casework.Load{}, Breaches: []casework.Breaches{},
		Forecast: []casework.Forecast{},
	}}
	for _, part := range []func(context.Context) error{f.past, f.attainment, f.ageing, f.inStage, f.load, f.forecast} {
		if err := part(ctx); err != nil {
			return casework.Figures{}, fault(err)
		}
	}
	return f.out, nil
}

// figuring is one answer under construction.
type figuring struct {
	r      *Registry
	q      casework.FiguresQuery
	viewer casework.Actor
	out    casework.Figures
	sums   sums
	from   asker
}

// asker is where rows are read.
type asker interface {
	QueryContext(ctx context.Context, statement string, args ...any) (*sql.Rows, error)
}

// group is the column by which is grouped, of an allow-list.
func (f *figuring) group() string {
	switch f.q.GroupBy {
	case casework.ByInstrument, casework.ByCountry, casework.ByAssignee:
		return "x." + string(f.q.GroupBy)
	}
	return "''"
}

// seen is a selection of rows of cases that the viewer may know of.
func (f *figuring) seen() *selection {
	s := &selection{}
	if f.viewer.Kind == casework.Person {
		s.and("(x.restricted = FALSE OR x.case_id IN (SELECT m.case_id FROM members m WHERE m.name = ?))", plain(f.viewer.Name))
	}
	return s
}

// each reads the rows of a composed statement.
func (f *figuring) each(ctx context.Context, statement string, args []any, read func(*sql.Rows) error) (err error) {
	rows, err := f.from.QueryContext(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer func() { err = firstOf(err, rows.Close()) }()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// attainment: what became of the deadlines that fell due, and which of them passed.
func (f *figuring) attainment(context.Context) error {
	for _, key := range slices.SortedFunc(maps.Keys(f.sums.due), dueKey.compare) {
		f.attained(key.group, key.kind, key.state, f.sums.due[key])
	}
	for i := range f.out.Attainment {
		f.rate(&f.out.Attainment[i])
	}
	return nil
}

func (f *figuring) attained(group, kind string, state casework.SLA, n int) {
	last := len(f.out.Attainment) - 1
	if last < 0 || f.out.Attainment[last].Group != group || string(f.out.Attainment[last].Kind) != kind {
		f.out.Attainment = append(f.out.Attainment, casework.Attainment{Group: group, Kind: casework.DeadlineKind(kind)})
		last++
	}
	a := &f.out.Attainment[last]
	a.Due += n
	switch state {
	case casework.Met:
		a.Met += n
	case casework.Missed:
		a.Missed += n
	case casework.Breached:
		a.Breached += n
	case casework.OnTrack, casework.DueSoon, casework.Paused:
		a.Open += n
	}
}

func (f *figuring) rate(a *casework.Attainment) {
	late := a.Missed + a.Breached
	if late > 0 {
		f.out.Breaches = append(f.out.Breaches, casework.Breaches{Group: a.Group, Kind: a.Kind, Cases: late})
	}
	if a.Met+late > 0 {
		share := float64(a.Met) / float64(a.Met+late)
		a.Rate = &share
	}
}

// ages are where the classes of the ageing begin, in days.
var ages = []int{0, 1, 3, 7, 14, 30, 90}

// ageing: how long ago the open cases were received.
func (f *figuring) ageing(ctx context.Context) error {
	s, class := f.seen(), strings.Builder{}
	for i, days := range ages[1:] {
		s.args = append(s.args, stamp.Of(f.q.Now.AddDate(0, 0, -days)).Text())
		class.WriteString(" WHEN x.received_at > $" + strconv.Itoa(len(s.args)) + " THEN " + strconv.Itoa(i))
	}
	s.and("x.stage <> 'closed'")
	return f.each(ctx, "SELECT "+f.group()+" AS g, CASE"+class.String()+" ELSE "+strconv.Itoa(len(ages)-1)+" END, COUNT(*) FROM cases x"+s.text()+" GROUP BY 1, 2 ORDER BY 1, 2",
		s.args, f.aged)
}

func (f *figuring) aged(rows *sql.Rows) error {
	var a casework.Age
	var class int
	if err := rows.Scan(&a.Group, &class, &a.Cases); err != nil {
		return err
	}
	a.FromDays = ages[class]
	if class+1 < len(ages) {
		a.ToDays = &ages[class+1]
	}
	f.out.Ageing = append(f.out.Ageing, a)
	return nil
}

// inStage: how long cases were in the stages that they left.
func (f *figuring) inStage(context.Context) error {
	for key, h := range f.sums.stays {
		f.out.InStage = append(f.out.InStage, casework.InStage{Group: key.group, Stage: key.stage, Cases: h.all, Median: h.share(50), P90: h.share(90)})
	}
	slices.SortFunc(f.out.InStage, func(a, b casework.InStage) int {
		return cmp.Or(strings.Compare(a.Group, b.Group), slices.Index(casework.Stages, a.Stage)-slices.Index(casework.Stages, b.Stage))
	})
	return nil
}

// load: how many open cases each person has.
func (f *figuring) load(ctx context.Context) error {
	s := f.seen()
	s.and("x.stage <> 'closed'")
	return f.each(ctx, "SELECT x.assignee, x.sla, COUNT(*) FROM cases x"+s.text()+" GROUP BY 1, 2 ORDER BY 1, 2", s.args, func(rows *sql.Rows) error {
		var assignee string
		var state casework.SLA
		var n int
		if err := rows.Scan(&assignee, &state, &n); err != nil {
			return err
		}
		f.loaded(assignee, state, n)
		return nil
	})
}

func (f *figuring) loaded(assignee string, state casework.SLA, n int) {
	last := len(f.out.Load) - 1
	if last < 0 || f.out.Load[last].Assignee != assignee {
		f.out.Load = append(f.out.Load, casework.Load{Assignee: assignee})
		last++
	}
	l := &f.out.Load[last]
	l.Open += n
	switch state {
	case casework.DueSoon:
		l.DueSoon += n
	case casework.Breached:
		l.Breached += n
	case casework.Paused:
		l.Paused += n
	case casework.OnTrack, casework.Met, casework.Missed:
	}
}

// forecastDays is how far the forecast looks.
const forecastDays = 7

// forecast: what falls due today and on the six days after, but for what stands still.
func (f *figuring) forecast(ctx context.Context) error {
	s, today, class := f.seen(), casework.DateOf(f.q.Now, f.q.Zone), strings.Builder{}
	for i := range forecastDays - 1 {
		s.args = append(s.args, stamp.Of(today.AddDays(i+1).Start(f.q.Zone)).Text())
		class.WriteString(" WHEN x.due_at < $" + strconv.Itoa(len(s.args)) + " THEN " + strconv.Itoa(i))
	}
	s.and("x.due_at >= ?", stamp.Of(today.Start(f.q.Zone)).Text())
	s.and("x.due_at < ?", stamp.Of(today.AddDays(forecastDays).Start(f.q.Zone)).Text())
	s.and("x.state IN ('on_track', 'due_soon', 'breached')")
	return f.each(ctx, "SELECT "+f.group()+" AS g, CASE"+class.String()+" ELSE "+strconv.Itoa(forecastDays-1)+" END, COUNT(*) FROM deadlines x"+s.text()+" GROUP BY 1, 2 ORDER BY 1, 2",
		s.args, func(rows *sql.Rows) error {
			var on casework.Forecast
			var ahead int
			if err := rows.Scan(&on.Group, &ahead, &on.Due); err != nil {
				return err
			}
			on.Date = today.AddDays(ahead)
			f.out.Forecast = append(f.out.Forecast, on)
			return nil
		})
}
