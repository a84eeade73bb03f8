package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// What is the kind of a fault.
type What string

// What may be found.
const (
	Changed           What = "changed"            // an event is not what was stored once
	Removed           What = "removed"            // an event is missing
	Added             What = "added"              // an event was put in later
	Moved             What = "moved"              // an event stands in another place: swapped, out of order
	TreeDiffers       What = "tree_differs"       // the tree holds another hash than the event's, or a wrong one above
	CheckpointDiffers What = "checkpoint_differs" // what was signed is not what is there
	TailTooLong       What = "tail_too_long"      // events wait for the tree that should be in it
)

// Fault is one thing that does not hold, and of which event. What cannot be known is empty: no case key, sequence 0,
// index -1. The ledger itself knows cases by their keys.
type Fault struct {
	What     What   `json:"what"`
	CaseKey  string `json:"case_key,omitempty"`
	Sequence int    `json:"sequence,omitempty"`
	CaseID   string `json:"case_id,omitempty"` // the case's number, where a registry is at hand
	Index    int64  `json:"index"`             // in the tree; of a checkpoint: its size
	Why      string `json:"why"`
}

// about is a fault of an event.
func about(what What, caseKey string, sequence int, index int64, why string) Fault {
	return Fault{What: what, CaseKey: caseKey, Sequence: sequence, Index: index, Why: why}
}

// Error is the sentence for people.
func (f Fault) Error() string {
	var of []string
	switch {
	case f.CaseID != "":
		of = append(of, "event "+strconv.Itoa(f.Sequence)+" of "+f.CaseID)
	case f.CaseKey != "":
		of = append(of, "event "+strconv.Itoa(f.Sequence)+" of the case with the key "+f.CaseKey)
	}
	if f.Index >= 0 {
		of = append(of, fmt.Sprintf("tree index %d", f.Index))
	}
	what := strings.ReplaceAll(string(f.What), "_", " ")
	if len(of) == 0 {
		return fmt.Sprintf("%s: %s.", what, f.Why)
	}
	return fmt.Sprintf("%s (%s): %s.", what, strings.Join(of, ", "), f.Why)
}

// mostFaults are kept; of a log that was made anew, all are wrong, and the first thousand say so.
const mostFaults = 1000

// spot is a place in a case's chain.
type spot struct {
	caseKey  string
	sequence int
}

// findings are the faults so far and what is known of them: later events explain earlier faults.
type findings struct {
	list   []Fault
	more   int
	wanted map[tlog.Hash]int // hashes that the tree holds, whose event did not stand there
	strays map[tlog.Hash]int // hashes of events that stood where the tree holds another
	spots  map[spot]int      // places in chains for which a fault is known
}

func newFindings() findings {
	return findings{wanted: map[tlog.Hash]int{}, strays: map[tlog.Hash]int{}, spots: map[spot]int{}}
}

// add keeps a fault and says which it is; -1 where there are too many already.
func (f *findings) add(fault Fault) int {
	if len(f.list) == mostFaults {
		f.more++
		return -1
	}
	f.list = append(f.list, Fault{})
	f.become(len(f.list)-1, fault)
	return len(f.list) - 1
}

// become puts a fault in another's stead.
func (f *findings) become(n int, fault Fault) {
	f.list[n] = fault
	if fault.CaseKey != "" {
		f.spots[spot{fault.CaseKey, fault.Sequence}] = n
	}
}

// want remembers that a hash of the tree belongs to a fault.
func (f *findings) want(h tlog.Hash, n int) {
	if n >= 0 {
		f.wanted[h] = n
	}
}

// stray remembers that an event is not where the tree has it, or not in the tree at all.
func (f *findings) stray(h tlog.Hash, n int) {
	if n >= 0 {
		f.strays[h] = n
	}
}

// turn says of the same event what is known better now.
func (f *findings) turn(n int, what What, format string, args ...any) {
	f.list[n].What, f.list[n].Why = what, fmt.Sprintf(format, args...)
}
