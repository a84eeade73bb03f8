package ledger_test

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"dueprocess/ledger"
)

const largestVector = 1000

// independentlyIncluded asks another library.
func independentlyIncluded(p ledger.Inclusion, leaf string, head ledger.Head) error {
	raw, _ := hex.DecodeString(leaf)
	return proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(p.Index), uint64(p.Size), rfc6962.DefaultHasher.HashLeaf(raw), bytesOf(p.Hashes), head.Root[:])
}

func independentlyConsistent(p ledger.Consistency, old, head ledger.Head) error {
	return proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(p.Old), uint64(p.Size), bytesOf(p.Hashes), old.Root[:], head.Root[:])
}

func bytesOf(hashes []tlog.Hash) [][]byte {
	out := make([][]byte, len(hashes))
	for i, h := range hashes {
		out[i] = h[:]
	}
	return out
}

// TestProofsForTreesOf1To1000LeavesConvinceAnotherLibrary takes every tree, and in each the leaves at its borders and a
// stride that moves from tree to tree; small trees whole.
func TestProofsForTreesOf1To1000LeavesConvinceAnotherLibrary(t *testing.T) {
	leaves := leavesOf(largestVector)
	tree := treeOf(t, leaves)
	heads := make([]ledger.Head, largestVector+1)
	for size := range heads {
		heads[size] = headOf(t, int64(size), tree)
	}
	for size := 1; size <= largestVector; size++ {
		for index := range size {
			if size > 130 && index > 1 && index < size-2 && (index+size)%37 != 0 {
				continue
			}
			included(t, tree, leaves, heads[size], index)
			consistent(t, tree, heads[index], heads[size])
		}
		consistent(t, tree, heads[size], heads[size])
	}
}

func included(t *testing.T, tree *kept, leaves []string, head ledger.Head, index int) {
	p, err := ledger.ProveInclusion(head.Size, int64(index), tree)
	require.NoError(t, err)
	require.NoError(t, independentlyIncluded(p, leaves[index], head))
	require.NoError(t, ledger.CheckInclusion(p, leaves[index], head))
	require.Error(t, ledger.CheckInclusion(p, leaves[(index+1)%largestVector], head), "another leaf")
}

func consistent(t *testing.T, tree *kept, old, head ledger.Head) {
	p, err := ledger.ProveConsistency(old.Size, head.Size, tree)
	require.NoError(t, err)
	require.NoError(t, independentlyConsistent(p, old, head))
	require.NoError(t, ledger.CheckConsistency(p, old, head))
}

// wrongs each spoil the hashes of a proof, if there are enough of them; false: nothing was spoilt.
var wrongs = map[string]func(t *rapid.T, h []tlog.Hash) ([]tlog.Hash, bool){
	"a bit": func(t *rapid.T, h []tlog.Hash) ([]tlog.Hash, bool) {
		if len(h) > 0 {
			h[rapid.IntRange(0, len(h)-1).Draw(t, "hash")][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		return h, len(h) > 0
	},
	"one less": func(_ *rapid.T, h []tlog.Hash) ([]tlog.Hash, bool) { return h[:max(0, len(h)-1)], len(h) > 0 },
	"one more": func(_ *rapid.T, h []tlog.Hash) ([]tlog.Hash, bool) { return append(h, tlog.Hash{1}), true },
	"swapped": func(t *rapid.T, h []tlog.Hash) ([]tlog.Hash, bool) {
		if len(h) < 2 {
			return h, false
		}
		i := rapid.IntRange(0, len(h)-2).Draw(t, "i")
		h[i], h[i+1] = h[i+1], h[i]
		return h, true
	},
	"the other way round": func(_ *rapid.T, h []tlog.Hash) ([]tlog.Hash, bool) { slices.Reverse(h); return h, len(h) > 1 },
}

func TestWrongInclusionProofsAreRefused(t *testing.T) {
	leaves := leavesOf(largestVector)
	tree := treeOf(t, leaves)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, largestVector).Draw(t, "size")
		index := rapid.Int64Range(0, size-1).Draw(t, "index")
		head := headOf(t, size, tree)
		good, err := ledger.ProveInclusion(size, index, tree)
		require.NoError(t, err)
		for name, spoil := range wrongs {
			p := good
			var spoilt bool
			p.Hashes, spoilt = spoil(t, slices.Clone(good.Hashes))
			require.Equal(t, spoilt, ledger.CheckInclusion(p, leaves[index], head) != nil, name)
		}
		p := good
		p.Index = rapid.Int64Range(-2, size+1).Filter(func(i int64) bool { return i != index }).Draw(t, "another index")
		require.Error(t, ledger.CheckInclusion(p, leaves[index], head))
		p = good
		p.Size = rapid.Int64().Filter(func(n int64) bool { return n != size }).Draw(t, "another size")
		require.Error(t, ledger.CheckInclusion(p, leaves[index], head))
		p = good
		p.Root = tlog.Hash{1}
		require.Error(t, ledger.CheckInclusion(p, leaves[index], head), "a root that is not the head's")
		p.Root = head.Root
		require.NoError(t, ledger.CheckInclusion(p, leaves[index], head))
		require.Error(t, ledger.CheckInclusion(good, "x", head))
		head.Root[7] ^= 1
		require.Error(t, ledger.CheckInclusion(good, leaves[index], head))
	})
}

