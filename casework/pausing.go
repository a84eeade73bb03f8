package casework

import (
	"slices"
	"strings"
	"time"
)

// Move is what moved a deadline after it was set: a time for which its clock stood still, or a later day that was agreed.
// A deadline is never edited: it is what was set, with the moves of its kind laid over it.
type Move struct {
	Kind  DeadlineKind `json:"kind"`
	From  time.Time    `json:"from,omitzero"` // the clock stood still from here
	To    time.Time    `json:"to,omitzero"`
	Until Date         `json:"until"` // or: extended to this day
}

// moved is the deadline as it stands after the moves of its kind.
func (d Deadline) moved(moves []Move) Deadline {
	for _, m := range moves {
		switch {
		case m.Kind != d.Kind:
		case m.Until != "":
			d = d.extended(m.Until)
		default:
			d = d.stood(m.From, m.To)
		}
	}
	return d
}

// stood gives a deadline the time for which its clock stood still.
func (d Deadline) stood(from, to time.Time) Deadline {
	d.Due = d.Due.Add(to.Sub(from))
	d.Date = DateOf(d.Due, d.zone())
	d.Shifted = nil
	d.Computed += "; the clock stood still from " + from.UTC().Format(time.RFC3339) + " to " + to.UTC().Format(time.RFC3339) + ": " + d.Due.Format(time.RFC3339)
	return d
}

// extended puts a deadline on a later day, at the same time of the day in its zone; never on an earlier one.
func (d Deadline) extended(until Date) Deadline {
	if !d.Date.Before(until) {
		return d
	}
	d.Due = d.Due.In(d.zone()).AddDate(0, 0, daysBetween(d.Date, until)).UTC()
	d.Date, d.Shifted = until, nil
	d.Computed += "; extended to " + string(until)
	return d
}

// zone is where the deadline's day is counted.
func (d Deadline) zone() *time.Location {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return time.UTC // a zone that no program of ours wrote
	}
	return zone
}

func clockRuns(c Case, _ Actor, _ time.Time) *Error {
	if c.paused() {
		return Refuse(Conflict, "The clock stands still already.")
	}
	return nil
}

func clockStands(c Case, _ Actor, _ time.Time) *Error {
	if !c.paused() {
		return Refuse(Conflict, "The clock is not paused.")
	}
	return nil
}

func (c Case) paused() bool {
	return slices.ContainsFunc(c.Pauses, func(p Pause) bool { return p.To == nil })
}

// pauseClock: which deadlines stand still is settled when the pause begins.
func pauseClock(t *turn, _ Act, b PauseBody) error {
	t.c.Pauses = append(t.c.Pauses, Pause{Reason: b.Reason, From: t.at})
	t.c.Work.Standing = nil
	for _, d := range t.c.Deadlines {
		if t.c.mayPause(d, b.Reason) && !d.done() {
			t.c.Work.Standing = append(t.c.Work.Standing, d.Kind)
		}
	}
	t.record(ClockPaused, nil, entry{"reason": string(b.Reason), "deadlines": join(list(t.c.Work.Standing))})
	return nil
}

// resumeClock gives the deadlines that stood still their time back.
func resumeClock(t *turn, _ Act, _ Nothing) error {
	i := slices.IndexFunc(t.c.Pauses, func(p Pause) bool { return p.To == nil })
	p := t.c.Pauses[i]
	t.c.Pauses[i].To = &t.at
	moved := []DeadlineKind{}
	for _, kind := range t.c.Work.Standing {
		if d, ok := t.c.deadline(kind); ok && !d.done() {
			t.move(Move{Kind: kind, From: p.From, To: t.at})
			moved = append(moved, kind)
		}
	}
	t.record(ClockResumed, nil, entry{"reason": string(p.Reason), "from": p.From.Format(time.RFC3339Nano), "deadlines": join(list(moved))})
	t.c.Work.Standing = nil
	return nil
}

