package registry

import (
	"context"
	"encoding/json"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// KeepDraft replaces what the person had for this action. It is sealed by the case's key and goes with it.
func (r *Registry) KeepDraft(ctx context.Context, caseID string, by casework.Actor, d casework.Draft) error {
	sealer, err := r.sealing()
	if err != nil {
		return err
	}
	text, err := json.Marshal(d.Fields)
	if err != nil {
		return fault(err)
	}
	sealed, err := sealer.Seal(ctx, caseID, text)
	if err != nil {
		return fault(err)
	}
	return r.write(ctx, func(t tx) error {
		return t.PutDraft(ctx, queries.PutDraftParams{CaseID: caseID, Name: plain(by.Name), Action: string(d.Action), At: stamp.Of(d.At), Sealed: sealed})
	})
}

// Drafts are the person's own for a case.
func (r *Registry) Drafts(ctx context.Context, caseID string, by casework.Actor) ([]casework.Draft, error) {
	rows, err := r.reads.DraftsOf(ctx, queries.DraftsOfParams{CaseID: caseID, Name: plain(by.Name)})
	if err != nil || len(rows) == 0 {
		return nil, fault(err)
	}
	sealer, err := r.sealing()
	if err != nil {
		return nil, err
	}
	out := []casework.Draft{}
	for _, row := range rows {
		text, err := sealer.Open(ctx, caseID, row.Sealed)
		if err != nil {
			return nil, fault(err)
		}
		d := casework.Draft{Action: casework.Action(row.Action), At: row.At.Time}
		if err := json.Unmarshal(text, &d.Fields); err != nil {
			return nil, fault(err)
		}
		out = append(out, d)
	}
	return out, nil
}

// DropDraft forgets one; none is no error.
func (r *Registry) DropDraft(ctx context.Context, caseID string, by casework.Actor, action casework.Action) error {
	return r.write(ctx, func(t tx) error {
		return t.DropDraft(ctx, queries.DropDraftParams{CaseID: caseID, Name: plain(by.Name), Action: string(action)})
	})
}
