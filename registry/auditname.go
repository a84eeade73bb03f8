package registry

import (
	"context"
	"database/sql"
	"errors"

	"dueprocess/ledger"
)

// name says of faults which case they are of, by its number: the ledger knows its key, and of what is missing only where
// it stood.
func (a *auditing) name(ctx context.Context, faults []ledger.Fault) error {
	for i := range faults {
		if err := a.nameOne(ctx, &faults[i]); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

func (a *auditing) nameOne(ctx context.Context, f *ledger.Fault) (err error) {
	switch {
	case f.CaseID != "":
	case f.CaseKey != "":
		f.CaseID, err = a.q.CaseOfKey(ctx, f.CaseKey)
	case f.Index >= 0 && f.What == ledger.Removed:
		at, err := a.q.LeafAt(ctx, sql.NullInt64{Int64: f.Index, Valid: true})
		f.CaseID, f.Sequence = at.CaseID, int(at.Sequence)
		return err
	}
	return err
}
