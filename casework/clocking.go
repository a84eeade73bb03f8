package casework

import (
	"slices"
	"time"
)

func (c Case) deadline(kind DeadlineKind) (Deadline, bool) {
	return find(c.Deadlines, kind)
}

// setDeadline sets a deadline anew; what moved the one of its kind before is laid over it.
func (t *turn) setDeadline(d Deadline) {
	d.State = OnTrack
	t.keepBase(d)
	t.putDeadline(d.moved(t.c.Work.Moves))
}

func (t *turn) keepBase(d Deadline) {
	if t.c.Work.Base == nil {
		t.c.Work.Base = map[DeadlineKind]Deadline{}
	}
	t.c.Work.Base[d.Kind] = d
}

// putDeadline puts a deadline in the place of the one of its kind; one that stays where it was keeps its state.
func (t *turn) putDeadline(d Deadline) {
	t.changed = true
	i := slices.IndexFunc(t.c.Deadlines, func(old Deadline) bool { return old.Kind == d.Kind })
	if i < 0 {
		t.c.Deadlines = append(t.c.Deadlines, d)
		return
	}
	d.State, d.Warned = OnTrack, false
	if old := t.c.Deadlines[i]; old.Due.Equal(d.Due) && old.State != "" {
		d.State, d.Warned = old.State, old.Warned
	}
	t.c.Deadlines[i] = d
}

func (t *turn) dropDeadline(kind DeadlineKind) {
	t.c.Deadlines = slices.DeleteFunc(t.c.Deadlines, func(d Deadline) bool { return d.Kind == kind })
}

// setDeadlines takes over those of a determination.
func (t *turn) setDeadlines(determined []Deadline) {
	for _, d := range determined {
		switch {
		case d.Kind == PreserveUntil && t.c.Preservation != nil:
		case d.Kind == SecrecyUntil && t.c.Work.Terms.Behaviour >= BehaviourRemarks && t.c.Secrecy != t.c.Request.Secrecy: // an act has set it
		default:
			t.setDeadline(d)
		}
	}
}

func (d Deadline) done() bool { return d.State == Met || d.State == Missed }

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
		return slices.ContainsFunc(c.Challenges, c.meets(d.Kind))
	}
	return false
}

// meets says which challenge does what the deadline asks for: one to secrecy contests nothing of the instrument, and a
// comity motion is a motion of its own (18 USC 2703(h)).
func (c Case) meets(kind DeadlineKind) func(Challenge) bool {
	return func(x Challenge) bool {
		return c.Work.Terms.Behaviour < BehaviourHearings || x.Kind == Comity || kind == DueObject && x.Kind != SecrecyOnly
	}
}

// settle writes what follows from the rest: the deadlines' states, the case's own, and who must act next.
func (t *turn) settle() {
	t.alarm()
	for i, d := range t.c.Deadlines {
		t.c.Deadlines[i].State = t.c.stateOf(d, t.at)
	}
	t.c.SLA = t.c.worst()
	t.c.WaitingOn = t.c.next()
	if t.c.Decision == nil {
		t.c.Approvals.Required = max(1, t.c.Agreeing())
	}
}

func (c Case) stateOf(d Deadline, at time.Time) SLA {
	switch {
	case d.done() && c.fulfilled(d):
		return d.State
	case !d.Kind.IsOurs() && at.Before(d.Due):
		return OnTrack
	case !d.Kind.IsOurs():
		return Met
	case c.fulfilled(d) && at.Before(d.Due):
		return Met
	case c.fulfilled(d):
		return Missed
	case c.standsStill(d):
		return Paused
	case !at.Before(d.Due):
		return Breached
	case !at.Before(c.warnAt(d)):
		return DueSoon
	}
	return OnTrack
}

// worst is how the case stands: closed, whether everything was met; open, the worst of what still counts.
func (c Case) worst() SLA {
	has := func(s SLA) bool {
		return slices.ContainsFunc(c.Deadlines, func(d Deadline) bool { return d.Kind.IsOurs() && d.State == s })
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
	case c.Decision != nil:
		return OnApprover
	case c.Stage == InReceipt, c.Determination.HasDefect():
		return OnLegalOps
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
	t.watchReview()
	t.watchHearings()
	t.remindOfEnd()
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

// instants are all of them, past ones too.
func (c Case) instants() []time.Time {
	out := slices.Concat(c.instantsOfDeadlines(), c.instantsOfQuestions())
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
	if at, ok := c.tellAgain(); ok {
		out = append(out, at)
	}
	if at, ok := c.reviewEnds(); ok {
		out = append(out, at)
	}
	for _, h := range c.hearings() {
		out = append(out, h.at)
	}
	if at, ok := c.remindsAt(); ok && c.Work.KeepingReminded != c.Preservation.Until {
		out = append(out, at)
	}
	return out
}

func (c Case) instantsOfDeadlines() []time.Time {
	out := []time.Time{}
	for _, d := range c.Deadlines {
		if !c.fulfilled(d) || d.Kind == PreserveUntil {
			out = append(out, d.Due, c.warnAt(d))
		}
	}
	for _, r := range c.Work.Rings {
		out = append(out, r.After)
	}
	return out
}

// instantsOfQuestions: reminders of a clarification, and the response date that an objection may not outlive.
func (c Case) instantsOfQuestions() []time.Time {
	out := []time.Time{}
	if q := c.Work.Clarification; q != nil {
		for _, day := range append(slices.Clone(c.Work.Terms.Reminders), c.Work.Terms.ClarifyCloses) {
			out = append(out, after(q.AskedAt, day))
		}
	}
	if d, ok := c.deadline(DueRespond); ok && c.objectionOpen() {
		out = append(out, d.Due)
	}
	return out
}
