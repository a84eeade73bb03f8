package registry

import (
	"context"
	"database/sql"
	"errors"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Standing reads how far a case is, and who brought it further after an entry of its ledger; nothing sealed is opened.
func (r *Registry) Standing(ctx context.Context, id string, after int, viewer casework.Actor) (casework.Standing, error) {
	kept, err := r.reads.CaseStanding(ctx, id)
	if err != nil {
		return casework.Standing{}, orNoCase(err)
	}
	if err := passes(ctx, r.reads, id, kept.Restricted, viewer); err != nil {
		return casework.Standing{}, err
	}
	s := casework.Standing{Version: int(kept.Version), Sequence: int(kept.LastSequence)}
	if s.Sequence <= after {
		return s, nil
	}
	by, err := r.reads.LastActor(ctx, queries.LastActorParams{CaseID: id, After: int64(after)})
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	s.By = casework.Actor{Kind: casework.ActorKind(by.ActorKind), Name: by.ActorName}
	return s, fault(err)
}
