package registry

import (
	"context"
	"encoding/json"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// EvaluatedOtherwise lists the open cases, after one, that another rulebook than this (SHA-256) evaluated last, or whose
// authority's entry in the contact book has changed since; at most a thousand.
func (r *Registry) EvaluatedOtherwise(ctx context.Context, rulebook, after string) ([]casework.Stale, error) {
	rows, err := r.reads.EvaluatedOtherwise(ctx, queries.EvaluatedOtherwiseParams{Rulebook: rulebook, After: after})
	out := make([]casework.Stale, len(rows))
	for i, row := range rows {
		out[i] = casework.Stale{Case: row.CaseID, Entry: row.Changed}
	}
	return out, fault(err)
}

// Reconsidered forgets that an entry has changed, once the case was told.
func (r *Registry) Reconsidered(ctx context.Context, s casework.Stale) error {
	return r.write(ctx, func(t tx) error {
		return t.ClearChanged(ctx, queries.ClearChangedParams{CaseID: s.Case, Changed: s.Entry})
	})
}

// markChanged marks the undecided cases whose authority an entry is, or was before.
func (t tx) markChanged(ctx context.Context, before, now casework.BookEntry) error {
	for _, country := range countries(before, now) {
		rows, err := t.UnderReview(ctx, country)
		if err != nil {
			return err
		}
		for _, row := range rows {
			var d details
			if err := json.Unmarshal([]byte(row.Details), &d); err != nil {
				return err
			}
			if !before.Matches(d.Request) && !now.Matches(d.Request) {
				continue
			}
			if err := t.MarkChanged(ctx, queries.MarkChangedParams{CaseID: row.CaseID, Changed: now.ID}); err != nil {
				return err
			}
		}
	}
	return nil
}

func countries(before, now casework.BookEntry) []string {
	if before.Country == now.Country || before.Country == "" {
		return []string{plain(now.Country)}
	}
	return []string{plain(before.Country), plain(now.Country)}
}
