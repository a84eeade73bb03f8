package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dueprocess/casework"
)

// query is what stands after the question mark of an address, read strictly: a parameter that the call does not take, one
// that is given twice and one that is not written as it must be are faults, told together with those of the values. None
// of them is dropped, since whoever asked for less would be given more.
type query struct {
	values map[string]string
	given  map[string]int // how often
	faults []casework.Fault
}

// queryOf reads the query of a call that takes these parameters.
func queryOf(r *http.Request, takes []string) *query {
	q := &query{values: map[string]string{}, given: map[string]int{}}
	for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
		if pair != "" {
			q.read(pair, takes)
		}
	}
	return q
}

func (q *query) read(pair string, takes []string) {
	rawName, rawValue, _ := strings.Cut(pair, "=")
	name, named := unescaped(rawName)
	value, written := unescaped(rawValue)
	q.given[name]++
	switch {
	case !named:
		q.fault("", "has a parameter whose name cannot be read: "+asWritten)
	case !slices.Contains(takes, name):
		q.fault(short(name), "is not a parameter of this call")
	case q.given[name] == 2: //nolint:mnd // told once, however often it is there
		q.fault(name, "is given more than once")
	case !written:
		q.fault(name, "cannot be read: "+asWritten)
	default:
		q.values[name] = value
	}
}

// asWritten is how a query is written.
const asWritten = "write text as UTF-8 without NUL, a semicolon as %3B, and after each % two hexadecimal digits"

// unescaped is a part of a query as it was before it was written into an address; ok is false where it cannot have been
// one. A semicolon parts parameters for some programs and not for others: it is no part of either.
func unescaped(part string) (text string, ok bool) {
	text, err := url.QueryUnescape(part)
	return text, err == nil && casework.IsText(text) && !strings.Contains(part, ";")
}

// get is a parameter's value; empty where it is left out, or is empty.
func (q *query) get(name string) string { return q.values[name] }

// has reports whether a parameter is given, be it empty or not readable.
func (q *query) has(name string) bool { return q.given[name] > 0 }

func (q *query) fault(path, message string) {
	if f := (casework.Fault{Path: path, Message: message}); !slices.Contains(q.faults, f) {
		q.faults = append(q.faults, f)
	}
}

// also takes in the faults that others find.
func (q *query) also(faults []casework.Fault) { q.faults = append(q.faults, faults...) }

// err is every fault at once.
func (q *query) err() error { return casework.Faulty(q.faults) }

// oneOf is a word of a vocabulary; left out or empty, none.
func oneOf[W ~string](q *query, name string, words []W) W {
	word := W(q.get(name))
	if word != "" && !slices.Contains(words, word) {
		q.fault(name, "must be one of "+joined(words))
	}
	return word
}

func joined[W ~string](words []W) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}

// day is a day that exists; left out or empty, none.
func (q *query) day(name string) casework.Date {
	day := casework.Date(q.get(name))
	if !day.Valid() {
		q.fault(name, "must be a date that exists, such as 2026-11-20")
	}
	return day
}

// number is a whole number, this or more; 0 where it is left out. One that is empty is none.
func (q *query) number(name string, least int64) int64 {
	text, ok := q.values[name]
	n, err := strconv.ParseInt(text, 10, 48)
	if ok && (err != nil || n < least) {
		q.fault(name, "must be a whole number, "+strconv.FormatInt(least, 10)+" or more")
		return 0
	}
	return n
}
