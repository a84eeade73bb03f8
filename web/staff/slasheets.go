package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
	"dueprocess/web/ui/plot"
)

// sheets are the figures of the SLA page, in its order.
func (p *pages) sheets(r *http.Request, q casework.FiguresQuery, user casework.Actor) ([]sheet, error) {
	weeks, err := p.Registry.Weeks(r.Context(), q, user)
	if err != nil {
		return nil, err
	}
	f, err := p.Registry.Figures(r.Context(), q, user)
	if err != nil {
		return nil, err
	}
	g := figures{f, q.Zone, casework.MayCall(casework.ReadCases, user) == nil}
	out := []sheet{weekly(weeks), g.attainment(), g.ageing(), g.stages(), g.load(), g.breaches(), g.forecast()}
	for i := range out {
		out[i].Table = "/sla/" + out[i].Name + ".csv?" + sameFigures(q).Encode()
	}
	return out, nil
}

// sameFigures are the parameters that ask for the same figures.
func sameFigures(q casework.FiguresQuery) url.Values {
	v := url.Values{"from": {string(casework.DateOf(q.From, q.Zone))}, "to": {string(casework.DateOf(q.Until.Add(-time.Second), q.Zone))}}
	if q.GroupBy != "" {
		v.Set("group_by", string(q.GroupBy))
	}
	return v
}

// figures are put into sheets; links lead only those on who may read cases.
type figures struct {
	casework.Figures

	zone    *time.Location
	mayRead bool
}

func countCell(n int) cell { return cell{Text: strconv.Itoa(n)} }

func shareCell(v *float64) cell {
	if v == nil {
		return cell{Text: plot.Percent(nil), Raw: " "}
	}
	return cell{Text: plot.Percent(v), Raw: strconv.FormatFloat(*v, 'f', 4, 64)}
}

func lengthCell(d casework.Period) cell {
	return cell{Text: ui.Length(time.Duration(d)), Raw: strconv.FormatFloat(time.Duration(d).Hours(), 'f', 2, 64)}
}

var attained = []column{{"Due", "due", true}, {"Met", "met", true}, {"Met late", "missed", true}, {"Late and open", "breached", true}, {"Still open", "open", true}, {"Attainment", "rate", true}}

// weekly: what became of the deadlines that fell due, week by week.
func weekly(weeks []casework.Week) sheet {
	s := sheet{
		Name: "attainment", Title: "Attainment by week", Empty: "Nothing fell due in this time.",
		Says:    "Of the deadlines of ours that fell due in a week: met in time, met late, or late and still open. Attainment is the share that was met in time.",
		Columns: append([]column{{"Week", "from", false}}, attained...),
	}
	bars, due, last := []plot.Bar{}, 0, ""
	for _, w := range weeks {
		s.Rows = append(s.Rows, []cell{{Text: dayAndMonth(w.From) + " to " + w.To.Start(time.UTC).Format("2 Jan 2006"), Raw: string(w.From)}, countCell(w.Due), countCell(w.Met), countCell(w.Missed), countCell(w.Breached), countCell(w.Open), shareCell(w.Rate)})
		bars = append(bars, plot.Bar{Label: dayAndMonth(w.From), Says: plot.Percent(w.Rate), Parts: []plot.Part{{Class: "good", Value: float64(w.Met)}, {Class: "warn", Value: float64(w.Missed)}, {Class: "bad", Value: float64(w.Breached)}}})
		due += w.Due
		if w.Rate != nil {
			last = fmt.Sprintf(" In the week of %s attainment was %s.", ui.Day(w.From), plot.Percent(w.Rate))
		}
	}
	if due == 0 {
		s.Rows = nil
	}
	made := plot.Columns(plot.Plot{
		ID: "plot-attainment", Title: "Deadlines by week", Desc: fmt.Sprintf("One column for each of %d weeks; %d deadlines in all.%s", len(weeks), due, last),
		Key: []plot.Entry{{Class: "good", Says: "met"}, {Class: "warn", Says: "met late"}, {Class: "bad", Says: "late and open"}},
	}, bars)
	s.Plot = &made
	return s
}

func dayAndMonth(d casework.Date) string { return d.Start(time.UTC).Format("2 Jan") }

// grouped begins a row with its group, where there is one.
func (g figures) grouped(group string, rest ...cell) []cell {
	if g.GroupBy == "" {
		return rest
	}
	return append([]cell{{Text: g.group(group), Raw: group}}, rest...)
}

