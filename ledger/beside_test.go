package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// stored is a whole log with what a registry keeps beside its events.
func stored(t *testing.T, change func(b *book)) ledger.Audit {
	t.Helper()
	b := writeAs(t, casework.Purged, 1, 0, 1, 0, 1, 0)
	for i := range b.seats {
		b.seats[i].Beside = &ledger.Beside{Step: 3, Queued: b.seats[i].Leaf, InTree: true}
	}
	b.waiting[0].Beside = &ledger.Beside{Step: 3, Queued: b.waiting[0].Leaf, Pending: true}
	if change != nil {
		change(b)
	}
	return b.audit(t)
}

func TestWhatIsKeptBesideAnEventIsHeldToIt(t *testing.T) {
	require.Empty(t, stored(t, nil).Faults)
	second := write(t, 1, 0, 1, 0, 1, 0).seats[2].Record
	for name, change := range map[string]func(b *book){
		"a look has no step":      func(b *book) { b.seats[2].Beside.Step = 0 },
		"steps go forwards":       func(b *book) { b.seats[2].Beside.Step = 2 },
		"it is in no queue":       func(b *book) { b.seats[2].Beside.Queued = "" },
		"another leaf was queued": func(b *book) { b.seats[2].Beside.Queued = b.seats[1].Leaf },
		"it would be taken again": func(b *book) { b.seats[2].Beside.Pending = true },
	} {
		found := stored(t, change)
		require.Len(t, found.Faults, 1, name)
		names(t, found, ledger.Changed, second)
	}
	never := stored(t, func(b *book) { b.waiting[0].Beside.Pending = false })
	require.Len(t, never.Faults, 1, "it would never be taken in")
	require.Equal(t, 3, never.Faults[0].Sequence)
}

func TestAStepIsTheOneThatTheFactsSay(t *testing.T) {
	r := event(0, ledger.Record{})
	r.Facts, r.Verb = ledger.Facts{ledger.StepFact: "12"}, casework.Commented
	r.Leaf = r.Entry.Leaf()
	for step, faults := range map[int]int{12: 0, 11: 1, 0: 1} {
		a := ledger.NewAuditor(ledger.Kept{}, 2)
		r.Beside = &ledger.Beside{Step: step, Queued: r.Leaf, Pending: true}
		require.NoError(t, a.Waiting(r))
		found, err := a.Finish()
		require.NoError(t, err)
		require.Len(t, found.Faults, faults, "%d: %v", step, found.Faults)
	}
}

func TestContentsAreErasedByAPurgeAlone(t *testing.T) {
	erase := func(b *book, i int) { b.seats[i].Salt, b.seats[i].Personal = nil, nil }
	require.Empty(t, stored(t, func(b *book) { erase(b, 0) }).Faults)
	found := stored(t, func(b *book) {
		erase(b, 0)
		b.waiting = nil // the event that says it
		b.ends[0] = b.seats[2].Record
	})
	require.Len(t, found.Faults, 1, "%v", found.Faults)
	names(t, found, ledger.Changed, write(t, 1, 0, 1, 0, 1, 0).seats[0].Record)
}
