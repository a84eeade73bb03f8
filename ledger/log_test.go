package ledger_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// seat is an event with the tree index that its row gives it.
type seat struct {
	index int64
	ledger.Record
}

// book is a whole log as it is stored: the events in the tree, those that wait, the tree, the case rows, checkpoints.
type book struct {
	seats   []seat
	waiting []ledger.Record
	tree    *kept
	ends    []ledger.Record // the last event of each case
	signed  []ledger.Checkpoint
}

// write makes a log of events of some cases; of names the case of each event.
func write(t require.TestingT, waiting int, of ...int) *book {
	return writeAs(t, casework.Commented, waiting, of...)
}

// writeAs does so, and of each case's last event says what was done.
func writeAs(t require.TestingT, done casework.Verb, waiting int, of ...int) *book {
	b, last, leaves := &book{tree: &kept{}}, map[int]ledger.Record{}, []string{}
	for i, c := range of {
		r := event(c, last[c])
		if !slices.Contains(of[i+1:], c) {
			r.Verb = done
			r.Leaf = r.Entry.Leaf()
		}
		last[c] = r
		if i >= len(of)-waiting {
			b.waiting = append(b.waiting, r)
			continue
		}
		b.seats, leaves = append(b.seats, seat{int64(i), r}), append(leaves, r.Leaf)
	}
	b.tree = treeOf(t, leaves)
	for size := range len(leaves) + 1 {
		if size%3 == 0 || size == len(leaves) {
			b.signed = append(b.signed, checkpoint(headOf(t, int64(size), b.tree)))
		}
	}
	for c := range 100 {
		if r, ok := last[c]; ok {
			b.ends = append(b.ends, r)
		}
	}
	return b
}

// event is the one that follows another in a case.
func event(of int, prev ledger.Record) ledger.Record {
	n := prev.Sequence + 1
	r := ledger.Record{Salt: fmt.Appendf(nil, "salt %d %d", of, n), Personal: fmt.Appendf(nil, "personal %d", n)}
	r.Entry = ledger.Entry{
		CaseKey: fmt.Sprint("case ", of), Sequence: n, At: noon.Add(time.Duration(n) * time.Second), Verb: casework.Commented, ActorID: "person:rosa",
		Facts: ledger.Facts{"data": "content", "n": fmt.Sprint(n)}, Prev: prev.Leaf, Commitment: ledger.Commit(r.Salt, r.Personal),
	}
	r.Leaf = r.Entry.Leaf()
	return r
}

// audit runs the auditor over what is stored.
func (b *book) audit(t require.TestingT) ledger.Audit { return b.auditWith(t, b.keptTree()) }

func (b *book) keptTree() ledger.Kept {
	size := int64(0)
	for tlog.StoredHashCount(size+1) <= int64(len(*b.tree)) {
		size++
	}
	return ledger.Kept{Size: size, Hashes: b.tree}
}

func (b *book) auditWith(t require.TestingT, tree ledger.Kept) ledger.Audit {
	a := ledger.NewAuditor(tree, 2)
	for _, c := range slices.Backward(b.signed) {
		require.NoError(t, a.Expect(c))
	}
	for _, s := range b.seats {
		require.NoError(t, a.Next(s.index, s.Record))
	}
	for _, r := range b.waiting {
		require.NoError(t, a.Waiting(r))
	}
	for _, r := range b.ends {
		require.NoError(t, a.Ends(r.CaseKey, r.Sequence, r.Leaf))
	}
	found, err := a.Finish()
	require.NoError(t, err)
	return found
}

// renumber gives the events indexes without a gap, as somebody would who wants nothing to be seen.
func (b *book) renumber() {
	for i := range b.seats {
		b.seats[i].index = int64(i)
	}
}

// drawBook is a log of a few cases, interleaved.
func drawBook(t *rapid.T, least int) *book {
	of := rapid.SliceOfN(rapid.IntRange(0, 3), least, 24).Draw(t, "cases")
	return write(t, 0, of...)
}

func (b *book) draw(t *rapid.T, name string) int {
	return rapid.IntRange(0, len(b.seats)-1).Draw(t, name)
}

// one requires that there is one fault, of one kind, at one index, of one event.
func one(t require.TestingT, found ledger.Audit, what ledger.What, index int64, r ledger.Record) {
	require.Len(t, found.Faults, 1, "%v", found.Faults)
	f := found.Faults[0]
	require.Equal(t, []any{what, index, r.CaseKey, r.Sequence}, []any{f.What, f.Index, f.CaseKey, f.Sequence}, f.Why)
	require.False(t, found.Whole())
}

