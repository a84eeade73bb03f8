package casework

import (
	"slices"
	"time"
)

// MayTell is the one question before any message to a customer (rule 5): is there a duty that lets us, and does no
// secrecy bind? The notice page asks it at every look.
func (c Case) MayTell(at time.Time) bool {
	switch {
	case c.Determination == nil || !c.anyAccount():
		return false
	case c.Determination.Notice.Duty == ByIssuingAuthority || c.Determination.Notice.Duty == NoNotice:
		return false
	}
	return !c.Secrecy.Binds(at)
}

// calmly is how long after a notice that could not go out the next is tried. Whoever sends asks a clock of their own: while
// the two do not agree, nobody is told, and nothing is tried again and again.
const calmly = time.Hour

// tellAgain is when a notice may be tried after one that could not go out; ok is false where there was none.
func (c Case) tellAgain() (at time.Time, ok bool) {
	if c.Work.ToldInVain == nil {
		return time.Time{}, false
	}
	return c.Work.ToldInVain.Add(calmly), true
}

// tell orders one notice; nothing where the customer may not be told.
func (t *turn) tell(kind NoticeDuty, address string) {
	if again, ok := t.c.tellAgain(); !t.c.MayTell(t.at) || ok && t.at.Before(again) {
		return
	}
	if address == "" {
		address = t.c.Work.NoticeTo
	}
	n := len(t.c.Notices) + 1
	t.c.Notices = append(t.c.Notices, Notice{N: n, Kind: kind, Address: address})
	t.order(Effect{Kind: DoMail, Mail: MailNotice, Notice: n})
	t.bySystem(DeadlineSet, nil, entry{"kind": "notice", "notice": itoa(n)})
}

// duty is what is owed now: secrecy that binds delays a notice, secrecy that was lifted brings it back.
func (c Case) duty(at time.Time) NoticeDuty {
	switch d := c.Determination.Notice.Duty; {
	case d == ByIssuingAuthority, d == NoNotice, d == AfterEmergency:
		return d
	case !c.Secrecy.Binds(at):
		return BeforeDisclosure
	case c.Secrecy.Until == "":
		return NoticeProhibited
	}
	return AfterSecrecyEnds
}

// noticeSatisfied reports whether the customer's right to be told first no longer holds disclosure (rule 4).
func (c Case) noticeSatisfied(at time.Time) bool {
	if c.duty(at) != BeforeDisclosure {
		return true
	}
	return c.Work.NoticeEnds != nil && !at.Before(*c.Work.NoticeEnds)
}

// leaveNotice: told, the period over, no objection open.
func (t *turn) leaveNotice() bool {
	switch {
	case t.c.objectionOpen():
		return false
	case len(t.c.free()) == 0:
		return t.route()
	case t.c.noticeSatisfied(t.at):
		t.bySystem(DeadlineSet, nil, entry{"kind": string(NoticeUntil), "state": string(Met)})
		return t.enter(InDisclosure)
	case !t.c.noticeUnderWay():
		t.tell(BeforeDisclosure, "")
	}
	return false
}

// noticeUnderWay reports whether the last notice is on its way, sent, or came back and waits for a new address.
func (c Case) noticeUnderWay() bool { return len(c.Notices) > 0 }

// noticeSent: the mail server took the notice; the customer's period begins.
func (t *turn) noticeSent(e Effect, m MailResult) {
	i := slices.IndexFunc(t.c.Notices, func(n Notice) bool { return n.N == e.Notice })
	if i < 0 {
		return
	}
	n := t.c.Notices[i]
	if m.Bounced {
		n.Status = NoticeBounced
		t.c.Work.NoticeEnds = nil
		t.record(NoticeDidBounce, nil, entry{"kind": string(n.Kind)})
	} else {
		n.Status, n.SentAt = NoticeSent, &m.SentAt
		t.c.Work.NoticeGiven = true
		t.startPeriod(n, m.SentAt)
		t.record(NoticeWasSent, nil, entry{"kind": string(n.Kind)})
	}
	t.c.Notices[i] = n
}

