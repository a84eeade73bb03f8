package policy

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// reader reads one YAML file strictly: every unknown key, wrong kind and empty value is a fault with its place, and
// reading goes on after each.
type reader struct {
	file   string
	faults *faultList
}

// document is the file's single mapping; false where there is none to read.
func (r *reader) document(text []byte) (ast.Node, bool) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		r.syntax(err)
		return nil, false
	}
	docs := slices.DeleteFunc(file.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	switch {
	case len(docs) == 0 || docs[0].Body.Type() == ast.NullType:
		r.faults.add(place{r.file, 1, 1}, "the file is empty")
	case len(docs) > 1:
		r.fault(docs[1].Body, "one file holds one document")
	default:
		return docs[0].Body, true
	}
	return nil, false
}

func (r *reader) syntax(err error) {
	at, message := place{r.file, 1, 1}, err.Error()
	if y, ok := errors.AsType[yaml.Error](err); ok {
		message = y.GetMessage()
		if token := y.GetToken(); token != nil {
			at.line, at.column = token.Position.Line, token.Position.Column
		}
	}
	r.faults.add(at, "is not YAML: %s", message)
}

func (r *reader) at(n ast.Node) place {
	if v, ok := n.(*ast.MappingNode); ok && len(v.Values) > 0 {
		n = v.Values[0].Key
	}
	if n == nil || n.GetToken() == nil {
		return place{r.file, 1, 1}
	}
	p := n.GetToken().Position
	return place{r.file, p.Line, p.Column}
}

func (r *reader) fault(n ast.Node, format string, args ...any) {
	r.faults.add(r.at(n), format, args...)
}

// fields reads a mapping: each key by its own function; an unknown or repeated key is a fault.
func (r *reader) fields(n ast.Node, known map[string]func(ast.Node)) {
	seen := map[string]bool{}
	for _, v := range r.pairs(n) {
		key := keyOf(v)
		read, ok := known[key]
		switch {
		case !ok:
			r.fault(v.Key, "unknown key %q; known here: %s", key, strings.Join(sortedKeys(known), ", "))
		case seen[key]:
			r.fault(v.Key, "the key %q stands here twice", key)
		default:
			read(v.Value)
		}
		seen[key] = true
	}
}

func keyOf(v *ast.MappingValueNode) string {
	if s, ok := v.Key.(*ast.StringNode); ok {
		return s.Value
	}
	return v.Key.String()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// pairs are the entries of a mapping; anything else is a fault.
func (r *reader) pairs(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	r.fault(n, "must be a mapping of keys to values")
	return nil
}

// items are the elements of a list; a single value counts as a list of one.
func (r *reader) items(n ast.Node) []ast.Node {
	if list, ok := n.(*ast.SequenceNode); ok {
		if len(list.Values) == 0 {
			r.fault(n, "is an empty list; leave the key out")
		}
		return list.Values
	}
	return []ast.Node{n}
}

// text is a text that is not empty.
func (r *reader) text(n ast.Node) string {
	s, ok := scalar(n)
	if !ok {
		r.fault(n, "must be a text")
		return ""
	}
	if strings.TrimSpace(s) == "" {
		r.fault(n, "is empty; leave the key out")
	}
	return strings.TrimSpace(s)
}

func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode:
		return n.String(), true
	}
	return "", false
}

// texts is a list of texts, or one.
func (r *reader) texts(n ast.Node) []string {
	var out []string
	for _, item := range r.items(n) {
		out = append(out, r.text(item))
	}
	return out
}

func (r *reader) number(n ast.Node, least int) int {
	s, _ := scalar(n)
	i, err := strconv.Atoi(s)
	if err != nil || i < least {
		r.fault(n, "must be a whole number, at least %d", least)
	}
	return i
}

func (r *reader) numbers(n ast.Node, least int) []int {
	var out []int
	for _, item := range r.items(n) {
		out = append(out, r.number(item, least))
	}
	return out
}

func (r *reader) truth(n ast.Node) bool {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		r.fault(n, "must be true or false")
		return false
	}
	return b.Value
}

func (r *reader) date(n ast.Node) casework.Date {
	d := casework.Date(r.text(n))
	if d != "" && !d.Valid() {
		r.fault(n, "is not a date; write it as 2026-11-23")
		return ""
	}
	return d
}

// word reads one word of a closed vocabulary.
func word[W ~string](r *reader, n ast.Node, words []W) W {
	w := W(r.text(n))
	if w != "" && !slices.Contains(words, w) {
		r.fault(n, "must be one of: %s", join(words))
	}
	return w
}

// words reads a list of words of a closed vocabulary, none of them twice.
func words[W ~string](r *reader, n ast.Node, allowed []W) []W {
	var out []W
	for _, item := range r.items(n) {
		w := word(r, item, allowed)
		if slices.Contains(out, w) {
			r.fault(item, "stands here twice")
		}
		out = append(out, w)
	}
	return out
}

func join[W ~string](words []W) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
