package registry

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/ledger"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// pageOfEvents is how many events are read at once.
const pageOfEvents = 5000

// besideAtOnce is how many events are held at once against the leaves of their cases.
const besideAtOnce = 20_000

// tolerated is how many events may wait for the tree before an audit says so: ten minutes of a busy office.
const tolerated = 600_000

// mostNamed is how many faults of one kind are told one by one.
const mostNamed = 1000

// Audit derives the whole ledger again from the events and compares: leaves, chains, the tree, and each checkpoint with
// the keys known (nil: whose signatures they are is not asked). Elsewhere are checkpoints that were kept outside of the
// database: what it holds cannot tell that its end is gone. It reads one state of the database, whatever is written
// meanwhile.
func (r *Registry) Audit(ctx context.Context, known note.Verifiers, elsewhere ...[]byte) (ledger.Audit, error) {
	began, err := r.reader.BeginTx(ctx, &sql.TxOptions{Isolation: r.snapshot(), ReadOnly: r.dialect == inPostgres})
	if err != nil {
		return ledger.Audit{}, fault(err)
	}
	defer func() { _ = began.Rollback() }()
	a := auditing{q: queries.New(began), known: known, elsewhere: elsewhere}
	for _, part := range []func(context.Context) error{a.open, a.checkpoints, a.inTree, a.waiting, a.alone, a.ends} {
		if err := part(ctx); err != nil {
			return ledger.Audit{}, fault(err)
		}
	}
	found, err := a.auditor.Finish()
	found.Signed = known != nil
	return found, fault(firstOf(err, a.name(ctx, found.Faults)))
}

// snapshot: a transaction of SQLite sees one state anyway.
func (r *Registry) snapshot() sql.IsolationLevel {
	if r.dialect == inPostgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

type auditing struct {
	asking  sync.Mutex // a transaction answers one question at a time
	q       *queries.Queries
	leaves  int64 // that have a place in the tree
	tiles   *tiles
	known   note.Verifiers
	auditor *ledger.Auditor

	elsewhere [][]byte
}

// ReadHashes reads the tree beside the events.
func (a *auditing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	a.asking.Lock()
	defer a.asking.Unlock()
	return a.tiles.ReadHashes(indexes)
}

func (a *auditing) open(ctx context.Context) error {
	size, err := a.sizeOfTree(ctx)
	a.tiles = tilesOf(ctx, a.q)
	a.auditor = ledger.NewAuditor(ledger.Kept{Size: size, Hashes: a}, tolerated)
	return err
}

// sizeOfTree is the number of its leaves, or what the newest checkpoint says, if that is more and signed. The places that
// leaves name are not asked: a single one that was changed would make the tree endless.
func (a *auditing) sizeOfTree(ctx context.Context) (size int64, err error) {
	if a.leaves, err = a.q.TreeLeaves(ctx); err != nil || a.known == nil {
		return a.leaves, err
	}
	newest, err := a.q.LastCheckpoint(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return a.leaves, nil
	}
	c, _ := a.read([]byte(newest.Note)) // one that cannot be read is named later
	return max(a.leaves, c.Size), err
}

func (a *auditing) inTree(ctx context.Context) error {
	next := int64(0)
	return readAhead(ctx, func(ctx context.Context) ([]queries.EventsInTreeRow, error) {
		a.asking.Lock()
		defer a.asking.Unlock()
		rows, err := a.q.EventsInTree(ctx, queries.EventsInTreeParams{First: sql.NullInt64{Int64: next, Valid: true}, Most: pageOfEvents})
		if len(rows) > 0 {
			next = rows[len(rows)-1].TreeIndex + 1
		}
		return rows, err
	}, func(row queries.EventsInTreeRow) *ledger.Sighting {
		return ledger.Sight(row.TreeIndex, readable(besideTree(row), true))
	}, a.auditor.Take)
}

// waiting asks for so many events' cases at once, most of which have none that waits.
func (a *auditing) waiting(ctx context.Context) error {
	for after := ""; ; {
		until, err := a.q.EventsAfter(ctx, queries.EventsAfterParams{After: after, Most: besideAtOnce})
		if err != nil || until == "" {
			return err
		}
		ids, err := a.q.CasesBesideTree(ctx, queries.CasesBesideTreeParams{After: after, Until: until})
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := a.waitingOf(ctx, id); err != nil {
				return err
			}
		}
		after = until
	}
}

func (a *auditing) waitingOf(ctx context.Context, id string) error {
	rows, err := a.q.EventsBesideTree(ctx, id)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := a.auditor.Waiting(readable(row, false)); err != nil {
			return err
		}
	}
	return nil
}

// alone names the leaves that wait for the tree and are of no event: it would take them in.
func (a *auditing) alone(ctx context.Context) error {
	rows, err := a.q.LeavesAlone(ctx, mostNamed)
	for _, row := range rows {
		a.auditor.Found(ledger.Fault{
			What: ledger.Added, CaseID: row.CaseID, Sequence: int(row.Sequence), Index: -1, Why: "its leaf waits for the tree, and there is no such event",
		})
	}
	return err
}

func (a *auditing) ends(ctx context.Context) error {
	for after := (queries.EndsParams{Most: pageOfEvents}); ; {
		rows, err := a.q.Ends(ctx, after)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			if err := a.auditor.Ends(row.CaseKey, int(row.LastSequence), row.PrevLeaf); err != nil {
				return err
			}
			after.After = row.CaseID
		}
	}
}

// besideTree is an event of the tree without its place there.
func besideTree(e queries.EventsInTreeRow) queries.EventsBesideTreeRow {
	return queries.EventsBesideTreeRow{
		CaseKey: e.CaseKey, CaseID: e.CaseID, Sequence: e.Sequence, Step: e.Step, AtText: e.AtText, Verb: e.Verb, ActorKind: e.ActorKind, ActorName: e.ActorName,
		Old: e.Old, New: e.New, Salt: e.Salt, Commitment: e.Commitment, Facts: e.Facts, Prev: e.Prev, Leaf: e.Leaf, Queued: e.Queued, Pending: e.Pending,
	}
}

// readable is the event as the ledger sees it. An instant or facts that are not written as they once were are none: the
// leaf is not theirs then.
func readable(e queries.EventsBesideTreeRow, inTree bool) ledger.Record {
	at, err := time.Parse(stamp.Format, e.AtText)
	if err != nil || stamp.Of(at).Text() != e.AtText {
		at = time.Time{}
	}
	if e.CaseKey == "" {
		e.CaseKey = "(none: there is no case " + strconv.Quote(e.CaseID) + ")"
	}
	r, err := record(e.CaseKey, queries.Event{
		CaseID: e.CaseID, Sequence: e.Sequence, At: stamp.Of(at), Verb: e.Verb, ActorKind: e.ActorKind, ActorName: e.ActorName, Old: e.Old, New: e.New,
		Salt: e.Salt, Commitment: e.Commitment, Facts: e.Facts, Prev: e.Prev, Leaf: e.Leaf,
	})
	if err != nil {
		r.Facts = ledger.Facts{"unreadable": err.Error()}
	}
	r.Beside = &ledger.Beside{Case: e.CaseID, Step: int(e.Step), Queued: e.Queued, Pending: e.Pending, InTree: inTree}
	return r
}
