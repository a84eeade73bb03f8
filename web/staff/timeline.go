package staff

import (
	"encoding/json"
	"slices"
	"strconv"

	"dueprocess/casework"
)

// Bounds of what the timeline shows of one event.
const (
	mostChanges = 60
	longest     = 400 // characters of one value
)

// eventRow is one entry of the ledger with what it changed.
type eventRow struct {
	casework.Event
	Note    bool // internal: it went to nobody
	Changes []change
	More    int // changes not shown
}

// few is how many changes are shown at once; more are folded away.
const few = 3

// Few reports whether there is little to show.
func (r eventRow) Few() bool { return len(r.Changes) > 0 && len(r.Changes) <= few }

// change is one value, before and after.
type change struct{ Name, Old, New string }

// eventRows are the events, the newest first.
func eventRows(events []casework.Event) []eventRow {
	out := []eventRow{}
	for _, e := range events {
		row := eventRow{Event: e, Note: e.Verb == casework.Commented, Changes: changesOf(e.Old, e.New)}
		if len(row.Changes) > mostChanges {
			row.More, row.Changes = len(row.Changes)-mostChanges, row.Changes[:mostChanges]
		}
		out = append(out, row)
	}
	slices.Reverse(out)
	return out
}

// changesOf are the values that differ between two states.
func changesOf(before, after json.RawMessage) []change {
	was, is := map[string]string{}, map[string]string{}
	flatten(was, "", decoded(before))
	flatten(is, "", decoded(after))
	names := []string{}
	for name := range is {
		names = append(names, name)
	}
	for name := range was {
		if _, both := is[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	out := []change{}
	for _, name := range names {
		if was[name] != is[name] {
			out = append(out, change{name, cut(was[name]), cut(is[name])})
		}
	}
	return out
}

func decoded(raw json.RawMessage) any {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	return v
}

// flatten names every value by its path.
func flatten(into map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, under := range v {
			flatten(into, join(path, name), under)
		}
	case []any:
		for i, under := range v {
			flatten(into, path+"["+strconv.Itoa(i)+"]", under)
		}
	case nil:
	case string:
		if v != "" {
			into[path] = v
		}
	default:
		b, _ := json.Marshal(v) // a number or a truth value
		into[path] = string(b)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func cut(s string) string {
	if letters := []rune(s); len(letters) > longest {
		return string(letters[:longest]) + "…"
	}
	return s
}
