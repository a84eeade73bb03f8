package intake

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"dueprocess/casework"
)

// decode reads strictly, and fills v with everything that is sound even where something else is not, so that one look
// finds every fault.
func decode(raw []byte, v any) []casework.Fault {
	faults := casework.Decode(raw, v)
	if len(faults) > 0 {
		_ = json.Unmarshal(without(raw, faults), v) // not strictly: what is wrong is named already
	}
	return faults
}

// merge adds further faults, but none at or under a place that is named already.
func merge(faults []casework.Fault, more ...[]casework.Fault) []casework.Fault {
	named := len(faults)
	for _, list := range more {
		for _, f := range list {
			if !covered(f.Path, faults[:named]) {
				faults = append(faults, f)
			}
		}
	}
	return faults
}

func covered(path string, faults []casework.Fault) bool {
	for _, f := range faults {
		rest, under := strings.CutPrefix(path, f.Path)
		if under && (f.Path == "" || rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// without is the JSON with the places of the faults taken out; list elements become null, so that the others keep
// their numbers.
func without(raw []byte, faults []casework.Fault) []byte {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var tree any
	if decoder.Decode(&tree) != nil {
		return []byte("{}")
	}
	for _, f := range faults {
		tree = remove(tree, steps(f.Path))
	}
	out, err := json.Marshal(tree)
	if err != nil || tree == nil {
		return []byte("{}")
	}
	return out
}

// steps takes a path such as demand.targets[0].value apart. The name of an unknown field may look like a path, or be
// shortened: it may stay, since nothing reads it.
func steps(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

func remove(node any, path []string) any {
	if len(path) == 0 {
		return nil
	}
	switch at := node.(type) {
	case map[string]any:
		if len(path) == 1 {
			delete(at, path[0])
		} else if child, ok := at[path[0]]; ok {
			at[path[0]] = remove(child, path[1:])
		}
	case []any:
		if i, err := strconv.Atoi(path[0]); err == nil && i >= 0 && i < len(at) {
			at[i] = remove(at[i], path[1:])
		}
	}
	return node
}
