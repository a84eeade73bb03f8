package casework

import (
	"slices"
	"testing"
	"time"
)

var (
	reviewedAt = time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)
	aReviewer  = Actor{Kind: Person, Name: "rosa", Roles: []Role{Reviewer}}
)

// inReview is a case that a reviewer must decide, with an account found; what the policy answers is set by the test.
func inReview(change func(*Case)) Case {
	c := Case{View: View{ID: "LR-2026-000001", Stage: InLegalReview, ReceivedAt: reviewedAt, Accounts: []Account{{Match: MatchFound, Account: "a"}}}}
	c.Request.Authority = Authority{Country: "US", Kind: LawEnforcement}
	c.Request.Instrument.Type = SearchWarrant
	c.Determination = &Determination{Notice: NoticeAnswer{Duty: NoNotice}}
	now := reviewedAt
	c.Work = Work{Started: true, ResolvedOnce: true, VerifiedAt: &now, Terms: Terms{Behaviour: NewestBehaviour}}
	change(&c)
	return c
}

func reviewed(t *testing.T, c Case, b ReviewBody) (Case, error) {
	t.Helper()
	ch, err := c.Apply(Act{Action: Review, Actor: aReviewer, Key: "k", At: reviewedAt, Body: &b})
	return ch.Case, err
}

// A paper that only asks to preserve has nothing to answer: the review says that it was read, and the case is closed with
// the preservation running on.
func TestWhatOnlyAsksToPreserveIsReviewedWithNothingToAnswer(t *testing.T) {
	c := inReview(func(c *Case) {
		c.Request.Instrument.Type = PreservationRequest
		c.Request.Demand = Demand{Data: []Data{}, Actions: []DemandedAction{Preserve}}
		c.Determination.Outcome = OutcomePreserve
		c.Preservation = &Preservation{Status: PreservationRunning, Until: "2027-02-18"}
	})
	got, err := reviewed(t, c, ReviewBody{Outcome: OutcomePreserve})
	if err != nil || got.Stage != InClosed || *got.Resolution != ResolvedPreservedOnly || got.Decision.Outcome != OutcomePreserve || got.Decision.Answers == nil {
		t.Fatalf("%v: %+v", err, got.View)
	}
	if slices.ContainsFunc(got.Work.Pending, func(e Effect) bool { return e.Mail == MailAnswer }) {
		t.Error("the letter that it is preserved is the answer")
	}
	if _, err := reviewed(t, c, ReviewBody{Answers: []DecisionAnswer{{Action: Preserve, Answer: PreserveAnswer}}}); CodeOf(err) != Invalid {
		t.Errorf("preserving is not answered: %v", err)
	}
	asked := inReview(func(c *Case) { c.Request.Demand.Data = []Data{Subscriber} })
	if _, err := reviewed(t, asked, ReviewBody{}); CodeOf(err) != Invalid {
		t.Errorf("what is asked must be answered: %v", err)
	}
}

// Whoever asks to preserve and names no category has all that is stored preserved (18 USC 2703(f)(1)).
func TestARequestThatNamesNothingHasEverythingPreserved(t *testing.T) {
	c := inReview(func(c *Case) {
		c.Request.Demand = Demand{Actions: []DemandedAction{Preserve}, Targets: []Target{{Type: AccountEmail, Value: "x@example.net"}}}
	})
	kept := []Data{}
	for _, q := range c.ToKeep() {
		kept = append(kept, q.Data)
	}
	if !slices.Equal(kept, []Data{Subscriber, Traffic, Content}) {
		t.Errorf("%v", kept)
	}
	c.Request.Demand.Data = []Data{Traffic, LiveTraffic}
	if got := c.Preservable(); !slices.Equal(got, []Data{Traffic}) {
		t.Errorf("what is to come is not there to be kept: %v", got)
	}
	c.Request.Demand.Data, c.Work.Terms.Behaviour = nil, BehaviourRemarks
	if len(c.ToKeep()) > 0 {
		t.Error("an older case goes on as it began")
	}
}

// The outcome of a paper with several instruments follows all of them (vocabulary.md), as the determination's does.
func TestTheOutcomeFollowsEveryInstrumentOfThePaper(t *testing.T) {
	for also, want := range map[InstrumentType]Outcome{"": OutcomePreserve, EPOCPR: OutcomePreserve, GrandJurySubpoena: OutcomeRefuse} {
		c := inReview(func(c *Case) {
			c.Request.Instrument.Type = PreservationRequest
			if also != "" {
				c.Request.Instrument.Also = []InstrumentType{also}
			}
			c.Request.Demand.Data = []Data{Content}
			c.Determination.Answers = []DataAnswer{{Data: Content, Answer: PreserveAnswer}}
		})
		if got, err := reviewed(t, c, ReviewBody{Outcome: want, Answers: []DecisionAnswer{{Data: Content, Answer: PreserveAnswer}}}); err != nil || got.Decision.Outcome != want {
			t.Errorf("%s: %v", also, err)
		}
		c.Work.Terms.Behaviour = BehaviourRemarks
		if _, err := reviewed(t, c, ReviewBody{Outcome: OutcomePreserve, Answers: []DecisionAnswer{{Data: Content, Answer: PreserveAnswer}}}); err != nil {
			t.Errorf("an older case goes on as it began: %v", err)
		}
	}
}

