package registry

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Effect reads what an effect's step already brought; ok is false where nothing is kept.
func (r *Registry) Effect(ctx context.Context, id string, step int) (json.RawMessage, bool, error) {
	sealed, err := r.reads.Effect(ctx, queries.EffectParams{CaseID: id, Step: int64(step)})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fault(err)
	}
	ring, err := r.sealing()
	if err != nil {
		return nil, false, err
	}
	result, err := ring.Open(ctx, id, sealed)
	return result, err == nil, fault(err)
}

// KeepEffect keeps it, encrypted; the first writer wins and what is kept is returned.
func (r *Registry) KeepEffect(ctx context.Context, id string, step int, result json.RawMessage) (json.RawMessage, error) {
	ring, err := r.sealing()
	if err != nil {
		return nil, err
	}
	sealed, err := ring.Seal(ctx, id, result)
	if err != nil {
		return nil, fault(err)
	}
	err = r.write(ctx, func(t tx) error {
		if _, err := t.LockCase(ctx, id); err != nil {
			return orNoCase(err)
		}
		return t.AddEffect(ctx, queries.AddEffectParams{CaseID: id, Step: int64(step), Result: sealed})
	})
	if err != nil {
		return nil, err
	}
	kept, ok, err := r.Effect(ctx, id, step)
	if err == nil && !ok {
		return nil, casework.Refuse(casework.Internal, "What the effect brought could not be read back.")
	}
	return kept, err
}
