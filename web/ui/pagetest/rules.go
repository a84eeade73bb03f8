package pagetest

import (
	"dueprocess/casework"
	"dueprocess/policy"
)

// Rules answers from a real rulebook.
type Rules struct{ *policy.Rulebook }

// Evaluate answers a request by the rules of a day.
func (r Rules) Evaluate(req casework.Request, on casework.Date, known bool) casework.Determination {
	return r.Determine(req, policy.Facts{On: on, AuthorityKnown: known})
}

// Compare compares two days.
func (r Rules) Compare(before, after casework.Date, req casework.Request, known bool) []policy.Changed {
	return policy.Compare(policy.Side{Book: r.Rulebook, On: before}, policy.Side{Book: r.Rulebook, On: after}, req, known)
}
