package ledger

import (
	"fmt"
)

// Record is a stored event as the ledger sees it.
type Record struct {
	Entry
	Leaf     string  // as stored
	Salt     []byte  // empty: purged
	Personal []byte  // empty: purged
	Beside   *Beside // nil: only the event itself is at hand
}

// Purged reports whether the personal part was erased; the commitment then stands unchecked, bound by the leaf.
func (r Record) Purged() bool { return len(r.Salt) == 0 && len(r.Personal) == 0 }

// Broken names the first event of a case that does not hold, and why.
type Broken struct {
	CaseKey  string
	Sequence int // the sequence that should stand there
	Why      string
}

// Error is the sentence for people.
func (b *Broken) Error() string {
	return fmt.Sprintf("The ledger of the case with the key %s is broken at event %d: %s.", b.CaseKey, b.Sequence, b.Why)
}

// Verify derives a case's chain again, first event to last. It returns nil or a *Broken. A chain cut short at its end
// shows only against the last leaf kept elsewhere: see VerifyTo.
func Verify(caseKey string, chain []Record) error {
	prev := ""
	for i, r := range chain {
		if why := r.fault(caseKey, i+1, prev); why != "" {
			return &Broken{CaseKey: caseKey, Sequence: i + 1, Why: why}
		}
		prev = r.Leaf
	}
	return nil
}

// VerifyTo verifies the chain and that it ends in the leaf given.
func VerifyTo(caseKey string, chain []Record, last string) error {
	if err := Verify(caseKey, chain); err != nil {
		return err
	}
	end := ""
	if len(chain) > 0 {
		end = chain[len(chain)-1].Leaf
	}
	if end != last {
		return &Broken{CaseKey: caseKey, Sequence: len(chain) + 1, Why: "the events end here, but the case's last leaf is another"}
	}
	return nil
}

// fault says what is wrong with a record that should stand at a place of a chain; empty: nothing.
func (r Record) fault(caseKey string, sequence int, prev string) string {
	switch {
	case r.Sequence != sequence:
		return fmt.Sprintf("it is missing; event %d stands in its place", r.Sequence)
	case r.CaseKey != caseKey:
		return "it belongs to another case"
	case r.Prev != prev:
		return "it does not continue the event before it"
	}
	return r.contents(r.Entry.Leaf())
}

// contents says what is wrong with a record by itself, wherever it stands, given its leaf as derived; empty: nothing.
func (r Record) contents(leaf string) string {
	switch {
	case !r.Purged() && Commit(r.Salt, r.Personal) != r.Commitment:
		return "its contents are not those committed to"
	case leaf != r.Leaf:
		return "its hash is not that of its facts"
	}
	return ""
}