// mayPause says which deadlines a pause may move (policy.md, "Deadlines"): ours for every reason; the response where the
// authority agreed, where a clarification is awaited under an EU certificate (Regulation (EU) 2023/1543 Art. 10(6),
// 11(5)) or the time is our own, and where a court is awaited on a motion under 18 USC 2703(h) or an objection under
// Art. 17(3); the others never.
func (c Case) mayPause(d Deadline, reason PauseReason) bool {
	switch {
	case d.Kind == DueAcknowledge || d.Kind == DueVerify || d.Kind == DueReview:
		return true
	case d.Kind != DueRespond:
		return false
	case reason == AwaitingClarification && c.Work.Terms.Behaviour < BehaviourLetter:
		return d.Basis == "profile" || strings.HasPrefix(d.Basis, "eu.") || c.Request.Instrument.Is(EPOC, EPOCPR)
	case reason == AwaitingClarification:
		return d.Basis == "profile" || c.underCertificate()
	case reason == AwaitingCourt:
		return slices.ContainsFunc(c.Challenges, c.staysResponse)
	}
	return reason == AgreedWithAuthority
}

// staysResponse reports whether the response waits for what becomes of a challenge.
func (c Case) staysResponse(x Challenge) bool {
	switch {
	case x.Status != ChallengeOpen:
		return false
	case x.Kind == ReasonedObjection && c.Work.Terms.Behaviour >= BehaviourLetter:
		return c.underCertificate() && c.Request.Demand.Asks(Content) && (len(x.Data) == 0 || slices.Contains(x.Data, Content)) // Art. 17
	}
	return x.Kind == Comity || x.Kind == ReasonedObjection
}

// underCertificate reports whether the request counts as a certificate of Regulation (EU) 2023/1543, and not only names
// itself one: whether a rule on certificates has answered it.
func (c Case) underCertificate() bool {
	if c.Determination == nil || !c.Request.Instrument.Is(EPOC, EPOCPR) {
		return false
	}
	isRule := func(r Reason) bool { return strings.HasPrefix(r.Rule, "eu.epoc") }
	return slices.ContainsFunc(c.Determination.Answers, func(a DataAnswer) bool { return slices.ContainsFunc(a.Reasons, isRule) }) ||
		slices.ContainsFunc(c.Determination.Deadlines, func(d Deadline) bool { return strings.HasPrefix(d.Basis, "eu.epoc") })
}

// standsStill reports whether the deadline's clock is paused now.
func (c Case) standsStill(d Deadline) bool {
	return c.paused() && slices.Contains(c.Work.Standing, d.Kind)
}

// move lays a move over the deadline of its kind.
func (t *turn) move(m Move) {
	t.c.Work.Moves = append(t.c.Work.Moves, m)
	base, ok := t.c.Work.Base[m.Kind]
	if !ok {
		base, _ = t.c.deadline(m.Kind) // set before moves were kept apart
		t.keepBase(base)
		t.putDeadline(base.moved([]Move{m}))
		return
	}
	t.putDeadline(base.moved(t.c.Work.Moves))
}

// extendDeadline moves a deadline to a later day; never to an earlier one.
func extendDeadline(t *turn, a Act, b ExtendBody) error {
	old, ok := t.c.deadline(b.Kind)
	switch {
	case !ok:
		return Refuse(Conflict, "The case has no deadline of the kind %s.", b.Kind)
	case b.Kind == ReleaseNotBefore || b.Kind == SecrecyUntil || b.Kind == PreserveUntil:
		return Refuse(Conflict, "The deadline %s is not ours to extend; use the action that it belongs to.", b.Kind)
	case !old.Date.Before(b.Until):
		return Faulty([]Fault{{"until", "must be later than the day on which it is due, " + string(old.Date)}})
	}
	t.move(Move{Kind: b.Kind, Until: b.Until})
	now, _ := t.c.deadline(b.Kind)
	if b.Kind == NoticeUntil && t.c.Work.NoticeEnds != nil {
		t.c.Work.NoticeEnds = &now.Due
	}
	t.record(DeadlineExtended, old, now)
	t.aside(a, b.Reason)
	return nil
}

func (c Case) isExtended(kind DeadlineKind) bool {
	return slices.ContainsFunc(c.Work.Moves, func(m Move) bool { return m.Kind == kind && m.Until != "" })
}
