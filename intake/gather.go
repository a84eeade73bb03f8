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
		tree = remove(tree, f.Path)
	}
	out, err := json.Marshal(tree)
	if err != nil || tree == nil {
		return []byte("{}")
	}
	return out
}

// remove takes the place at path out of a tree. The path is followed by the names that are there, not cut at its dots:
// an unknown field may have any name. One whose name was shortened stays, since nothing reads it.
func remove(node any, path string) any {
	if path == "" {
		return nil
	}
	switch at := node.(type) {
	case map[string]any:
		for name, child := range at {
			rest, under := strings.CutPrefix(path, name)
			switch {
			case under && rest == "":
				delete(at, name)
			case under && (rest[0] == '.' || rest[0] == '['):
				at[name] = remove(child, strings.TrimPrefix(rest, "."))
			}
		}
	case []any:
		number, rest, _ := strings.Cut(strings.TrimPrefix(path, "["), "]")
		if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(at) {
			at[i] = remove(at[i], strings.TrimPrefix(rest, "."))
		}
	}
	return node
}
