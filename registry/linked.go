package registry

import (
	"context"
	"encoding/json"
	"slices"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/registry/queries"
)

// What one case says of another is shown to those who may see both: a link across a wall would tell that there is a
// case behind it. The link stands in the case and its event in the ledger all the same.

// hidden reports whether a viewer is outside another case's wall.
func (r *Registry) hidden(ctx context.Context, id string, viewer casework.Actor) (bool, error) {
	if viewer.Kind != casework.Person {
		return false, nil
	}
	n, err := r.reads.Hidden(ctx, queries.HiddenParams{CaseID: id, Name: viewer.Name})
	return n > 0, err
}

// withoutHidden leaves the links out that a viewer may not know of.
func (r *Registry) withoutHidden(ctx context.Context, links []casework.Link, viewer casework.Actor) ([]casework.Link, error) {
	var failed error
	return slices.DeleteFunc(slices.Clone(links), func(l casework.Link) bool {
		hides, err := r.hidden(ctx, l.Case, viewer)
		failed = firstOf(failed, err)
		return hides
	}), failed
}

// maskLinked takes the contents from the events of such links: that there is an event is in the ledger's numbers anyway.
func (r *Registry) maskLinked(ctx context.Context, events []casework.Event, viewer casework.Actor) error {
	for i, e := range events {
		hides, err := r.tellsOfHidden(ctx, e.Verb, e.New, viewer)
		if err != nil {
			return err
		}
		if hides {
			events[i].New = json.RawMessage(`{}`)
		}
	}
	return nil
}

// maskProven does so in evidence: a purge leaves as little, and the leaf proves the event all the same.
func (r *Registry) maskProven(ctx context.Context, rows []queries.Event, events []ledger.Proven, viewer casework.Actor) error {
	for i, row := range rows {
		hides, err := r.tellsOfHidden(ctx, casework.Verb(row.Verb), json.RawMessage(row.New), viewer)
		if err != nil {
			return err
		}
		if hides {
			events[i].Salt, events[i].Personal = nil, nil
		}
	}
	return nil
}

func (r *Registry) tellsOfHidden(ctx context.Context, verb casework.Verb, now json.RawMessage, viewer casework.Actor) (bool, error) {
	id := linkedCase(verb, now)
	if id == "" {
		return false, nil
	}
	return r.hidden(ctx, id, viewer)
}

// linkedCase is the other case that an event speaks of; empty: none.
func linkedCase(verb casework.Verb, now json.RawMessage) string {
	var to struct {
		Case string `json:"case"`
	}
	if verb != casework.Linked {
		return ""
	}
	_ = json.Unmarshal(now, &to) // what cannot be read names no case
	return to.Case
}
