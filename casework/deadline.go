package casework

import (
	"slices"
	"time"
)

// Deadline is a day by which something is due or before which it may not be, with how it was computed.
type Deadline struct {
	Kind     DeadlineKind `json:"kind"`
	Date     Date         `json:"date"`
	Due      time.Time    `json:"due"`
	Zone     string       `json:"zone"`
	Basis    string       `json:"basis"`
	Computed string       `json:"computed"`
	Shifted  *Shift       `json:"shifted"`
	State    SLA          `json:"state,omitempty"`
	Warned   bool         `json:"warned,omitempty"`
}

// Shift is the later day that a counting rule may allow, with the rule.
type Shift struct {
	Date Date   `json:"date"`
	Rule string `json:"rule"`
}

// DeadlineKind is what a deadline is for.
type DeadlineKind string

// The kinds.
const (
	DueAcknowledge   DeadlineKind = "acknowledge"
	DueVerify        DeadlineKind = "verify"
	DueReview        DeadlineKind = "review"
	DueRespond       DeadlineKind = "respond"
	DueObject        DeadlineKind = "object"
	DueComityMotion  DeadlineKind = "comity_motion"
	DueNSLReview     DeadlineKind = "nsl_review"
	ReleaseNotBefore DeadlineKind = "release_not_before"
	NoticeUntil      DeadlineKind = "notice_until"
	SecrecyUntil     DeadlineKind = "secrecy_until"
	PreserveUntil    DeadlineKind = "preserve_until"
)

// DeadlineKinds lists the vocabulary.
var DeadlineKinds = []DeadlineKind{
	DueAcknowledge, DueVerify, DueReview, DueRespond, DueObject, DueComityMotion, DueNSLReview, ReleaseNotBefore, NoticeUntil, SecrecyUntil, PreserveUntil,
}

// IsOurs reports whether it is we who must have done something by then, and are late when it passes: barriers, ends and
// the duties of others are not.
func (k DeadlineKind) IsOurs() bool {
	switch k {
	case ReleaseNotBefore, NoticeUntil, SecrecyUntil, PreserveUntil, DueNSLReview:
		return false
	}
	return true
}

// NextDue is the first deadline of ours that is still open; false where there is none.
func (v View) NextDue() (next Deadline, ok bool) {
	for _, d := range v.Deadlines {
		if d.Kind.IsOurs() && !d.done() && !d.Due.IsZero() && (!ok || d.Due.Before(next.Due)) {
			next, ok = d, true
		}
	}
	return next, ok
}

// NextRunning is the next of ours that falls due as things stand: what stands still falls due later than it says, by as long
// as it stands. It is not ok where every clock stands still, or nothing is due.
func (v View) NextRunning() (next Deadline, ok bool) {
	v.Deadlines = slices.DeleteFunc(slices.Clone(v.Deadlines), func(d Deadline) bool { return d.State == Paused })
	return v.NextDue()
}

// SLA is how a case or a deadline stands.
type SLA string

// The states.
const (
	OnTrack  SLA = "on_track"
	DueSoon  SLA = "due_soon"
	Breached SLA = "breached"
	Paused   SLA = "paused"
	Met      SLA = "met"
	Missed   SLA = "missed"
)

// SLAStates lists the vocabulary.
var SLAStates = []SLA{OnTrack, DueSoon, Breached, Paused, Met, Missed}

// Pause is a time in which the clocks that may pause did not run; To is nil while it lasts.
type Pause struct {
	Reason PauseReason `json:"reason"`
	From   time.Time   `json:"from"`
	To     *time.Time  `json:"to"`
}

// PauseReason is why a clock stands still.
type PauseReason string

// The reasons.
const (
	AwaitingClarification PauseReason = "awaiting_clarification"
	AwaitingCourt         PauseReason = "awaiting_court"
	AgreedWithAuthority   PauseReason = "agreed_with_authority"
)

// PauseReasons lists the vocabulary.
var PauseReasons = []PauseReason{AwaitingClarification, AwaitingCourt, AgreedWithAuthority}
