package casework

import (
	"slices"
	"time"
)

// Receipt: the request is stored, acknowledged, evaluated and its targets looked up, whatever its defects.
func (r Receipt) apply(t *turn) error {
	if t.c.Work.Started {
		return nil
	}
	t.c.Work.Started = true
	t.c.Stage, t.c.Secrecy = InReceipt, t.c.Request.Secrecy
	t.c.Documents = numbered(t.c.Request.Documents)
	t.record(Received, nil, entry{
		"channel": string(t.c.Request.Channel), "instrument": string(t.c.Request.Instrument.Type), "country": t.c.Request.Authority.Country,
	})
	if t.c.Restricted {
		t.bySystem(Restricted, nil, entry{"reason": "national security process"})
	}
	t.order(Effect{Kind: DoEvaluate})
	t.order(Effect{Kind: DoResolve})
	t.order(Effect{Kind: DoMail, Mail: MailAcknowledge})
	return nil
}

func numbered(documents []Document) []Document {
	out := slices.Clone(documents)
	for i := range out {
		out[i].N, out[i].For = i+1, "" // who sends a request does not choose what the customer sees
	}
	return out
}

// leaveReceipt: verified, evaluated and looked up.
func (t *turn) leaveReceipt() bool {
	if t.c.Work.VerifiedAt == nil || t.c.Determination == nil || !t.c.Work.ResolvedOnce {
		return false
	}
	return t.enter(InLegalReview)
}

func verifiable(c Case, _ Actor, _ time.Time) *Error {
	switch {
	case c.Work.VerifiedAt != nil:
		return Refuse(Conflict, "The requester is already verified.")
	case c.Determination == nil:
		return Refuse(Conflict, "The policy's answer, which says how the requester must be verified, is not there yet. Try again in a moment.")
	}
	return nil
}

// verify: the requester is who they say. A number that came with the request proves nothing.
func verify(t *turn, a Act, b VerifyBody) error {
	if err := t.c.supports(b, a.Book); err != nil {
		return err
	}
	t.c.Work.VerifiedBy, t.c.Work.VerifiedAt = b.Method, &t.at
	t.record(Verified, nil, entry{"method": string(b.Method), "evidence": b.Evidence})
	return nil
}

// supports holds a verification against the contact book and the level that the policy asks for.
func (c Case) supports(b VerifyBody, book *BookEntry) error {
	switch {
	case c.Determination.Verification.Level == SecondChannel && b.Method != ByCallback:
		return Refuse(Conflict, "This request must be verified by a second channel: call the authority back on a number of the contact book.")
	case book == nil || book.Country != c.Request.Authority.Country:
		return Refuse(Conflict, "The authority is not in the contact book, or its entry has expired. Enter it first, with a number from an independent source.")
	case b.Method == ByCallback && c.cameWith(b.Phone):
		return Refuse(Conflict, "The number that was called came with the request; call one of the contact book.")
	case b.Method == ByCallback && !book.HasPhone(b.Phone):
		return Refuse(Conflict, "The number that was called is not in the contact book's entry of this authority.")
	case b.Method != ByCallback && !book.Matches(c.Request):
		return Refuse(Conflict, "The officer's address is not of a domain that the contact book has for this authority.")
	}
	return nil
}

// cameWith reports whether a number is one of the request's.
func (c Case) cameWith(phone string) bool {
	if c.Work.Terms.Behaviour >= BehaviourLetter {
		return c.Request.Officer.HasPhone(phone)
	}
	return slices.ContainsFunc(c.Request.Officer.Phones(), func(p string) bool { return sameDigits(p, phone) })
}

func reject(t *turn, _ Act, b WithReason) error {
	t.record(Rejected, nil, entry{"reason": b.Reason})
	t.close(ResolvedNotAuthentic)
	return nil
}

// correct mends our transcription; both stay in the events.
func correct(t *turn, a Act, b RequestBody) error {
	if b.Reason == "" {
		return Faulty([]Fault{{"reason", "is missing"}})
	}
	t.replaceRequest(b.Request, Corrected)
	t.aside(a, b.Reason)
	return nil
}

// replaceRequest takes a corrected request in: evaluated and looked up again, an unapproved review dismissed. What the
// server and the wall know of the receipt stays.
func (t *turn) replaceRequest(r Request, verb Verb) {
	old := t.c.Request
	r.Channel, r.ReceivedAt, r.Documents = old.Channel, old.ReceivedAt, old.Documents
	t.record(verb, old, r)
	if r.Secrecy != old.Secrecy {
		t.c.Secrecy = r.Secrecy
	}
	if r.Officer.Email != old.Officer.Email || r.Authority != old.Authority {
		t.c.Work.VerifiedAt, t.c.Work.VerifiedBy = nil, ""
		t.c.Stage = InReceipt
	}
	t.c.Request, t.c.Work.ResolvedOnce, t.c.Determination = r, false, nil
	t.dismissDecision()
	t.cancel(func(e Effect) bool { return e.Kind == DoEvaluate || e.Kind == DoResolve })
	t.order(Effect{Kind: DoEvaluate})
	t.order(Effect{Kind: DoResolve})
}

func nothingAsked(c Case, _ Actor, _ time.Time) *Error {
	switch {
	case c.Work.Clarification != nil:
		return Refuse(Conflict, "A clarification is already asked; wait for the answer or record it.")
	case c.Determination == nil:
		return Refuse(Conflict, "The policy's answer is not there yet. Try again in a moment.")
	}
	return nil
}

func asked(c Case, _ Actor, _ time.Time) *Error {
	if c.Work.Clarification == nil {
		return Refuse(Conflict, "No clarification is asked.")
	}
	return nil
}

// ask sends every defect back at once; no items: the findings of the determination.
func ask(t *turn, _ Act, b AskBody) error {
	items := b.Items
	if len(items) == 0 {
		for _, f := range t.c.Determination.Findings {
			items = append(items, Fault{f.Path, f.Sentence})
		}
	}
	if len(items) == 0 {
		return Faulty([]Fault{{"items", "must say what is to be clarified: the policy found nothing"}})
	}
	t.c.Work.Clarification = &Clarification{AskedAt: t.at, Items: items}
	t.dismissDecision()
	t.record(ClarificationAsked, nil, map[string][]Fault{"items": items})
	t.order(Effect{Kind: DoMail, Mail: MailClarify})
	return nil
}

func clarified(t *turn, a Act, b RequestBody) error {
	t.c.Work.Clarification = nil
	t.replaceRequest(b.Request, ClarificationReceived)
	t.aside(a, b.Reason)
	return nil
}

// remind: on the days of the profile; at the last one the case closes by itself.
func (t *turn) remind() {
	q := t.c.Work.Clarification
	if q == nil {
		return
	}
	if !t.at.Before(after(q.AskedAt, t.c.Work.Terms.ClarifyCloses)) {
		t.close(ResolvedNotClarified)
		t.order(Effect{Kind: DoMail, Mail: MailNotClarified})
		return
	}
	for next := *q; next.Reminded < len(t.c.Work.Terms.Reminders) && !t.at.Before(after(q.AskedAt, t.c.Work.Terms.Reminders[next.Reminded])); {
		next.Reminded++
		t.c.Work.Clarification = &next
		t.record(Reminded, nil, entry{"of": "clarification"})
		t.order(Effect{Kind: DoMail, Mail: MailRemind})
		return
	}
}

func after(t time.Time, days int) time.Time { return t.AddDate(0, 0, days) }
