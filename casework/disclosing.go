package casework

import (
	"slices"
	"strconv"
	"time"
)

// undisclosed lists the categories that may be disclosed, that nothing holds, and that are in no living parcel.
func (c Case) undisclosed() []Data {
	return slices.DeleteFunc(c.free(), func(d Data) bool {
		return slices.ContainsFunc(c.Disclosures, func(x Disclosure) bool { return x.Status != ParcelDropped && slices.Contains(x.Data, d) })
	})
}

func (d Disclosure) sent() bool {
	return d.Status == ParcelReleased || d.Status == ParcelDelivered || d.Status == ParcelExpired || d.Status == ParcelReceived
}

// released reports whether any parcel has been released.
func (c Case) released() bool { return slices.ContainsFunc(c.Disclosures, Disclosure.sent) }

func (c Case) releasedData(data Data) bool {
	return slices.ContainsFunc(c.Disclosures, func(d Disclosure) bool { return d.sent() && slices.Contains(d.Data, data) })
}

// disclosed reports whether the authority has received anything.
func (c Case) disclosed() bool {
	return slices.ContainsFunc(c.Disclosures, func(d Disclosure) bool { return d.Status == ParcelReceived })
}

// dropStaleParcels: a parcel not yet released that holds more than may now be disclosed is thrown away.
func (t *turn) dropStaleParcels() {
	for i, d := range t.c.Disclosures {
		if d.sent() || d.Status == ParcelDropped || subset(d.Data, t.c.free()) && t.c.Stage != InClosed {
			continue
		}
		t.c.Disclosures[i].Status = ParcelDropped
		t.changed = true
		t.cancel(func(e Effect) bool { return e.Disclosure == d.N })
	}
}

// leaveDisclosure: collect what is not yet collected; when everything has arrived, the case is done.
func (t *turn) leaveDisclosure() bool {
	if !t.c.noticeSatisfied(t.at) && !t.c.released() {
		return t.enter(InCustomerNotice)
	}
	if data := t.c.undisclosed(); len(data) > 0 {
		n := len(t.c.Disclosures) + 1
		t.c.Disclosures = append(t.c.Disclosures, Disclosure{N: n, Data: data})
		t.order(Effect{Kind: DoCollect, Disclosure: n})
		return false
	}
	return t.leaveWithParcels()
}

func (t *turn) leaveWithParcels() bool {
	living := slices.DeleteFunc(slices.Clone(t.c.Disclosures), func(d Disclosure) bool { return d.Status == ParcelDropped })
	switch {
	case len(living) == 0:
		return t.route()
	case slices.ContainsFunc(living, func(d Disclosure) bool { return d.Status != ParcelReceived }):
		return false
	case t.c.contesting():
		return t.enter(InChallenge)
	}
	return t.close(t.c.disclosureResolution())
}

func (c Case) disclosureResolution() Resolution {
	if c.Decision != nil && c.Decision.Outcome == OutcomeDisclose && !c.upheld() && !c.Work.HoldRefused {
		return ResolvedDisclosed
	}
	return ResolvedDisclosedInPart
}

// Grant is what a parcel may hold of one account: exactly the approved category, fields and time (rule 2).
type Grant struct {
	Target Target
	Query  Query
}

// Grants lists what may be looked up for a parcel. Nothing outside them is ever asked of a source or put into a parcel.
func (c Case) Grants(n int) []Grant {
	out := []Grant{}
	i := slices.IndexFunc(c.Disclosures, func(d Disclosure) bool { return d.N == n })
	if i < 0 || c.Decision == nil {
		return out
	}
	for _, a := range c.Decision.Answers {
		if a.Data != "" && slices.Contains(c.Disclosures[i].Data, a.Data) && c.effective(a) == Permit {
			out = append(out, c.grantsOf(a)...)
		}
	}
	return out
}

func (c Case) grantsOf(a DecisionAnswer) []Grant {
	out := []Grant{}
	for _, account := range c.Accounts {
		if account.Match == MatchNone || account.Target >= len(c.Request.Demand.Targets) || a.Scope.leavesOut(account) {
			continue
		}
		target := c.Request.Demand.Targets[account.Target]
		q := Query{Account: account.Account, Data: a.Data, From: target.From.From(), Until: c.lastInstant(target)}
		if a.Scope != nil {
			q.Fields = a.Scope.Fields
			q.From = latest(q.From, a.Scope.From.From())
			q.Until = earliest(q.Until, a.Scope.To.Until())
		}
		out = append(out, Grant{Target: target, Query: q})
	}
	return out
}

func (s *Scope) leavesOut(a Account) bool {
	if s == nil || len(s.Targets) == 0 {
		return a.Match == MatchSeveral
	}
	return !slices.Contains(s.Targets, a.Account)
}

