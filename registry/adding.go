package registry

import (
	"context"
	"database/sql"
	"maps"
	"strconv"
	"time"

	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// The leases of whoever adds up the moves of kinds, and of the next count of all cases.
const (
	adding       = "case sums"
	recounting   = "case recount"
	recountEvery = time.Hour
	recountTakes = 5 * time.Minute
)

// Adding is one round: who adds, and when.
type Adding struct {
	Holder string
	At     time.Time
}

// AddMoves adds up what has changed of the kinds of cases; once in an hour it counts all cases anew, since a release that
// knows of no kinds may still write. It answers how many moves it took: none where another process does it.
func (r *Registry) AddMoves(ctx context.Context, a Adding) (n int, err error) {
	err = r.write(ctx, func(t tx) error {
		held, err := t.lease(ctx, adding, a.Holder, a.At, leaseLength)
		if err != nil || !held {
			return err
		}
		moves, err := t.TakeMoves(ctx)
		if err != nil {
			return err
		}
		n = len(moves)
		return t.addUp(ctx, moves)
	})
	if err != nil {
		return 0, err
	}
	return n, r.recountHourly(ctx, a)
}

// lease takes a lease; a holder may take its own again.
func (t tx) lease(ctx context.Context, name, holder string, at time.Time, length time.Duration) (bool, error) {
	n, err := t.TakeLease(ctx, queries.TakeLeaseParams{Name: name, Holder: holder, Until: stamp.Of(at.Add(length)), Now: stamp.Of(at)})
	return n > 0, err
}

func (t tx) addUp(ctx context.Context, moves []queries.TakeMovesRow) error {
	by := map[kind]int64{}
	for _, m := range moves {
		k, n := kind(m), m.N
		k.N = 0
		by[k] += n
	}
	for k, n := range by {
		if n == 0 {
			continue
		}
		if err := t.AddSum(ctx, queries.AddSumParams(k.times(n))); err != nil {
			return err
		}
	}
	return t.DropEmptySums(ctx)
}

func (r *Registry) recountHourly(ctx context.Context, a Adding) error {
	due := false
	err := r.write(ctx, func(t tx) (err error) {
		due, err = t.lease(ctx, recounting, a.Holder+strconv.FormatInt(a.At.UnixNano(), 10), a.At, recountEvery)
		return err
	})
	if err != nil || !due {
		return err
	}
	return r.Recount(ctx, a)
}

// Recount counts the kinds of all cases anew, from one state of the database: what changes meanwhile is a move after it.
// Nothing is added up while it runs, and nothing is counted where another process adds.
func (r *Registry) Recount(ctx context.Context, a Adding) error {
	held, err := r.leased(ctx, a, recountTakes)
	if err != nil || !held {
		return err
	}
	began, err := r.writer.BeginTx(ctx, &sql.TxOptions{Isolation: r.snapshot()})
	if err != nil {
		return fault(err)
	}
	defer func() { _ = began.Rollback() }()
	if err := (tx{queries.New(began), began}).recountKinds(ctx); err != nil {
		return fault(err)
	}
	if err := began.Commit(); err != nil {
		return fault(err)
	}
	_, err = r.leased(ctx, a, 0)
	return err
}

// leased takes the lease of whoever adds up, in a transaction of its own.
func (r *Registry) leased(ctx context.Context, a Adding, length time.Duration) (held bool, err error) {
	err = r.write(ctx, func(t tx) (err error) { held, err = t.lease(ctx, adding, a.Holder, a.At, length); return err })
	return held, err
}

func (t tx) recountKinds(ctx context.Context) error {
	by, err := t.openKinds(ctx)
	if err != nil {
		return err
	}
	if err := firstOf(t.walledKinds(ctx, by), t.DropMoves(ctx), t.DropSums(ctx)); err != nil {
		return err
	}
	for k, n := range maps.All(by) {
		if err := t.AddSum(ctx, queries.AddSumParams(k.times(n))); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) openKinds(ctx context.Context) (map[kind]int64, error) {
	rows, err := t.CountOpenly(ctx)
	by := make(map[kind]int64, len(rows))
	for _, r := range rows {
		by[kind{
			Stage: r.Stage, WaitingOn: r.WaitingOn, Assignee: r.Assignee, Country: r.Country, Instrument: r.Instrument, Sla: r.Sla, Resolution: r.Resolution, Emergency: r.Emergency,
		}] = r.N
	}
	return by, err
}

// walledKinds counts the cases behind walls, each from as many rows as it has members.
func (t tx) walledKinds(ctx context.Context, by map[kind]int64) error {
	rows, err := t.WalledKinds(ctx)
	if err != nil {
		return err
	}
	for len(rows) > 0 {
		n, within := 0, []string{}
		for ; n < len(rows) && rows[n].CaseID == rows[0].CaseID; n++ {
			if rows[n].Name != "" {
				within = append(within, rows[n].Name)
			}
		}
		r := rows[0]
		k := kind{
			Stage: r.Stage, WaitingOn: r.WaitingOn, Assignee: r.Assignee, Country: r.Country, Instrument: r.Instrument, Sla: r.Sla, Resolution: r.Resolution,
			Emergency: r.Emergency, Wall: wallOf(true, within),
		}
		by[k]++
		if by[k] == 1 {
			if err := t.addWall(ctx, k.Wall, within); err != nil {
				return err
			}
		}
		rows = rows[n:]
	}
	return nil
}
