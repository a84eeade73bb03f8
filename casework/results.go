package casework

import (
	"slices"
	"time"
)

// Clears is asked in the last moment before an effect is carried out: do the rules still allow it? What no longer
// clears is brought back as dropped.
func (c Case) Clears(e Effect, at time.Time) bool {
	switch {
	case !slices.ContainsFunc(c.Work.Pending, func(x Effect) bool { return x.Step == e.Step }):
		return false
	case e.Mail.ToCustomer():
		return c.MayTell(at)
	case e.Mail.ToStaff():
		return c.Stage != InClosed || c.Work.ReviewReminded
	case e.Kind == DoCollect || e.Kind == DoSeal:
		return c.mayHandle(e.Disclosure)
	case e.Kind == DoPreserve || e.Mail == MailPreservationConfirmed:
		return c.isPreserving()
	case e.Kind == DoForget:
		return c.mayForget()
	case e.Kind == DoDeliver:
		i := slices.IndexFunc(c.Disclosures, func(d Disclosure) bool { return d.N == e.Disclosure })
		return i >= 0 && c.Disclosures[i].Status == ParcelReleased
	}
	return true
}

// mayHandle reports whether a parcel may be filled: decided, approved, and holding nothing but what may be disclosed.
func (c Case) mayHandle(n int) bool {
	i := slices.IndexFunc(c.Disclosures, func(d Disclosure) bool { return d.N == n })
	return i >= 0 && c.Work.Decided && c.Disclosures[i].Status == ParcelCollecting && subset(c.Disclosures[i].Data, c.free())
}

// Result: what an effect brought. A result of a step that is no longer pending is late or a repeat: it changes nothing.
func (r Result) apply(t *turn) error {
	i := slices.IndexFunc(t.c.Work.Pending, func(e Effect) bool { return e.Step == r.Step })
	if i < 0 {
		return nil
	}
	e := t.c.Work.Pending[i]
	t.c.Work.Pending = slices.Delete(t.c.Work.Pending, i, i+1)
	t.changed = true
	if r.Dropped {
		t.dropped(e)
		return nil
	}
	t.bring(e, r)
	if len(t.events) == 0 {
		t.record(Commented, nil, entry{"text": "done, but it came too late to matter: " + string(e.Kind) + " " + string(e.Mail)})
	}
	return nil
}

func (t *turn) bring(e Effect, r Result) {
	switch {
	case r.Determination != nil:
		t.evaluated(r)
	case r.Resolution != nil:
		t.resolved(*r.Resolution)
	case r.Mail != nil:
		t.mailed(e, r)
	case r.Collected != nil:
		t.collected(e, *r.Collected)
	case r.Sealed != nil:
		t.sealed(e, *r.Sealed)
	case r.Delivered != nil:
		t.delivered(e, *r.Delivered)
		t.recordLetters(t.file(e, r))
	case r.Snapshot != nil:
		t.keptNow(*r.Snapshot)
	case r.Forgotten:
		t.forgotten()
	}
}

// dropped: a notice that may not go out is no notice.
func (t *turn) dropped(e Effect) {
	t.record(Commented, nil, entry{"text": "not carried out, since the rules no longer allow it: " + string(e.Kind) + " " + string(e.Mail)})
	if e.Mail == MailNotice {
		if t.c.Work.Terms.Behaviour >= BehaviourRemarks {
			t.c.Work.ToldInVain = &t.at
		}
		t.c.Notices = slices.DeleteFunc(t.c.Notices, func(n Notice) bool { return n.N == e.Notice && n.Status == "" })
	}
}

// evaluated takes a determination in. The first one says whether the authority was known; a changed answer dismisses a
// review that is not yet approved.
func (t *turn) evaluated(r Result) {
	first := t.c.Determination == nil && len(t.c.Deadlines) == 0
	if first {
		t.c.Work.AuthorityKnown = r.Known
	}
	old := t.c.Determination
	d := *r.Determination
	t.c.Work.Rulebook = d.Rulebook.SHA256
	t.record(Evaluated, summary(old), summary(&d))
	if t.c.settled() {
		t.recount(d.Deadlines)
		return
	}
	t.c.Determination, t.c.Work.Agreement, t.c.Work.Route = &d, r.Agreement, r.Route
	t.reconsider(old)
	if first {
		t.setDeadlines(d.Deadlines)
	} else {
		t.recount(d.Deadlines)
	}
	t.silence()
	t.preserveAtOnce()
}

// settled reports whether the case has gone where no new answer of the policy can take it back from: something was
// released, it is contested or referred, or it is closed. Only its deadlines are counted anew then.
func (c Case) settled() bool {
	return c.released() || c.Stage == InChallenge || c.Stage == InMLATReferral || c.Stage == InClosed
}

