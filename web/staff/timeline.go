package staff

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// Bounds of what the timeline shows of one event.
const (
	mostChanges = 60
	longest     = 400 // characters of one value
)

// eventRow is one entry of the ledger with what it changed; or several in a row that somebody only looked.
type eventRow struct {
	casework.Event
	Note    bool   // internal: it went to nobody
	To      string // whom it went out to; empty: it stayed here
	Changes []change
	More    int // changes not shown
	Looks   []casework.Event
}

// few is how many changes are shown at once; more are folded away.
const few = 3

// Few reports whether there is little to show.
func (r eventRow) Few() bool { return len(r.Changes) > 0 && len(r.Changes) <= few }

// change is one value, before and after.
type change struct{ Name, Old, New string }

// wentTo is whom the messages go to that an event tells of; a letter says itself.
var wentTo = map[casework.Verb]string{
	casework.NoticeWasSent: "to the customer", casework.Acknowledged: "to the authority", casework.ClarificationAsked: "to the authority",
	casework.Delivered: "to the authority", casework.SecrecyEndAsked: "to the authority",
}

// toWhom is whom an event says that something went out to; empty: it stayed here.
func toWhom(e casework.Event) string {
	if e.Verb != casework.LetterSent {
		return wentTo[e.Verb]
	}
	said := struct {
		Kind   casework.LetterKind `json:"kind"`
		Letter casework.MailKind   `json:"letter"`
	}{}
	switch err := json.Unmarshal(e.New, &said); {
	case err != nil || said.Letter.ToStaff():
		return ""
	case said.Kind.ToCustomer() || said.Letter.ToCustomer():
		return "to the customer"
	}
	return "to the authority"
}

// eventRows are the events, the newest first; stamp writes instants.
func eventRows(events []casework.Event, stamp func(time.Time) string) []eventRow {
	out := []eventRow{}
	for _, e := range slices.Backward(events) {
		if e.Verb == casework.Viewed {
			out = looked(out, e)
			continue
		}
		row := eventRow{Event: e, Note: e.Verb == casework.Commented, To: toWhom(e), Changes: changesOf(e.Old, e.New)}
		if len(row.Changes) > mostChanges {
			row.More, row.Changes = len(row.Changes)-mostChanges, row.Changes[:mostChanges]
		}
		for i, c := range row.Changes {
			row.Changes[i] = change{named(c.Name), spoken(c.Old, stamp), spoken(c.New, stamp)}
		}
		out = append(out, row)
	}
	return out
}

// looked adds a look to the row of those that stand beside it.
func looked(rows []eventRow, e casework.Event) []eventRow {
	last := len(rows) - 1
	if last < 0 || len(rows[last].Looks) == 0 {
		return append(rows, eventRow{Event: e, Looks: []casework.Event{e}})
	}
	rows[last].Looks = append(rows[last].Looks, e)
	return rows
}

var (
	numbered = regexp.MustCompile(`\[(\d+)\]`)
	aWord    = regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)
)

// named is a path as people read it: "answers[0].data" is "answers 1, data".
func named(path string) string {
	path = numbered.ReplaceAllStringFunc(path, func(s string) string {
		n, err := strconv.Atoi(s[1 : len(s)-1])
		if err != nil {
			return s
		}
		return " " + strconv.Itoa(n+1)
	})
	return strings.NewReplacer(".", ", ", "_", " ").Replace(path)
}

// spoken is a value as people read it: an instant in their zone, a word of a vocabulary without its underscores.
func spoken(value string, stamp func(time.Time) string) string {
	if at, err := time.Parse(time.RFC3339Nano, value); err == nil {
		return stamp(at)
	}
	if aWord.MatchString(value) {
		return ui.Words(value)
	}
	return value
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
