package activities

import (
	"context"

	"dueprocess/casework"
)

// Purge erases what a purged case has left behind: its bytes in the vault, then its personal data in the registry. A
// repeat finds less to do, or nothing.
func (a *Activities) Purge(ctx context.Context, caseID string) error {
	return a.waits(ctx, Job{Case: caseID}, casework.WaitingPurge, a.purge(ctx, caseID))
}

func (a *Activities) purge(ctx context.Context, caseID string) error {
	c, err := a.world.Store.Load(ctx, caseID)
	if err != nil {
		return err
	}
	if !c.Work.Purged {
		return casework.Refuse(casework.Conflict, "The case was not purged.")
	}
	single, folder := c.Places()
	for _, ref := range single {
		if err := a.world.Vault.Delete(ctx, ref); err != nil {
			return err
		}
	}
	if err := a.world.Vault.DeleteUnder(ctx, folder); err != nil {
		return err
	}
	return a.world.Store.Erase(ctx, caseID)
}
