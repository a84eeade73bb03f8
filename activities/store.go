package activities

import (
	"context"

	"dueprocess/casework"
)

// Store writes a change: its events, the case as people see it, and the encrypted state, in one transaction.
func (a *Activities) Store(ctx context.Context, ch casework.Change) error {
	return a.world.Store.Store(ctx, ch)
}
