package policy

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"dueprocess/casework"

	"cel.dev/cel-go/cel"
	"github.com/goccy/go-yaml/ast"
)

// readRules reads one file of rules: the scope of its group, and its rules.
func (r *reader) readRules(n ast.Node) []*rule {
	var outer scope
	var rules []ast.Node
	r.fields(n, map[string]func(ast.Node){
		"group": func(n ast.Node) { r.text(n) },
		"scope": func(n ast.Node) { outer = r.scope(n) },
		"rules": func(n ast.Node) { rules = r.items(n) },
	})
	if len(rules) == 0 {
		r.fault(n, "the file has no rules")
	}
	var out []*rule
	for _, item := range rules {
		out = append(out, r.rule(item, outer))
	}
	return out
}

func (r *reader) scope(n ast.Node) scope {
	s := scope{}
	r.fields(n, map[string]func(ast.Node){
		"authority":   func(n ast.Node) { s.classes = words(r, n, classes) },
		"instruments": func(n ast.Node) { s.instruments = words(r, n, casework.InstrumentTypes) },
	})
	return s
}

var ruleID = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+$`)

// rule reads one rule; it looks at what its group names, or at less.
func (r *reader) rule(n ast.Node, outer scope) *rule {
	out := &rule{scope: outer, at: r.at(n)}
	r.fields(n, map[string]func(ast.Node){
		"id":       func(n ast.Node) { out.id = r.id(n) },
		"cites":    func(n ast.Node) { out.cites = r.text(n) },
		"in_force": func(n ast.Node) { out.from, out.to = r.inForce(n) },
		"scope":    func(n ast.Node) { out.scope = r.narrow(n, outer) },
		"when":     func(n ast.Node) { out.when = r.condition(n, cel.BoolType) },
		"then":     func(n ast.Node) { out.then = r.effects(n) },
		"say":      func(n ast.Node) { out.say = r.text(n) },
		"note":     func(n ast.Node) { out.note = r.text(n) },
	})
	r.whole(n, out)
	return out
}

func (r *reader) id(n ast.Node) string {
	id := r.text(n)
	if id != "" && !ruleID.MatchString(id) {
		r.fault(n, "is no id; write it as us.content.warrant")
	}
	return id
}

func (r *reader) inForce(n ast.Node) (from, to casework.Date) {
	r.fields(n, map[string]func(ast.Node){
		"from": func(n ast.Node) { from = r.date(n) },
		"to":   func(n ast.Node) { to = r.date(n) },
	})
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) == 0 {
		r.fault(n, "names no day; say from, to or both")
	}
	r.span(n, from, to)
	return from, to
}

// narrow reads a rule's own scope: what it leaves out is its group's, and it may not reach beyond it.
func (r *reader) narrow(n ast.Node, outer scope) scope {
	s := r.scope(n)
	if s.classes == nil {
		s.classes = outer.classes
	}
	if s.instruments == nil {
		s.instruments = outer.instruments
	}
	if !s.within(outer) {
		r.fault(n, "a rule looks only at instruments and authorities that its group names")
	}
	return s
}

// whole checks that nothing is missing of a rule.
func (r *reader) whole(n ast.Node, out *rule) {
	if out.id == "" {
		r.fault(n, "the rule has no id")
	}
	if out.cites == "" {
		r.fault(n, "the rule %s cites nothing", out.id)
	}
	if len(out.then) == 0 {
		r.fault(n, "nothing follows from the rule %s", out.id)
	}
	if out.say == "" && slices.ContainsFunc(out.then, func(e effect) bool { return e.say == "" }) {
		r.fault(n, "the rule %s says nothing", out.id)
	}
}

func (r *reader) effects(n ast.Node) []effect {
	var out []effect
	for _, item := range r.items(n) {
		out = append(out, r.effect(item))
	}
	return out
}

func (r *reader) effect(n ast.Node) effect {
	e := effect{}
	r.fields(n, map[string]func(ast.Node){
		"when":         func(n ast.Node) { e.when = r.condition(n, cel.BoolType) },
		"cites":        func(n ast.Node) { e.cites = r.text(n) },
		"say":          func(n ast.Node) { e.say = r.text(n) },
		"answer":       func(n ast.Node) { e.answer = word(r, n, casework.Answers) },
		"about":        func(n ast.Node) { e.about = expand(words(r, n, topics)) },
		"limits":       func(n ast.Node) { e.limits = words(r, n, casework.SubscriberFields) },
		"finding":      func(n ast.Node) { e.finding = word(r, n, []casework.Severity{casework.Defect, casework.Doubt}) },
		"path":         func(n ast.Node) { e.path = r.path(n) },
		"ground":       func(n ast.Node) { e.ground = r.truth(n) },
		"notice":       func(n ast.Node) { e.notice = word(r, n, casework.NoticeDuties) },
		"until":        func(n ast.Node) { e.until = r.condition(n, cel.StringType) },
		"approvals":    func(n ast.Node) { e.people = r.number(n, 1) },
		"verification": func(n ast.Node) { e.verify = word(r, n, levels) },
		"deadline":     func(n ast.Node) { e.due = r.due(n) },
		"counts_as":    func(n ast.Node) { e.counts = word(r, n, casework.InstrumentTypes) },
	})
	r.coherent(n, e)
	return e
}

var levels = []casework.VerificationLevel{casework.Standard, casework.SecondChannel}

// coherent checks that keys that need each other stand together.
func (r *reader) coherent(n ast.Node, e effect) {
	pair := func(a, b bool, what string) {
		if a != b {
			r.fault(n, "%s stand together or not at all", what)
		}
	}
	pair(e.answer != "", len(e.about) > 0, "answer and about")
	pair(e.finding != "", e.path.before != "", "finding and path")
	if len(e.limits) > 0 && e.answer != casework.Permit {
		r.fault(n, "limits belong to a permit")
	}
	if len(e.limits) > 0 && slices.ContainsFunc(e.about, func(t topic) bool { return t != topic(casework.Subscriber) }) {
		r.fault(n, "limits name fields of subscriber; they belong to it alone")
	}
	if e.until != nil && e.notice == "" {
		r.fault(n, "until belongs to a notice")
	}
	if !e.follows() {
		r.fault(n, "nothing follows; say answer, finding, ground, notice, approvals, verification, deadline or counts_as")
	}
}

// follows reports whether the effect does anything at all.
func (e effect) follows() bool {
	return e.answer != "" || e.finding != "" || e.ground || e.notice != "" || e.people > 0 || e.verify != "" || e.due != nil || e.counts != ""
}

var targetPath = regexp.MustCompile(`^([a-z_.]+)\[([a-z_.]+)\]((?:\.[a-z_]+)*)$`)

func (r *reader) path(n ast.Node) path {
	s := r.text(n)
	m := targetPath.FindStringSubmatch(s)
	if m == nil {
		r.field(n, s)
		return path{before: s}
	}
	r.field(n, m[1]+m[3])
	if f, ok := facts[m[2]]; !ok || !strings.HasPrefix(m[2], "targets.") || f.kind.String() != cel.ListType(cel.IntType).String() {
		r.fault(n, "%q is no fact that names targets", m[2])
	}
	return path{m[1], m[2], m[3]}
}

// field refuses a path that is no field of a request.
func (r *reader) field(n ast.Node, path string) {
	at := reflect.TypeFor[casework.Request]()
	for name := range strings.SplitSeq(path, ".") {
		var found bool
		if at, found = member(at, name); !found {
			r.fault(n, "%q is no field of a request", path)
			return
		}
	}
}

// member is the type of a struct's field by its JSON name; of a list, of its elements' field.
func member(t reflect.Type, name string) (reflect.Type, bool) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return t, false
	}
	for _, f := range reflect.VisibleFields(t) {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
			return f.Type, true
		}
	}
	return t, false
}

// due reads a deadline: a kind, and either a count from an event or a day.
func (r *reader) due(n ast.Node) *due {
	d := &due{from: fromReceipt}
	r.fields(n, map[string]func(ast.Node){
		"kind":  func(n ast.Node) { d.kind = word(r, n, casework.DeadlineKinds) },
		"count": func(n ast.Node) { d.count = word(r, n, countings) },
		"n":     func(n ast.Node) { d.n = r.number(n, 1) },
		"from":  func(n ast.Node) { d.from = word(r, n, events) },
		"on":    func(n ast.Node) { d.on = r.condition(n, cel.StringType) },

		"emergency_hours": func(n ast.Node) { d.hours = r.number(n, 1) },
	})
	if d.kind == "" {
		r.fault(n, "the deadline has no kind")
	}
	if (d.count == "") == (d.on == nil) || (d.count == "") != (d.n == 0) {
		r.fault(n, "a deadline has either count and n, or on")
	}
	r.hoursFromReceipt(n, d)
	return d
}

// hoursFromReceipt: of receipt the instant is known, of service only the day.
func (r *reader) hoursFromReceipt(n ast.Node, d *due) {
	if d.count.inHours() && d.from != fromReceipt {
		r.fault(n, "hours are counted from receipt; of service only the day is known")
	}
	if d.hours > 0 && (d.count == "" || d.count.inHours()) {
		r.fault(n, "emergency_hours stand beside a count of days or months")
	}
}