// lastInstant is the end of the target's range; stored data ends at service, whatever the range says.
func (c Case) lastInstant(target Target) time.Time {
	served := c.Request.ReceivedAt
	if c.Request.Instrument.ServedOn != "" {
		served = earliest(served, Moment(c.Request.Instrument.ServedOn).Until())
	}
	return earliest(target.To.Until(), served)
}

// earliest is the earlier of two instants, of which zero is none.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (t *turn) parcel(n int) (*Disclosure, bool) {
	i := slices.IndexFunc(t.c.Disclosures, func(d Disclosure) bool { return d.N == n })
	if i < 0 {
		return nil, false
	}
	return &t.c.Disclosures[i], true
}

// collected: nothing found closes the case; something found is sealed.
func (t *turn) collected(e Effect, r Collection) {
	d, ok := t.parcel(e.Disclosure)
	if !ok || d.Status != ParcelCollecting {
		return
	}
	d.Rows, d.Files = r.Rows, r.Files
	t.record(Collected, nil, entry{"rows": strconv.Itoa(r.Rows), "files": strconv.Itoa(r.Files)})
	if r.Rows == 0 && len(t.c.Work.Added) == 0 {
		d.Status = ParcelDropped
		t.closeWithoutRows()
		return
	}
	t.seal(e.Disclosure)
}

func (t *turn) closeWithoutRows() {
	switch {
	case t.c.released():
	case t.c.contesting():
		t.enter(InChallenge)
	default:
		t.close(ResolvedNoData)
	}
}

// seal orders the package; before content goes abroad the agreement is looked at once more (rule 3).
func (t *turn) seal(n int) {
	if t.c.Request.Authority.IsForeign() {
		t.order(Effect{Kind: DoEvaluate})
	}
	t.order(Effect{Kind: DoSeal, Disclosure: n})
}

func (t *turn) sealed(e Effect, r SealedParcel) {
	d, ok := t.parcel(e.Disclosure)
	if !ok || d.Status != ParcelCollecting {
		return
	}
	d.Status, d.ManifestSHA256, d.SealedToOwnKey, d.SealedStep = ParcelReady, r.ManifestSHA256, r.ToOfficer, e.Step
	if r.Files > 0 {
		d.Rows, d.Files = r.Rows, r.Files
	}
	t.record(Sealed, nil, entry{"manifest": r.ManifestSHA256})
}

func parcelInHand(c Case, _ Actor, _ time.Time) *Error {
	if !slices.ContainsFunc(c.Disclosures, func(d Disclosure) bool { return d.Status == ParcelCollecting || d.Status == ParcelReady }) {
		return Refuse(Conflict, "There is no parcel to which records could be added.")
	}
	return nil
}

// addRecords: a file from a source without a connector; the parcel is sealed again.
func addRecords(t *turn, a Act, b AddRecordsBody) error {
	i := slices.IndexFunc(t.c.Disclosures, func(d Disclosure) bool {
		return (d.Status == ParcelCollecting || d.Status == ParcelReady) && slices.Contains(d.Data, b.Data)
	})
	if i < 0 {
		return Refuse(Conflict, "%s is not approved for a parcel that is still in our hands.", b.Data)
	}
	t.c.Work.Added = append(t.c.Work.Added, AddedRecords{Data: b.Data, File: b.File, By: a.Actor.Name, At: t.at})
	t.c.Work.AddedBy = append(t.c.Work.AddedBy, a.Actor.Name)
	d := &t.c.Disclosures[i]
	t.record(RecordsAdded, nil, entry{"data": string(b.Data), "sha256": b.File.SHA256})
	if d.Status == ParcelReady {
		d.Status, d.ManifestSHA256 = ParcelCollecting, ""
		t.seal(d.N)
	}
	return nil
}

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

// expire: a link that nobody used goes back to legal ops.
func (t *turn) expire() {
	for i, d := range t.c.Disclosures {
		if d.Status == ParcelDelivered && !t.at.Before(*d.ExpiresAt) {
			t.c.Disclosures[i].Status = ParcelExpired
			t.record(ExpiredUnread, nil, entry{"disclosure": itoa(d.N)})
		}
	}
}

func deliveredOrExpired(c Case, _ Actor, _ time.Time) *Error {
	if !slices.ContainsFunc(c.Disclosures, Disclosure.onItsWay) {
		return Refuse(Conflict, "No parcel is delivered or expired unread.")
	}
	return nil
}

func (d Disclosure) onItsWay() bool { return d.Status == ParcelDelivered || d.Status == ParcelExpired }

func delivered(c Case, by Actor, at time.Time) *Error { return deliveredOrExpired(c, by, at) }

func (t *turn) onTheWay(named int) (int, error) {
	return only(len(t.c.Disclosures), named, "disclosure", func(i int) (int, bool) {
		return t.c.Disclosures[i].N, t.c.Disclosures[i].onItsWay()
	})
}

