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
