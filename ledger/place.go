package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Sighting is an event as it comes by, and what is known of it.
type Sighting struct {
	Record

	index   int64
	hash    tlog.Hash // of its leaf, derived anew
	own     string    // what is wrong with it by itself
	vouched bool      // it is the event that its chain and tree go on from
	faulted bool      // a fault names it already
}

// Sight looks at an event by itself, which is most of an audit's work and may be done for many at once. Index is its tree
// index, or -1 where the tree has not taken it in yet.
func Sight(index int64, r Record) *Sighting {
	leaf := r.Entry.Leaf()
	hash, _ := RecordHash(leaf) // is hex
	return &Sighting{Record: r, index: index, hash: hash, own: r.contents(leaf)}
}

// claimed is the record hash of the leaf that was stored with the event: what the tree once took in, if only the event
// was changed.
func (s *Sighting) claimed() tlog.Hash {
	if h, err := RecordHash(s.Leaf); err == nil {
		return h
	}
	return s.hash
}

func (s *Sighting) fault(what What, format string, args ...any) Fault {
	s.faulted = true
	return about(what, s.CaseKey, s.Sequence, s.index, fmt.Sprintf(format, args...))
}

// count follows events that have no kept tree beside them: their indexes alone say where they stand.
func (a *Auditor) count(s *Sighting) {
	switch {
	case s.index < a.next:
		a.finds.add(s.fault(Added, "its tree index was taken before"))
		return
	case s.index > a.next:
		a.cut = true
		a.finds.add(Fault{What: Removed, Index: a.next, Why: fmt.Sprintf("no event has the tree indexes %d to %d; the tree cannot be followed beyond", a.next, s.index-1)})
	}
	if s.own != "" {
		s.hash = s.claimed()
		a.finds.want(s.hash, a.finds.add(s.fault(Changed, "%s", s.own)))
	}
	s.vouched = s.own == ""
	if !a.cut {
		a.take(s.hash)
	}
}

// place finds where in the kept tree an event stands: at the next place, at an earlier one that was left open, or at a
// later one; or nowhere.
func (a *Auditor) place(s *Sighting) {
	if a.kept.leaf(a.edge.size) == s.hash {
		a.stand(s, false)
		return
	}
	if n, ok := a.finds.wanted[s.hash]; ok {
		a.late(s, n)
		return
	}
	before := a.edge.size
	a.gap(a.ahead(s))
	switch {
	case a.kept.leaf(a.edge.size) == s.hash:
		a.stand(s, a.edge.size > before)
	case a.edge.size >= a.kept.Size:
		a.finds.add(s.fault(Added, "the tree ends before it"))
	default:
		a.differ(s)
	}
}

// ahead is the later place at which an event stands, if it is the next but one or its index says so.
func (a *Auditor) ahead(s *Sighting) int64 {
	at, place := a.edge.size, s.index+a.shift
	if a.kept.leaf(at+1) != s.hash && place > at && place < a.kept.Size {
		return place
	}
	if a.kept.leaf(at+1) == s.hash {
		return at + 1
	}
	return at
}

// stand: the event is the one that the tree holds here. Where events before it are missing, those behind may have been
// numbered anew; otherwise another index is a fault.
func (a *Auditor) stand(s *Sighting, afterGap bool) {
	at := a.edge.size
	if at != s.index+a.shift && !afterGap {
		a.finds.add(s.fault(Moved, "its row gives it tree index %d, in the tree it is at %d", s.index, at))
	}
	a.shift = at - s.index
	s.vouched = true
	a.take(s.hash)
}

// gap passes the places up to one: the tree holds events there that did not come.
func (a *Auditor) gap(to int64) {
	for a.edge.size < to && a.kept.err == nil {
		at := a.edge.size
		h := a.kept.leaf(at)
		if n, ok := a.finds.strays[h]; ok {
			a.finds.turn(n, Moved, "its place in the tree is %d", at)
		} else {
			a.finds.want(h, a.finds.add(Fault{What: Removed, Index: at, Why: "the tree holds an event here that is missing"}))
		}
		a.take(h)
	}
}

// differ: the event stands where the tree holds another hash.
func (a *Auditor) differ(s *Sighting) {
	at := a.edge.size
	kept := a.kept.leaf(at)
	believed := kept
	if len(a.finds.list) < mostFaults {
		believed = a.kept.believes(at, s.hash, kept)
	}
	s.vouched = believed == s.hash
	n := a.finds.add(s.differs(kept))
	if !s.vouched {
		a.finds.want(kept, n)
		a.finds.stray(s.hash, n)
	}
	a.shift = at - s.index
	a.take(believed)
}

func (s *Sighting) differs(kept tlog.Hash) Fault {
	switch {
	case s.own != "":
		return s.fault(Changed, "%s", s.own)
	case kept == tlog.Hash{}:
		return s.fault(TreeDiffers, "the tree's hash of it is missing")
	case s.vouched:
		return s.fault(TreeDiffers, "the tree's hash of it was changed: the hashes above are made of the event")
	}
	return s.fault(TreeDiffers, "its hash is not the one that the tree holds")
}

// late: the event's place was passed before. Either it is out of order, or two were swapped (the other is named when its
// own place is passed), or an event was put in before it and it is this one that belongs there.
func (a *Auditor) late(s *Sighting, n int) {
	at, place := a.edge.size, a.finds.list[n].Index
	delete(a.finds.wanted, s.hash)
	_, swapped := a.finds.strays[a.kept.leaf(at)]
	switch {
	case a.finds.list[n].What == Removed:
		a.finds.become(n, s.fault(Moved, "its place in the tree is %d", place))
	case swapped:
		a.finds.add(s.fault(Moved, "its place in the tree is %d", place))
		return
	default:
		a.finds.turn(n, Added, "the tree does not hold it; the event after it has its place")
		s.vouched = true
	}
	a.shift = at - (s.index + 1)
}
