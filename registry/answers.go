package registry

import (
	"context"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// Answered reads the answer kept under an idempotency key; a key kept with another body is a conflict. ok is false
// where no answer is kept yet: the key is then reserved for this body.
func (r *Registry) Answered(ctx context.Context, k casework.IdempotencyKey) (a casework.KeptAnswer, ok bool, err error) {
	err = r.write(ctx, func(t tx) error {
		kept, err := t.take(ctx, k)
		a, ok = casework.KeptAnswer{Status: int(kept.Status), Body: kept.Body}, kept.Status != 0
		return err
	})
	if err != nil || !ok {
		return casework.KeptAnswer{}, false, err
	}
	return a, true, nil
}

// KeepAnswer keeps the answer given under a key; the first one stays.
func (r *Registry) KeepAnswer(ctx context.Context, k casework.IdempotencyKey, a casework.KeptAnswer) error {
	return r.write(ctx, func(t tx) error {
		if _, err := t.take(ctx, k); err != nil {
			return err
		}
		return t.SetAnswer(ctx, queries.SetAnswerParams{
			Status: int64(a.Status), Body: a.Body, CaseID: k.Case, Scope: plain(k.Scope), Key: plain(k.Key), BodySha256: k.BodySHA256,
		})
	})
}

// take reserves a key for its body, or reads what is under it; others who want it wait for this transaction.
func (t tx) take(ctx context.Context, k casework.IdempotencyKey) (queries.LockKeyRow, error) {
	scope, key := plain(k.Scope), plain(k.Key)
	err := t.ReserveKey(ctx, queries.ReserveKeyParams{Scope: scope, Key: key, BodySha256: k.BodySHA256, CaseID: k.Case, At: stamp.Of(k.At)})
	if err != nil {
		return queries.LockKeyRow{}, err
	}
	kept, err := t.LockKey(ctx, queries.LockKeyParams{Scope: scope, Key: key})
	if err == nil && kept.BodySha256 != k.BodySHA256 {
		return kept, casework.Refuse(casework.Conflict, "This idempotency key was used with another body.")
	}
	return kept, err
}
