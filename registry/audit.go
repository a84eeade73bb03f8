package registry

import (
	"context"
	"database/sql"
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

// Audit derives the whole ledger again from the events and compares: leaves, chains, the tree, and each checkpoint with
// the keys known. It reads one state of the database, whatever is written meanwhile.
func (r *Registry) Audit(ctx context.Context, known note.Verifiers) (ledger.Audit, error) {
	began, err := r.reader.BeginTx(ctx, &sql.TxOptions{Isolation: r.snapshot(), ReadOnly: r.dialect == inPostgres})
	if err != nil {
		return ledger.Audit{}, fault(err)
	}
	defer func() { _ = began.Rollback() }()
	a := auditing{q: queries.New(began), known: known}
	for _, part := range []func(context.Context) error{a.open, a.checkpoints, a.inTree, a.waiting, a.ends} {
		if err := part(ctx); err != nil {
			return ledger.Audit{}, fault(err)
		}
	}
	found, err := a.auditor.Finish()
	found.Signed = known != nil
	return found, fault(err)
}

// read opens a checkpoint; without keys nobody can say who signed it.
func (a *auditing) read(text []byte) (ledger.Checkpoint, error) {
	if a.known == nil {
		return ledger.ReadCheckpoint(text)
	}
	return ledger.OpenCheckpoint(text, a.known)
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
	tiles   *tiles
	known   note.Verifiers
	auditor *ledger.Auditor
}

// ReadHashes reads the tree beside the events.
func (a *auditing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	a.asking.Lock()
	defer a.asking.Unlock()
	return a.tiles.ReadHashes(indexes)
}

func (a *auditing) open(ctx context.Context) error {
	size, err := a.q.TreeSize(ctx)
	a.tiles = tilesOf(ctx, a.q)
	a.auditor = ledger.NewAuditor(ledger.Kept{Size: size, Hashes: a}, tolerated)
	return err
}

// checkpoints are expected before the events that they speak of; one that is not signed by a known key is a fault of
// whoever asks, or of the ledger, and ends the audit.
func (a *auditing) checkpoints(ctx context.Context) error {
	for last := int64(-1); ; {
		rows, err := a.q.Checkpoints(ctx, last)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			c, err := a.read([]byte(row.Note))
			if err != nil {
				return err
			}
			if err := a.auditor.Expect(c); err != nil {
				return err
			}
			last = row.Size
		}
	}
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
		rows, err := a.q.EventsBesideTree(ctx, queries.EventsBesideTreeParams{After: after, Until: until})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := a.auditor.Waiting(readable(row, false)); err != nil {
				return err
			}
		}
		after = until
	}
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
	r.Beside = &ledger.Beside{Step: int(e.Step), Queued: e.Queued, Pending: e.Pending, InTree: inTree}
	return r
}