// NoticePeriod is when the customer's period ends for a notice that is sent at an instant: from the policy, cut at the
// response date, never under the profile's minimum.
func (c Case) NoticePeriod(sent time.Time) time.Time {
	ends := sent.Add(time.Duration(c.Determination.Notice.Period))
	if d, ok := c.deadline(DueRespond); ok && d.Due.Before(ends) {
		ends = latest(d.Due, sent.Add(time.Duration(c.Work.Terms.NoticeMinimum)))
	}
	return Truncate(ends)
}

func (t *turn) startPeriod(n Notice, sent time.Time) {
	if n.Kind != BeforeDisclosure {
		return
	}
	ends := t.c.NoticePeriod(sent)
	t.c.Work.NoticeEnds = &ends
	t.setDeadline(Deadline{Kind: NoticeUntil, Date: DateOf(ends, time.UTC), Due: ends, Zone: "UTC", Basis: "notice.default",
		Computed: "the notice was accepted at " + sent.UTC().Format(time.RFC3339) + "; the customer has until " + ends.Format(time.RFC3339)})
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func notSilenced(c Case, _ Actor, at time.Time) *Error {
	if !c.MayTell(at) {
		return Refuse(Conflict, "The customer may not be told now: secrecy binds, or there is no duty to tell.")
	}
	return nil
}

// renotify: a new address starts the period again.
func renotify(t *turn, _ Act, b RenotifyBody) error {
	t.cancel(func(e Effect) bool { return e.Kind == DoMail && e.Mail == MailNotice })
	t.c.Work.NoticeEnds, t.c.Work.ToldInVain = nil, nil
	t.record(Commented, nil, entry{"renotify": b.Reason})
	if t.c.Work.Terms.Behaviour >= BehaviourLetter {
		t.c.Work.NoticeTo = b.Address
	}
	t.tell(BeforeDisclosure, b.Address)
	return nil
}

func beforeRelease(c Case, _ Actor, _ time.Time) *Error {
	if c.released() {
		return Refuse(Conflict, "A parcel has been released; this is possible only before.")
	}
	return nil
}

// object: the customer's objection holds disclosure.
func object(t *turn, a Act, b ObjectionBody) error {
	o := Objection{N: len(t.c.Objections) + 1, By: a.Actor.Name, At: t.at, Text: b.Text, Court: b.Court, FiledOn: b.FiledOn, Status: ObjectionOpen}
	t.c.Objections = append(t.c.Objections, o)
	t.record(Objected, nil, o)
	return nil
}

func (c Case) objectionOpen() bool {
	return slices.ContainsFunc(c.Objections, func(o Objection) bool { return o.Status == ObjectionOpen })
}

func objectionIsOpen(c Case, _ Actor, _ time.Time) *Error {
	if !c.objectionOpen() {
		return Refuse(Conflict, "No objection is open.")
	}
	return nil
}

// resolveObjection: sustained goes back to legal review; overruled and withdrawn let the case go on.
func resolveObjection(t *turn, _ Act, b ResolveBody) error {
	i, err := only(len(t.c.Objections), b.Objection, "objection", func(i int) (int, bool) {
		return t.c.Objections[i].N, t.c.Objections[i].Status == ObjectionOpen
	})
	if err != nil {
		return err
	}
	t.c.Objections[i].Status = b.Outcome
	t.record(ObjectionResolved, nil, entry{"outcome": string(b.Outcome), "reason": b.Reason})
	if b.Outcome == ObjectionSustained {
		t.dismissDecision()
		t.enter(InLegalReview)
	}
	return nil
}

// only finds the one open thing among many: the one named, or the only one.
func only(count, named int, field string, at func(int) (n int, open bool)) (int, error) {
	found := []int{}
	for i := range count {
		if n, isOpen := at(i); isOpen && (named == 0 || named == n) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return 0, Refuse(Conflict, "There is no open %s of that number.", field)
	}
	return 0, Faulty([]Fault{{field, "is missing: several are open, name one by its number"}})
}

// lapse: an objection without a motion does not outlive the response date, unless that was extended. One that was made
// after that date is resolved by a person: the date can no longer be what it waits for.
func (t *turn) lapse() {
	d, ok := t.c.deadline(DueRespond)
	if !ok || t.at.Before(d.Due) || t.c.Stage == InClosed {
		return
	}
	if t.c.isExtended(DueRespond) {
		return
	}
	for i, o := range t.c.Objections {
		if o.Status == ObjectionOpen && o.Court == "" && o.FiledOn == "" && o.At.Before(d.Due) {
			t.c.Objections[i].Status = ObjectionLapsed
			t.record(ObjectionResolved, nil, entry{"outcome": string(ObjectionLapsed)})
		}
	}
}

// tellLate: once all is done, the customer who was not told before is told as soon as may be, once.
func (t *turn) tellLate() {
	if due, owed := t.c.lateNotice(); owed && !t.at.Before(due) {
		t.tell(t.c.lateKind(), "")
	}
}

// lateNotice is when a delayed notice is due; owed is false where none is, or no end of the secrecy is known.
func (c Case) lateNotice() (due time.Time, owed bool) {
	due, over := c.allDone()
	if !over || c.Determination == nil || !c.owedLate() {
		return time.Time{}, false
	}
	if c.Determination.Notice.Duty == AfterEmergency {
		due = due.AddDate(0, 0, c.Work.Terms.AfterEmergency)
	}
	if c.Secrecy.Kind.HasForce() && c.Secrecy.LiftedAt == nil {
		if c.Secrecy.Until == "" {
			return time.Time{}, false
		}
		due = latest(due, workingDay(c.Secrecy.Ends()))
	}
	return due, true
}

// allDone is since when nothing that was done for the authority is still to come: since the case was closed, or since the
// time is over in which the officer could fetch what was released.
func (c Case) allDone() (time.Time, bool) {
	if c.Work.ClosedAt != nil {
		return *c.Work.ClosedAt, true
	}
	for _, d := range c.Disclosures {
		if d.sent() && d.ExpiresAt != nil && c.Work.Terms.Behaviour >= BehaviourRemarks {
			return *d.ExpiresAt, true
		}
	}
	return time.Time{}, false
}

// owedLate: told once is told; nobody is told where there is nobody to tell, or the authority tells them.
func (c Case) owedLate() bool {
	switch {
	case len(c.Notices) > 0 && c.Notices[len(c.Notices)-1].Status != NoticeBounced, c.Work.NoticeGiven, !c.anyAccount():
		return false
	case c.Determination.Notice.Duty == ByIssuingAuthority || c.Determination.Notice.Duty == NoNotice:
		return false
	case c.disclosed() || c.Work.ClosedAt == nil:
		return len(c.Notices) == 0
	}
	r := *c.Resolution
	return c.Work.Terms.TellAfterwards && len(c.Notices) == 0 &&
		r != ResolvedDuplicate && r != ResolvedNotAuthentic && r != ResolvedWithdrawn && r != ResolvedPreservedOnly
}

func (c Case) lateKind() NoticeDuty {
	switch {
	case !c.disclosed() && c.Work.ClosedAt != nil:
		return Afterwards
	case c.Determination.Notice.Duty == AfterEmergency:
		return AfterEmergency
	}
	return AfterSecrecyEnds
}

// workingDay is t, or the start of the Monday after where t is on a weekend.
func workingDay(t time.Time) time.Time {
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.Truncate(24*time.Hour).AddDate(0, 0, 1)
	}
	return t
}

// Concerned lists the accounts whose holders a notice goes to: those whose data is permitted, or, where none is, those
// that the targets name beyond doubt.
func (c Case) Concerned() []string {
	out := []string{}
	if c.Decision != nil {
		for _, a := range c.Decision.Answers {
			if a.Data != "" && a.Answer == Permit {
				for _, g := range c.grantsOf(a) {
					out = append(out, g.Query.Account)
				}
			}
		}
	}
	if len(out) == 0 {
		for _, a := range c.Accounts {
			if a.Match == MatchFound {
				out = append(out, a.Account)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// NoticeAddress is the new address that legal ops gave for a notice; empty: the account's own.
func (c Case) NoticeAddress(n int) string {
	for _, x := range c.Notices {
		if x.N == n {
			return x.Address
		}
	}
	return ""
}