func (g figures) columns(rest ...column) []column {
	if g.GroupBy == "" {
		return rest
	}
	return append([]column{{ui.Title(g.GroupBy), string(g.GroupBy), false}}, rest...)
}

func (g figures) group(name string) string {
	switch {
	case name == "" && g.GroupBy == casework.ByAssignee:
		return "nobody"
	case g.GroupBy == casework.ByInstrument:
		return ui.Words(casework.InstrumentType(name))
	}
	return name
}

// attainment by the kind of the deadline.
func (g figures) attainment() sheet {
	s := sheet{
		Name: "kinds", Title: "Attainment by kind of deadline", Says: "The same deadlines, by what had to be done.", Empty: "Nothing fell due in this time.",
		Columns: g.columns(append([]column{{"Deadline", "kind", false}}, attained...)...),
	}
	for _, a := range g.Attainment {
		s.Rows = append(s.Rows, g.grouped(a.Group, cell{Text: ui.Title(a.Kind), Raw: string(a.Kind)}, countCell(a.Due), countCell(a.Met), countCell(a.Missed), countCell(a.Breached), countCell(a.Open), shareCell(a.Rate)))
	}
	return s
}

// ageing: how long ago the open cases were received.
func (g figures) ageing() sheet {
	s := sheet{
		Name: "ageing", Title: "Age of open cases", Says: "How many days ago the cases were received that are open now.", Empty: "No case is open.",
		Columns: g.columns(column{"Days", "from_days", false}, column{"Cases", "cases", true}),
	}
	sums, labels := map[int]int{}, []int{}
	names := map[int]string{}
	for _, a := range g.Ageing {
		if _, seen := names[a.FromDays]; !seen {
			names[a.FromDays] = agedDays(a)
			labels = append(labels, a.FromDays)
		}
		sums[a.FromDays] += a.Cases
		s.Rows = append(s.Rows, g.grouped(a.Group, cell{Text: agedDays(a), Raw: strconv.Itoa(a.FromDays)}, countCell(a.Cases)))
	}
	bars := []plot.Bar{}
	for _, from := range slices.Sorted(slices.Values(labels)) {
		bars = append(bars, plot.Bar{Label: names[from], Says: strconv.Itoa(sums[from]), Parts: []plot.Part{{Class: "s1", Value: float64(sums[from])}}})
	}
	made := plot.Columns(plot.Plot{ID: "plot-ageing", Title: "Open cases by age", Desc: inWords(bars, "days")}, bars)
	s.Plot = &made
	return s
}

func agedDays(a casework.Age) string {
	switch {
	case a.ToDays == nil:
		return fmt.Sprintf("%d or more", a.FromDays)
	case *a.ToDays == a.FromDays+1:
		return strconv.Itoa(a.FromDays)
	}
	return fmt.Sprintf("%d to %d", a.FromDays, *a.ToDays-1)
}

// inWords is a plot in a sentence, for those who do not see it.
func inWords(bars []plot.Bar, unit string) string {
	parts := []string{}
	for _, b := range bars {
		parts = append(parts, b.Label+" "+unit+": "+b.Says)
	}
	return strings.Join(parts, "; ") + "."
}

// mostBars is how many bars lie under each other; the table has them all.
const mostBars = 30

// stages: how long cases were in the stages that they left.
func (g figures) stages() sheet {
	s := sheet{
		Name: "stages", Title: "Time in stage", Empty: "No case left a stage in this time.",
		Says:    "Of the cases that left a stage in this time: half of them stayed no longer than the median, nine of ten no longer than p90.",
		Columns: g.columns(column{"Stage", "stage", false}, column{"Cases", "cases", true}, column{"Median", "median_hours", true}, column{"p90", "p90_hours", true}),
	}
	bars := []plot.Bar{}
	for _, x := range g.InStage {
		label := ui.Title(x.Stage)
		s.Rows = append(s.Rows, g.grouped(x.Group, cell{Text: label, Raw: string(x.Stage)}, countCell(x.Cases), lengthCell(x.Median), lengthCell(x.P90)))
		if g.GroupBy != "" {
			label = g.group(x.Group) + ", " + ui.Words(x.Stage)
		}
		hours := time.Duration(x.Median).Hours()
		bars = append(bars, plot.Bar{Label: label, Says: lengthCell(x.Median).Text + ", " + lengthCell(x.P90).Text, Parts: []plot.Part{{Class: "s1", Value: hours}, {Class: "s6", Value: time.Duration(x.P90).Hours() - hours}}})
	}
	made := plot.Lying(plot.Plot{
		ID: "plot-stages", Title: "Median and p90 of the time in each stage", Desc: inWords(bars[:min(len(bars), mostBars)], "(median, p90)"),
		Key: []plot.Entry{{Class: "s1", Says: "up to the median"}, {Class: "s6", Says: "from there to p90"}},
	}, bars[:min(len(bars), mostBars)])
	s.Plot = &made
	return s
}

