package identity

import (
	"slices"

	"dueprocess/casework"
)

// Settings say which provider is believed, and what its groups make of people.
type Settings struct {
	Issuer      string // the provider's own name for itself, where its configuration is found
	ClientID    string
	Secret      string                     // empty: a public client, which PKCE alone protects
	NameClaim   string                     // what people are called here, the first time they sign in
	GroupsClaim string                     // a list of texts
	Scopes      []string                   // asked for beside openid, so that the two claims come
	Roles       map[string][]casework.Role // of each group that has any
}

// rolesOf are the roles of all the groups, each once, in the vocabulary's order; a group that is not named has none.
func (s Settings) rolesOf(groups []string) []casework.Role {
	out := []casework.Role{}
	for _, role := range casework.Roles {
		if slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(s.Roles[g], role) }) {
			out = append(out, role)
		}
	}
	return out
}
