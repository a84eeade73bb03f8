package casework

import (
	"slices"
	"time"
)

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
