package ledger

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Auditor derives the whole log again in one stream. It is given, in this order: the checkpoints, each before the events
// beyond it (Expect); the events in the tree, by their index (Next); the events not yet taken in, by case and sequence
// (Waiting); the last leaf that each case's row names, if they are kept (Ends). Finish says what was found.
//
// Within the tree, the events of a case stand in the order of their sequence. Memory: the last leaf of each case, the
// border of the tree, two thousand hashes and a thousand faults.
//
// Where the kept tree and an event disagree, the tree's own hash is carried upwards, so that one changed event is one
// fault and the checkpoints tell whether the tree is the one that was signed.
type Auditor struct {
	kept    *window // nil: none
	tail    int
	edge    edge
	grown   []tlog.Hash
	next    int64 // tree index that follows the last event's
	shift   int64 // what to add to an event's index to have its place in the tree
	cut     bool  // events are missing and no tree says their hashes: the root is lost
	cases   map[string]end
	ended   bool
	due     []Checkpoint
	matched int64 // size of the last checkpoint that agreed
	finds   findings
	audit   Audit
}

// end is where a case's chain has come to.
type end struct {
	sequence int
	hash     tlog.Hash // the record hash of the event there
	step     int       // the last of the changes so far, where steps are kept
	erased   int       // the first event without its personal part; 0: none
	purged   bool      // the chain says that the case was purged
}

// Audit is what an Auditor found. The log is whole where Faults is empty.
type Audit struct {
	Head        Head    `json:"head"`        // as derived
	Waiting     int     `json:"waiting"`     // events not yet in the tree
	Cases       int     `json:"cases"`       // with at least one event that holds
	Checkpoints int     `json:"checkpoints"` // that agreed
	Signed      bool    `json:"signed"`      // their signatures were checked
	Faults      []Fault `json:"faults"`
	More        int     `json:"more"` // faults beyond the first thousand
}

// Whole reports whether nothing was found.
func (a Audit) Whole() bool { return len(a.Faults) == 0 }

// NewAuditor audits events against a kept tree, if one is given; tail is how many events may wait for it.
func NewAuditor(kept Kept, tail int) *Auditor {
	return &Auditor{kept: newWindow(kept), tail: tail, cases: map[string]end{}, finds: newFindings()}
}

// Expect has the root compared with a checkpoint once that many events were seen. One of fewer events than were seen is
// compared with the kept tree; without one it is a fault.
func (a *Auditor) Expect(c Checkpoint) error {
	switch {
	case c.Size > a.edge.size:
		at, _ := slices.BinarySearchFunc(a.due, c.Size, func(d Checkpoint, size int64) int { return int(d.Size - size) })
		a.due = slices.Insert(a.due, at, c)
	case c.Size == a.edge.size:
		a.compare(c, a.edge.head().Root)
	case a.kept == nil:
		a.disagrees(c, "it was given after the events beyond it")
	default:
		root, err := Root(c.Size, a.kept.Hashes)
		if err != nil {
			return err
		}
		a.compare(c, root)
	}
	return nil
}

// Found takes a fault that whoever reads the events has found: they know what is kept beside the ledger.
func (a *Auditor) Found(f Fault) { a.finds.add(f) }

// Next takes the event that stands at a tree index. An error means that the kept tree cannot be read.
func (a *Auditor) Next(index int64, r Record) error { return a.Take(Sight(index, r)) }

// Waiting takes an event that the tree has not taken in yet: only its chain and its contents can be looked at.
func (a *Auditor) Waiting(r Record) error { return a.Take(Sight(-1, r)) }

// Take is Next or Waiting, by the event's index, for one that was looked at before; once each.
func (a *Auditor) Take(s *Sighting) error {
	switch {
	case s.index < 0:
		a.wait(s)
	case a.kept == nil:
		a.count(s)
		a.next = s.index + 1
	default:
		a.place(s)
	}
	a.judge(s)
	return a.failed()
}

