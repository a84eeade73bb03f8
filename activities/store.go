package activities

import (
	"context"

	"dueprocess/casework"
)

// Stored is what became of a change. Overtaken: the registry has the step already, with other contents, since a worker
// that died had stored it and could not say so. The run then goes on from what the registry has.
type Stored struct {
	Overtaken bool `json:"overtaken,omitempty"`
}

// Store writes a change: its events, the case as people see it, and the encrypted state, in one transaction.
func (a *Activities) Store(ctx context.Context, ch casework.Change) (Stored, error) {
	err := a.world.Store.Store(ctx, ch)
	if err != nil && casework.CodeOf(err) == casework.Conflict {
		return Stored{Overtaken: true}, nil
	}
	return Stored{}, err
}
