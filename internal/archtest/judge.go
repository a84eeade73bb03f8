package archtest

import (
	"fmt"
	"strings"
)

const module = "dueprocess"

// Verdict is why an import may not be.
type Verdict struct{ Importer, Imported, Rule, Why string }

func (v Verdict) String() string {
	return fmt.Sprintf("%s imports %s: against rule %s: %s", v.Importer, v.Imported, v.Rule, v.Why)
}

// judge says what is wrong with an import of the product's own code; false: nothing is.
func judge(importer, imported string, test bool) (Verdict, bool) {
	from, to := short(importer), short(imported)
	no := func(rule, why string) (Verdict, bool) { return Verdict{importer, imported, rule, why}, true }
	r, ok := ruleOf(from)
	if !ok {
		return no("0 (the table)", "the package has no place in the table of internal/archtest: give it one")
	}
	if test && matches("*", r.tests) {
		return Verdict{}, false
	}
	if why, ok := walledOff(from, to); ok && !test {
		return no("of walls", why)
	}
	if r.allows(from, to, imported, test) {
		return Verdict{}, false
	}
	return no(r.name, r.why)
}

func (r rule) allows(from, to, imported string, test bool) bool {
	switch {
	case isOwn(imported):
		return under(from) == under(to) && under(to) != "web" && under(to) != "internal" || from == to || matches(to, r.own) || test && matches(to, r.tests)
	case isStandard(imported):
		return test || !matches(imported, r.banned) || matches(imported, r.but)
	default:
		return test || within(imported, r.libraries)
	}
}

func walledOff(from, to string) (string, bool) {
	for _, w := range walls {
		if matches(to, w.of) && !matches(from, w.by) {
			return w.why, true
		}
	}
	return "", false
}

func ruleOf(pkg string) (rule, bool) {
	for _, r := range rules {
		if matches(pkg, r.of) {
			return r, true
		}
	}
	return rule{}, false
}

// short is a package's path within its module; packages of others keep theirs. The tests of a package count as it.
func short(path string) string {
	return strings.TrimSuffix(strings.TrimPrefix(path, module+"/"), "_test")
}

// under is the folder at the root that a package lies in.
func under(pkg string) string {
	first, _, _ := strings.Cut(pkg, "/")
	return first
}

func isOwn(path string) bool { return strings.HasPrefix(path, module+"/") }

// isStandard: paths of the standard library have no dot in their first element.
func isStandard(path string) bool { return !strings.Contains(under(path), ".") }

func matches(pkg string, patterns []string) bool {
	for _, p := range patterns {
		folder, deep := strings.CutSuffix(p, "/...")
		if p == "*" || pkg == folder || deep && strings.HasPrefix(pkg, folder+"/") {
			return true
		}
	}
	return false
}

func within(path string, modules []string) bool {
	for _, m := range modules {
		if m == "*" || path == m || strings.HasPrefix(path, m+"/") {
			return true
		}
	}
	return false
}
