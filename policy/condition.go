package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"dueprocess/casework"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"github.com/goccy/go-yaml/ast"
)

// condition is a compiled CEL expression over the facts; safe for concurrent use.
type condition struct {
	source  string
	program cel.Program
}

// costLimit ends an evaluation that costs more; the dearest condition of the default rulebook stays far below it.
const costLimit = 20_000

// environment is what conditions may say: the facts, CEL's own functions, and three of ours.
var environment = sync.OnceValue(func() *cel.Env {
	options := []cel.EnvOption{
		cel.Function("touches", cel.MemberOverload("list_touches_list", []*cel.Type{texts, texts}, cel.BoolType, cel.BinaryBinding(touches))),
		cel.Function("names", cel.MemberOverload("list_names_text", []*cel.Type{texts, cel.StringType}, cel.BoolType, cel.BinaryBinding(names))),
		cel.Function("add_days", cel.Overload("add_days_text_int", []*cel.Type{cel.StringType, cel.IntType}, cel.StringType, cel.BinaryBinding(addDays))),
		cel.Function("add_years", cel.Overload("add_years_text_int", []*cel.Type{cel.StringType, cel.IntType}, cel.StringType, cel.BinaryBinding(addYears))),
	}
	for name, f := range facts {
		options = append(options, cel.Variable(name, f.kind))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		panic("policy: the facts do not make an environment: " + err.Error())
	}
	return env
})

var texts = cel.ListType(cel.StringType)

// touches reports whether two lists have an element in common.
func touches(a, b ref.Val) ref.Val {
	list, other := a.(traits.Lister), b.(traits.Lister)
	for it := list.Iterator(); it.HasNext() == types.True; {
		if other.Contains(it.Next()) == types.True {
			return types.True
		}
	}
	return types.False
}

// names reports whether an entry of a legal basis names the words.
func names(a, b ref.Val) ref.Val {
	var basis []string
	for it := a.(traits.Lister).Iterator(); it.HasNext() == types.True; {
		basis = append(basis, string(it.Next().(types.String)))
	}
	return types.Bool(basisNames(basis, string(b.(types.String))))
}

func addDays(day, n ref.Val) ref.Val {
	return types.String(casework.Date(day.(types.String)).AddDays(int(n.(types.Int))))
}

// addYears is the same day n years later; 29 February becomes 1 March.
func addYears(day, n ref.Val) ref.Val {
	d := casework.Date(day.(types.String))
	if d == "" || !d.Valid() {
		return types.String("")
	}
	return types.String(d.Start(utc).AddDate(int(n.(types.Int)), 0, 0).Format(casework.DayFormat))
}

// condition compiles an expression of the given type; its faults are placed in the file, and it is nil then.
func (r *reader) condition(n ast.Node, kind *cel.Type) *condition {
	source := r.text(n)
	if source == "" {
		return nil
	}
	checked, issues := environment().Compile(source)
	if issues != nil && issues.Err() != nil {
		for _, issue := range issues.Errors() {
			r.faults.add(r.inside(n, issue.Location.Line(), issue.Location.Column()), "condition: %s", issue.Message)
		}
		return nil
	}
	before := len(r.faults.all)
	if checked.OutputType().String() != kind.String() {
		r.fault(n, "condition: is of type %s, not %s", checked.OutputType(), kind)
	}
	if kind == cel.BoolType {
		r.constant(n, checked)
	}
	r.vocabulary(n, checked)
	r.costly(n, checked)
	program, err := environment().Program(checked, metered(checked)...)
	if err != nil {
		r.fault(n, "condition: %v", err)
	}
	if len(r.faults.all) > before {
		return nil
	}
	return &condition{source, program}
}

// inside is the place of a line and column of a condition in its file. A block's text has its own lines and margin, so
// the place there is found by what stands before it.
func (r *reader) inside(n ast.Node, line, column int) place {
	at := r.at(n)
	if literal, ok := n.(*ast.LiteralNode); ok {
		return r.insideBlock(literal, line, column)
	}
	if line > 1 {
		return place{r.file, at.line + line - 1, column + 1}
	}
	return place{r.file, at.line, at.column + column}
}

