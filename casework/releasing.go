package casework

import (
	"slices"
	"time"
)

func releasable(c Case, by Actor, at time.Time) *Error {
	i := slices.IndexFunc(c.Disclosures, func(d Disclosure) bool { return d.Status == ParcelReady })
	switch {
	case i < 0:
		return Refuse(Conflict, "No parcel is ready to be released.")
	case slices.Contains(c.Work.AddedBy, by.Name):
		return Refuse(Forbidden, "Whoever added records does not release them.")
	}
	return c.mayRelease(c.Disclosures[i], at)
}

// mayRelease is the one question before any disclosure: rules 1 to 4 of lifecycle.md, each with its sentence.
func (c Case) mayRelease(d Disclosure, at time.Time) *Error {
	switch {
	case c.Determination == nil || c.Decision == nil || !c.Work.Decided || c.Work.VerifiedAt == nil:
		return Refuse(Conflict, "Nothing is released without a verified requester, a determination and an approved decision.")
	case len(c.Approvals.Given)+1 < c.Approvals.Required:
		return Refuse(Conflict, "The decision needs the approval of %d people.", c.Approvals.Required)
	case !subset(d.Data, c.permitted()):
		return Refuse(Conflict, "The parcel holds more than is approved.")
	case slices.ContainsFunc(d.Data, Data.IsContent) && c.Request.Authority.IsForeign() && !c.underAgreement():
		return Refuse(Conflict, "Content may not go to a non-US authority outside an agreement in force (18 USC 2702(a)).")
	case !c.noticeSatisfied(at):
		return Refuse(Conflict, "The customer's notice period has not ended.")
	case c.objectionOpen():
		return Refuse(Conflict, "The customer's objection is open; it must be resolved first.")
	case slices.ContainsFunc(d.Data, c.held):
		return Refuse(Conflict, "A challenge holds what the parcel holds.")
	case c.barred(d, at):
		return Refuse(Conflict, "Traffic and content may not be released before the enforcing authority has cleared it, or its ten days have ended.")
	}
	return nil
}

// barred reports whether a release_not_before runs over the parcel's categories (Regulation (EU) 2023/1543 Art. 10(2)).
func (c Case) barred(d Disclosure, at time.Time) bool {
	if !slices.Contains(d.Data, Traffic) && !slices.Contains(d.Data, Content) {
		return false
	}
	return c.Work.HoldRefused || c.holding(at)
}

func (c Case) holding(at time.Time) bool {
	x, ok := c.deadline(ReleaseNotBefore)
	return ok && c.Work.HoldClearedAt == nil && at.Before(x.later())
}

// later is the instant after which a barrier has certainly ended: that of the shifted day where there is one.
func (d Deadline) later() time.Time {
	if d.Shifted == nil {
		return d.Due
	}
	return d.Due.AddDate(0, 0, daysBetween(d.Date, d.Shifted.Date))
}

func daysBetween(a, b Date) int {
	return int(b.Start(time.UTC).Sub(a.Start(time.UTC)) / (24 * time.Hour))
}

// release: a person lets the parcel go, naming the case and the manifest.
func release(t *turn, _ Act, b ReleaseBody) error {
	if b.Confirm != t.c.ID {
		return Faulty([]Fault{{"confirm", "must be the case id, typed"}})
	}
	i := slices.IndexFunc(t.c.Disclosures, func(d Disclosure) bool { return d.Status == ParcelReady && d.ManifestSHA256 == b.Manifest })
	if i < 0 {
		return Refuse(Conflict, "No ready parcel has that manifest; look at the parcel again.")
	}
	if err := t.c.mayRelease(t.c.Disclosures[i], t.at); err != nil {
		return err
	}
	t.c.Disclosures[i].Status = ParcelReleased
	t.record(Released, nil, entry{"disclosure": itoa(t.c.Disclosures[i].N), "manifest": b.Manifest})
	t.order(Effect{Kind: DoDeliver, Disclosure: t.c.Disclosures[i].N})
	return nil
}

func (t *turn) delivered(e Effect, r Delivery) {
	d, ok := t.parcel(e.Disclosure)
	if !ok {
		return
	}
	if d.Status != ParcelReleased {
		return // its link was used before we heard that its mail was taken
	}
	d.Status, d.ExpiresAt = ParcelDelivered, &r.ExpiresAt
	t.record(Delivered, nil, entry{"disclosure": itoa(d.N), "expires_at": r.ExpiresAt.Format(time.RFC3339)})
}

func holdRuns(c Case, _ Actor, at time.Time) *Error {
	if !c.holding(at) || c.Work.HoldRefused {
		return Refuse(Conflict, "No release_not_before runs.")
	}
	return nil
}

// clearHold: the enforcing authority cleared, or refused: what it refused counts as refused.
func clearHold(t *turn, _ Act, b HoldBody) error {
	t.record(HoldCleared, nil, entry{"outcome": string(b.Outcome), "reason": b.Reason})
	if b.Outcome == HoldIsCleared {
		t.c.Work.HoldClearedAt = &t.at
		return nil
	}
	t.c.Work.HoldRefused = true
	if t.c.Work.Decided && len(t.c.permitted()) == 0 && !t.c.contesting() && !t.c.answers(Object) && !t.c.answers(Refer) {
		t.close(ResolvedRefused)
	}
	return nil
}
