package registry

import (
	"context"
	"database/sql"
	"errors"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// CaseKey reads a case's wrapped data key; not_found where there is none, or none any more.
func (r *Registry) CaseKey(ctx context.Context, caseID string) ([]byte, error) {
	return caseKey(ctx, r.reads, caseID)
}

// PutCaseKey keeps a case's wrapped data key; the first writer wins and what is kept is returned. A destroyed key is
// never replaced: not_found.
func (r *Registry) PutCaseKey(ctx context.Context, caseID string, wrapped []byte) (kept []byte, err error) {
	err = r.write(ctx, func(t tx) error {
		if err := t.AddCaseKey(ctx, queries.AddCaseKeyParams{CaseID: caseID, Wrapped: wrapped}); err != nil {
			return err
		}
		kept, err = caseKey(ctx, t.Queries, caseID)
		return err
	})
	return kept, err
}

// DestroyCaseKey erases a case's wrapped data key for good: with it, everything sealed under it. Whatever a release that
// knows of no particulars left of them goes too.
func (r *Registry) DestroyCaseKey(ctx context.Context, caseID string) error {
	return r.write(ctx, func(t tx) error { return firstOf(t.DropParticulars(ctx, caseID), t.DestroyCaseKey(ctx, caseID)) })
}

func caseKey(ctx context.Context, q *queries.Queries, caseID string) ([]byte, error) {
	k, err := q.CaseKey(ctx, caseID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, casework.Refuse(casework.NotFound, "The case has no data key.")
	case err == nil && k.Destroyed:
		return nil, casework.Refuse(casework.NotFound, "The case's data key was destroyed.")
	}
	return k.Wrapped, fault(err)
}