func (a *Auditor) wait(s *Sighting) {
	a.closeTree()
	s.hash = s.claimed()
	s.vouched = s.own == ""
	if a.audit.Waiting++; a.audit.Waiting == a.tail+1 {
		a.finds.add(about(TailTooLong, s.CaseKey, s.Sequence, -1, fmt.Sprintf("it waits for the tree with more than %d before it", a.tail)))
	}
}

// Ends holds against the chain what the case's row says of its end. Once it is called, it is expected of every case.
func (a *Auditor) Ends(caseKey string, sequence int, leaf string) error {
	a.closeTree()
	a.ended = true
	last := a.cases[caseKey]
	hash, err := RecordHash(leaf)
	switch {
	case sequence > last.sequence:
		a.missing(caseKey, last.sequence, sequence, hash, "the case's row says that there were more")
	case sequence < last.sequence:
		a.finds.add(about(Added, caseKey, sequence+1, -1, "the case's row ends before it"))
	case sequence > 0 && (err != nil || hash != last.hash):
		a.finds.add(about(Changed, caseKey, sequence, -1, "the case's row names another last leaf"))
	}
	if last.erased > 0 && !last.purged {
		a.finds.add(about(Changed, caseKey, last.erased, -1, "its contents were erased, and the case was never purged"))
	}
	if last.sequence > 0 {
		a.audit.Cases++
		delete(a.cases, caseKey)
	}
	return a.failed()
}

// Finish compares the last checkpoints and says what was found. An error means that nothing can be said.
func (a *Auditor) Finish(checkpoints ...Checkpoint) (Audit, error) {
	a.closeTree()
	for _, c := range checkpoints {
		if err := a.Expect(c); err != nil {
			return Audit{}, err
		}
	}
	for _, c := range a.due {
		a.disagrees(c, fmt.Sprintf("the log holds only %d events that can be followed", a.edge.size))
	}
	a.unended()
	a.audit.Head, a.audit.Faults, a.audit.More = a.edge.head(), a.finds.list, a.finds.more
	return a.audit, a.failed()
}

// unended names the cases whose events are there and whose row is not.
func (a *Auditor) unended() {
	if !a.ended {
		a.audit.Cases = len(a.cases)
		return
	}
	for _, key := range slices.Sorted(maps.Keys(a.cases)) {
		a.finds.add(about(Added, key, 1, -1, "no case has this key"))
	}
}

// closeTree names the events that the tree holds beyond the last that was given.
func (a *Auditor) closeTree() {
	if a.kept != nil {
		a.gap(a.kept.Size)
	}
}

// take lets the tree grow by a leaf, holds the hashes above it against those kept, and the root against the checkpoints.
func (a *Auditor) take(h tlog.Hash) {
	index := a.edge.size
	a.grown = a.edge.push(a.grown[:0], h)
	for level := 1; level < len(a.grown) && a.kept != nil; level++ {
		if a.kept.at(tlog.StoredHashIndex(0, index)+int64(level)) != a.grown[level] {
			from := index + 1 - 1<<level
			a.finds.add(Fault{What: TreeDiffers, Index: from, Why: fmt.Sprintf("the hash kept over the tree indexes %d to %d is not theirs", from, index)})
		}
	}
	for len(a.due) > 0 && a.due[0].Size == a.edge.size {
		a.compare(a.due[0], a.edge.head().Root)
		a.due = a.due[1:]
	}
}

func (a *Auditor) compare(c Checkpoint, root tlog.Hash) {
	if c.Root != root {
		a.disagrees(c, fmt.Sprintf("its root is another; something was changed after the first %d events, up to which a checkpoint agrees", a.matched))
		return
	}
	a.audit.Checkpoints++
	a.matched = max(a.matched, c.Size)
}

func (a *Auditor) disagrees(c Checkpoint, why string) {
	a.finds.add(Fault{What: CheckpointDiffers, Index: c.Size, Why: fmt.Sprintf("the checkpoint of %d events signed at %s does not hold: %s", c.Size, c.At.UTC().Format(time.RFC3339), why)})
}

func (a *Auditor) failed() error {
	if a.kept == nil {
		return nil
	}
	return a.kept.err
}
