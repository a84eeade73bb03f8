package ledger_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"dueprocess/ledger"
)

// kept is a store of hashes in memory.
type kept []tlog.Hash

func (k *kept) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(*k)) {
			return nil, fmt.Errorf("%w: %d", ledger.ErrNoHash, index)
		}
		out[i] = (*k)[index]
	}
	return out, nil
}

// leavesOf makes n leaves.
func leavesOf(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = sum(fmt.Sprint("leaf ", i))
	}
	return out
}

// treeOf keeps a tree of leaves taken in at once.
func treeOf(t require.TestingT, leaves []string) *kept {
	grown, err := ledger.Grow(0, leaves, &kept{})
	require.NoError(t, err)
	k := kept(grown)
	return &k
}

func headOf(t require.TestingT, size int64, r tlog.HashReader) ledger.Head {
	root, err := ledger.Root(size, r)
	require.NoError(t, err)
	return ledger.Head{Size: size, Root: root}
}

// independent is the root as another library counts it.
func independent(t require.TestingT, leaves []string) tlog.Hash {
	tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for _, leaf := range leaves {
		raw, err := hex.DecodeString(leaf)
		require.NoError(t, err)
		require.NoError(t, tree.Append(rfc6962.DefaultHasher.HashLeaf(raw), nil))
	}
	if len(leaves) == 0 {
		return tlog.Hash(rfc6962.DefaultHasher.EmptyRoot())
	}
	root, err := tree.GetRootHash(nil)
	require.NoError(t, err)
	return tlog.Hash(root)
}

func TestRootsAreThoseOfAnotherLibrary(t *testing.T) {
	leaves := leavesOf(300)
	tree := treeOf(t, leaves)
	for n := range len(leaves) + 1 {
		require.Equal(t, independent(t, leaves[:n]), headOf(t, int64(n), tree).Root, n)
	}
}

func TestGrowingByBatchesIsGrowingAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		batches := rapid.SliceOfN(rapid.IntRange(0, 40), 0, 12).Draw(t, "batches")
		store, size, all := &kept{}, 0, []string{}
		for _, n := range batches {
			all = leavesOf(size + n)
			grown, err := ledger.Grow(int64(size), all[size:], store)
			require.NoError(t, err)
			before := headOf(t, int64(size+n), ledger.Overlay(store, int64(size), grown))
			*store = append(*store, grown...)
			size += n
			require.Equal(t, headOf(t, int64(size), store), before, "the root is known before it is stored")
		}
		require.Equal(t, *treeOf(t, all), append(kept{}, *store...))
		require.Len(t, *store, int(tlog.StoredHashCount(int64(size))))
		require.Equal(t, independent(t, all), headOf(t, int64(size), store).Root)
	})
}

// TestGrowKeepsWhatTlogWouldKeep leaf by leaf, so that tiles and proofs of that library fit.
func TestGrowKeepsWhatTlogWouldKeep(t *testing.T) {
	store := &kept{}
	for i, leaf := range leavesOf(130) {
		h, err := ledger.RecordHash(leaf)
		require.NoError(t, err)
		want, err := tlog.StoredHashesForRecordHash(int64(i), h, store)
		require.NoError(t, err)
		got, err := ledger.Grow(int64(i), []string{leaf}, store)
		require.NoError(t, err)
		require.Equal(t, want, got)
		*store = append(*store, got...)
	}
}

func TestGrowRefusesWhatIsNoLeafAndNoTree(t *testing.T) {
	good := sum("x")
	for _, leaf := range []string{"", "x", good[:62], good + "00", "AB" + good[2:], "g" + good[1:]} {
		_, err := ledger.Grow(0, []string{good, leaf}, &kept{})
		require.Error(t, err, leaf)
	}
	for _, size := range []int64{-1, 1 << 49, 1 << 62, 1<<63 - 1} {
		_, err := ledger.Grow(size, []string{good}, &kept{})
		require.Error(t, err)
		_, err = ledger.Root(size, &kept{})
		require.Error(t, err)
	}
	_, err := ledger.Grow(3, []string{good}, &kept{})
	require.ErrorIs(t, err, ledger.ErrNoHash, "a store that lost its hashes is not grown")
	few := tlog.HashReaderFunc(func([]int64) ([]tlog.Hash, error) { return nil, nil })
	_, err = ledger.Grow(3, []string{good}, few)
	require.ErrorContains(t, err, "another number of hashes")
	down := errors.New("down")
	_, err = ledger.Root(3, ledger.Overlay(tlog.HashReaderFunc(func([]int64) ([]tlog.Hash, error) { return nil, down }), 2, []tlog.Hash{{}}))
	require.ErrorIs(t, err, down)
}

func BenchmarkGrowByAThousand(b *testing.B) {
	store, leaves, size := &kept{}, leavesOf(1000), int64(0)
	for b.Loop() {
		grown, err := ledger.Grow(size, leaves, store)
		if err != nil {
			b.Fatal(err)
		}
		*store = append(*store, grown...)
		size += 1000
	}
	b.ReportMetric(float64(size)/b.Elapsed().Seconds(), "leaves/s")
}
