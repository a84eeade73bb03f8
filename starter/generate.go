package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"dueprocess/casework"
	"dueprocess/generate"
	"dueprocess/internal/wire"
	"dueprocess/keys"
	"dueprocess/registry"
)

// generateCommand fills a database with invented cases. No workflows stand behind them: they are to be listed, counted,
// read and proven, not to be acted on.
type generateCommand struct {
	Cases    int    `help:"How many." default:"1000" placeholder:"N"`
	Seed     uint64 `help:"The same seed makes the same cases." default:"1" placeholder:"S"`
	Until    string `help:"Nothing happens on this day or later; the first case is received three years before. Left out: today." placeholder:"DAY"`
	Rulebook string `help:"A folder with the rulebook; left out, the default one." placeholder:"DIR"`
	KeyFile  string `help:"The file with the master keys of the office whose database it is; made where there is none, for a database that holds nothing yet. Left out: keys.json beside a SQLite database, if it is there." env:"DUEPROCESS_KEY_FILE" placeholder:"FILE"`
	Database string `help:"postgres://… or sqlite:PATH; its schema must be current." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
}

// batchSize is how many cases are stored in one transaction, and held in memory by each goroutine.
const batchSize = 200

// rarely is how much garbage may lie about before it is collected, in percent of what is in use: a batch is used once and
// thrown away whole, so that collecting it often is time lost.
const rarely = 400

// generated is what came of it.
type generated struct {
	Cases   int     `json:"cases"`
	Seconds float64 `json:"seconds"`
	Rate    float64 `json:"cases_per_second"`
}

// Run stores the cases in batches, several at a time.
func (c generateCommand) Run(s *surroundings) error {
	if err := c.faults(); err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(rarely))
	began := time.Now()
	err := wire.Filling(s.ctx, c.Database, c.KeyFile, func(r *registry.Registry, secrets *keys.Secrets) error { return c.fill(s.ctx, r, secrets) })
	if err != nil {
		return err
	}
	took := time.Since(began).Seconds()
	out := generated{c.Cases, took, float64(c.Cases) / took}
	if s.json {
		return printValue(s.out, out)
	}
	_, err = fmt.Fprintf(s.out, "%d cases in %.1f s, %.0f a second.\n", out.Cases, out.Seconds, out.Rate)
	return err
}

// faults are those of the command line, all at once.
func (c generateCommand) faults() error {
	var wrong []error
	if c.Cases < 1 {
		wrong = append(wrong, errors.New("--cases must be at least 1"))
	}
	if c.Until != "" {
		wrong = append(wrong, mustBeDay("--until", c.Until))
	}
	if c.Database == "" {
		wrong = append(wrong, errors.New("--database is missing: postgres://… or sqlite:PATH"))
	} else {
		wrong = append(wrong, wire.Named(c.Database))
	}
	wrong = append(wrong, mustBeFolder("--rulebook", c.Rulebook))
	if wire.KeyFileOf(c.Database, c.KeyFile) == "" {
		wrong = append(wrong, errors.New("--key-file is missing: the file with the master keys of the office whose database it is"))
	}
	if err := errors.Join(wrong...); err != nil {
		return usage{err}
	}
	return nil
}

func (c generateCommand) fill(ctx context.Context, r *registry.Registry, secrets *keys.Secrets) error {
	fresh := &registry.NewKeys{}
	ring, err := keys.NewRing(secrets, fresh)
	if err != nil {
		return err
	}
	r.UseSealer(registry.BulkSealer{Sealer: ring, Keys: fresh})
	office, err := c.office(ctx, r)
	if err != nil {
		return err
	}
	return c.addTo(ctx, &wire.Office{Registry: r, Secrets: secrets, Now: time.Now}, office)
}

// addTo stores the cases and settles what is there then, all or not.
func (c generateCommand) addTo(ctx context.Context, o *wire.Office, office *generate.Office) error {
	var stored atomic.Int64
	err := c.all(ctx, func(ctx context.Context, from, to int) error {
		err := store(ctx, o.Registry, office, from, to)
		if err == nil {
			stored.Add(int64(to - from))
		}
		return err
	})
	added := int(stored.Load())
	switch {
	case added == 0:
		return err
	case err != nil:
		ctx = context.WithoutCancel(ctx) // whoever interrupted it once has what is there settled all the same
	}
	unsettled := settle(ctx, o)
	return errors.Join(err, unsettled, c.halfway(added, unsettled))
}

// halfway says what is there where not all of it is, or not all was done for it: nil where all is well.
func (c generateCommand) halfway(added int, unsettled error) error {
	switch {
	case unsettled != nil:
		return fmt.Errorf("%d of the %d cases were added and stay; the ledger's tree and the sums were not brought up to them, a worker does so when it runs", added, c.Cases)
	case added < c.Cases:
		return fmt.Errorf("%d of the %d cases were added and stay; the ledger's tree and the sums were brought up to them. For others choose another --seed than %d", added, c.Cases, c.Seed)
	}
	return nil
}

// known says what it means that a case is there already: ids are new ones, what makes a case that case comes of the seed.
func (c generateCommand) known(err error) error {
	if casework.CodeOf(err) != casework.Conflict {
		return err
	}
	return casework.Refuse(casework.Conflict, "Cases of the seed %d are in this database already, and none was added; choose another --seed.", c.Seed).Because(err)
}

// settle does what a worker would do: every leaf goes into the ledger's tree, every past day is summed.
func settle(ctx context.Context, o *wire.Office) error {
	if err := o.SequenceOnce(ctx); err != nil {
		return err
	}
	return o.SumOnce(ctx)
}

func (c generateCommand) office(ctx context.Context, r *registry.Registry) (*generate.Office, error) {
	rules, err := wire.Rules(c.Rulebook, "")
	if err != nil {
		return nil, err
	}
	last, err := r.LastNumbers(ctx)
	if err != nil {
		return nil, err
	}
	until := casework.Date(c.Until)
	if until == "" {
		until = casework.DateOf(time.Now(), time.UTC)
	}
	return generate.New(generate.Options{Cases: c.Cases, Seed: c.Seed, Until: until, Rules: rules, Last: last}), nil
}

// all does the batches; the first error ends them. The first batch is done alone: where cases of the seed are there, one
// of them is in it, and none is added.
func (c generateCommand) all(ctx context.Context, batch func(ctx context.Context, from, to int) error) error {
	if err := batch(ctx, 0, min(batchSize, c.Cases)); err != nil {
		return c.known(err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	next.Store(batchSize)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) + 1 { // one of them waits for the database
		wg.Go(func() {
			for from := int(next.Add(batchSize)) - batchSize; from < c.Cases && ctx.Err() == nil; from = int(next.Add(batchSize)) - batchSize {
				if err := batch(ctx, from, min(from+batchSize, c.Cases)); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// store makes the cases of a batch and gives them to the registry.
func store(ctx context.Context, r *registry.Registry, office *generate.Office, from, to int) error {
	lives := make([]registry.Life, 0, to-from)
	for i := from; i < to; i++ {
		life, err := office.Life(i)
		if err != nil {
			return fmt.Errorf("case %d of this seed cannot be lived: %w", i, err)
		}
		lives = append(lives, registry.Life(life))
	}
	return r.AddBulk(ctx, lives)
}