// redeliver sends a new link; a new address must be one that the contact book knows of this authority.
func redeliver(t *turn, a Act, b ParcelBody) error {
	i, err := t.onTheWay(b.Disclosure)
	if err != nil {
		return err
	}
	d := &t.c.Disclosures[i]
	if b.Address != "" && b.Address != t.c.Request.Officer.Email {
		if a.Book == nil || !a.Book.Knows(b.Address) {
			return Refuse(Conflict, "A new delivery address must first be verified by a second channel and entered in the contact book.")
		}
		d.Address = b.Address
	}
	d.Status, d.ExpiresAt = ParcelReleased, nil
	t.record(Redelivered, nil, entry{"disclosure": itoa(d.N)})
	t.order(Effect{Kind: DoDeliver, Disclosure: d.N})
	return nil
}

func confirmReceipt(t *turn, _ Act, b ReceiptBody) error {
	i, err := t.onTheWay(b.Disclosure)
	if err != nil {
		return err
	}
	t.received(i, ReceiptConfirmed)
	return nil
}

// download: the officer's taking of the parcel is the receipt; taking it again changes nothing but the ledger.
func download(t *turn, _ Act, b DownloadBody) error {
	i := slices.IndexFunc(t.c.Disclosures, func(d Disclosure) bool { return d.N == b.Disclosure && d.sent() })
	if i < 0 {
		return Refuse(NotFound, "There is no parcel of that number to download.")
	}
	if t.c.Disclosures[i].Status == ParcelReceived {
		t.record(Downloaded, nil, entry{"disclosure": itoa(b.Disclosure)})
		return nil
	}
	if t.c.Disclosures[i].Status == ParcelReleased { // nobody has the link but from the mail
		t.bySystem(Delivered, nil, entry{"disclosure": itoa(b.Disclosure), "known_by": "its link was used"})
	}
	t.received(i, Downloaded)
	return nil
}

func (t *turn) received(i int, verb Verb) {
	t.c.Disclosures[i].Status, t.c.Disclosures[i].ReceivedAt = ParcelReceived, &t.at
	t.record(verb, nil, entry{"disclosure": itoa(t.c.Disclosures[i].N)})
}

func afterRelease(c Case, _ Actor, _ time.Time) *Error {
	if !c.released() {
		return Refuse(Conflict, "Nothing has been released.")
	}
	return nil
}

func reportError(t *turn, _ Act, b WithReason) error {
	t.record(ErrorReported, nil, entry{"reason": b.Reason})
	return nil
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

func withdraw(t *turn, _ Act, b WithReason) error {
	t.record(WasWithdrawn, nil, entry{"reason": b.Reason})
	t.close(ResolvedWithdrawn)
	return nil
}

func closeByHand(t *turn, _ Act, b CloseBody) error {
	t.record(Closed, nil, entry{"resolution": string(b.Resolution), "reason": b.Reason})
	t.closeQuietly(b.Resolution)
	return nil
}

// close ends the case's way; what outlives it (delayed notice, preservation) goes on in the stage closed.
func (t *turn) close(r Resolution) bool {
	if t.c.Stage == InClosed {
		return false
	}
	t.bySystem(Closed, nil, entry{"resolution": string(r)})
	t.closeQuietly(r)
	t.produced(r)
	return true
}

func (t *turn) closeQuietly(r Resolution) {
	t.c.Resolution, t.c.Work.ClosedAt, t.c.Work.Clarification = &r, &t.at, nil
	t.cancel(func(e Effect) bool {
		return e.Kind == DoCollect || e.Kind == DoSeal || e.Kind == DoResolve || e.Mail == MailNotice || e.Mail == MailClarify || e.Mail == MailRemind
	})
	t.enter(InClosed)
}

// ParcelData are the categories of a parcel.
func (c Case) ParcelData(n int) []Data {
	i := slices.IndexFunc(c.Disclosures, func(d Disclosure) bool { return d.N == n })
	if i < 0 {
		return nil
	}
	return c.Disclosures[i].Data
}

// DeliveryAddress is where a parcel's link goes: the officer's address, or the new one that was verified.
func (c Case) DeliveryAddress(n int) string {
	for _, d := range c.Disclosures {
		if d.N == n && d.Address != "" {
			return d.Address
		}
	}
	return c.Request.Officer.Email
}

// ParcelRef is where a sealed parcel is kept in the vault.
func (c Case) ParcelRef(d Disclosure) string { return parcelRef(c.ID, d.N, d.SealedStep) }

// ParcelRefAt is where the seal of a step puts its parcel.
func (c Case) ParcelRefAt(e Effect) string { return parcelRef(c.ID, e.Disclosure, e.Step) }

func parcelRef(id string, n, step int) string {
	return "cases/" + id + "/parcels/" + itoa(n) + "/" + itoa(step) + ".parcel"
}
