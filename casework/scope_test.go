package casework

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// twoTargets asks for the subscriber data of two targets, the second of which names two accounts.
func twoTargets() Case {
	demand := Demand{Targets: []Target{{Type: "account_email", Value: "one@x.example"}, {Type: "payment_id", Value: "4711"}}, Data: []Data{Subscriber}}
	return Case{
		View: View{
			Request:       Request{Demand: demand},
			Determination: &Determination{Outcome: OutcomeDisclose, Answers: []DataAnswer{{Data: Subscriber, Answer: Permit}}},
			Accounts:      []Account{{0, MatchFound, "a"}, {1, MatchSeveral, "b"}, {1, MatchSeveral, "c"}},
		},
		Work: Work{Terms: Terms{Behaviour: NewestBehaviour}},
	}
}

// To choose one of several accounts is what was demanded; to leave a target out is narrower, and wants a reason.
func TestATargetLeftOutIsANarrowerScope(t *testing.T) {
	for chosen, want := range map[string]Outcome{"a,b": OutcomeDisclose, "a,c": OutcomeDisclose, "a": OutcomeDiscloseInPart, "b": OutcomeDiscloseInPart, "b,c": OutcomeDiscloseInPart} {
		t.Run(chosen, func(t *testing.T) {
			c := twoTargets()
			answers := []DecisionAnswer{{Data: Subscriber, Answer: Permit, Scope: &Scope{Targets: strings.Split(chosen, ",")}}}
			require.Equal(t, want, c.outcomeOf(answers))
			asked := slices.ContainsFunc(c.reviewFaults(ReviewBody{Answers: answers}), func(f Fault) bool { return f.Path == "answers[0].reason" })
			require.Equal(t, want == OutcomeDiscloseInPart, asked, "a reason is asked where something was left out, and only there")
		})
	}
}

// A decision made before the rule was there keeps its digest, since histories replay it.
func TestADecisionOfAnOlderCaseKeepsItsOutcome(t *testing.T) {
	c := twoTargets()
	c.Work.Terms.Behaviour = BehaviourHearings - 1
	require.Equal(t, OutcomeDisclose, c.outcomeOf([]DecisionAnswer{{Data: Subscriber, Answer: Permit, Scope: &Scope{Targets: []string{"a"}}}}))
}
