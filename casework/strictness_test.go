package casework

import "testing"

// What used to be taken as it came, with nonsense in it. Cases begun before go on as they began.
func TestActsThatAreRefusedSince(t *testing.T) {
	manager := Actor{Kind: Person, Name: "mina", Roles: []Role{Manager, LegalOps, Reviewer}}
	for name, x := range map[string]struct {
		change func(*Case)
		action Action
		body   Body
		code   Code
	}{
		"secrecy until a day that is over":    {func(*Case) {}, SetSecrecy, &SecrecyBody{Kind: SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2020-01-01"}, Invalid},
		"a challenge of secrecy that is none": {func(c *Case) { c.Secrecy.Kind = NoSecrecy }, FileChallenge, &ChallengeBody{Kind: SecrecyOnly}, Conflict},
		"a filing that is still to come":      {func(c *Case) { c.Request.Demand.Data = []Data{Traffic} }, FileChallenge, &ChallengeBody{Kind: ToQuash, FiledOn: "2030-01-01"}, Invalid},
		"the same link again":                 {func(c *Case) { c.Links = []Link{{"LR-2026-000009", Related}} }, LinkCase, &LinkBody{Case: "LR-2026-000009", Relation: Related}, Conflict},
		"a second extension of 18 USC 2703(f)": {func(c *Case) {
			c.Request.Instrument.Type = PreservationRequest
			c.Preservation = &Preservation{Status: PreservationRunning, From: "2026-11-20", Until: "2027-05-19"}
		}, ExtendPreservation, &PreservationBody{Reason: "asked"}, Conflict},
		"a scope beyond the demand": {demands, Review, scoped("2025-01-01", "2026-07-31"), Invalid},
		"a scope the wrong way":     {demands, Review, scoped("2026-07-31", "2026-07-01"), Invalid},
	} {
		c := inReview(x.change)
		act := Act{Action: x.action, Actor: manager, Key: "k", At: reviewedAt, Body: x.body}
		if _, err := c.Apply(act); CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
		c.Work.Terms.Behaviour = BehaviourRemarks
		if _, err := c.Apply(act); err != nil {
			t.Errorf("%s: an older case goes on as it began: %v", name, err)
		}
	}
}

func demands(c *Case) {
	c.Request.Demand.Data = []Data{Subscriber}
	c.Request.Demand.Targets = []Target{{Type: AccountEmail, Value: "x@example.net", From: "2026-06-01", To: "2026-10-31"}}
	c.Determination.Answers = []DataAnswer{{Data: Subscriber, Answer: Permit}}
}

func scoped(from, to Moment) *ReviewBody {
	return &ReviewBody{Reason: "narrower", Answers: []DecisionAnswer{{Data: Subscriber, Answer: Permit, Scope: &Scope{From: from, To: to}}}}
}

func TestOnlyAScopeThatLeavesSomethingOutIsALimit(t *testing.T) {
	for name, x := range map[string]struct {
		from, to Moment
		want     Outcome
	}{
		"the whole range": {"2026-06-01", "2026-10-31", OutcomeDisclose}, "a month": {"2026-07-01", "2026-07-31", OutcomeDiscloseInPart}, "until July": {"", "2026-07-31", OutcomeDiscloseInPart},
	} {
		got, err := reviewed(t, inReview(demands), *scoped(x.from, x.to))
		if err != nil || got.Decision.Outcome != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whoever asks for data and to preserve has it preserved, for as long as the law keeps it.
func TestADemandToPreserveBesideOthersStartsAPreservation(t *testing.T) {
	c := inReview(func(c *Case) { c.Request.Demand.Actions = []DemandedAction{Preserve} })
	turn := &turn{c: c, at: reviewedAt}
	turn.preserveAtOnce()
	if p := turn.c.Preservation; p == nil || p.Until != "2027-02-18" {
		t.Errorf("%+v", turn.c.Preservation)
	}
}

// A decision waits for its approver also where a defect stands; and before there is one it says how many will be needed.
func TestWhoIsWaitedForAndHowManyAreNeeded(t *testing.T) {
	c := inReview(func(c *Case) {
		c.Determination.Findings = []Finding{{Severity: Defect}}
		c.Determination.Approvals.Required = 2
		c.Request.Demand.Data = []Data{Subscriber}
		c.Determination.Answers = []DataAnswer{{Data: Subscriber, Answer: Permit}}
	})
	ch, err := c.Apply(Act{Action: Comment, Actor: aReviewer, Key: "k", At: reviewedAt, Body: &CommentBody{Text: "read"}})
	if err != nil || ch.Case.WaitingOn != OnLegalOps || ch.Case.Approvals.Required != 2 {
		t.Errorf("%v: %s, %+v", err, ch.Case.WaitingOn, ch.Case.Approvals)
	}
	got, err := reviewed(t, c, ReviewBody{Reason: "no", Answers: []DecisionAnswer{{Data: Subscriber, Answer: RefuseIt}}})
	if err != nil || got.WaitingOn != OnApprover {
		t.Errorf("%v: %s", err, got.WaitingOn)
	}
}

func TestEventsHoldObjects(t *testing.T) {
	var none *Preservation
	for _, v := range []any{nil, none, map[string][]Fault{"items": {}}} {
		if got := asJSON(v); got[0] != '{' {
			t.Errorf("%s", got)
		}
	}
}
