package staff

import "dueprocess/casework"

// approvePage shows everything that an approval binds, beside what was determined.
type approvePage struct{ room }

// boundAnswer is one answer of the decision beside the determination's.
type boundAnswer struct {
	casework.DecisionAnswer

	Title      string
	Determined casework.Answer
	Differs    bool
}

func boundAnswers(c casework.Case) []boundAnswer {
	out := []boundAnswer{}
	if c.Decision == nil {
		return out
	}
	for _, a := range c.Decision.Answers {
		b := boundAnswer{DecisionAnswer: a, Title: subject{data: a.Data, action: a.Action}.title(), Determined: determined(c, a)}
		b.Differs = b.Determined != "" && c.Differs(a)
		out = append(out, b)
	}
	return out
}

// determined is what the policy answered to the same.
func determined(c casework.Case, a casework.DecisionAnswer) casework.Answer {
	if c.Determination == nil {
		return ""
	}
	for _, x := range c.Determination.Answers {
		if a.Data != "" && x.Data == a.Data {
			return x.Answer
		}
	}
	for _, x := range c.Determination.Actions {
		if a.Action != "" && x.Action == a.Action {
			return x.Answer
		}
	}
	return ""
}
