package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/casework"
)

// mostNamed is how many events of one gap are named singly.
const mostNamed = 100

// judge says what is wrong with an event by itself and in its case's chain. An event that its tree does not vouch for is
// no link: the chain waits for the next, whose previous leaf tells whether this one explains the gap.
func (a *Auditor) judge(s *Sighting) {
	if s.own != "" && !s.faulted {
		n := a.finds.add(s.fault(Changed, "%s", s.own))
		if !s.vouched {
			a.finds.want(s.hash, n)
		}
	}
	if why := s.Beside.fault(s.Record); why != "" && !s.faulted {
		a.finds.add(s.fault(Changed, "%s", why))
	}
	if s.vouched {
		a.link(s)
	}
}

func (a *Auditor) link(s *Sighting) {
	last := a.cases[s.CaseKey]
	switch {
	case s.Sequence <= last.sequence:
		a.again(s)
		return
	case s.Sequence > last.sequence+1:
		prev, _ := RecordHash(s.Prev) // of a text that is no leaf, the empty hash, which nothing has
		a.missing(s.CaseKey, last.sequence, s.Sequence-1, prev, fmt.Sprintf("event %d comes without it", s.Sequence))
	case !s.continues(last):
		a.finds.add(s.fault(Changed, "it does not continue the event before it: one of the two was changed"))
	case s.Beside != nil && s.Beside.Step > 0 && s.Beside.Step < last.step:
		a.finds.add(s.fault(Changed, "its step is before that of the event before it: one of the two was changed"))
	}
	a.cases[s.CaseKey] = last.then(s)
}

// then is the end of the chain once an event was added.
func (e end) then(s *Sighting) end {
	if s.Purged() && e.erased == 0 {
		e.erased = s.Sequence
	}
	if s.Beside != nil {
		e.step = max(e.step, s.Beside.Step)
	}
	e.sequence, e.hash, e.purged = s.Sequence, s.hash, e.purged || s.Verb == casework.Purged
	return e
}

func (s *Sighting) continues(last end) bool {
	if last.sequence == 0 {
		return s.Prev == ""
	}
	prev, err := RecordHash(s.Prev)
	return err == nil && prev == last.hash
}

// again: an event comes whose place in the chain was passed.
func (a *Auditor) again(s *Sighting) {
	n, ok := a.finds.spots[spot{s.CaseKey, s.Sequence}]
	if ok && a.finds.list[n].What == Removed {
		a.finds.become(n, s.fault(Moved, "it comes after events that were made after it"))
		return
	}
	a.finds.add(s.fault(Added, "the case has another event of this number"))
}

// missing names the events of a chain after one and up to another, whose hash is known. What a fault explains already is
// not named twice, and a hole in the tree that the last of them fits gets its name.
func (a *Auditor) missing(caseKey string, after, upTo int, hash tlog.Hash, why string) {
	if n, ok := a.finds.wanted[hash]; ok {
		a.name(n, spot{caseKey, upTo})
		upTo--
	}
	for a.explained(caseKey, after+1) {
		after++
	}
	for i := after + 1; i <= upTo; i++ {
		if i-after > mostNamed {
			a.finds.add(about(Removed, caseKey, i, -1, fmt.Sprintf("it and all up to event %d are missing; %s", upTo, why)))
			return
		}
		a.finds.add(about(Removed, caseKey, i, -1, why))
	}
}

func (a *Auditor) explained(caseKey string, sequence int) bool {
	_, ok := a.finds.spots[spot{caseKey, sequence}]
	return ok
}

// name gives a hole in the tree the name of the event that stood there.
func (a *Auditor) name(n int, at spot) {
	if f := a.finds.list[n]; f.CaseKey == "" {
		f.CaseKey, f.Sequence = at.caseKey, at.sequence
		a.finds.become(n, f)
	}
}
