package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/policy"
)

// Whatever a rule of the rulebook asks for has a meaning that people can read.
func TestEveryConditionHasAMeaning(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, rule := range policy.Default().Rules("") {
		conditions := []string{rule.When}
		for _, e := range rule.Then {
			conditions = append(conditions, e.When)
		}
		for _, m := range policy.Meanings(conditions...) {
			require.NotEmpty(t, m.About, "%s in %s", m.Name, rule.ID)
			seen++
		}
	}
	require.Greater(t, seen, 50)
	require.Empty(t, policy.Meanings("", `"matter.concerns"`), "what stands in quotes is no fact")
	found := policy.Meanings(`matter.concerns.touches(["press"]) && !country.agreement`, `country.agreement`)
	require.Len(t, found, 2)
	require.Equal(t, "country.agreement", found[1].Name)
}