// names requires a fault of an event.
func names(t require.TestingT, found ledger.Audit, what ledger.What, r ledger.Record) {
	require.True(t, slices.ContainsFunc(found.Faults, func(f ledger.Fault) bool {
		return f.What == what && f.CaseKey == r.CaseKey && f.Sequence == r.Sequence
	}), "%s %s %d: %v", what, r.CaseKey, r.Sequence, found.Faults)
}

func TestAWholeLogIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waiting := rapid.IntRange(0, 2).Draw(t, "waiting")
		b := writeAs(t, casework.Purged, waiting, rapid.SliceOfN(rapid.IntRange(0, 3), 2, 60).Draw(t, "cases")...)
		if rapid.Bool().Draw(t, "purged") {
			i := rapid.IntRange(0, len(b.seats)).Draw(t, "which")
			for j := range b.seats[:i] {
				b.seats[j].Salt, b.seats[j].Personal = nil, nil
			}
		}
		for _, tree := range []ledger.Kept{b.keptTree(), {}} {
			found := b.auditWith(t, tree)
			require.True(t, found.Whole(), "%v", found.Faults)
			require.Equal(t, headOf(t, int64(len(b.seats)), b.tree), found.Head)
			require.Equal(t, []int{len(b.signed), waiting, len(b.ends), 0}, []int{found.Checkpoints, found.Waiting, found.Cases, found.More})
		}
	})
}

// flips each change one byte of an event, the byte'th of those that the field has.
var flips = map[string]func(r *ledger.Record, flip func(string) string){
	"case":     func(r *ledger.Record, flip func(string) string) { r.CaseKey = flip(r.CaseKey) },
	"sequence": func(r *ledger.Record, flip func(string) string) { r.Sequence ^= 1 << (flip("\x00")[0] & 3) },
	"at": func(r *ledger.Record, flip func(string) string) {
		r.At = r.At.Add(time.Duration(flip("\x00")[0]) * time.Microsecond)
	},
	"verb":  func(r *ledger.Record, flip func(string) string) { r.Verb = casework.Verb(flip(string(r.Verb))) },
	"actor": func(r *ledger.Record, flip func(string) string) { r.ActorID = flip(r.ActorID) },
	"fact": func(r *ledger.Record, flip func(string) string) {
		r.Facts = ledger.Facts{"data": flip("content"), "n": r.Facts["n"]}
	},
	"fact name": func(r *ledger.Record, flip func(string) string) {
		r.Facts = ledger.Facts{flip("data"): "content", "n": r.Facts["n"]}
	},
	"prev":       func(r *ledger.Record, flip func(string) string) { r.Prev = flip(r.Prev + " ") },
	"commitment": func(r *ledger.Record, flip func(string) string) { r.Commitment = flip(r.Commitment) },
	"leaf":       func(r *ledger.Record, flip func(string) string) { r.Leaf = flip(r.Leaf) },
	"salt":       func(r *ledger.Record, flip func(string) string) { r.Salt = []byte(flip(string(r.Salt))) },
	"personal":   func(r *ledger.Record, flip func(string) string) { r.Personal = []byte(flip(string(r.Personal))) },
}

func flipper(t *rapid.T) func(string) string {
	return func(text string) string {
		raw := []byte(text)
		raw[rapid.IntRange(0, len(raw)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		return string(raw)
	}
}

func TestOneFlippedByteOfAnyEventIsOneNamedFault(t *testing.T) {
	for field, flip := range flips {
		t.Run(field, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				b := drawBook(t, 1)
				i := b.draw(t, "event")
				flip(&b.seats[i].Record, flipper(t))
				one(t, b.audit(t), ledger.Changed, int64(i), b.seats[i].Record)
				alone := b.auditWith(t, ledger.Kept{})
				names(t, alone, ledger.Changed, b.seats[i].Record)
				if field != "leaf" {
					one(t, alone, ledger.Changed, int64(i), b.seats[i].Record)
				}
			})
		})
	}
}

func TestOneFlippedByteOfAWaitingEventIsNamed(t *testing.T) {
	for _, flip := range flips {
		rapid.Check(t, func(t *rapid.T) {
			b := write(t, 2, 0, 1, 0, 1, 0, 0)
			i := rapid.IntRange(0, 1).Draw(t, "event")
			flip(&b.waiting[i], flipper(t))
			one(t, b.audit(t), ledger.Changed, -1, b.waiting[i])
		})
	}
}

