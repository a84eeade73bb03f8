package casework

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of what a body may hold.
const (
	maxText  = 20_000 // characters of one text
	maxItems = 1_000  // elements of one list
	maxDepth = 20
)

// Decode reads a JSON body strictly into v (a pointer to a struct): unknown and repeated fields, wrong types and
// over-long values are faults, all of them gathered, each with its path. v is filled only where there is no fault.
func Decode(raw []byte, v any) []Fault {
	f := faults{}
	if !json.Valid(raw) {
		f.add("", "is not JSON")
		return f
	}
	shape(&f, "", raw, reflect.TypeOf(v).Elem(), 0)
	if len(f) > 0 {
		return f
	}
	if err := json.Unmarshal(raw, v); err != nil {
		f.add("", "cannot be read")
	}
	return f
}

var (
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()
	instant     = reflect.TypeFor[time.Time]()
	rawMessage  = reflect.TypeFor[json.RawMessage]()
)

// shape holds one value against the type that it is to become.
func shape(f *faults, path string, raw json.RawMessage, t reflect.Type, depth int) {
	raw = bytes.TrimSpace(raw)
	switch {
	case depth > maxDepth:
		f.add(path, "is nested too deeply")
	case t == rawMessage:
	case t.Kind() == reflect.Pointer && string(raw) == "null":
	case t.Kind() == reflect.Pointer:
		shape(f, path, raw, t.Elem(), depth)
	case t == instant || reflect.PointerTo(t).Implements(unmarshaler):
		shapeText(f, path, raw, t)
	default:
		shapeKind(f, path, raw, t, depth)
	}
}

func shapeKind(f *faults, path string, raw json.RawMessage, t reflect.Type, depth int) {
	switch t.Kind() {
	case reflect.Struct:
		shapeObject(f, path, raw, t, depth)
	case reflect.Slice:
		shapeList(f, path, raw, t, depth)
	case reflect.String:
		var s *string
		if json.Unmarshal(raw, &s) != nil || s == nil {
			f.add(path, "must be a text")
		} else if utf8.RuneCountInString(*s) > maxText {
			f.add(path, fmt.Sprintf("is longer than %d characters", maxText))
		}
	case reflect.Bool:
		var b *bool
		if json.Unmarshal(raw, &b) != nil || b == nil {
			f.add(path, "must be true or false")
		}
	default:
		var n *int64
		if json.Unmarshal(raw, &n) != nil || n == nil {
			f.add(path, "must be a whole number")
		}
	}
}

// shapeText checks a type that reads itself from text: dates, moments, instants, periods.
func shapeText(f *faults, path string, raw json.RawMessage, t reflect.Type) {
	if json.Unmarshal(raw, reflect.New(t).Interface()) == nil {
		return
	}
	if t == instant {
		f.add(path, "must be an instant, such as 2026-11-20T15:04:05Z")
		return
	}
	f.add(path, "must be a text of the form described for this field")
}

func shapeList(f *faults, path string, raw json.RawMessage, t reflect.Type, depth int) {
	var items []json.RawMessage
	if string(raw) == "null" {
		return
	}
	if json.Unmarshal(raw, &items) != nil {
		f.add(path, "must be a list")
		return
	}
	if len(items) > maxItems {
		f.add(path, fmt.Sprintf("has more than %d elements", maxItems))
		return
	}
	for i, item := range items {
		shape(f, path+"["+strconv.Itoa(i)+"]", item, t.Elem(), depth+1)
	}
}

func shapeObject(f *faults, path string, raw json.RawMessage, t reflect.Type, depth int) {
	if len(raw) == 0 || raw[0] != '{' {
		f.add(path, "must be an object")
		return
	}
	fields, seen := fieldsOf(t), map[string]bool{}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	_, _ = decoder.Token()
	for decoder.More() {
		token, _ := decoder.Token()
		name, _ := token.(string)
		var value json.RawMessage
		_ = decoder.Decode(&value)
		at := join2(path, short(name))
		field, ok := fields[name]
		switch {
		case !ok:
			f.add(at, "is not a field of this object")
		case seen[name]:
			f.add(at, "stands here twice")
		default:
			shape(f, at, value, field, depth+1)
		}
		seen[name] = true
	}
}

// fieldsOf are the JSON fields of a struct, those of embedded structs among them.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for field := range t.Fields() {
		if field.Anonymous {
			maps.Copy(out, fieldsOf(field.Type))
			continue
		}
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" && name != "-" {
			out[name] = field.Type
		}
	}
	return out
}

func join2(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// short keeps an unknown field's name from carrying a whole text into an error.
func short(name string) string {
	if utf8.RuneCountInString(name) > 40 {
		return string([]rune(name)[:40]) + "…"
	}
	return name
}
