package activities

import (
	"context"
	"slices"

	"dueprocess/casework"
)

// Staff finds our own people.
type Staff interface {
	// Users lists them.
	Users(ctx context.Context) ([]casework.Actor, error)
	// Address is where a person of staff is mailed.
	Address(name string) string
	// DutyOfficer is where whoever is on duty is mailed, at any hour.
	DutyOfficer() string
}

// alarm tells our own people that a deadline is near or has passed. The mail says only which case to look at.
func (a *Activities) alarm(ctx context.Context, c casework.Case, e casework.Effect) (casework.Result, error) {
	staff, err := a.world.Staff.Users(ctx)
	if err != nil {
		return casework.Result{}, err
	}
	names, dutyOfficer := c.Alarmed(e.Mail, staff)
	addresses := []string{}
	for _, name := range names {
		addresses = append(addresses, a.world.Staff.Address(name))
	}
	if dutyOfficer {
		addresses = append(addresses, a.world.Staff.DutyOfficer())
	}
	slices.Sort(addresses)
	letters := []Letter{}
	for _, to := range slices.Compact(addresses) {
		letters = append(letters, Letter{Kind: string(e.Mail), Case: c.ID, Step: e.Step, To: to, Language: "en", URL: a.world.StaffURL + "/cases/" + c.ID})
	}
	return a.send(ctx, letters...)
}
