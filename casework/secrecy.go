package casework

import "time"

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