func (r *reader) insideBlock(n *ast.LiteralNode, line, column int) place {
	lines := strings.Split(n.Value.Value, "\n")
	before := strings.Join(lines[:line-1], "") + string([]rune(lines[line-1])[:column])
	left := len([]rune(squash(before)))
	at := place{r.file, r.at(n).line + 1, 1}
	for _, c := range n.Value.GetToken().Origin {
		switch {
		case c == '\n':
			at.line, at.column = at.line+1, 0
		case !unicode.IsSpace(c) && left == 0:
			return at
		case !unicode.IsSpace(c):
			left--
		}
		at.column++
	}
	return at
}

// squash is the text without its white space.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// constant refuses a condition that is always true or always false: it says nothing, and hides a mistake.
func (r *reader) constant(n ast.Node, checked *cel.Ast) {
	folder, err := cel.NewConstantFoldingOptimizer()
	if err != nil {
		r.fault(n, "condition: %v", err)
		return
	}
	optimizer, err := cel.NewStaticOptimizer(folder)
	if err != nil {
		r.fault(n, "condition: %v", err)
		return
	}
	folded, issues := optimizer.Optimize(environment(), checked)
	if issues != nil && issues.Err() != nil {
		r.fault(n, "condition: %v", issues.Err())
		return
	}
	if folded.NativeRep().Expr().Kind() == celast.LiteralKind || !mentionsFact(checked) {
		r.fault(n, "condition: is constant; leave it out, or say on what it depends")
	}
}

func mentionsFact(checked *cel.Ast) bool {
	for _, reference := range checked.NativeRep().ReferenceMap() {
		if _, ok := facts[reference.Name]; ok {
			return true
		}
	}
	return false
}

// vocabulary refuses a text that is compared with a fact of a closed vocabulary and is not in it.
func (r *reader) vocabulary(n ast.Node, checked *cel.Ast) {
	refs := checked.NativeRep().ReferenceMap()
	celast.PostOrderVisit(checked.NativeRep().Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if e.Kind() != celast.CallKind {
			return
		}
		operands := e.AsCall().Args()
		if e.AsCall().IsMemberFunction() {
			operands = append([]celast.Expr{e.AsCall().Target()}, operands...)
		}
		for _, operand := range operands {
			if reference, ok := refs[operand.ID()]; ok && facts[reference.Name].words != nil {
				r.checkWords(n, reference.Name, operands)
			}
		}
	}))
}

func (r *reader) checkWords(n ast.Node, name string, operands []celast.Expr) {
	allowed := facts[name].words
	for _, operand := range operands {
		for _, w := range literals(operand) {
			if w != "" && !slices.Contains(allowed, w) {
				r.fault(n, "condition: %q is not in the vocabulary of %s: %s", w, name, strings.Join(allowed, ", "))
			}
		}
	}
}

// literals are the texts of a literal or of a list of literals.
func literals(e celast.Expr) []string {
	switch e.Kind() {
	case celast.LiteralKind:
		if s, ok := e.AsLiteral().(types.String); ok {
			return []string{string(s)}
		}
	case celast.ListKind:
		var out []string
		for _, element := range e.AsList().Elements() {
			out = append(out, literals(element)...)
		}
		return out
	}
	return nil
}

var errNotBool = errors.New("the condition gave no answer")

// holds evaluates the condition; nil always holds.
func (c *condition) holds(v *view) (bool, error) {
	if c == nil {
		return true, nil
	}
	out, _, err := c.program.Eval(v)
	if err != nil {
		return false, fmt.Errorf("condition %q: %w", c.source, err)
	}
	b, ok := out.(types.Bool)
	if !ok {
		return false, errNotBool
	}
	return bool(b), nil
}

// day evaluates an expression that names a day; empty: none.
func (c *condition) day(v *view) (casework.Date, error) {
	out, _, err := c.program.Eval(v)
	if err != nil {
		return "", fmt.Errorf("expression %q: %w", c.source, err)
	}
	d, ok := out.(types.String)
	if !ok || !casework.Date(d).Valid() {
		return "", fmt.Errorf("expression %q names no day", c.source)
	}
	return casework.Date(d), nil
}
