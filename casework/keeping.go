package casework

import (
	"slices"
	"time"
)

func isRestricted(c Case, _ Actor, _ time.Time) *Error {
	if !c.Restricted {
		return Refuse(Conflict, "The case has no wall.")
	}
	return nil
}

// restrict puts the case behind its wall; whoever builds it stays inside.
func restrict(t *turn, a Act, b RestrictBody) error {
	members := slices.Clone(b.Members)
	if !slices.Contains(members, a.Actor.Name) {
		members = append(members, a.Actor.Name)
	}
	t.c.Restricted, t.c.Work.Members = true, members
	t.record(Restricted, nil, entry{"members": join(members), "reason": b.Reason})
	if old := t.c.Assignee; old != "" && !slices.Contains(members, old) && t.c.Work.Terms.Behaviour >= BehaviourWall {
		t.c.Assignee = ""
		t.record(Assigned, entry{"to": old}, entry{"to": ""})
	}
	return nil
}

func unrestrict(t *turn, _ Act, b WithReason) error {
	if t.c.Request.Instrument.IsNationalSecurity() {
		return Refuse(Conflict, "National security process stays behind its wall.")
	}
	t.c.Restricted, t.c.Work.Members = false, nil
	t.record(Unrestricted, nil, entry{"reason": b.Reason})
	return nil
}

func notHeld(c Case, _ Actor, _ time.Time) *Error {
	if c.Held {
		return Refuse(Conflict, "The case is already held.")
	}
	return nil
}

func isHeld(c Case, _ Actor, _ time.Time) *Error {
	if !c.Held {
		return Refuse(Conflict, "The case is not held.")
	}
	return nil
}

func hold(t *turn, _ Act, b WithReason) error {
	t.c.Held = true
	t.record(Held, nil, entry{"reason": b.Reason})
	return nil
}

func unhold(t *turn, _ Act, b WithReason) error {
	t.c.Held = false
	t.record(Unheld, nil, entry{"reason": b.Reason})
	return nil
}

func assign(t *turn, _ Act, b AssignBody) error {
	if t.c.Restricted && b.To != "" && !slices.Contains(t.c.Work.Members, b.To) {
		return Refuse(Conflict, "A restricted case can be assigned only to somebody inside its wall.")
	}
	old := t.c.Assignee
	t.c.Assignee = b.To
	t.record(Assigned, entry{"to": old}, entry{"to": b.To})
	return nil
}

func comment(t *turn, _ Act, b CommentBody) error {
	t.record(Commented, nil, entry{"text": b.Text})
	return nil
}

// attach adds a file. What the customer is to see is chosen by those who answer for the case, never by default: the
// process itself names other people, other accounts, and whom to call.
func attach(t *turn, a Act, b AttachBody) error {
	if b.For == ForCustomer && !a.Actor.Has(LegalOps, Reviewer) {
		return Refuse(Forbidden, "What the customer may see is chosen by legal_ops or a reviewer.")
	}
	d := b.File
	d.N, d.For = len(t.c.Documents)+1, b.For
	if b.Name != "" {
		d.Name = b.Name
	}
	t.c.Documents = append(t.c.Documents, d)
	said := entry{"name": d.Name, "sha256": d.SHA256}
	if d.For != "" {
		said["for"] = d.For
	}
	t.record(Attached, nil, said)
	return nil
}

// CopiesForCustomer are the documents that the customer may see, in the order of their numbers.
func (c Case) CopiesForCustomer() []Document {
	out := []Document{}
	for _, d := range c.Documents {
		if d.For == ForCustomer {
			out = append(out, d)
		}
	}
	return out
}

func link(t *turn, _ Act, b LinkBody) error {
	if b.Case == t.c.ID {
		return Faulty([]Fault{{"case", "is this case itself"}})
	}
	l := Link{Case: b.Case, Relation: b.Relation}
	if t.c.Work.Terms.Behaviour >= BehaviourLetter && slices.Contains(t.c.Links, l) {
		return Refuse(Conflict, "The cases are linked so already.")
	}
	t.c.Links = append(t.c.Links, l)
	t.record(Linked, nil, entry{"case": b.Case, "relation": string(b.Relation)})
	return nil
}