// TestAFlippedByteUnderANewLeafIsNamed: whoever changes an event and its leaf does not change the tree.
func TestAFlippedByteUnderANewLeafIsNamed(t *testing.T) {
	for _, field := range []string{"case", "sequence", "at", "verb", "actor", "fact", "fact name", "prev"} {
		rapid.Check(t, func(t *rapid.T) {
			b := drawBook(t, 1)
			i := b.draw(t, "event")
			r := &b.seats[i].Record
			flips[field](r, flipper(t))
			r.Leaf = r.Entry.Leaf()
			one(t, b.audit(t), ledger.TreeDiffers, int64(i), *r)
			require.False(t, b.auditWith(t, ledger.Kept{}).Whole())
		})
	}
}

func TestRemovedEventsAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 1)
		i := b.draw(t, "event")
		gone := b.seats[i]
		b.seats = slices.Delete(b.seats, i, i+1)
		renumbered := rapid.Bool().Draw(t, "renumbered")
		if renumbered {
			b.renumber()
		}
		one(t, b.audit(t), ledger.Removed, int64(i), gone.Record)
		found := b.auditWith(t, ledger.Kept{})
		names(t, found, ledger.Removed, gone.Record)
		if !renumbered {
			require.NotContains(t, fmt.Sprint(found.Faults), "its root is another", "a tree with a hole has no root")
		}
	})
}

func TestSeveralRemovedEventsAreEachNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 3)
		from := b.draw(t, "from")
		to := rapid.IntRange(from, len(b.seats)-1).Draw(t, "to") + 1
		b.seats = slices.Delete(b.seats, from, to)
		found := b.audit(t)
		for i := from; i < to; i++ {
			require.True(t, slices.ContainsFunc(found.Faults, func(f ledger.Fault) bool { return f.What == ledger.Removed && f.Index == int64(i) }), "%d %v", i, found.Faults)
		}
		for _, f := range found.Faults {
			require.Equal(t, ledger.Removed, f.What, "%v", found.Faults)
		}
	})
}

func TestAddedEventsAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 1)
		i := rapid.IntRange(0, len(b.seats)).Draw(t, "where")
		forged := event(rapid.IntRange(0, 5).Draw(t, "case"), ledger.Record{Leaf: sum("x"), Entry: ledger.Entry{Sequence: rapid.IntRange(0, 6).Draw(t, "after")}})
		b.seats = slices.Insert(b.seats, i, seat{int64(i), forged})
		b.renumber()
		one(t, b.audit(t), ledger.Added, int64(i), forged)
		require.False(t, b.auditWith(t, ledger.Kept{}).Whole())
	})
}

func TestCopiedEventsAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 1)
		i, copied := rapid.IntRange(0, len(b.seats)).Draw(t, "where"), b.seats[b.draw(t, "copied")]
		if rapid.Bool().Draw(t, "renumbered") {
			b.seats = slices.Insert(b.seats, i, copied)
			b.renumber()
		} else {
			b.seats = slices.Insert(b.seats, int(copied.index), copied)
		}
		found := b.audit(t)
		require.True(t, slices.ContainsFunc(found.Faults, func(f ledger.Fault) bool { return f.What == ledger.Added }), "%v", found.Faults)
		require.LessOrEqual(t, len(found.Faults), 2, "%v", found.Faults)
		require.False(t, b.auditWith(t, ledger.Kept{}).Whole())
	})
}

func TestSwappedEventsAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 2)
		i := rapid.IntRange(0, len(b.seats)-2).Draw(t, "i")
		j := rapid.IntRange(i+1, len(b.seats)-1).Draw(t, "j")
		b.seats[i].Record, b.seats[j].Record = b.seats[j].Record, b.seats[i].Record
		found := b.audit(t)
		require.NotEmpty(t, found.Faults)
		for _, f := range found.Faults {
			require.Equal(t, ledger.Moved, f.What, "%v", found.Faults)
			require.Contains(t, []int64{int64(i), int64(j)}, f.Index)
		}
		require.LessOrEqual(t, len(found.Faults), 2)
		names(t, found, ledger.Moved, b.seats[j].Record)
		require.False(t, b.auditWith(t, ledger.Kept{}).Whole())
	})
}

