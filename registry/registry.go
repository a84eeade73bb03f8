package registry

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"sync/atomic"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Sealer encrypts what is kept of a case for the machinery alone; the key ring is one.
type Sealer interface {
	Seal(ctx context.Context, caseID string, plain []byte) ([]byte, error)
	Open(ctx context.Context, caseID string, sealed []byte) ([]byte, error)
}

// Options are what a registry needs beside its database.
type Options struct {
	Sealer Sealer // may be given later with UseSealer, since the key ring keeps its keys here
}

// Registry is an open database. It is safe for concurrent use, by several processes too.
type Registry struct {
	writer, reader *sql.DB // one and the same for PostgreSQL
	reads          *queries.Queries
	migrations     fs.FS
	dialect        dialect
	file           string // of SQLite
	sealer         atomic.Pointer[Sealer]
}

var (
	_ casework.CaseStore    = (*Registry)(nil)
	_ casework.CaseRegistry = (*Registry)(nil)
	_ casework.Sessions     = (*Registry)(nil)
	_ casework.APITokens    = (*Registry)(nil)
	_ casework.Drafts       = (*Registry)(nil)
	_ casework.SavedViews   = (*Registry)(nil)
	_ casework.StuckCases   = (*Registry)(nil)
)

// Open opens postgres://… or sqlite:PATH (a bare path is SQLite). It does not wait for the server and makes neither file
// nor tables: Ready says whether they are there, Migrate makes them. The error is a fault of the address.
func Open(_ context.Context, url string, opt Options) (*Registry, error) {
	r, err := open(url)
	if err != nil {
		return nil, err
	}
	r.reads = queries.New(r.reader)
	if opt.Sealer != nil {
		r.UseSealer(opt.Sealer)
	}
	return r, nil
}

// UseSealer gives the registry its key ring.
func (r *Registry) UseSealer(s Sealer) { r.sealer.Store(&s) }

// Close closes the database.
func (r *Registry) Close() error {
	err := r.writer.Close()
	if r.reader != r.writer {
		err = firstOf(r.reader.Close(), err)
	}
	if err != nil {
		return fmt.Errorf("the registry could not be closed: %w", err)
	}
	return nil
}

// Ready reports whether the database answers and its schema is the one that this program needs.
func (r *Registry) Ready(ctx context.Context) error {
	if err := r.there(); err != nil {
		return err
	}
	if err := r.writer.PingContext(ctx); err != nil {
		return unmet(err)
	}
	return r.current(ctx)
}

func (r *Registry) sealing() (Sealer, error) {
	if s := r.sealer.Load(); s != nil {
		return *s, nil
	}
	return nil, casework.Refuse(casework.Internal, "The registry has no key ring.")
}

// write runs one transaction: all of it or nothing. In SQLite it is the only writer; in PostgreSQL whoever takes a row
// first goes first.
func (r *Registry) write(ctx context.Context, do func(t tx) error) error {
	began, err := r.writer.BeginTx(ctx, nil)
	if err != nil {
		return fault(err)
	}
	defer func() { _ = began.Rollback() }()
	if err := do(tx{queries.New(began), began}); err != nil {
		return fault(err)
	}
	return fault(began.Commit())
}

// tx is a transaction with the fixed statements and, for composed ones, itself.
type tx struct {
	*queries.Queries
	raw *sql.Tx
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