func TestWrongConsistencyProofsAreRefused(t *testing.T) {
	tree := treeOf(t, leavesOf(largestVector))
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, largestVector).Draw(t, "size")
		old := headOf(t, rapid.Int64Range(0, size).Draw(t, "old"), tree)
		head := headOf(t, size, tree)
		good, err := ledger.ProveConsistency(old.Size, size, tree)
		require.NoError(t, err)
		for name, spoil := range wrongs {
			p := good
			var spoilt bool
			p.Hashes, spoilt = spoil(t, slices.Clone(good.Hashes))
			require.Equal(t, spoilt, ledger.CheckConsistency(p, old, head) != nil, name)
		}
		other := headOf(t, rapid.Int64Range(0, largestVector).Filter(func(n int64) bool { return n != old.Size }).Draw(t, "other"), tree)
		require.Error(t, ledger.CheckConsistency(good, other, head))
		p := good
		p.Old = other.Size
		require.Error(t, ledger.CheckConsistency(p, ledger.Head{Size: other.Size, Root: old.Root}, head))
		forked := old
		forked.Root[3] ^= 1
		require.Error(t, ledger.CheckConsistency(good, forked, head), "a fork")
		p = good
		p.Root = tlog.Hash{1}
		require.Error(t, ledger.CheckConsistency(p, old, head))
	})
}

func TestTheEmptyTreeHasOneRoot(t *testing.T) {
	none, one := headOf(t, 0, &kept{}), headOf(t, 1, treeOf(t, leavesOf(1)))
	require.NoError(t, ledger.CheckConsistency(ledger.Consistency{}, none, none))
	require.NoError(t, ledger.CheckConsistency(ledger.Consistency{Size: 1}, none, one))
	require.Error(t, ledger.CheckConsistency(ledger.Consistency{}, none, ledger.Head{Root: one.Root}))
	require.Error(t, ledger.CheckConsistency(ledger.Consistency{Size: 1}, ledger.Head{Root: one.Root}, one))
	require.Error(t, ledger.CheckConsistency(ledger.Consistency{Size: 1, Hashes: []tlog.Hash{{}}}, none, one))
}

// TestHostileSizesEnd: tlog would count for ever with numbers near the largest.
func TestHostileSizesEnd(t *testing.T) {
	for _, n := range []int64{math.MinInt64, -1, 0, 1, 1 << 48, 1<<48 + 1, 1 << 62, 1<<62 + 1, math.MaxInt64} {
		for _, i := range []int64{math.MinInt64, -1, 0, 1 << 40, math.MaxInt64 - 1, math.MaxInt64} {
			head := ledger.Head{Size: n}
			require.Error(t, ledger.CheckInclusion(ledger.Inclusion{Index: i, Size: n}, sum("x"), head))
			require.Error(t, ledger.CheckConsistency(ledger.Consistency{Old: i, Size: n}, ledger.Head{Size: i}, head))
			_, err := ledger.ProveInclusion(n, i, &kept{})
			require.True(t, err != nil || n == 1 && i == 0)
			_, err = ledger.ProveConsistency(i, n, &kept{})
			require.True(t, err != nil || i == 0)
		}
	}
}

func TestProofsAreReadAsTheyAreWritten(t *testing.T) {
	tree := treeOf(t, leavesOf(3))
	p, err := ledger.ProveInclusion(3, 2, tree)
	require.NoError(t, err)
	text, err := json.Marshal(p)
	require.NoError(t, err)
	require.Equal(t, `{"index":2,"size":3,"hashes":["`+(*tree)[2].String()+`"]}`, string(text))
	var read ledger.Inclusion
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, p, read)
	alone, err := ledger.ProveInclusion(1, 0, tree)
	require.NoError(t, err)
	alone.Root = headOf(t, 1, tree).Root
	text, err = json.Marshal(alone)
	require.NoError(t, err)
	require.Equal(t, `{"index":0,"size":1,"root":"`+alone.Root.String()+`","hashes":[]}`, string(text))
	c, err := ledger.ProveConsistency(3, 3, tree)
	require.NoError(t, err)
	text, err = json.Marshal(c)
	require.NoError(t, err)
	require.JSONEq(t, `{"old":3,"size":3,"hashes":[]}`, string(text))
}
