package staff

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// wholeBody is the field that is the whole body.
const wholeBody = "body"

// filled puts what was sent into the fields of a form.
func (f form) filled(sent url.Values) form {
	f.Open = true
	fields := make([]field, len(f.Fields))
	for i, x := range f.Fields {
		if x.Kind != hidden {
			x.Value, x.Chosen = clean(sent.Get(x.Name)), sent[x.Name]
		}
		fields[i] = x
	}
	f.Fields = fields
	return f
}

// clean is a text as people typed it, with the line ends that we keep.
func clean(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// bodyOf makes an action's body of what was sent: a field that was left empty is left out.
func (f form) bodyOf(sent url.Values) ([]byte, error) {
	if len(f.Fields) == 1 && f.Fields[0].Kind == whole {
		return []byte(clean(sent.Get(wholeBody))), nil
	}
	body := node{}
	for _, x := range f.Fields {
		if v := x.read(sent); v != nil {
			body.put(strings.Split(x.Name, "."), v)
		}
	}
	return json.Marshal(body.value())
}

// read is the value sent for a field; nil where it was left empty.
func (x field) read(sent url.Values) any {
	s := strings.TrimSpace(clean(sent.Get(x.Name)))
	switch {
	case x.Kind == checks && len(sent[x.Name]) > 0:
		return sent[x.Name]
	case x.Kind == check:
		return s != ""
	case x.Kind == file && s != "":
		return json.RawMessage(s)
	case s == "" && x.Required && x.Kind != number:
		return "" // the action's own fault says better what is missing
	case s == "":
		return nil
	case x.Kind == lines:
		return listed(s)
	case x.Kind == number:
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
	}
	return s
}

func listed(s string) []string {
	out := []string{}
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// node is a JSON value under construction, by the steps of a path; one whose steps are numbers is a list.
type node struct {
	leaf  any
	names []string
	under map[string]*node
}

func (n *node) put(path []string, v any) {
	if len(path) == 0 {
		n.leaf = v
		return
	}
	if n.under == nil {
		n.under = map[string]*node{}
	}
	if n.under[path[0]] == nil {
		n.under[path[0]] = &node{}
		n.names = append(n.names, path[0])
	}
	n.under[path[0]].put(path[1:], v)
}

func (n *node) value() any {
	switch {
	case n.leaf != nil:
		return n.leaf
	case len(n.names) > 0 && n.names[0] == "0":
		list := []any{}
		for _, name := range n.names {
			list = append(list, n.under[name].value())
		}
		return list
	}
	object := map[string]any{}
	for _, name := range n.names {
		object[name] = n.under[name].value()
	}
	return object
}
