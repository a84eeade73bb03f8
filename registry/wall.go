package registry

import (
	"context"
	"slices"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// readsCases reports whether the viewer may see the contents of any case at all: an administrator, as such, may not.
func readsCases(viewer casework.Actor) bool {
	return viewer.Kind != casework.Person || viewer.Has(casework.LegalOps, casework.Reviewer, casework.Manager, casework.Auditor)
}

// passes answers as if there were no such case where the viewer is outside its wall.
func passes(ctx context.Context, q *queries.Queries, id string, restricted bool, viewer casework.Actor) error {
	switch {
	case !readsCases(viewer):
		return noCase()
	case !restricted || viewer.Kind != casework.Person:
		return nil
	}
	n, err := q.IsMember(ctx, queries.IsMemberParams{CaseID: id, Name: viewer.Name})
	if err == nil && n == 0 {
		return noCase()
	}
	return fault(err)
}

// setMembers makes the wall what it now is.
func (t tx) setMembers(ctx context.Context, id string, old, now []string) error {
	for _, name := range old {
		if slices.Contains(now, name) {
			continue
		}
		if err := t.DropMember(ctx, queries.DropMemberParams{CaseID: id, Name: name}); err != nil {
			return err
		}
	}
	for _, name := range now {
		if slices.Contains(old, name) {
			continue
		}
		if err := t.AddMember(ctx, queries.AddMemberParams{CaseID: id, Name: name}); err != nil {
			return err
		}
	}
	return nil
}
