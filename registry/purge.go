package registry

import (
	"context"
	"encoding/json"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// purged is a case of which only what may be counted is left.
const purged status = "purged"

// Ended lists the cases, after one, that have been closed since an instant or longer, wait for nothing and are not held.
func (r *Registry) Ended(ctx context.Context, since time.Time, after string) ([]casework.EndedCase, error) {
	rows, err := r.reads.EndedCases(ctx, queries.EndedCasesParams{EndedAt: stamp.Of(since), After: after})
	out := make([]casework.EndedCase, len(rows))
	for i, row := range rows {
		out[i] = casework.EndedCase{Case: row.CaseID, Resolution: casework.Resolution(row.Resolution), At: row.EndedAt.Time}
	}
	return out, fault(err)
}

// Erase takes a purged case's personal data out of the registry, in one transaction. Its ledger entries stay, each with
// its counting facts and its commitment; so does what figures and reports count. A repeat changes nothing.
func (r *Registry) Erase(ctx context.Context, id string) error {
	return r.write(ctx, func(t tx) error {
		kept, err := t.LockCase(ctx, id)
		if err != nil || kept.Status == string(purged) {
			return orNoCase(err)
		}
		if kept.Status != string(closed) {
			return casework.Refuse(casework.Conflict, "Only a closed case is erased.")
		}
		return t.erase(ctx, id)
	})
}

func (t tx) erase(ctx context.Context, id string) error {
	left, err := t.remains(ctx, id)
	if err != nil {
		return err
	}
	members, err := t.Members(ctx, id)
	if err != nil {
		return err
	}
	for _, erase := range []func(context.Context, string) error{
		t.EraseEvents, t.EraseSteps, t.EraseEffects, t.EraseLinks, t.EraseAnswers, t.DropWords, t.DropPhones, t.DropParticulars, t.EraseDrafts, t.EraseStuck,
	} {
		if err := erase(ctx, id); err != nil {
			return err
		}
	}
	if err := t.setMembers(ctx, id, nil, members); err != nil { // a wall stays, though nothing is behind it
		return err
	}
	return t.EraseCase(ctx, queries.EraseCaseParams{CaseID: id, Projection: left})
}

// remains is the projection of a purged case: when it came, how it ended, when it was purged.
func (t tx) remains(ctx context.Context, id string) (string, error) {
	kept, err := t.CaseView(ctx, id)
	if err != nil {
		return "", err
	}
	v, err := written{kept.Projection, kept.Details}.view()
	if err != nil {
		return "", err
	}
	at, err := t.purgedAt(ctx, id)
	if err != nil {
		return "", err
	}
	left := casework.View{
		ID: v.ID, Version: v.Version, Stage: v.Stage, WaitingOn: v.WaitingOn, Resolution: v.Resolution, SLA: v.SLA, Restricted: v.Restricted, ReceivedAt: v.ReceivedAt,
		PurgedAt: at,
	}
	text, err := json.Marshal(summary{View: left})
	return string(text), err
}

// purgedAt is when the ledger says that a case was purged.
func (t tx) purgedAt(ctx context.Context, id string) (at *time.Time, err error) {
	events, err := t.EventsOf(ctx, id)
	for _, e := range events {
		if e.Verb == string(casework.Purged) {
			at = &e.At.Time
		}
	}
	return at, err
}

// PurgedWithKeys lists purged cases whose data key is still to be destroyed.
func (r *Registry) PurgedWithKeys(ctx context.Context) ([]string, error) {
	ids, err := r.reads.PurgedWithKeys(ctx)
	return ids, fault(err)
}