// TestSwappedContentsAreNamed: the rows stay where they are, and the facts of two change places.
func TestSwappedContentsAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 2)
		i := rapid.IntRange(0, len(b.seats)-2).Draw(t, "i")
		j := rapid.IntRange(i+1, len(b.seats)-1).Draw(t, "j")
		x, y := &b.seats[i].Record, &b.seats[j].Record
		x.Commitment, y.Commitment, x.Salt, y.Salt, x.Personal, y.Personal = y.Commitment, x.Commitment, y.Salt, x.Salt, y.Personal, x.Personal
		found := b.audit(t)
		require.Len(t, found.Faults, 2)
		names(t, found, ledger.Changed, *x)
		names(t, found, ledger.Changed, *y)
	})
}

func TestAnEventThatComesLateAndTwiceIsMovedAndAdded(t *testing.T) {
	b := write(t, 0, 0, 1, 0, 1)
	b.seats = []seat{b.seats[1], b.seats[0], b.seats[0], b.seats[2], b.seats[3]}
	b.renumber()
	found := b.audit(t)
	require.Len(t, found.Faults, 2)
	names(t, found, ledger.Moved, b.seats[1].Record)
	names(t, found, ledger.Added, b.seats[1].Record)
}

func TestACopyOfAChangedEventIsNamedBesideIt(t *testing.T) {
	b := write(t, 0, 0, 1, 0, 1)
	b.seats[1].Salt = []byte("x")
	b.seats = slices.Insert(b.seats, 2, b.seats[1])
	b.seats[2].Salt = event(1, ledger.Record{}).Salt
	b.renumber()
	found := b.audit(t)
	names(t, found, ledger.Changed, b.seats[1].Record)
	names(t, found, ledger.Added, b.seats[2].Record)
}

func TestAnIndexAloneThatIsWrongIsNamed(t *testing.T) {
	b := write(t, 0, 0, 1, 0, 1, 2, 0)
	for i := range b.seats {
		b.seats[i].index += 5
	}
	one(t, b.audit(t), ledger.Moved, 5, b.seats[0].Record)
	b.renumber()
	last := b.seats[1]
	last.index = 99
	b.seats = append(slices.Delete(b.seats, 1, 2), last)
	one(t, b.audit(t), ledger.Moved, 99, last.Record)
	b = write(t, 0, 0, 1, 0, 1, 2, 0)
	b.seats[4].index = 3
	found := b.auditWith(t, ledger.Kept{})
	names(t, found, ledger.Added, b.seats[4].Record)
}

// TestEveryFlippedHashOfTheTreeIsFound, be it of a leaf or above; an event that is whole is not blamed.
func TestEveryFlippedHashOfTheTreeIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 1)
		n := rapid.IntRange(0, len(*b.tree)-1).Draw(t, "hash")
		(*b.tree)[n][rapid.IntRange(0, 31).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		found := b.audit(t)
		require.NotEmpty(t, found.Faults)
		level, at := tlog.SplitStoredHashIndex(int64(n))
		require.Equal(t, ledger.TreeDiffers, found.Faults[0].What)
		require.Equal(t, at<<level, found.Faults[0].Index)
		if odd := len(b.seats)%2 == 1 && n == len(*b.tree)-1; !odd { // of a leaf that nothing is above, only the checkpoint tells
			require.Len(t, found.Faults, 1, "%v", found.Faults)
		}
	})
}

// holed is a store that lost some hashes, or cannot be asked.
type holed struct {
	*kept

	lost func(index int64) error
}

func (h holed) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	for _, i := range indexes {
		if err := h.lost(i); err != nil {
			return nil, err
		}
	}
	return h.kept.ReadHashes(indexes)
}

func TestAMissingHashOfTheTreeIsNamed(t *testing.T) {
	b := write(t, 0, 0, 1, 0, 1, 2, 0, 1)
	tree := b.keptTree()
	for lost := range int64(len(*b.tree)) {
		tree.Hashes = holed{b.tree, func(i int64) error {
			if i == lost {
				return fmt.Errorf("lost: %w", ledger.ErrNoHash)
			}
			return nil
		}}
		found := b.auditWith(t, tree)
		level, at := tlog.SplitStoredHashIndex(lost)
		require.Len(t, found.Faults, 1)
		require.Equal(t, ledger.TreeDiffers, found.Faults[0].What)
		require.Equal(t, at<<level, found.Faults[0].Index)
	}
}

