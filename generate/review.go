package generate

import (
	"slices"

	"dueprocess/casework"
)

// review answers as determined; what the policy leaves to a person is mostly refused, and permitted only where the case
// allows it and no content goes abroad. Where a defect stands uncured nothing is permitted.
func (l *life) review() casework.Body {
	b := &casework.ReviewBody{Reason: "considered"}
	permits := l.once("permits", 60)
	for _, a := range l.c.Determination.Answers {
		answer := casework.DecisionAnswer{Data: a.Data, Answer: l.decided(a.Answer, permits && l.mayPermit(a.Data))}
		if answer.Answer == casework.Permit {
			answer.Scope = l.chosen()
		}
		b.Answers = append(b.Answers, answer)
	}
	for _, a := range l.c.Determination.Actions {
		b.Answers = append(b.Answers, casework.DecisionAnswer{Action: a.Action, Answer: l.decided(a.Answer, false)})
	}
	return b
}

// mayPermit is what the reviewer sees on the page, and a custom of this office.
func (l *life) mayPermit(data casework.Data) bool {
	answers, _ := l.c.MayAnswer(data, "")
	return slices.Contains(answers, casework.Permit) && (!data.IsContent() || !l.c.Request.Authority.IsForeign())
}

func (l *life) decided(a casework.Answer, permits bool) casework.Answer {
	switch {
	case l.c.Determination.HasDefect() && (a == casework.Permit || a == casework.Escalate):
		return casework.RefuseIt
	case a == casework.Escalate && permits:
		return casework.Permit
	case a == casework.Escalate:
		return casework.RefuseIt
	case a == casework.Object && l.contestedBefore():
		return casework.RefuseIt
	}
	return a
}

// contestedBefore: what a court abroad would not take from us is refused, not contested again.
func (l *life) contestedBefore() bool {
	return slices.ContainsFunc(l.c.Challenges, func(x casework.Challenge) bool { return x.Kind != casework.SecrecyOnly })
}

// chosen names the account where a target names several.
func (l *life) chosen() *casework.Scope {
	several := false
	s := &casework.Scope{}
	for i, a := range l.c.Accounts {
		again := i > 0 && l.c.Accounts[i-1].Target == a.Target
		several = several || a.Match == casework.MatchSeveral
		if a.Account != "" && !again {
			s.Targets = append(s.Targets, a.Account)
		}
	}
	if !several {
		return nil
	}
	return s
}
