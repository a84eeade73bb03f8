package casework

import (
	"slices"
	"strconv"
	"time"
)

func reviewable(c Case, _ Actor, _ time.Time) *Error {
	switch {
	case c.Work.Clarification != nil:
		return Refuse(Conflict, "A clarification is asked of the authority; the review waits for the answer.")
	case c.Determination == nil || !c.Work.ResolvedOnce:
		return Refuse(Conflict, "The policy's answer is not there yet. Try again in a moment.")
	case c.Decision != nil:
		return Refuse(Conflict, "The case is reviewed and waits for an approval; it can be approved or sent back.")
	}
	return nil
}

// review: a reviewer answers every category and every action asked, as determined or stricter.
func review(t *turn, a Act, b ReviewBody) error {
	if err := Faulty(t.c.reviewFaults(b)); err != nil {
		return err
	}
	if err := t.c.reviewAllowed(b); err != nil {
		return err
	}
	answers := t.c.reasoned(b)
	t.decide(a.Actor, answers)
	t.record(Reviewed, nil, t.c.Decision)
	if !slices.ContainsFunc(answers, func(x DecisionAnswer) bool { return x.Reason == b.Reason }) {
		t.aside(a, b.Reason) // a reason that nothing needed
	}
	t.takeDecision()
	return nil
}

// reasoned are the answers of a review, each that differs from the determination with its reason: the one that was given for
// all of them, where it has none of its own.
func (c Case) reasoned(b ReviewBody) []DecisionAnswer {
	out := slices.Clone(b.Answers)
	for i, a := range out {
		if a.Reason == "" && c.differs(a) && c.Work.Terms.Behaviour >= BehaviourRemarks {
			out[i].Reason = b.Reason
		}
	}
	return out
}

// decide writes a decision with its hash and what it needs to be approved.
func (t *turn) decide(by Actor, answers []DecisionAnswer) {
	d := Decision{By: by.Name, At: t.at, Answers: append([]DecisionAnswer{}, answers...)}
	for i := range d.Answers {
		d.Answers[i].Scope = t.c.limited(d.Answers[i])
	}
	d.Outcome = t.c.outcomeOf(d.Answers)
	d.SHA256 = t.c.digest(d)
	t.c.Decision = &d
	t.c.Approvals = Approvals{Required: t.c.approversNeeded(), Given: []GivenApproval{}}
}

// takeDecision moves on where the reviewer alone was enough.
func (t *turn) takeDecision() {
	if len(t.c.Approvals.Given)+1 >= t.c.Approvals.Required {
		t.c.Work.Decided = true
	}
}

// reviewFaults: what is wrong with the body, whatever the law says.
func (c Case) reviewFaults(b ReviewBody) []Fault {
	f := faults{}
	c.answersComplete(&f, b.Answers)
	for i, a := range b.Answers {
		path := "answers[" + strconv.Itoa(i) + "]"
		c.scopeFaults(&f, path+".scope", a)
		if c.differs(a) && a.Reason == "" && b.Reason == "" {
			f.add(path+".reason", "is missing: the answer differs from the determination")
		}
	}
	if len(f) == 0 && b.Outcome != "" && b.Outcome != c.outcomeOf(b.Answers) {
		f.add("outcome", "does not follow from the answers, which make: "+string(c.outcomeOf(b.Answers)))
	}
	return f
}

// answersComplete: every category and action asked, once, and nothing else.
func (c Case) answersComplete(f *faults, answers []DecisionAnswer) {
	count := map[string]int{}
	for i, a := range answers {
		count[a.subject()]++
		if !c.askedFor(a) {
			f.add("answers["+strconv.Itoa(i)+"]", "answers what the request does not ask")
		}
	}
	for _, subject := range c.subjects() {
		switch {
		case count[subject] == 0:
			f.add("answers", "must answer "+subject)
		case count[subject] > 1:
			f.add("answers", "must answer "+subject+" once")
		}
	}
}

func (a DecisionAnswer) subject() string { return string(a.Data) + string(a.Action) }

func (c Case) subjects() []string {
	return append(list(c.Request.Demand.Data), list(c.Request.Demand.Answered())...)
}

func (c Case) askedFor(a DecisionAnswer) bool { return slices.Contains(c.subjects(), a.subject()) }

// reviewAllowed: what the determination lets a reviewer decide (lifecycle.md, "What a reviewer may decide").
func (c Case) reviewAllowed(b ReviewBody) error {
	for _, a := range b.Answers {
		if a.Answer != Permit {
			continue
		}
		if err := c.mayPermit(a); err != nil {
			return err
		}
	}
	return nil
}