func TestAStoreThatCannotBeReadIsNoFaultOfTheLog(t *testing.T) {
	b := write(t, 0, 0, 1)
	down := errors.New("down")
	for _, first := range []error{nil, ledger.ErrNoHash} {
		calls := 0
		a := ledger.NewAuditor(ledger.Kept{Size: 2, Hashes: holed{b.tree, func(int64) error {
			if calls++; calls == 1 && first != nil {
				return first
			}
			return down
		}}}, 0)
		require.ErrorIs(t, a.Next(0, b.seats[0].Record), down)
		_, err := a.Finish()
		require.ErrorIs(t, err, down)
	}
	a := ledger.NewAuditor(b.keptTree(), 0)
	require.NoError(t, a.Next(0, b.seats[0].Record))
	require.NoError(t, a.Next(1, b.seats[1].Record))
	*b.tree = nil
	_, err := a.Finish(ledger.Checkpoint{Size: 1})
	require.ErrorIs(t, err, ledger.ErrNoHash)
}

// TestALogMadeAnewDoesNotMatchItsCheckpoints: events, leaves, chain, rows and tree all agree, but not with what was signed.
func TestALogMadeAnewDoesNotMatchItsCheckpoints(t *testing.T) {
	b, forged := write(t, 0, 0, 0, 0, 1, 0, 1), write(t, 0, 0, 0, 0, 1, 0, 2)
	forged.signed = b.signed
	found := forged.audit(t)
	require.Len(t, found.Faults, 1)
	require.Equal(t, ledger.CheckpointDiffers, found.Faults[0].What)
	require.Equal(t, int64(6), found.Faults[0].Index)
	require.Contains(t, found.Faults[0].Error(), "after the first 3 events")
	require.Equal(t, 2, found.Checkpoints)
}

func TestALogCutShortDoesNotReachItsCheckpoint(t *testing.T) {
	b, short := write(t, 0, 0, 0, 0, 1, 0, 1), write(t, 0, 0, 0, 0, 1)
	short.signed = b.signed
	found := short.audit(t)
	require.Len(t, found.Faults, 1)
	require.Contains(t, found.Faults[0].Error(), "holds only 4 events")
}

func TestCheckpointsMayComeAtTheEndWhereTheTreeIsKept(t *testing.T) {
	b := write(t, 0, 0, 0, 0, 1, 0, 1)
	for _, tree := range []ledger.Kept{b.keptTree(), {}} {
		a := ledger.NewAuditor(tree, 0)
		for _, s := range b.seats {
			require.NoError(t, a.Next(s.index, s.Record))
		}
		found, err := a.Finish(b.signed...)
		require.NoError(t, err)
		if tree.Hashes != nil {
			require.True(t, found.Whole())
			require.Equal(t, 3, found.Checkpoints)
			continue
		}
		require.Len(t, found.Faults, 2)
		require.Contains(t, found.Faults[0].Why, "given after")
	}
}

func TestEventsThatWaitTooLongAreNamed(t *testing.T) {
	b := write(t, 4, 0, 1, 0, 1, 2, 0, 1, 0)
	one(t, b.audit(t), ledger.TailTooLong, -1, b.waiting[2])
}

func TestWaitingEventsContinueTheirCase(t *testing.T) {
	b := write(t, 2, 0, 1, 0, 1, 0, 0)
	b.waiting[0].Prev = sum("x")
	b.waiting[0].Leaf = b.waiting[0].Entry.Leaf()
	names(t, b.audit(t), ledger.Changed, b.waiting[0])
	b = write(t, 2, 0, 1, 0, 1, 0, 0)
	gone := b.waiting[0]
	b.waiting = b.waiting[1:]
	one(t, b.audit(t), ledger.Removed, -1, gone)
	b = write(t, 2, 0, 1, 0, 1, 0, 0)
	slices.Reverse(b.waiting)
	names(t, b.audit(t), ledger.Moved, b.waiting[1])
	b = write(t, 2, 0, 1, 0, 1, 0, 0)
	b.waiting[1] = b.seats[0].Record
	names(t, b.audit(t), ledger.Added, b.seats[0].Record)
}

func TestAWaitingCaseBeginsAtItsBeginning(t *testing.T) {
	b := write(t, 0, 0, 1)
	first := event(7, ledger.Record{Leaf: sum("x")})
	b.waiting, b.ends = []ledger.Record{first}, append(b.ends, first)
	one(t, b.audit(t), ledger.Changed, -1, first)
}

