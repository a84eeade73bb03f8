package activities

import (
	"context"

	"dueprocess/casework"
)

// Load reads a case as it was last stored, to begin or to go on with its run.
func (a *Activities) Load(ctx context.Context, caseID string) (casework.Case, error) {
	return a.world.Store.Load(ctx, caseID)
}
