package ledger

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// edge is the right border of a growing tree: the roots of its complete subtrees, the widest first, one for each bit
// that is set in its size. It is all that is needed to grow further and to know the root.
type edge struct {
	size  int64
	roots []tlog.Hash
}

// edgeOf reads the border of a tree that is kept.
func edgeOf(size int64, r tlog.HashReader) (*edge, error) {
	if size < 0 || size > largest {
		return nil, noTree()
	}
	indexes := make([]int64, 0, bits.OnesCount64(uint64(size)))
	for level := bits.Len64(uint64(size)) - 1; level >= 0; level-- {
		if n := size >> level; n&1 == 1 {
			indexes = append(indexes, tlog.StoredHashIndex(level, n-1))
		}
	}
	if len(indexes) == 0 {
		return &edge{}, nil
	}
	roots, err := readHashes(r, indexes)
	return &edge{size: size, roots: roots}, err
}

// push appends a leaf and adds to the hashes to be kept what came into being: its own and those of the subtrees that it
// completes.
func (e *edge) push(stored []tlog.Hash, h tlog.Hash) []tlog.Hash {
	stored = append(stored, h)
	for n := e.size; n&1 == 1; n >>= 1 {
		last := len(e.roots) - 1
		h = tlog.NodeHash(e.roots[last], h)
		e.roots = e.roots[:last]
		stored = append(stored, h)
	}
	e.roots = append(e.roots, h)
	e.size++
	return stored
}

// head is the tree so far.
func (e *edge) head() Head {
	if len(e.roots) == 0 {
		root, _ := tlog.TreeHash(0, nil) // reads nothing
		return Head{Root: root}
	}
	last := len(e.roots) - 1
	root := e.roots[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(e.roots[i], root)
	}
	return Head{Size: e.size, Root: root}
}
