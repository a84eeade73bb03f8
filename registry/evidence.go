package registry

import (
	"context"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// Evidence is a case's events with their proofs for the newest checkpoint; keys are the verifiers that it is checked
// with, one a line. Not for a viewer outside the case's wall.
func (r *Registry) Evidence(ctx context.Context, id, keys string, viewer casework.Actor) (ledger.Bundle, error) {
	kept, err := r.reads.CaseView(ctx, id)
	if err != nil {
		return ledger.Bundle{}, orNoCase(err)
	}
	if err := passes(ctx, r.reads, id, kept.Restricted, viewer); err != nil {
		return ledger.Bundle{}, err
	}
	head, err := r.reads.LastCheckpoint(ctx)
	if err != nil {
		return ledger.Bundle{}, orNone(err, "The ledger has no checkpoint yet.")
	}
	events, err := r.proven(ctx, id, head.Size, viewer)
	if err != nil {
		return ledger.Bundle{}, fault(err)
	}
	if events = upToLastProof(events); len(events) == 0 {
		return ledger.Bundle{}, casework.Refuse(casework.Unavailable, "The ledger has not taken the events of this case into its tree yet, which takes seconds. Try again.")
	}
	return ledger.Bundle{Events: events, Checkpoint: []byte(head.Note), Keys: keys}, nil
}

// upToLastProof leaves out what happened since the checkpoint: evidence says nothing that it cannot prove.
func upToLastProof(events []ledger.Proven) []ledger.Proven {
	for len(events) > 0 && events[len(events)-1].Proof == nil {
		events = events[:len(events)-1]
	}
	return events
}

func (r *Registry) proven(ctx context.Context, id string, size int64, viewer casework.Actor) ([]ledger.Proven, error) {
	end, err := r.reads.LastLeaf(ctx, id)
	if err != nil {
		return nil, err
	}
	rows, err := r.reads.EventsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]ledger.Proven, len(rows))
	for i, row := range rows {
		if out[i].Record, err = record(end.CaseKey, row); err != nil {
			return nil, err
		}
	}
	return out, firstOf(r.maskProven(ctx, rows, out, viewer), r.addProofs(ctx, id, size, out))
}

func (r *Registry) addProofs(ctx context.Context, id string, size int64, events []ledger.Proven) error {
	places, err := r.reads.TreeIndexes(ctx, id)
	if err != nil {
		return err
	}
	kept := tilesOf(ctx, r.reads)
	for _, p := range places {
		i := int(p.Sequence) - 1
		if i >= len(events) || p.TreeIndex.Int64 >= size {
			continue
		}
		proof, err := ledger.ProveInclusion(size, p.TreeIndex.Int64, kept)
		if err != nil {
			return err
		}
		events[i].Proof = &proof
	}
	return nil
}
