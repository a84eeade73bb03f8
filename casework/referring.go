package casework

import (
	"strconv"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// referToMLAT: after the decision, a reviewer sends everything that was permitted or contested to the treaty route
// instead; approved as the review was.
func referToMLAT(t *turn, a Act, b WithReason) error {
	answers := append([]DecisionAnswer{}, t.c.Decision.Answers...)
	for i, x := range answers {
		if x.Answer == Permit || x.Answer == Object {
			answers[i] = DecisionAnswer{Data: x.Data, Action: x.Action, Answer: Refer, Reason: b.Reason}
		}
	}
	t.dismissDecision()
	t.decide(a.Actor, answers)
	t.c.Work.Referring = true
	t.enter(InLegalReview)
	t.record(Reviewed, nil, t.c.Decision)
	t.takeDecision()
	return nil
}

// refer sends the letter with the country's route and preserves meanwhile.
func (t *turn) refer() bool {
	t.c.Referral = &Referral{At: t.at, Route: t.c.Work.Route}
	t.bySystem(Referred, nil, entry{"route": string(t.c.Work.Route)})
	t.order(Effect{Kind: DoMail, Mail: MailReferral})
	today := DateOf(t.at, time.UTC)
	t.preserve(today, today.AddDays(t.c.Work.Terms.MLATPreserveDays))
	t.c.Work.KeepingTold = t.c.Preservation.keptThrough() // the letter says it
	return t.enter(InMLATReferral)
}

func recordMLAT(t *turn, _ Act, b MLATBody) error {
	t.mlatOutcome(b.Outcome)
	if b.LinkedCase != "" {
		t.c.Links = append(t.c.Links, Link{Case: b.LinkedCase, Relation: Related})
		t.record(Linked, nil, entry{"case": b.LinkedCase})
	}
	return nil
}

func (t *turn) mlatOutcome(o MLATOutcome) {
	r := *t.c.Referral
	r.Outcome = &o
	t.c.Referral = &r
	t.record(MLATOutcomeRecorded, nil, entry{"outcome": string(o)})
	t.close(ResolvedReferred)
}

// Preservation.

// preserve keeps the records until a day; no day: until production. What already runs longer is not shortened.
func (t *turn) preserve(from, until Date) {
	if p := t.c.Preservation; p != nil && p.Status == PreservationRunning && (p.Until == "" || until != "" && !p.Until.Before(until)) {
		return
	}
	old := t.c.Preservation
	t.c.Preservation = &Preservation{From: from, Until: until, Status: PreservationRunning}
	t.setPreserveDeadline(until, "preservation")
	t.bySystem(PreservationStarted, old, t.c.Preservation)
}

func (t *turn) setPreserveDeadline(until Date, basis string) {
	if until == "" {
		return
	}
	t.setDeadline(Deadline{Kind: PreserveUntil, Date: until, Due: until.AddDays(1).Start(time.UTC).Add(12 * time.Hour), Zone: "UTC", Basis: basis,
		Computed: "kept through the last day wherever it is that day"})
}

func preserving(c Case, _ Actor, _ time.Time) *Error {
	if c.Preservation == nil || c.Preservation.Status != PreservationRunning {
		return Refuse(Conflict, "No preservation runs.")
	}
	return nil
}

// extendPreservation: once more as long as the law gives (18 USC 2703(f)(2); Art. 11(1)), or until production.
func extendPreservation(t *turn, a Act, b PreservationBody) error {
	p := *t.c.Preservation
	switch {
	case b.UntilProduced && t.c.Request.Instrument.Type != EPOCPR:
		return Faulty([]Fault{{"until_produced", "is for an epoc_pr only (Regulation (EU) 2023/1543, Annex V)"}})
	case p.Until == "":
		return Refuse(Conflict, "The records are already kept until production.")
	case b.UntilProduced:
		p.Until = ""
		t.dropDeadline(PreserveUntil)
	case t.c.prolonged(p):
		return Refuse(Conflict, "The preservation has been extended already; the law gives one extension (18 USC 2703(f)(2); Regulation (EU) 2023/1543 Art. 11(1)).")
	default:
		p.Until = p.Until.AddDays(extension(t.c.Request.Instrument.Type))
		t.setPreserveDeadline(p.Until, "extension")
	}
	t.record(PreservationExtended, t.c.Preservation, p)
	t.aside(a, b.Reason)
	t.c.Preservation = &p
	return nil
}

// prolonged reports whether a preservation was made longer already that may be made so once: what a request to preserve
// started. One that waits for a treaty request is extended for as long as that is under way.
func (c Case) prolonged(p Preservation) bool {
	first := 90
	switch {
	case c.Work.Terms.Behaviour < BehaviourLetter || c.Stage == InMLATReferral || c.Referral != nil:
		return false
	case c.Request.Instrument.Type == EPOCPR:
		first = 60
	case c.Request.Instrument.Type != PreservationRequest || !c.Request.Authority.IsUS():
		return false
	}
	return p.From.AddDays(first).Before(p.Until)
}

func extension(i InstrumentType) int {
	if i == EPOCPR {
		return 30
	}
	return 90
}

func endPreservation(t *turn, _ Act, b WithReason) error {
	t.stopPreserving(b.Reason)
	t.tellOfEnd()
	return nil
}

// stopPreserving ends it; a referral whose preservation ends unextended has lapsed.
func (t *turn) stopPreserving(reason string) {
	p := *t.c.Preservation
	p.Status = PreservationOver
	t.c.Preservation = &p
	t.dropDeadline(PreserveUntil)
	t.record(PreservationEnded, nil, entry{"reason": reason})
	if t.c.Stage == InMLATReferral {
		t.mlatOutcome(ReferralLapsed)
	}
}

// watchPreservation: it ends at the end of its last day, never earlier.
func (t *turn) watchPreservation() {
	p := t.c.Preservation
	if p == nil || p.Status != PreservationRunning || p.Until == "" {
		return
	}
	if d, ok := t.c.deadline(PreserveUntil); ok && !t.at.Before(d.Due) {
		t.stopPreserving("its time has run out")
		t.tellOfEnd()
	}
}
