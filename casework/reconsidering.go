package casework

import (
	"slices"
	"time"
)

// Reconsideration says that something has changed on which the policy's answer rests, so that the case is evaluated anew:
// Of is settings_changed (the rulebook, with its calendars and targets) or authority_changed (the contact book), New the
// version or the entry.
type Reconsideration struct {
	At  time.Time `json:"at"`
	Of  Verb      `json:"of"`
	New string    `json:"new"`
}

func (r Reconsideration) when() time.Time { return r.At }
func (r Reconsideration) who() Actor      { return TheSystem }

// apply has the open case evaluated anew, unless that is under way.
func (r Reconsideration) apply(t *turn) error {
	waiting := slices.ContainsFunc(t.c.Work.Pending, func(e Effect) bool { return e.Kind == DoEvaluate })
	if t.c.Stage == InClosed || t.c.Determination == nil || waiting {
		return nil
	}
	t.record(r.Of, nil, entry{"changed": r.New})
	t.order(Effect{Kind: DoEvaluate})
	return nil
}

// recount takes over the deadlines of a determination that is not the first: each that lies elsewhere than before is an
// event, and one that the policy no longer sets and nobody has met is gone. Barriers and ends stay: they protect others.
func (t *turn) recount(determined []Deadline) {
	before := slices.Clone(t.c.Deadlines)
	t.setDeadlines(determined)
	for _, kind := range []DeadlineKind{DueObject, DueComityMotion, DueNSLReview} {
		if old, ok := t.c.deadline(kind); ok && !sets(determined, kind) && !old.done() {
			t.dropDeadline(kind)
			t.record(DeadlineSet, old, nil)
		}
	}
	for _, now := range slices.Clone(t.c.Deadlines) {
		old, was := find(before, now.Kind)
		if sets(determined, now.Kind) && (!was || !old.Due.Equal(now.Due) || old.Date != now.Date || !sameShift(old.Shifted, now.Shifted)) {
			t.record(DeadlineSet, deadlineOrNothing(old, was), now)
		}
	}
}

func sets(deadlines []Deadline, kind DeadlineKind) bool {
	_, ok := find(deadlines, kind)
	return ok
}

func find(deadlines []Deadline, kind DeadlineKind) (Deadline, bool) {
	i := slices.IndexFunc(deadlines, func(d Deadline) bool { return d.Kind == kind })
	if i < 0 {
		return Deadline{}, false
	}
	return deadlines[i], true
}

func deadlineOrNothing(d Deadline, is bool) any {
	if !is {
		return nil
	}
	return d
}

func sameShift(a, b *Shift) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