// TestOfSeveralThatAreMissingThoseThatComeLateAreMoved, and the others stay missing.
func TestOfSeveralThatAreMissingThoseThatComeLateAreMoved(t *testing.T) {
	b := write(t, 4, 0, 1, 0, 0, 0, 0)
	b.waiting = []ledger.Record{b.waiting[3], b.waiting[0], b.waiting[2]}
	a := ledger.NewAuditor(ledger.Kept{}, 10)
	for _, s := range b.seats {
		require.NoError(t, a.Next(s.index, s.Record))
	}
	for _, r := range b.waiting {
		require.NoError(t, a.Waiting(r))
	}
	found, err := a.Finish()
	require.NoError(t, err)
	require.Len(t, found.Faults, 3)
	names(t, found, ledger.Moved, b.waiting[1])
	names(t, found, ledger.Moved, b.waiting[2])
	names(t, found, ledger.Removed, ledger.Record{Entry: ledger.Entry{CaseKey: "case 0", Sequence: 3}})
}

func TestALongGapIsNamedOnce(t *testing.T) {
	b := write(t, 0, 0)
	far := event(0, ledger.Record{Leaf: sum("x"), Entry: ledger.Entry{Sequence: 1 << 40}})
	b.waiting, b.ends = []ledger.Record{far}, []ledger.Record{far}
	found := b.audit(t)
	require.Len(t, found.Faults, 101)
	require.Contains(t, found.Faults[100].Error(), fmt.Sprintf("event 102 of the case with the key case 0): it and all up to event %d are missing", 1<<40))
}

func TestCaseRowsMustAgree(t *testing.T) {
	b := write(t, 0, 0, 1, 0, 1, 2)
	b.ends[0].Leaf = sum("x")
	names(t, b.audit(t), ledger.Changed, b.ends[0])
	b = write(t, 0, 0, 1, 0, 1, 2)
	b.ends[0] = b.seats[0].Record
	names(t, b.audit(t), ledger.Added, b.seats[2].Record)
	b = write(t, 0, 0, 1, 0, 1, 2)
	b.ends = b.ends[:2]
	names(t, b.audit(t), ledger.Added, b.seats[4].Record)
	b = write(t, 0, 0, 1, 0, 1, 2)
	b.ends = append(b.ends, ledger.Record{Entry: ledger.Entry{CaseKey: "no events yet"}}, ledger.Record{Entry: ledger.Entry{CaseKey: "lost", Sequence: 2}, Leaf: sum("x")})
	found := b.audit(t)
	require.Len(t, found.Faults, 2)
	names(t, found, ledger.Removed, ledger.Record{Entry: ledger.Entry{CaseKey: "lost", Sequence: 1}})
	names(t, found, ledger.Removed, ledger.Record{Entry: ledger.Entry{CaseKey: "lost", Sequence: 2}})
}

func TestOfAWrongLogAThousandFaultsAreKept(t *testing.T) {
	of := make([]int, 1500)
	b := write(t, 0, of...)
	for i := range b.seats {
		b.seats[i].Verb = "x"
	}
	found := b.audit(t)
	require.Len(t, found.Faults, 1000)
	require.Positive(t, found.More)
	require.Equal(t, "changed (event 1 of the case with the key case 0, tree index 0): its hash is not that of its facts.", found.Faults[0].Error())
}

// TestAnyHandfulOfForgeriesIsFound: however they overlap, nothing panics and nothing passes.
func TestAnyHandfulOfForgeriesIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 4)
		untouched := slices.Clone(b.seats)
		for range rapid.IntRange(1, 5).Draw(t, "forgeries") {
			i, j := b.draw(t, "i"), b.draw(t, "j")
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0:
				b.seats[i], b.seats[j] = b.seats[j], b.seats[i]
			case 1:
				b.seats = slices.Insert(b.seats, i, b.seats[j])
			case 2:
				b.seats = slices.Delete(b.seats, i, min(i+1, len(b.seats)-1))
			case 3:
				b.seats[i].Verb = "x"
			case 4:
				b.seats[i].index = rapid.Int64().Draw(t, "index")
			}
			if rapid.Bool().Draw(t, "renumbered") {
				b.renumber()
			}
		}
		same := fmt.Sprint(untouched) == fmt.Sprint(b.seats)
		require.Equal(t, same, b.audit(t).Whole())
		require.Equal(t, same, b.auditWith(t, ledger.Kept{}).Whole())
	})
}

func BenchmarkAudit(b *testing.B) {
	of := make([]int, 20_000)
	for i := range of {
		of[i] = i % 100
	}
	log := write(b, 0, of...)
	events := 0
	for b.Loop() {
		require.True(b, log.audit(b).Whole())
		events += len(of)
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}
