package policy

import (
	"fmt"
	"slices"
	"strings"

	"dueprocess/clocks"

	"github.com/goccy/go-yaml/ast"
)

// Calendars are the calendars by which deadlines are counted, with the rulebook's overrides.
func (r *Rulebook) Calendars() *clocks.Calendars { return r.calendars }

// overrides is calendars.yaml being read; places is where each thing stands, by its path: [0].closed[2].date.
type overrides struct {
	*reader

	all    []clocks.Override
	places map[string]ast.Node
}

// readCalendars lays the overrides of the file over the library's calendars.
func (r *reader) readCalendars(n ast.Node) *clocks.Calendars {
	in := &overrides{reader: r, places: map[string]ast.Node{"": n}}
	r.fields(n, map[string]func(ast.Node){"calendars": in.read})
	calendars, faults := clocks.NewCalendars(in.all)
	for _, f := range faults {
		in.blame(f)
	}
	return calendars
}

// read reads the list; an empty one overrides nothing.
func (in *overrides) read(n ast.Node) {
	if list, ok := n.(*ast.SequenceNode); ok && len(list.Values) == 0 {
		return
	}
	for _, item := range in.items(n) {
		if _, isText := scalar(item); isText {
			in.fault(item, "must say place, version, source, years and the days")
			continue
		}
		in.override(fmt.Sprintf("[%d]", len(in.all)), item)
	}
}

func (in *overrides) override(path string, n ast.Node) {
	var o clocks.Override
	in.places[path] = n
	in.known(path, n, map[string]func(ast.Node){
		"place":   func(n ast.Node) { o.Place = in.text(n) },
		"version": func(n ast.Node) { o.Version = in.text(n) },
		"source":  func(n ast.Node) { o.Source = in.text(n) },
		"years":   func(n ast.Node) { o.From, o.To = in.years(n) },
		"closed":  func(n ast.Node) { o.Closed = in.days(path+".closed", n) },
		"open":    func(n ast.Node) { o.Open = in.days(path+".open", n) },
	})
	in.all = append(in.all, o)
}

// known reads a mapping as fields does, and notes where each value stands.
func (in *overrides) known(path string, n ast.Node, fields map[string]func(ast.Node)) {
	noting := map[string]func(ast.Node){}
	for key, read := range fields {
		noting[key] = func(n ast.Node) {
			in.places[path+"."+key] = n
			read(n)
		}
	}
	in.fields(n, noting)
}

// years reads [2026, 2027], the first and the last, or one year.
func (in *overrides) years(n ast.Node) (from, to int) {
	years := in.numbers(n, 1)
	if len(years) > 2 {
		in.fault(n, "is one year, or the first and the last")
	}
	if len(years) == 0 {
		return 0, 0
	}
	return years[0], years[len(years)-1]
}

func (in *overrides) days(path string, n ast.Node) []clocks.Day {
	var out []clocks.Day
	for i, item := range in.items(n) {
		var d clocks.Day
		at := fmt.Sprintf("%s[%d]", path, i)
		in.places[at] = item
		in.known(at, item, map[string]func(ast.Node){
			"date": func(n ast.Node) { d.Date = in.date(n) },
			"name": func(n ast.Node) { d.Name = in.text(n) },
		})
		out = append(out, d)
	}
	return out
}

// blame puts a fault of the calendars where its value stands, else where that is missing; what the reader has found fault
// with already is not said twice.
func (in *overrides) blame(f clocks.Fault) {
	path := f.At
	for in.places[path] == nil {
		path = path[:strings.LastIndexAny(path, ".[")]
	}
	at := in.at(in.places[path])
	if path == f.At && slices.ContainsFunc(in.faults.all, func(x Fault) bool { return at == place{x.File, x.Line, x.Column} }) {
		return
	}
	in.faults.add(at, "%s", f.Message)
}