// load: what each person has.
func (g figures) load() sheet {
	s := sheet{
		Name: "load", Title: "Load", Says: "How many open cases each person has, and how they stand.", Empty: "No case is open.",
		Columns: []column{{"Assigned to", "assignee", false}, {"Open", "open", true}, {"Due soon", "due_soon", true}, {"Late", "breached", true}, {"Paused", "paused", true}},
	}
	bars := []plot.Bar{}
	for _, l := range g.Load {
		name, term := l.Assignee, l.Assignee
		if name == "" {
			name, term = "nobody", "nobody"
		}
		s.Rows = append(s.Rows, []cell{
			{Text: name, Raw: l.Assignee}, g.linked(l.Open, "is:open assignee:"+term), g.linked(l.DueSoon, "sla:due_soon assignee:"+term),
			g.linked(l.Breached, "sla:breached assignee:"+term), g.linked(l.Paused, "sla:paused assignee:"+term),
		})
		bars = append(bars, plot.Bar{Label: name, Says: strconv.Itoa(l.Open), Parts: []plot.Part{
			{Class: "s1", Value: float64(l.Open - l.DueSoon - l.Breached - l.Paused)}, {Class: "warn", Value: float64(l.DueSoon)},
			{Class: "bad", Value: float64(l.Breached)}, {Class: "s6", Value: float64(l.Paused)},
		}})
	}
	made := plot.Lying(plot.Plot{
		ID: "plot-load", Title: "Open cases by person", Desc: inWords(bars[:min(len(bars), mostBars)], "has"),
		Key: []plot.Entry{{Class: "s1", Says: "on track"}, {Class: "warn", Says: "due soon"}, {Class: "bad", Says: "late"}, {Class: "s6", Says: "paused"}},
	}, bars[:min(len(bars), mostBars)])
	s.Plot = &made
	return s
}

// linked is a count that leads to its cases.
func (g figures) linked(n int, search string) cell {
	c := countCell(n)
	if g.mayRead && n > 0 {
		c.Link = "/?q=" + url.QueryEscape(search)
	}
	return c
}

// breaches: deadlines of the time asked for that passed.
func (g figures) breaches() sheet {
	s := sheet{
		Name: "breaches", Title: "Breaches", Says: "Deadlines of this time that passed before they were met.", Empty: "No deadline of this time was missed.",
		Columns: g.columns(column{"Deadline", "kind", false}, column{"Cases", "cases", true}),
	}
	for _, b := range g.Breaches {
		s.Rows = append(s.Rows, g.grouped(b.Group, cell{Text: ui.Title(b.Kind), Raw: string(b.Kind)}, countCell(b.Cases)))
	}
	return s
}

// forecast: what falls due in the next seven days.
func (g figures) forecast() sheet {
	s := sheet{
		Name: "forecast", Title: "The next seven days", Says: "Deadlines that fall due, today being the first day: each is a breach unless somebody acts.", Empty: "Nothing falls due in the next seven days.",
		Columns: g.columns(column{"Day", "date", false}, column{"Due", "due", true}),
	}
	sums := map[casework.Date]int{}
	for _, f := range g.Forecast {
		sums[f.Date] += f.Due
		s.Rows = append(s.Rows, g.grouped(f.Group, cell{Text: ui.Day(f.Date), Raw: string(f.Date)}, countCell(f.Due)))
	}
	bars := []plot.Bar{}
	for i := range horizon {
		on := casework.DateOf(g.At, g.zone).AddDays(i)
		bars = append(bars, plot.Bar{Label: dayAndMonth(on), Says: strconv.Itoa(sums[on]), Parts: []plot.Part{{Class: "warn", Value: float64(sums[on])}}})
	}
	made := plot.Columns(plot.Plot{ID: "plot-forecast", Title: "Deadlines of the next seven days", Desc: inWords(bars, "")}, bars)
	s.Plot = &made
	return s
}