// reconsider: a changed answer dismisses a review that is not yet approved; an approved one too, as long as nothing is
// released, where it permits what the policy no longer would.
func (t *turn) reconsider(old *Determination) {
	switch {
	case old == nil || t.c.Stage == InClosed:
	case t.c.Work.Decided && (asksMore(*old, *t.c.Determination) || changedAnswer(*old, *t.c.Determination) && !t.c.stillStands()):
		t.backToReview()
	case !t.c.Work.Decided && changedAnswer(*old, *t.c.Determination):
		t.dismissDecision()
	}
}

// asksMore reports whether the policy now wants something of a decided case that was not asked when it was decided:
// another notice, one more person, or a defect mended.
func asksMore(old, now Determination) bool {
	return now.Notice.Duty != old.Notice.Duty || now.Approvals.Required > old.Approvals.Required || now.HasDefect() && !old.HasDefect()
}

// stillStands reports whether everything that the decision permits could be permitted under the present determination.
func (c Case) stillStands() bool {
	for _, a := range c.Decision.Answers {
		if a.Answer != Permit {
			continue
		}
		limits := c.determined(a.Data).Limits
		within := len(limits) == 0 || a.Scope != nil && len(a.Scope.Fields) > 0 && subset(a.Scope.Fields, limits)
		if c.Determination.HasDefect() || c.mayPermit(a) != nil || !within {
			return false
		}
	}
	return true
}

func summary(d *Determination) any {
	if d == nil {
		return nil
	}
	return entry{"outcome": string(d.Outcome), "rulebook": d.Rulebook.Version, "sha256": d.Rulebook.SHA256}
}

func changedAnswer(a, b Determination) bool {
	return a.Outcome != b.Outcome || !slices.EqualFunc(a.Answers, b.Answers, func(x, y DataAnswer) bool {
		return x.Data == y.Data && x.Answer == y.Answer && slices.Equal(x.Limits, y.Limits)
	})
}

// silence: an instrument that forbids notice by its own nature binds like a statute, until it is lifted.
func (t *turn) silence() {
	if t.c.Determination.Notice.Duty == NoticeProhibited && !t.c.Secrecy.Kind.HasForce() && t.c.Secrecy.LiftedAt == nil {
		t.c.Secrecy = Secrecy{Kind: SecrecyByStatute, Basis: string(t.c.Request.Instrument.Type)}
		t.bySystem(SecrecySet, nil, t.c.Secrecy)
	}
}

// preserveAtOnce: where the instrument asks for it or the law implies it, whatever defects there are.
func (t *turn) preserveAtOnce() {
	if t.c.Preservation != nil {
		return
	}
	from := DateOf(t.c.ReceivedAt, time.UTC)
	if d, ok := t.c.Determination.DeadlineOf(PreserveUntil); ok {
		t.preserve(from, d.Date)
	} else if t.c.Request.Instrument.Is(EPOC) {
		t.preserve(from, "")
	} else if t.c.Work.Terms.Behaviour >= BehaviourLetter && slices.Contains(t.c.Request.Demand.Actions, Preserve) {
		t.preserve(from, from.AddDays(keepDays))
	}
}

// keepDays is how long records are kept that a demand for something else asks to have kept (18 USC 2703(f)(2)).
const keepDays = 90

func (t *turn) resolved(r Lookup) {
	t.c.Accounts, t.c.Work.Language, t.c.Work.ResolvedOnce = r.Accounts, r.Language, true
	t.record(Resolved, nil, entry{"accounts": itoa(len(r.Accounts))})
}

// mailVerb is what a message sent is in the ledger.
var mailVerb = map[MailKind]Verb{
	MailAcknowledge: Acknowledged,
	MailClarify:     LetterSent, MailRemind: LetterSent, MailAnswer: LetterSent, MailReferral: LetterSent,
	MailSecrecyEnding: LetterSent, MailNotClarified: LetterSent, MailNotAuthentic: LetterSent, MailWithdrawn: LetterSent,
	MailWarned: LetterSent, MailBreached: LetterSent, MailPreservationEnding: LetterSent, MailPreservationConfirmed: LetterSent,
	MailPreservationEnded: LetterSent, MailObjection: LetterSent,
}

func (t *turn) mailed(e Effect, r Result) {
	m, letters := *r.Mail, t.file(e, r)
	if e.Mail == MailNotice {
		t.noticeSent(e, m)
		t.recordLetters(letters)
		return
	}
	if e.Mail == MailAcknowledge && !m.Bounced {
		t.c.Work.AcknowledgedAt = &m.SentAt
	}
	outcome := "sent"
	if m.Bounced {
		outcome = "bounced"
	}
	said := entry{"letter": string(e.Mail), "outcome": outcome, "message_id": m.MessageID}
	if mailVerb[e.Mail] == LetterSent && len(letters) == 1 {
		said, letters = letters[0].said(said), nil
	}
	t.record(mailVerb[e.Mail], nil, said)
	t.recordLetters(letters)
}
