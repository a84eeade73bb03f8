package registry

import (
	"cmp"
	"context"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// sequencer is the lease of whoever takes leaves into the tree: one process at a time, for as long as it goes on.
const (
	sequencer   = "sequencer"
	leaseLength = 10 * time.Second
)

// Sequencing is one batch: who takes it, when, how many leaves at most, and who signs for the tree that comes of it.
type Sequencing struct {
	Holder string
	At     time.Time
	Most   int
	Signer note.Signer
}

// Sequence takes the oldest pending leaves into the tree and signs its new head, in one transaction. It answers how many
// it took: none where nothing is pending or another process holds the lease.
func (r *Registry) Sequence(ctx context.Context, s Sequencing) (taken int, err error) {
	err = r.write(ctx, func(t tx) error {
		held, err := t.TakeLease(ctx, queries.TakeLeaseParams{
			Name: sequencer, Holder: s.Holder, Until: stamp.Of(s.At.Add(leaseLength)), Now: stamp.Of(s.At),
		})
		if err != nil || held == 0 {
			return err
		}
		taken, err = t.sequence(ctx, s)
		return err
	})
	if err != nil {
		return 0, err
	}
	return taken, nil
}

func (t tx) sequence(ctx context.Context, s Sequencing) (int, error) {
	size, err := t.TreeSize(ctx)
	if err != nil {
		return 0, err
	}
	leaves, err := t.takeLeaves(ctx, size, s.Most)
	if err != nil || len(leaves) == 0 {
		return 0, err
	}
	kept := tilesOf(ctx, t.Queries)
	grown, err := ledger.Grow(size, leaves, kept)
	if err != nil {
		return 0, err
	}
	now := size + int64(len(leaves))
	overlay := ledger.Overlay(kept, size, grown)
	if err := t.keep(ctx, size, now, overlay); err != nil {
		return 0, err
	}
	return len(leaves), t.checkpoint(ctx, now, overlay, s)
}

// takeLeaves gives the next leaves their places and answers them in order.
func (t tx) takeLeaves(ctx context.Context, size int64, most int) ([]string, error) {
	rows, err := t.TakeLeaves(ctx, queries.TakeLeavesParams{Size: size, Most: int32(min(most, 1<<20))}) //nolint:gosec // bounded
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b queries.TakeLeavesRow) int { return cmp.Compare(a.TreeIndex.Int64, b.TreeIndex.Int64) })
	leaves := make([]string, len(rows))
	for i, row := range rows {
		leaves[i] = row.Leaf
	}
	return leaves, nil
}

// checkpoint signs the head of the tree as it now is.
func (t tx) checkpoint(ctx context.Context, size int64, r tlog.HashReader, s Sequencing) error {
	root, err := ledger.Root(size, r)
	if err != nil {
		return err
	}
	at := s.At.UTC().Truncate(time.Second)
	text, err := ledger.Checkpoint{Origin: s.Signer.Name(), Size: size, Root: root, At: at}.Sign(s.Signer)
	if err != nil {
		return err
	}
	return t.AddCheckpoint(ctx, queries.AddCheckpointParams{Size: size, At: stamp.Of(at), Note: string(text)})
}

// Checkpoint is the newest signed head of the tree, as a note; not_found before the first.
func (r *Registry) Checkpoint(ctx context.Context) (casework.SignedHead, error) {
	row, err := r.reads.LastCheckpoint(ctx)
	if err != nil {
		return casework.SignedHead{}, orNone(err, "The ledger has no checkpoint yet.")
	}
	return casework.SignedHead{Size: row.Size, At: row.At.Time, Note: row.Note}, nil
}
