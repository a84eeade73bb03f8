package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"dueprocess/casework"
)

// Preserve copies what a preservation covers into the vault, as the source has it now: one file for each category of
// each account. It only looks: the customer's own account shows nothing of it, as far as the source's connector keeps
// that promise.
func (a *Activities) Preserve(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, e casework.Effect) (casework.Result, error) {
		taken := casework.Snapshot{Kept: []casework.Kept{}}
		for i, q := range c.ToKeep() {
			k, err := a.preserve(ctx, q, fmt.Sprintf("%s/%d-%d.jsonl", c.KeptFolder(), e.Step, i))
			if err != nil {
				return casework.Result{}, err
			}
			taken.Kept = append(taken.Kept, k)
		}
		return casework.Result{Snapshot: &taken}, nil
	})
}

// Forget deletes what an ended preservation had kept.
func (a *Activities) Forget(ctx context.Context, job Job) (casework.Result, error) {
	return a.carry(ctx, job, func(c casework.Case, _ casework.Effect) (casework.Result, error) {
		return casework.Result{Forgotten: true}, a.world.Vault.DeleteUnder(ctx, c.KeptFolder())
	})
}

// preserve writes one query's rows into the vault as they stream from the source.
func (a *Activities) preserve(ctx context.Context, q casework.Query, ref string) (casework.Kept, error) {
	k := casework.Kept{Query: q, Ref: ref, At: casework.Truncate(a.world.Now())}
	out, in := io.Pipe()
	written := make(chan error, 1)
	go func() {
		err := writeRows(in, a.world.Records.Look(ctx, q), q.Account, &k.Rows)
		written <- errors.Join(err, in.CloseWithError(err))
	}()
	sum, _, err := a.world.Vault.Put(ctx, ref, out)
	k.SHA256 = sum
	return k, errors.Join(err, out.Close(), <-written)
}

// writeRows writes rows of one account, one JSON object a line.
func writeRows(w io.Writer, rows iter.Seq2[casework.Row, error], account string, n *int) error {
	enc := json.NewEncoder(w)
	for row, err := range rows {
		switch {
		case err != nil:
			return err
		case len(row.Cells) == 0 || row.Cells[0] != account:
			return casework.Refuse(casework.Internal, "The source of records answered with a row of another account.")
		}
		if err := enc.Encode(row); err != nil {
			return err
		}
		*n++
	}
	return nil
}

// lookPart answers a part of a query from the copy, which holds more than is asked, or from the source, whose rows are
// not chosen from: one that was not asked for is found by the guard, and nothing is collected.
func (a *Activities) lookPart(ctx context.Context, p casework.Part) iter.Seq2[casework.Row, error] {
	rows, belongs := a.world.Records.Look(ctx, p.Query), p.Dates
	if p.From != nil {
		rows, belongs = a.readKept(ctx, *p.From), p.Holds
	}
	return func(yield func(casework.Row, error) bool) {
		for row, err := range rows {
			if (err != nil || belongs(row)) && !yield(row, err) {
				return
			}
		}
	}
}

// readKept streams a copy back.
func (a *Activities) readKept(ctx context.Context, k casework.Kept) iter.Seq2[casework.Row, error] {
	return func(yield func(casework.Row, error) bool) {
		r, err := a.world.Vault.Open(ctx, k.Ref)
		if err != nil {
			yield(casework.Row{}, err)
			return
		}
		defer func() { _ = r.Close() }()
		for lines := json.NewDecoder(r); ; {
			var row casework.Row
			if err := lines.Decode(&row); errors.Is(err, io.EOF) {
				return
			} else if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// keptFor is what the case has preserved, and before it what the cases that it follows have: a warrant that comes after
// a request to preserve is answered from what was kept then. What may be taken of it is this case's own grants.
func (a *Activities) keptFor(ctx context.Context, c casework.Case) ([]casework.Kept, error) {
	kept := c.Work.Kept
	for _, l := range c.Links {
		if l.Relation != casework.Follows {
			continue
		}
		before, err := a.world.Store.Load(ctx, l.Case)
		switch {
		case err != nil && casework.CodeOf(err) == casework.NotFound:
			continue
		case err != nil:
			return nil, err
		}
		kept = append(slices.Clip(kept), before.Work.Kept...)
	}
	return kept, nil
}

// sourceOf names the source in the manifest, and the day of the copy where one was drawn from.
func (a *Activities) sourceOf(queries []casework.Query, kept []casework.Kept) string {
	for _, q := range queries {
		for _, p := range q.Parts(kept) {
			if p.From != nil {
				return a.world.Records.Name() + ", as preserved at " + p.From.At.UTC().Format("2006-01-02T15:04:05Z")
			}
		}
	}
	return a.world.Records.Name()
}
