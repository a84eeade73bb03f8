package ledger

import (
	"errors"

	"golang.org/x/mod/sumdb/tlog"
)

// ErrNoHash is what a store's reader wraps where an index holds no hash; any other error means that it cannot be asked.
var ErrNoHash = errors.New("no hash is kept at this index")

// Kept is the tree as it is stored.
type Kept struct {
	Size   int64           // leaves, as the store counts them
	Hashes tlog.HashReader // nil: only events and checkpoints are at hand
}

// span is how many stored hashes are read at once.
const span = 1024

// window reads a kept tree from its beginning to its end, a span at a time, two of them in memory. The hash of nothing
// is the empty one: no event has it.
type window struct {
	Kept

	spans [2][]tlog.Hash
	which [2]int64
	err   error // the store failed; nothing read after it counts
}

func newWindow(k Kept) *window {
	if k.Hashes == nil {
		return nil
	}
	return &window{Kept: k, which: [2]int64{-1, -1}}
}

// leaf is the record hash kept for a tree index.
func (w *window) leaf(index int64) tlog.Hash { return w.at(tlog.StoredHashIndex(0, index)) }

func (w *window) at(stored int64) tlog.Hash {
	if w.err != nil || stored >= tlog.StoredHashCount(w.Size) {
		return tlog.Hash{}
	}
	n := stored / span
	if w.which[n%2] != n {
		w.which[n%2], w.spans[n%2] = n, w.read(n)
	}
	if w.err != nil {
		return tlog.Hash{}
	}
	return w.spans[n%2][stored%span]
}

func (w *window) read(n int64) []tlog.Hash {
	var indexes []int64
	for i := n * span; i < min((n+1)*span, tlog.StoredHashCount(w.Size)); i++ {
		indexes = append(indexes, i)
	}
	hashes, err := readHashes(w.Hashes, indexes)
	if errors.Is(err, ErrNoHash) {
		return w.singly(indexes)
	}
	w.err = err
	return hashes
}

// singly reads what is left of a span that has holes.
func (w *window) singly(indexes []int64) []tlog.Hash {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		one, err := readHashes(w.Hashes, []int64{index})
		switch {
		case err == nil:
			out[i] = one[0]
		case !errors.Is(err, ErrNoHash):
			w.err = err
			return nil
		}
	}
	return out
}

// believes asks the hashes above a leaf which of two they were made of: the event's, or the one kept for it. Where they
// cannot say, the tree stands by what it keeps.
func (w *window) believes(index int64, event, leaf tlog.Hash) tlog.Hash {
	if leaf == (tlog.Hash{}) {
		return event
	}
	root, err1 := Root(w.Size, w.Hashes)
	proof, err2 := tlog.ProveRecord(w.Size, index, w.Hashes)
	if err1 == nil && err2 == nil && tlog.CheckRecord(proof, w.Size, root, index, event) == nil {
		return event
	}
	return leaf
}
