package registry

import (
	"context"
	"encoding/json"

	"dueprocess/ledger"
	"dueprocess/registry/queries"
)

// VerifyCase derives a case's ledger entries again and compares; the error is a *ledger.Broken where they do not hold.
func (r *Registry) VerifyCase(ctx context.Context, id string) error {
	end, err := r.reads.LastLeaf(ctx, id)
	if err != nil {
		return orNoCase(err)
	}
	rows, err := r.reads.EventsOf(ctx, id)
	if err != nil {
		return fault(err)
	}
	records := make([]ledger.Record, len(rows))
	for i, row := range rows {
		if records[i], err = record(end.CaseKey, row); err != nil {
			return fault(err)
		}
	}
	if err := ledger.Verify(end.CaseKey, records); err != nil {
		return err
	}
	return ledger.VerifyTo(end.CaseKey, records[:min(len(records), int(end.LastSequence))], end.PrevLeaf)
}

// VerifyLedger does so for every case and says how many there are; it stops at the first that does not hold.
func (r *Registry) VerifyLedger(ctx context.Context) (cases int, err error) {
	for last := ""; ; {
		ids, err := r.reads.CaseIDs(ctx, last)
		if err != nil || len(ids) == 0 {
			return cases, fault(err)
		}
		for _, id := range ids {
			if err := r.VerifyCase(ctx, id); err != nil {
				return cases, err
			}
			cases, last = cases+1, id
		}
	}
}

func record(caseKey string, e queries.Event) (ledger.Record, error) {
	read := event(e)
	r := ledger.Record{Leaf: e.Leaf, Salt: e.Salt, Entry: ledger.Entry{
		CaseKey: caseKey, Sequence: read.Sequence, At: read.At, Verb: read.Verb, ActorID: ledger.ActorID(read.Actor), Prev: e.Prev, Commitment: e.Commitment,
	}}
	if e.Salt != nil {
		r.Personal = ledger.Personal(read)
	}
	return r, json.Unmarshal([]byte(e.Facts), &r.Facts)
}
