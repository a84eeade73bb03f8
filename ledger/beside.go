package ledger

import "strconv"

// StepFact is the fact that says to which change of its case an event belongs. Looks belong to none and have no facts;
// events of before it was said have other facts only.
const StepFact = "step"

// CaseFact is the fact that says which case an event is of, by its number: the history of one case is then not taken for
// that of another, though both hold. Looks do not say it: they follow an event that does.
const CaseFact = "case"

// Beside is what a registry keeps beside an event for its own work, and can be held to.
type Beside struct {
	Case    string // the number of the case that the event is kept under
	Step    int    // of the change that the event belongs to; 0: of none
	Queued  string // the event's leaf in the queue for the tree; empty: it stands in none
	Pending bool   // still to be taken into the tree
	InTree  bool
}

// fault says what is wrong with what is kept beside an event; empty: nothing.
func (b *Beside) fault(r Record) string {
	switch {
	case b == nil:
	case b.Queued == "":
		return "no leaf of it is in the queue for the tree"
	case b.Queued != r.Leaf:
		return "its leaf in the queue for the tree is another"
	case b.Pending == b.InTree:
		return "the queue for the tree does not say whether it was taken in"
	case r.Facts[CaseFact] != "" && r.Facts[CaseFact] != b.Case:
		return "it is kept under the number " + b.Case + ", and was written under " + r.Facts[CaseFact]
	case !b.steps(r.Facts):
		return "its step is not the one that was stored with it"
	}
	return ""
}

// steps reports whether the step is what the facts say of it.
func (b *Beside) steps(f Facts) bool {
	if said, told := f[StepFact]; told {
		return said == strconv.Itoa(b.Step)
	}
	return (b.Step > 0) == (len(f) > 0)
}
