package letters

import (
	"strconv"

	"dueprocess/casework"
)

// ClarificationFacts is what is asked of the authority. ClosesOn is the day on which a case without an answer ends by
// itself; Preserved, that the records are kept meanwhile.
type ClarificationFacts struct {
	Head

	Items     []casework.Fault
	ClosesOn  casework.Date
	Preserved bool
}

// WriteClarification asks for everything that is missing, at once.
func WriteClarification(f ClarificationFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(len(f.Items) > 0, "items")
	for i, x := range f.Items {
		n.need(x.Message != "", at("items", i))
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterClarification, english, f.Head, "We need something more before we can answer")
	d.text("We have read the legal process named above. We cannot decide on it as it stands, for the reasons below. They are all that we found; " +
		"please answer them together.")
	d.heading("What we ask")
	d.items(asked(f.Items)...)
	d.heading("How to answer")
	d.text("Send the corrected or completed process, or your explanation, by the way on which you sent the request, and name our reference. Do not send " +
		"again what is not in doubt.")
	if f.Preserved {
		d.text("What we hold and the request describes is kept unchanged meanwhile.")
	}
	if f.ClosesOn != "" {
		d.text("If we have no answer by " + d.day(f.ClosesOn) + ", we close the matter without disclosure. You may send a new request at any time.")
	}
	d.close()
	return d.done(), nil
}

// asked writes what is asked, with the place in the request where it is a place.
func asked(items []casework.Fault) []string {
	out := []string{}
	for _, x := range items {
		if x.Path != "" {
			out = append(out, cited(casework.Reason{Sentence: x.Message, Citation: "in the request: " + x.Path}))
			continue
		}
		out = append(out, x.Message)
	}
	return out
}

// at is the place of an element in a list of facts.
func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
