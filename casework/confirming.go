package casework

import "slices"

// asksToKeep reports whether whoever asks has asked us to preserve, and so waits to hear that we do.
func (c Case) asksToKeep() bool {
	return c.Request.Instrument.Is(PreservationRequest, EPOCPR) || slices.Contains(c.Request.Demand.Actions, Preserve)
}

// keptThrough names the end of a preservation, of which the authority is told once.
func (p Preservation) keptThrough() string {
	if p.Until == "" {
		return "production"
	}
	return string(p.Until)
}

// confirmKeeping tells the authority, once for each end, that what it asked to have kept is kept: when the requester is
// verified and the copy is made.
func (t *turn) confirmKeeping() {
	switch c := t.c; {
	case c.Work.Terms.Behaviour < BehaviourLetters || c.Work.Purged || !c.isPreserving() || c.Work.VerifiedAt == nil:
	case !c.Work.ResolvedOnce || len(c.ToKeep()) > 0:
	case c.Work.KeepingTold == c.Preservation.keptThrough() || c.Work.KeepingTold == "" && !c.asksToKeep():
	default:
		t.c.Work.KeepingTold = c.Preservation.keptThrough()
		t.order(Effect{Kind: DoMail, Mail: MailPreservationConfirmed})
	}
}

// tellOfEnd tells the authority that what was kept for it is not kept any longer.
func (t *turn) tellOfEnd() {
	if t.c.Work.Terms.Behaviour >= BehaviourLetters && t.c.Work.VerifiedAt != nil {
		t.order(Effect{Kind: DoMail, Mail: MailPreservationEnded})
	}
}

// tellOfChallenge tells the authority that its process is contested, or sends it the form or notice by which it is.
func (t *turn) tellOfChallenge(x Challenge) {
	if t.c.Work.Terms.Behaviour >= BehaviourLetters && t.c.Work.VerifiedAt != nil {
		t.order(Effect{Kind: DoMail, Mail: MailObjection, Challenge: x.N})
	}
}