// What the policy leaves to a person may not become what the statute closes.
func TestStoredContentIsKeptFromWhomTheStatuteKeepsIt(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Request)
		barred bool
	}{
		"a warrant":              {func(*Request) {}, false},
		"a subpoena":             {func(r *Request) { r.Instrument.Type = GrandJurySubpoena }, true},
		"an order":               {func(r *Request) { r.Instrument.Type = CourtOrder }, true},
		"a subpoena and consent": {func(r *Request) { r.Instrument.Type, r.Matter.Consent = GrandJurySubpoena, true }, false},
		"a subpoena and warrant": {func(r *Request) {
			r.Instrument.Type, r.Instrument.Also = GrandJurySubpoena, []InstrumentType{SearchWarrant}
		}, false},
		"an emergency":            {func(r *Request) { r.Instrument.Type = EmergencyRequest }, false},
		"a FISA order":            {func(r *Request) { r.Instrument.Type = FISAOrder }, false},
		"a civil party":           {func(r *Request) { r.Instrument.Type, r.Authority.Kind = CivilSubpoena, CivilParty }, true},
		"a foreign civil party":   {func(r *Request) { r.Authority = Authority{Country: "DE", Kind: CivilParty} }, true},
		"a civil party's consent": {func(r *Request) { r.Authority.Kind, r.Matter.Consent = CivilParty, true }, true},
	} {
		c := inReview(func(c *Case) {
			x.change(&c.Request)
			c.Request.Demand.Data = []Data{Subscriber, Content}
			c.Determination.Answers = []DataAnswer{{Data: Subscriber, Answer: Permit}, {Data: Content, Answer: Escalate}}
		})
		permits := ReviewBody{Reason: "considered", Answers: []DecisionAnswer{{Data: Subscriber, Answer: Permit}, {Data: Content, Answer: Permit}}}
		_, err := reviewed(t, c, permits)
		if got := CodeOf(err) == Conflict; got != x.barred || err != nil && !got {
			t.Errorf("%s: %v", name, err)
		}
		answers, why := c.MayAnswer(Content, "")
		if slices.Contains(answers, Permit) == x.barred || (why != nil) != x.barred {
			t.Errorf("%s: the page offers %v, since %v", name, answers, why)
		}
		c.Work.Terms.Behaviour = BehaviourRemarks
		if _, err := reviewed(t, c, permits); err != nil {
			t.Errorf("%s: an older case goes on as it began: %v", name, err)
		}
	}
}

// Which pauses move the response (policy.md, "Deadlines").
func TestWhatAPauseMovesOfTheResponse(t *testing.T) {
	certificate := func(c *Case) {
		c.Request.Instrument.Type, c.Request.Authority.Country = EPOC, "FR"
		c.Request.Demand.Data = []Data{Subscriber, Content}
		c.Determination.Answers = []DataAnswer{{Data: Subscriber, Answer: Permit, Reasons: []Reason{{Rule: "eu.epoc.subscriber"}}}, {Data: Content, Answer: Object}}
	}
	named := func(c *Case) { c.Request.Instrument.Type, c.Request.Authority.Country = EPOC, "DK" }
	objection := func(data ...Data) func(*Case) {
		return func(c *Case) {
			c.Challenges = []Challenge{{N: 1, Kind: ReasonedObjection, Status: ChallengeOpen, Data: data}}
		}
	}
	both := func(changes ...func(*Case)) func(*Case) {
		return func(c *Case) {
			for _, x := range changes {
				x(c)
			}
		}
	}
	for name, x := range map[string]struct {
		change func(*Case)
		basis  string
		reason PauseReason
		moves  bool
	}{
		"a certificate that is clarified":              {certificate, "instrument.respond_by", AwaitingClarification, true},
		"our own time, clarified":                      {func(*Case) {}, "profile", AwaitingClarification, true},
		"a warrant's date, clarified":                  {func(*Case) {}, "instrument.respond_by", AwaitingClarification, false},
		"what only names itself a certificate":         {named, "instrument.respond_by", AwaitingClarification, false},
		"the hour of Regulation 2021/784":              {func(c *Case) { c.Request.Instrument.Type = ForeignOrder }, "eu.action", AwaitingClarification, false},
		"an objection under Art. 17":                   {both(certificate, objection()), "eu.epoc.respond", AwaitingCourt, true},
		"an objection to content":                      {both(certificate, objection(Content)), "eu.epoc.respond", AwaitingCourt, true},
		"an objection to subscriber data":              {both(certificate, objection(Subscriber)), "eu.epoc.respond", AwaitingCourt, false},
		"an objection to a foreign order":              {both(func(c *Case) { c.Request.Instrument.Type = ForeignOrder }, objection()), "instrument.respond_by", AwaitingCourt, false},
		"a motion under 18 USC 2703(h)":                {func(c *Case) { c.Challenges = []Challenge{{Kind: Comity, Status: ChallengeOpen}} }, "instrument.respond_by", AwaitingCourt, true},
		"a motion that is decided":                     {func(c *Case) { c.Challenges = []Challenge{{Kind: Comity, Status: ChallengeDenied}} }, "instrument.respond_by", AwaitingCourt, false},
		"a motion to quash":                            {func(c *Case) { c.Challenges = []Challenge{{Kind: ToQuash, Status: ChallengeOpen}} }, "instrument.respond_by", AwaitingCourt, false},
		"whatever is agreed with the authority itself": {func(*Case) {}, "instrument.respond_by", AgreedWithAuthority, true},
	} {
		c := inReview(x.change)
		if got := c.mayPause(Deadline{Kind: DueRespond, Basis: x.basis}, x.reason); got != x.moves {
			t.Errorf("%s: %v", name, got)
		}
	}
	older := inReview(both(named, objection()))
	older.Work.Terms.Behaviour = BehaviourRemarks
	for _, reason := range []PauseReason{AwaitingClarification, AwaitingCourt} {
		if !older.mayPause(Deadline{Kind: DueRespond, Basis: "instrument.respond_by"}, reason) {
			t.Errorf("%s: an older case goes on as it began", reason)
		}
	}
}
