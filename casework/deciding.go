package casework

import "slices"

// leaveReview: where the decision leads, once it is approved (lifecycle.md, "After the decision").
func (t *turn) leaveReview() bool {
	if !t.c.Work.Decided {
		return false
	}
	t.answerAuthority()
	return t.route()
}

// route is the way on from what is decided and ruled.
func (t *turn) route() bool {
	switch {
	case len(t.c.permitted()) > 0 && !t.c.anyAccount():
		return t.close(ResolvedNoData)
	case len(t.c.permitted()) > 0 && len(t.c.free()) == 0:
		return t.enter(InChallenge)
	case len(t.c.permitted()) > 0 && !t.c.noticeSatisfied(t.at):
		return t.enter(InCustomerNotice)
	case len(t.c.permitted()) > 0:
		return t.enter(InDisclosure)
	case t.c.answers(Object):
		return t.enter(InChallenge)
	case t.c.answers(Refer):
		return t.refer()
	case t.c.onlyPreserves():
		return t.close(ResolvedPreservedOnly)
	case t.c.upheld():
		return t.close(ResolvedQuashed)
	}
	return t.close(ResolvedRefused)
}

// answerAuthority sends one letter with everything that was not permitted.
func (t *turn) answerAuthority() {
	if t.c.Work.Answered || t.c.Decision.Outcome == OutcomeDisclose || len(t.c.Decision.Answers) == 0 {
		return // where nothing is asked but to preserve, the letter that it is preserved is the answer
	}
	t.c.Work.Answered = true
	if t.c.Work.Terms.Behaviour >= BehaviourLetters && t.c.onlyRefers() {
		return // the letter of referral is the answer
	}
	t.order(Effect{Kind: DoMail, Mail: MailAnswer})
}

// onlyRefers reports whether everything that is asked is sent to mutual legal assistance.
func (c Case) onlyRefers() bool {
	return len(c.Decision.Answers) > 0 && !slices.ContainsFunc(c.Decision.Answers, func(a DecisionAnswer) bool { return a.Answer != Refer })
}

// effective is what counts as the answer to a category: the decision, what a court made of it, and what an enforcing
// authority refused.
func (c Case) effective(a DecisionAnswer) Answer {
	if c.Work.HoldRefused && (a.Data == Traffic || a.Data == Content) {
		return RefuseIt
	}
	if ruled, ok := c.Work.Ruled[a.Data]; ok && a.Data != "" {
		return ruled
	}
	return a.Answer
}

// permitted lists the categories that may be disclosed, approved and not taken back.
func (c Case) permitted() []Data {
	out := []Data{}
	if c.Decision == nil || !c.Work.Decided {
		return out
	}
	for _, a := range c.Decision.Answers {
		if a.Data != "" && c.effective(a) == Permit {
			out = append(out, a.Data)
		}
	}
	return out
}

// answers reports whether some category or action is answered so.
func (c Case) answers(x Answer) bool {
	return c.Decision != nil && slices.ContainsFunc(c.Decision.Answers, func(a DecisionAnswer) bool { return c.effective(a) == x })
}

func (c Case) onlyPreserves() bool {
	if c.Decision != nil && len(c.Decision.Answers) == 0 {
		return true
	}
	return c.answers(PreserveAnswer) && !c.answers(RefuseIt)
}

func (c Case) anyAccount() bool {
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Match != MatchNone })
}
