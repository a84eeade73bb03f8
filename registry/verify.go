package registry

import (
	"context"
	"encoding/json"
	"errors"

	"dueprocess/casework"
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
	if e.Salt != nil || !erased(read) {
		r.Personal = ledger.Personal(read)
	}
	return r, factsFrom(e.Facts, &r.Facts)
}

// erased reports whether nothing personal is left of an event.
func erased(e casework.Event) bool {
	outsider := e.Actor.Kind == casework.AuthorityKind || e.Actor.Kind == casework.Customer
	return string(e.Old) == "{}" && string(e.New) == "{}" && (!outsider || e.Actor.Name == "")
}

var errFacts = errors.New("the facts are not written as they once were")

// factsFrom reads facts that are written as appendEvent writes them, and in no other way.
func factsFrom(text string, f *ledger.Facts) error {
	if err := json.Unmarshal([]byte(text), f); err != nil {
		return err
	}
	if again, err := json.Marshal(*f); err != nil || string(again) != text {
		return errFacts
	}
	return nil
}
