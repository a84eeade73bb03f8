package casework

import (
	"slices"
	"time"
)

// Secrecy is a duty not to tell the customer, with its basis and end. LiftedAt is set when it was lifted before its end.
type Secrecy struct {
	Kind     SecrecyKind `json:"kind"`
	Basis    string      `json:"basis"`
	Until    Date        `json:"until"`
	LiftedAt *time.Time  `json:"lifted_at,omitempty"`
}

// SecrecyKind is what a duty of secrecy rests on.
type SecrecyKind string

// The kinds. A plain "please do not tell" (requested) has no force.
const (
	NoSecrecy        SecrecyKind = "none"
	SecrecyRequested SecrecyKind = "requested"
	SecrecyByOrder   SecrecyKind = "court_order"   // 18 USC 2705(b)
	SecrecyByStatute SecrecyKind = "statute"       // e.g. 18 USC 3123(d)
	Certification    SecrecyKind = "certification" // 18 USC 2709(c)
)

// SecrecyKinds lists the vocabulary.
var SecrecyKinds = []SecrecyKind{NoSecrecy, SecrecyRequested, SecrecyByOrder, SecrecyByStatute, Certification}

// HasForce reports whether the kind binds at all.
func (k SecrecyKind) HasForce() bool {
	return k == SecrecyByOrder || k == SecrecyByStatute || k == Certification
}

// Binds reports whether the customer may not be told at that instant.
func (s Secrecy) Binds(at time.Time) bool {
	if !s.Kind.HasForce() || s.LiftedAt != nil {
		return false
	}
	return s.Until == "" || at.Before(s.Ends())
}

// Ends is the instant at which the secrecy has ended everywhere: the end of its last day in the westernmost zone
// (UTC-12), so that no message leaves while it is still that day for the court that ordered it. Zero: no end is known.
func (s Secrecy) Ends() time.Time {
	if s.Until == "" {
		return time.Time{}
	}
	return s.Until.AddDays(1).Start(time.UTC).Add(12 * time.Hour)
}

func setSecrecy(t *turn, _ Act, b SecrecyBody) error {
	if t.c.Work.Terms.Behaviour >= BehaviourLetter && b.Until != "" && b.Until.Before(DateOf(t.at, time.UTC)) {
		return Faulty([]Fault{{"until", "is over already; to end a secrecy that stands, lift it"}})
	}
	old := t.c.Secrecy
	t.c.Secrecy = Secrecy{Kind: b.Kind, Basis: b.Basis, Until: b.Until}
	t.c.Work.SecrecyAsked = false
	if t.c.Work.Terms.Behaviour >= BehaviourSnapshots {
		t.c.Work.SecrecyOver = false // a new one has an end of its own
	}
	t.record(SecrecySet, old, t.c.Secrecy)
	t.secrecyChanged()
	return nil
}

// secrecyChanged: its end is a deadline that people see, and what the law says of it the policy answers.
func (t *turn) secrecyChanged() {
	if t.c.Work.Terms.Behaviour < BehaviourRemarks {
		return
	}
	if s := t.c.Secrecy; s.Kind.HasForce() && s.LiftedAt == nil && s.Until != "" {
		t.setDeadline(Deadline{Kind: SecrecyUntil, Date: s.Until, Due: s.Ends(), Zone: "UTC", Basis: s.Basis, Computed: "secret through the last day wherever it is that day"})
	} else {
		t.dropDeadline(SecrecyUntil)
	}
	if waits := slices.ContainsFunc(t.c.Work.Pending, func(e Effect) bool { return e.Kind == DoEvaluate }); !waits && t.c.Stage != InClosed && t.c.Determination != nil {
		t.order(Effect{Kind: DoEvaluate})
	}
}

// Evaluated is the request as the policy is to judge it: under the secrecy that stands.
func (c Case) Evaluated() Request {
	r := c.Request
	if c.Work.Terms.Behaviour >= BehaviourRemarks {
		r.Secrecy = c.Secrecy
		if c.Secrecy.LiftedAt != nil {
			r.Secrecy = Secrecy{Kind: NoSecrecy}
		}
	}
	return r
}

func secrecyStands(c Case, _ Actor, _ time.Time) *Error {
	if !c.Secrecy.Kind.HasForce() || c.Secrecy.LiftedAt != nil {
		return Refuse(Conflict, "No secrecy with force stands.")
	}
	return nil
}

func liftSecrecy(t *turn, _ Act, b WithReason) error {
	old := t.c.Secrecy
	t.c.Secrecy.LiftedAt = &t.at
	t.record(SecrecyLifted, old, entry{"reason": b.Reason})
	t.secrecyChanged()
	return nil
}

// watchSecrecy: the authority is asked before the end; the end itself is an event.
func (t *turn) watchSecrecy() {
	s := t.c.Secrecy
	if !s.Kind.HasForce() || s.LiftedAt != nil || s.Until == "" {
		return
	}
	if !t.c.Work.SecrecyAsked && !t.at.Before(s.Ends().AddDate(0, 0, -t.c.Work.Terms.AskBeforeEnd)) {
		t.c.Work.SecrecyAsked = true
		t.record(SecrecyEndAsked, nil, entry{"until": string(s.Until)})
		t.order(Effect{Kind: DoMail, Mail: MailSecrecyEnding})
	}
	if !s.Binds(t.at) && !t.c.Work.SecrecyOver {
		t.c.Work.SecrecyOver = true
		t.record(SecrecyEnded, nil, entry{"until": string(s.Until)})
	}
}
