package registry

import (
	"context"
	"encoding/json"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// Register gives a new case its number and keeps it as starting, with the key, in one transaction. The same scope and
// key with the same body returns the first case's id; with another body, a conflict.
func (r *Registry) Register(ctx context.Context, in casework.Intake) (id string, err error) {
	err = r.write(ctx, func(t tx) error {
		if id, err = t.registered(ctx, in); err != nil || id != "" {
			return err
		}
		id, err = t.add(ctx, in)
		return err
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// registered takes the key and finds the case that it already made; empty: none.
func (t tx) registered(ctx context.Context, in casework.Intake) (string, error) {
	if in.Key == "" {
		return "", nil
	}
	kept, err := t.take(ctx, casework.IdempotencyKey{Scope: in.Scope, Key: in.Key, BodySHA256: in.BodySHA256, At: in.At})
	return kept.CaseID, err
}

// add keeps a new case under the next number of its year.
func (t tx) add(ctx context.Context, in casework.Intake) (string, error) {
	year := receivedAt(in).Year()
	n, err := t.NextNumber(ctx, int64(year))
	if err != nil {
		return "", err
	}
	c := first(in, casework.Number{Year: year, N: int(n)}.String())
	if err := t.addRow(ctx, c, in); err != nil {
		return "", err
	}
	if err := firstOf(t.setMembers(ctx, c.ID, nil, c.Work.Members), t.setWords(ctx, c.View), t.setPhones(ctx, c), t.addParticulars(ctx, c.View)); err != nil {
		return "", err
	}
	if in.Key == "" {
		return c.ID, nil
	}
	return c.ID, t.SetKeyCase(ctx, queries.SetKeyCaseParams{CaseID: c.ID, Scope: plain(in.Scope), Key: plain(in.Key)})
}

func (t tx) addRow(ctx context.Context, c casework.Case, in casework.Intake) error {
	terms, err := json.Marshal(in.Terms)
	if err != nil {
		return err
	}
	s, err := row(c)
	if err != nil {
		return err
	}
	return firstOf(t.come(ctx, s, c.Work.Members), t.AddCase(ctx, queries.AddCaseParams{
		CaseID: s.CaseID, CaseKey: in.CaseKey, Status: s.Status, Stage: s.Stage, WaitingOn: s.WaitingOn, Sla: s.Sla, Restricted: s.Restricted,
		ReceivedAt: s.ReceivedAt, RegisteredAt: stamp.Of(in.At), DueAt: s.DueAt, Authority: s.Authority, Country: s.Country, Instrument: s.Instrument,
		Number: s.Number, Reference: s.Reference, Terms: string(terms), Projection: s.Projection, Details: s.Details, Emergency: s.Emergency,
	}))
}

// Starting lists the cases registered before the instant whose receipt is not yet stored, the oldest first.
func (r *Registry) Starting(ctx context.Context, before time.Time) ([]string, error) {
	ids, err := r.reads.StartingCases(ctx, stamp.Of(before))
	return ids, fault(err)
}
