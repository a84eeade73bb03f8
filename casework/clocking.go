package casework

import (
	"slices"
	"time"
)

func (c Case) deadline(kind DeadlineKind) (Deadline, bool) {
	i := slices.IndexFunc(c.Deadlines, func(d Deadline) bool { return d.Kind == kind })
	if i < 0 {
		return Deadline{}, false
	}
	return c.Deadlines[i], true
}

// setDeadline puts a deadline in the place of the one of its kind.
func (t *turn) setDeadline(d Deadline) {
	d.State = OnTrack
	t.dropDeadline(d.Kind)
	t.c.Deadlines = append(t.c.Deadlines, d)
	t.changed = true
}

func (t *turn) dropDeadline(kind DeadlineKind) {
	t.c.Deadlines = slices.DeleteFunc(t.c.Deadlines, func(d Deadline) bool { return d.Kind == kind })
}

// setDeadlines takes over those of a determination; what was extended by hand stays.
func (t *turn) setDeadlines(determined []Deadline) {
	for _, d := range determined {
		if _, extended := t.c.Work.Extended[d.Kind]; extended || d.Kind == PreserveUntil && t.c.Preservation != nil {
			continue
		}
		old, had := t.c.deadline(d.Kind)
		d.Warned = had && old.Warned && old.Due.Equal(d.Due)
		t.setDeadline(d)
		if had && old.State != "" && old.Due.Equal(d.Due) {
			t.c.Deadlines[len(t.c.Deadlines)-1].State = old.State
		}
	}
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

func pauseClock(t *turn, _ Act, b PauseBody) error {
	t.c.Pauses = append(t.c.Pauses, Pause{Reason: b.Reason, From: t.at})
	t.record(ClockPaused, nil, entry{"reason": string(b.Reason)})
	return nil
}

// resumeClock gives the deadlines that could pause the time that they stood still.
func resumeClock(t *turn, _ Act, _ Nothing) error {
	i := slices.IndexFunc(t.c.Pauses, func(p Pause) bool { return p.To == nil })
	p := t.c.Pauses[i]
	t.c.Pauses[i].To = &t.at
	for j, d := range t.c.Deadlines {
		if !d.pauses(p.Reason) || d.done() {
			continue
		}
		d.Due = d.Due.Add(t.at.Sub(p.From))
		d.Date = DateOf(d.Due, time.UTC)
		d.Computed += "; the clock stood still from " + p.From.Format(time.RFC3339) + " to " + t.at.Format(time.RFC3339)
		t.c.Deadlines[j] = d
	}
	t.record(ClockResumed, nil, entry{"reason": string(p.Reason)})
	return nil
}

// pauses says which deadlines a pause may move (policy.md, "Deadlines"): ours for every reason; the response only where
// the authority agreed or its basis is our own profile; the others never.
func (d Deadline) pauses(reason PauseReason) bool {
	switch d.Kind {
	case DueAcknowledge, DueVerify, DueReview:
		return true
	case DueRespond:
		return reason == AgreedWithAuthority || reason == AwaitingClarification && (d.Basis == "profile" || d.Basis == "eu.epoc.respond")
	}
	return false
}

// extendDeadline moves a deadline to a later day; never to an earlier one.
func extendDeadline(t *turn, _ Act, b ExtendBody) error {
	d, ok := t.c.deadline(b.Kind)
	switch {
	case !ok:
		return Refuse(Conflict, "The case has no deadline of the kind %s.", b.Kind)
	case b.Kind == ReleaseNotBefore || b.Kind == SecrecyUntil || b.Kind == PreserveUntil:
		return Refuse(Conflict, "The deadline %s is not ours to extend; use the action that it belongs to.", b.Kind)
	case !d.Date.Before(b.Until):
		return Faulty([]Fault{{"until", "must be later than the present day"}})
	}
	old := d
	d.Due, d.Date, d.Shifted, d.Warned, d.State = d.Due.AddDate(0, 0, daysBetween(d.Date, b.Until)), b.Until, nil, false, OnTrack
	d.Computed += "; extended to " + string(b.Until)
	t.setDeadline(d)
	if b.Kind == NoticeUntil && t.c.Work.NoticeEnds != nil {
		t.c.Work.NoticeEnds = &d.Due
	}
	if t.c.Work.Extended == nil {
		t.c.Work.Extended = map[DeadlineKind]Date{}
	}
	t.c.Work.Extended[b.Kind] = b.Until
	t.record(DeadlineExtended, old, d)
	return nil
}

func (d Deadline) done() bool { return d.State == Met || d.State == Missed }

// counts reports whether we are late when it passes; barriers and ends are not duties of ours.
func (d Deadline) counts() bool {
	switch d.Kind {
	case ReleaseNotBefore, NoticeUntil, SecrecyUntil, PreserveUntil, DueNSLReview:
		return false
	}
	return true
}

// warnAt is when a deadline is due soon: two days before, or a quarter of an hour-based time.
func (d Deadline) warnAt() time.Time { return d.Due.AddDate(0, 0, -2) }

// fulfilled reports whether what the deadline asks for is done.
func (c Case) fulfilled(d Deadline) bool {
	if c.Stage == InClosed {
		return true
	}
	switch d.Kind {
	case DueAcknowledge:
		return c.Work.AcknowledgedAt != nil
	case DueVerify:
		return c.Work.VerifiedAt != nil
	case DueReview:
		return c.Work.Decided
	case DueRespond:
		return c.released() || c.Stage == InMLATReferral || c.Stage == InChallenge && c.contesting()
	case DueObject, DueComityMotion:
		return len(c.Challenges) > 0
	}
	return false
}

// alarm: every deadline that comes near or passes is an event; nothing passes in silence (rule 10).
func (t *turn) alarm() {
	for i, d := range t.c.Deadlines {
		if !d.counts() || t.c.fulfilled(d) || t.c.standsStill(d) {
			continue
		}
		switch {
		case !t.at.Before(d.Due) && d.State != Breached:
			t.c.Deadlines[i].State, t.c.Deadlines[i].Warned = Breached, true
			t.bySystem(DeadlineBreached, nil, entry{"kind": string(d.Kind), "date": string(d.Date)})
		case !t.at.Before(d.warnAt()) && !d.Warned:
			t.c.Deadlines[i].State, t.c.Deadlines[i].Warned = DueSoon, true
			t.bySystem(DeadlineWarned, nil, entry{"kind": string(d.Kind), "date": string(d.Date)})
		}
	}
}

func (c Case) standsStill(d Deadline) bool {
	return slices.ContainsFunc(c.Pauses, func(p Pause) bool { return p.To == nil && d.pauses(p.Reason) })
}

// settle writes what follows from the rest: the deadlines' states, the case's own, and who must act next.
func (t *turn) settle() {
	t.alarm()
	for i, d := range t.c.Deadlines {
		t.c.Deadlines[i].State = t.c.stateOf(d, t.at)
	}
	t.c.SLA = t.c.worst()
	t.c.WaitingOn = t.c.next()
}

func (c Case) stateOf(d Deadline, at time.Time) SLA {
	switch {
	case d.done() && c.fulfilled(d):
		return d.State
	case !d.counts() && at.Before(d.Due):
		return OnTrack
	case !d.counts():
		return Met
	case c.fulfilled(d) && at.Before(d.Due):
		return Met
	case c.fulfilled(d):
		return Missed
	case c.standsStill(d):
		return Paused
	case !at.Before(d.Due):
		return Breached
	case !at.Before(d.warnAt()):
		return DueSoon
	}
	return OnTrack
}

// worst is how the case stands: closed, whether everything was met; open, the worst of what still counts.
func (c Case) worst() SLA {
	has := func(s SLA) bool {
		return slices.ContainsFunc(c.Deadlines, func(d Deadline) bool { return d.counts() && d.State == s })
	}
	if c.Stage == InClosed {
		if has(Missed) {
			return Missed
		}
		return Met
	}
	for _, s := range []SLA{Breached, DueSoon, Paused} {
		if has(s) {
			return s
		}
	}
	return OnTrack
}

// next is who must act.
func (c Case) next() WaitingOn {
	switch c.Stage {
	case InReceipt, InLegalReview:
		return c.nextInReview()
	case InCustomerNotice:
		return c.nextInNotice()
	case InChallenge:
		return c.nextInChallenge()
	case InMLATReferral:
		return OnCentralAuthority
	case InDisclosure:
		return c.nextInDisclosure()
	}
	return OnNobody
}

func (c Case) nextInReview() WaitingOn {
	switch {
	case c.Work.Clarification != nil:
		return OnAuthority
	case c.Determination == nil || !c.Work.ResolvedOnce:
		return OnSystem
	case c.Stage == InReceipt, c.Determination.HasDefect():
		return OnLegalOps
	case c.Decision != nil:
		return OnApprover
	}
	return OnReviewer
}

func (c Case) nextInNotice() WaitingOn {
	switch last := len(c.Notices) - 1; {
	case c.objectionOpen():
		return OnReviewer
	case last >= 0 && c.Notices[last].Status == NoticeBounced:
		return OnLegalOps
	case last < 0 || c.Notices[last].Status == "":
		return OnSystem
	}
	return OnCustomer
}

func (c Case) nextInChallenge() WaitingOn {
	for _, x := range c.Challenges {
		switch {
		case x.Status != ChallengeOpen || x.Kind == SecrecyOnly:
		case x.Kind == ReasonedObjection:
			return OnAuthority
		default:
			return OnCourt
		}
	}
	return OnReviewer
}

func (c Case) nextInDisclosure() WaitingOn {
	if c.objectionOpen() {
		return OnReviewer
	}
	order := []struct {
		status DisclosureStatus
		on     WaitingOn
	}{
		{ParcelReady, OnReviewer}, {ParcelExpired, OnLegalOps}, {ParcelCollecting, OnSystem}, {ParcelReleased, OnSystem}, {ParcelDelivered, OnAuthority},
	}
	for _, x := range order {
		if slices.ContainsFunc(c.Disclosures, func(d Disclosure) bool { return d.Status == x.status }) {
			return x.on
		}
	}
	return OnSystem
}

// Tick: what the passing of time brings.
func (k Tick) apply(t *turn) error {
	t.lapse()
	t.remind()
	t.alarm()
	t.watchSecrecy()
	t.watchPreservation()
	t.expire()
	return nil
}

// Wakes is the next instant at which time alone changes the case; false where none is known. There is one sleeping
// clock in a case, and this is what it is set to.
func (c Case) Wakes(now time.Time) (time.Time, bool) {
	next := time.Time{}
	for _, t := range c.instants() {
		if t.After(now) {
			next = earliest(next, t)
		}
	}
	return next, !next.IsZero()
}

func (c Case) instants() []time.Time {
	out := []time.Time{}
	for _, d := range c.Deadlines {
		if !c.fulfilled(d) || d.Kind == PreserveUntil {
			out = append(out, d.Due, d.warnAt())
		}
	}
	if q := c.Work.Clarification; q != nil {
		for _, day := range append(slices.Clone(c.Work.Terms.Reminders), c.Work.Terms.ClarifyCloses) {
			out = append(out, after(q.AskedAt, day))
		}
	}
	if d, ok := c.deadline(DueRespond); ok && c.objectionOpen() {
		out = append(out, d.Due)
	}
	if c.Work.NoticeEnds != nil {
		out = append(out, *c.Work.NoticeEnds)
	}
	for _, d := range c.Disclosures {
		if d.Status == ParcelDelivered {
			out = append(out, *d.ExpiresAt)
		}
	}
	if s := c.Secrecy; s.Kind.HasForce() && s.LiftedAt == nil && s.Until != "" {
		out = append(out, s.Ends(), s.Ends().AddDate(0, 0, -c.Work.Terms.AskBeforeEnd))
	}
	if due, owed := c.lateNotice(); owed {
		out = append(out, due)
	}
	return out
}
