package casework

import (
	"context"
	"time"
)

// Draft is a form that somebody has begun to fill for a case and not yet sent.
type Draft struct {
	Action Action
	Fields map[string][]string // as typed
	At     time.Time
}

// Drafts keeps them, sealed, for nobody but who typed them, for as long as the case is kept. That the person may see the
// case is asked by the caller.
type Drafts interface {
	// KeepDraft replaces what the person had for this action.
	KeepDraft(ctx context.Context, caseID string, by Actor, d Draft) error
	// Drafts are the person's own for a case.
	Drafts(ctx context.Context, caseID string, by Actor) ([]Draft, error)
	// DropDraft forgets one; none is no error.
	DropDraft(ctx context.Context, caseID string, by Actor, action Action) error
}
