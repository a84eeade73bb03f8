package fakes

import (
	"fmt"
	"strings"

	"dueprocess/activities"
	"dueprocess/casework"
)

// Tokens makes tokens that can be guessed.
type Tokens struct{}

// Token names what it is for.
func (Tokens) Token(p casework.LinkPurpose, caseID string, step int) string {
	return strings.ReplaceAll(fmt.Sprintf("%s-%s-%d", p, caseID, step), " ", "-")
}

var (
	_ activities.Tokens  = Tokens{}
	_ activities.Policy  = (*Policy)(nil)
	_ activities.Post    = (*Postbox)(nil)
	_ casework.CaseStore = (*Register)(nil)
	_ casework.Vault     = (*Vault)(nil)
)
