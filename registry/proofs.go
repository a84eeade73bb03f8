package registry

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// prove puts to each event the proof that the tree of the newest checkpoint holds it; one that it does not yet hold is
// pending.
func (r *Registry) prove(ctx context.Context, id string, events []casework.Event) error {
	size, err := r.signedSize(ctx)
	if err != nil || size == 0 {
		return err
	}
	places, err := r.reads.TreeIndexes(ctx, id)
	if err != nil {
		return err
	}
	kept := tilesOf(ctx, r.reads)
	for _, p := range places {
		if i := int(p.Sequence) - 1; i < len(events) && p.TreeIndex.Int64 < size {
			if events[i].Proof, err = inclusion(size, p.TreeIndex.Int64, kept); err != nil {
				return err
			}
		}
	}
	return nil
}

func inclusion(size, index int64, kept *tiles) (json.RawMessage, error) {
	proof, err := ledger.ProveInclusion(size, index, kept)
	if err != nil {
		return nil, err
	}
	return json.Marshal(proof)
}

// signedSize is how large the tree is of which there is a checkpoint.
func (r *Registry) signedSize(ctx context.Context) (int64, error) {
	row, err := r.reads.LastCheckpoint(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return row.Size, err
}

// Inclusion proves that the tree of a size (0: of the newest checkpoint) holds the leaf at an index, and says which.
func (r *Registry) Inclusion(ctx context.Context, index, size int64) (leaf string, proof ledger.Inclusion, err error) {
	if size, err = r.provable(ctx, size); err != nil {
		return "", proof, err
	}
	at, err := r.reads.LeafAt(ctx, sql.NullInt64{Int64: index, Valid: true})
	if err != nil {
		return "", proof, orNone(err, "The ledger has no event at that index.")
	}
	proof, err = ledger.ProveInclusion(size, index, tilesOf(ctx, r.reads))
	return at.Leaf, proof, fault(err)
}

// Consistency proves that the tree of a size (0: of the newest checkpoint) begins with that of an older one.
func (r *Registry) Consistency(ctx context.Context, old, size int64) (proof ledger.Consistency, err error) {
	if size, err = r.provable(ctx, size); err != nil {
		return proof, err
	}
	proof, err = ledger.ProveConsistency(old, size, tilesOf(ctx, r.reads))
	return proof, fault(err)
}

// provable is the size of a tree that was signed for, or a refusal.
func (r *Registry) provable(ctx context.Context, size int64) (int64, error) {
	signed, err := r.signedSize(ctx)
	switch {
	case err != nil:
		return 0, fault(err)
	case size == 0:
		return signed, nil
	case size < 0 || size > signed:
		return 0, casework.Faulty([]casework.Fault{{Path: "size", Message: "must be at most " + strconv.FormatInt(signed, 10) + ", the size of the newest checkpoint"}})
	}
	return size, nil
}

// orNone is a sentence for what is not there.
func orNone(err error, sentence string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return casework.Refuse(casework.NotFound, "%s", sentence)
	}
	return fault(err)
}
