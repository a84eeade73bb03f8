package registry

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Views lists the person's own, and those that others share, by name.
func (r *Registry) Views(ctx context.Context, by casework.Actor) ([]casework.SavedView, error) {
	if err := casework.MayCall(casework.KeepViews, by); err != nil {
		return nil, err
	}
	rows, err := r.reads.SavedViews(ctx, plain(by.Name))
	out := make([]casework.SavedView, len(rows))
	for i, row := range rows {
		out[i] = casework.SavedView(row)
	}
	return out, fault(err)
}

// PutView creates one of the person's own, or replaces it.
func (r *Registry) PutView(ctx context.Context, v casework.SavedView, by casework.Actor, at time.Time) error {
	v.Owner, v.Name = plain(by.Name), plain(v.Name)
	if err := firstOf(checked(v), mayKeep(v, by)); err != nil {
		return err
	}
	return r.write(ctx, func(t tx) error {
		old, err := t.ownView(ctx, v.ID, v.Owner)
		if err != nil {
			return err
		}
		if err := t.roomForView(ctx, old, v.Owner); err != nil {
			return err
		}
		if n, err := t.PutView(ctx, queries.PutViewParams(v)); err != nil || n == 0 {
			return firstOf(err, noView())
		}
		return t.changeSettings(ctx, settingsChange{"view/" + v.ID, asSetting(old), asSetting(&v)}, by, at)
	})
}

// checked gives every fault of a view: what it asks must be as the queue's address has it, and no page of it.
func checked(v casework.SavedView) error {
	faults := v.Check()
	if values, err := url.ParseQuery(v.Query); err != nil || values.Has("cursor") {
		faults = append(faults, casework.Fault{Path: "query", Message: "must be the filters, search and order of the queue as its address has them, and no page of it"})
	}
	return casework.Faulty(faults)
}

func mayKeep(v casework.SavedView, by casework.Actor) error {
	if v.Shared {
		return casework.MayCall(casework.ShareViews, by)
	}
	return casework.MayCall(casework.KeepViews, by)
}

// DropView deletes one's own.
func (r *Registry) DropView(ctx context.Context, id string, by casework.Actor, at time.Time) error {
	return r.write(ctx, func(t tx) error {
		old, err := t.ownView(ctx, id, plain(by.Name))
		switch {
		case err != nil:
			return err
		case old == nil:
			return noView()
		}
		return firstOf(t.DropView(ctx, id), t.changeSettings(ctx, settingsChange{"view/" + id, asSetting(old), nil}, by, at))
	})
}

func noView() error { return casework.Refuse(casework.NotFound, "You have no such view.") }

// ownView reads a view under its row's lock; nil: there is none. Another's is as if it were not there.
func (t tx) ownView(ctx context.Context, id, owner string) (*casework.SavedView, error) {
	row, err := t.LockView(ctx, id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil //nolint:nilnil // none is an answer
	case err == nil && row.Owner != owner:
		err = noView()
	}
	v := casework.SavedView(row)
	return &v, err
}

// roomForView: what nobody counts would fill every page.
func (t tx) roomForView(ctx context.Context, old *casework.SavedView, owner string) error {
	n, err := t.CountViews(ctx, owner)
	if err == nil && old == nil && n >= casework.MostViews {
		return casework.Refuse(casework.Conflict, "You have %d views, which is as many as one may have; delete one first.", n)
	}
	return err
}

// asSetting is what is written of a change: not the words searched for, which may be somebody's name.
func asSetting(v *casework.SavedView) any {
	if v == nil {
		return nil
	}
	values, _ := url.ParseQuery(v.Query) // was checked
	values.Del("q")
	return map[string]any{"owner": v.Owner, "name": v.Name, "shared": v.Shared, "filters": values.Encode()}
}
