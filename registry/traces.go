package registry

import (
	"context"
	"database/sql"
	"errors"

	"dueprocess/casework"
)

// Traces are what the house's keys have left in a database: by them is known whose it is.
type Traces struct {
	CaseKeys   map[string][]byte // of some cases, by id, wrapped by a master key
	Checkpoint string            // the newest signed head of the ledger; empty: none
}

// None reports whether no key has left anything.
func (t Traces) None() bool { return len(t.CaseKeys) == 0 && t.Checkpoint == "" }

// Traces reads the oldest and the newest case's key, between which master keys may have been added, and the newest head.
func (r *Registry) Traces(ctx context.Context) (Traces, error) {
	first, err := r.reads.FirstCaseKey(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Traces{}, fault(err)
	}
	last, err := r.reads.LastCaseKey(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Traces{}, fault(err)
	}
	out := Traces{CaseKeys: map[string][]byte{first.CaseID: first.Wrapped, last.CaseID: last.Wrapped}}
	delete(out.CaseKeys, "") // there was none
	head, err := r.Checkpoint(ctx)
	if casework.CodeOf(err) == casework.NotFound {
		err = nil
	}
	out.Checkpoint = head.Note
	return out, err
}
