package desk

import (
	"context"
	"errors"

	"dueprocess/casework"
	"dueprocess/parcel"
)

// checkAdded holds a file that somebody adds against the demand's time range before the act is sent: what the officer's
// verification would refuse never gets into a parcel.
func (d *Desk) checkAdded(ctx context.Context, id string, act casework.Act) error {
	body, ok := act.Body.(*casework.AddRecordsBody)
	if !ok {
		return nil
	}
	c, err := d.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	r, err := d.Vault.Open(ctx, body.File.Ref)
	if err != nil {
		return err
	}
	path := parcel.AddedPath(body.Data, len(c.Work.Added)+1, body.File.Name)
	_, wrong := parcel.CheckRows(path, r, parcel.TargetsOf(c.Request.Demand.Targets))
	faults := []casework.Fault{}
	for _, message := range wrong {
		faults = append(faults, casework.Fault{Path: "file", Message: message})
	}
	return errors.Join(r.Close(), casework.Faulty(faults))
}
