package casework

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Whoever has a case and is left outside its wall could not open it, and nobody else would take it: it is nobody's again.
// A case received before keeps the one it has, as its history says.
func TestWhoIsLeftOutsideAWallHasTheCaseNoLonger(t *testing.T) {
	for _, x := range []struct {
		assignee  string
		behaviour int
		want      string
		events    []Verb
	}{
		{"omar", NewestBehaviour, "", []Verb{Restricted, Assigned}},
		{"rafael", NewestBehaviour, "rafael", []Verb{Restricted}},
		{"rosa", NewestBehaviour, "rosa", []Verb{Restricted}},
		{"", NewestBehaviour, "", []Verb{Restricted}},
		{"omar", BehaviourLetter, "omar", []Verb{Restricted}},
	} {
		c := Case{View: View{Assignee: x.assignee, Stage: InLegalReview}, Work: Work{Started: true, Terms: Terms{Behaviour: x.behaviour}}}
		ch, err := c.Apply(Act{
			Action: Restrict, Actor: Actor{Kind: Person, Name: "rosa", Roles: []Role{Reviewer}}, At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Body: &RestrictBody{Members: []string{"rafael"}, Reason: "a public figure"},
		})
		require.NoError(t, err)
		require.Equal(t, x.want, ch.Case.Assignee, x.assignee)
		verbs := make([]Verb, len(ch.Events))
		for i, e := range ch.Events {
			verbs[i] = e.Verb
		}
		require.Equal(t, x.events, verbs)
	}
}
