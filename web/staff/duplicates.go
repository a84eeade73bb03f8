package staff

import (
	"net/http"
	"slices"
	"strings"

	"dueprocess/casework"
)

// sameAgain is what a page says of other cases that may be the same request. It says so while something can be done about
// it: of a case that is closed, nothing.
type sameAgain struct {
	Rows        []twin // those with the most in common first, then the newest
	More        bool
	Link, Close string // where it is done; empty: not by this reader, or not any more
}

// twin is one of them: in words in what it is alike, and when it came.
type twin struct {
	casework.Duplicate

	In, Received string
}

// particulars are in what two requests are alike, in words.
var particulars = map[casework.Particular]string{
	casework.AlikeNumber: "instrument number", casework.AlikeDocument: "document", casework.AlikeReference: "matter reference",
}

// same asks for them, for a page that shows the case.
func (p *pages) same(r *http.Request, user casework.Actor, h caseHead) (sameAgain, error) {
	if h.Case.Stage == casework.InClosed {
		return sameAgain{}, nil
	}
	found, err := p.Registry.Duplicates(r.Context(), h.Case.ID, user)
	if err != nil {
		return sameAgain{}, err
	}
	out := sameAgain{More: found.More}
	for _, d := range found.Cases {
		out.Rows = append(out.Rows, twin{d, sharing(d.Alike), h.Stamp(d.ReceivedAt)})
	}
	slices.SortStableFunc(out.Rows, func(a, b twin) int { return len(b.Alike) - len(a.Alike) })
	out.offer(h.Case, func(a casework.Action) bool { return h.Case.May(a, user, h.now) == nil })
	return out, nil
}

// seen is how many are seen at once: a court may write one number on a dozen papers, and the case itself is read below.
const seen = 3

// First are those that are seen at once.
func (s sameAgain) First() []twin { return s.Rows[:min(len(s.Rows), seen)] }

// Rest are those that are folded away.
func (s sameAgain) Rest() []twin { return s.Rows[len(s.First()):] }

// offer says where something can be done. Closing is offered on the page of the later of two, which is the one too many,
// and never where the earlier one was closed as a duplicate itself: a request whose every case is one is answered in none.
func (s *sameAgain) offer(c casework.Case, may func(casework.Action) bool) {
	if may(casework.LinkCase) && slices.ContainsFunc(s.Rows, func(t twin) bool { return !t.Linked }) {
		s.Link = placeOf(c.ID, casework.LinkCase)
	}
	if may(casework.Close) && slices.ContainsFunc(s.Rows, func(t twin) bool { return t.before(c) && !t.isDuplicate() }) {
		s.Close = placeOf(c.ID, casework.Close)
	}
}

func (t twin) before(c casework.Case) bool {
	return t.ReceivedAt.Before(c.ReceivedAt) || t.ReceivedAt.Equal(c.ReceivedAt) && t.Case < c.ID
}

func (t twin) isDuplicate() bool {
	return t.Resolution != nil && *t.Resolution == casework.ResolvedDuplicate
}

// named fills in the form of a link the one case that it would be made to; of several, the reader chooses.
func (s *sameAgain) named(forms []form) []form {
	open := slices.DeleteFunc(slices.Clone(s.Rows), func(t twin) bool { return t.Linked })
	i := slices.IndexFunc(forms, func(f form) bool { return f.Action == casework.LinkCase })
	if i < 0 || len(open) != 1 || s.More {
		return forms
	}
	fields := slices.Clone(forms[i].Fields)
	for j := range fields {
		if fields[j].Name == "case" {
			fields[j].Value = open[0].Case
		}
	}
	forms[i].Fields = fields
	return forms
}

func sharing(alike []casework.Particular) string {
	words := []string{}
	for _, p := range alike {
		words = append(words, particulars[p])
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