// MayAnswer lists what a reviewer may answer to a category or an action that is asked, as the case now is; and says why
// permission is not among it, where it is not.
func (c Case) MayAnswer(data Data, action DemandedAction) (answers []Answer, why error) {
	for _, x := range Answers {
		if x != Permit && x != Escalate {
			answers = append(answers, x)
		}
	}
	if c.Determination == nil {
		return nil, Refuse(Conflict, "The policy's answer is not there yet. Try again in a moment.")
	}
	if why := c.mayPermit(DecisionAnswer{Data: data, Action: action, Answer: Permit}); why != nil {
		return answers, why
	}
	return append([]Answer{Permit}, answers...), nil
}

// Differs reports whether an answer is not what was determined, or narrower: then it needs a reason.
func (c Case) Differs(a DecisionAnswer) bool { return c.differs(a) }

func (c Case) mayPermit(a DecisionAnswer) error {
	switch answer := c.determinedAnswer(a); {
	case c.Determination.HasDefect():
		return Refuse(Conflict, "A defect stands on the face of the request: nothing may be permitted until it is cured.")
	case answer == Permit:
		return nil
	case answer != Escalate:
		return Refuse(Conflict, "The determination answers %s to %s; it may not be permitted. Correct the request or change the rulebook.", answer, a.subject())
	case a.Data.IsContent() && c.Request.Authority.IsForeign() && !c.underAgreement():
		return Refuse(Conflict, "Content may not go to a non-US authority outside an agreement in force (18 USC 2702(a)).")
	case a.Data == Content && c.Work.Terms.Behaviour >= BehaviourLetter:
		return c.contentBarred()
	}
	return nil
}

// contentBarred: what a person must decide may not become what the statute closes. Stored content goes to no civil party, and
// to an authority of the US by a warrant, in an emergency, or as the account's holder consents (18 USC 2702(b), 2703(a)).
func (c Case) contentBarred() error {
	r := c.Request
	switch {
	case r.Authority.Kind == CivilParty:
		return Refuse(Conflict, "Stored content may not go to a party to civil process (18 USC 2702(a)).")
	case r.Authority.IsForeign(), r.Instrument.Is(SearchWarrant, FISAOrder), r.IsEmergency(), r.Matter.Consent:
		return nil
	}
	return Refuse(Conflict, "Stored content may not go to an authority without a warrant (18 USC 2703(a)).")
}

// underAgreement reports whether the order is one under a CLOUD Act agreement in force on the day of receipt and still.
func (c Case) underAgreement() bool {
	return c.Request.Instrument.Is(AgreementOrder) && c.Request.Instrument.UnderAgreement && c.Work.Agreement
}

func (c Case) determined(d Data) DataAnswer {
	if c.Determination == nil {
		return DataAnswer{}
	}
	i := slices.IndexFunc(c.Determination.Answers, func(a DataAnswer) bool { return a.Data == d })
	if i < 0 {
		return DataAnswer{}
	}
	return c.Determination.Answers[i]
}

func (c Case) determinedAnswer(a DecisionAnswer) Answer {
	if a.Data != "" {
		return c.determined(a.Data).Answer
	}
	for _, x := range c.Determination.Actions {
		if x.Action == a.Action {
			return x.Answer
		}
	}
	return ""
}

// differs reports whether a decision's answer is not what was determined, or narrower.
func (c Case) differs(a DecisionAnswer) bool {
	return a.Answer != c.determinedAnswer(a) || a.Answer == Permit && c.narrows(a.Scope, c.determined(a.Data).Limits)
}

func (c Case) outcomeOf(answers []DecisionAnswer) Outcome {
	all, limited := []Answer{}, false
	for _, a := range answers {
		all = append(all, a.Answer)
		limited = limited || a.Answer == Permit && (len(c.determined(a.Data).Limits) > 0 || c.narrows(a.Scope, nil))
	}
	if len(c.subjects()) == 0 {
		all = []Answer{PreserveAnswer} // nothing is asked but to preserve
	}
	return OutcomeOf(false, c.preservesOnly(), all, limited)
}

// preservesOnly reports whether only the preservation rules speak.
func (c Case) preservesOnly() bool {
	if c.Work.Terms.Behaviour < BehaviourLetter {
		return c.Request.Instrument.Type.AsksOnlyToPreserve()
	}
	return c.Request.Instrument.AsksOnlyToPreserve()
}
