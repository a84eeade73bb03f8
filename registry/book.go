package registry

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// Authority finds the contact book's entry for the request's authority: ok is false where there is none or it has
// expired. Where several match, the one that knows the officer is taken.
func (r *Registry) Authority(ctx context.Context, req casework.Request, on casework.Date) (casework.BookEntry, bool, error) {
	kept, err := r.reads.AuthoritiesIn(ctx, plain(req.Authority.Country))
	if err != nil {
		return casework.BookEntry{}, false, fault(err)
	}
	entries, err := entriesOf(kept)
	if err != nil {
		return casework.BookEntry{}, false, fault(err)
	}
	entries = slices.DeleteFunc(entries, func(e casework.BookEntry) bool {
		return !e.Matches(req) || e.ExpiresOn != "" && e.ExpiresOn.Before(on)
	})
	if len(entries) == 0 {
		return casework.BookEntry{}, false, nil
	}
	i := max(0, slices.IndexFunc(entries, func(e casework.BookEntry) bool { return e.Knows(req.Officer.Email) }))
	return entries[i], true, nil
}

// Authorities lists the contact book.
func (r *Registry) Authorities(ctx context.Context) ([]casework.BookEntry, error) {
	kept, err := r.reads.Authorities(ctx)
	if err != nil {
		return nil, fault(err)
	}
	entries, err := entriesOf(kept)
	return entries, fault(err)
}

func entriesOf(texts []string) ([]casework.BookEntry, error) {
	out := make([]casework.BookEntry, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal([]byte(text), &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PutAuthority creates or replaces an entry; its version is raised; ifVersion 0: whatever there is. Who changed what is
// kept with it.
func (r *Registry) PutAuthority(ctx context.Context, e casework.BookEntry, actor casework.Actor, at time.Time, ifVersion int) (casework.BookEntry, error) {
	err := r.write(ctx, func(t tx) (err error) {
		e, err = t.putAuthority(ctx, e, actor, at, ifVersion)
		return err
	})
	if err != nil {
		return casework.BookEntry{}, err
	}
	return e, nil
}

func (t tx) putAuthority(ctx context.Context, e casework.BookEntry, actor casework.Actor, at time.Time, ifVersion int) (casework.BookEntry, error) {
	e.ID = plain(e.ID)
	if err := t.ReserveAuthority(ctx, e.ID); err != nil {
		return e, err
	}
	kept, err := t.RaiseAuthority(ctx, e.ID)
	if err != nil {
		return e, err
	}
	if before := int(kept.Version) - 1; ifVersion != 0 && before != ifVersion {
		return e, casework.Refuse(casework.Conflict, "The entry has changed since version %d: it is now version %d.", ifVersion, before)
	}
	e.Version = int(kept.Version)
	text, err := json.Marshal(e)
	if err != nil {
		return e, err
	}
	if err := t.SetAuthority(ctx, queries.SetAuthorityParams{ID: e.ID, Country: plain(e.Country), Entry: string(text)}); err != nil {
		return e, err
	}
	var old casework.BookEntry
	if err := firstOf(json.Unmarshal([]byte(kept.Entry), &old), t.markChanged(ctx, old, e)); err != nil {
		return e, err
	}
	return e, t.AddAuthorityEvent(ctx, queries.AddAuthorityEventParams{
		ID: e.ID, Version: kept.Version, At: stamp.Of(at), ActorKind: string(actor.Kind), ActorName: plain(actor.Name),
		Verb: string(casework.AuthorityChanged), Old: kept.Entry, New: string(text),
	})
}

// SeedAuthorities enters what the contact book does not have yet, as the system; an entry that is there stays.
func (r *Registry) SeedAuthorities(ctx context.Context, entries []casework.BookEntry) error {
	return r.write(ctx, func(t tx) error {
		for _, e := range entries {
			e.ID, e.Version = plain(e.ID), 1
			text, err := json.Marshal(e)
			if err != nil {
				return err
			}
			if err := t.SeedAuthority(ctx, queries.SeedAuthorityParams{ID: e.ID, Country: plain(e.Country), Entry: string(text)}); err != nil {
				return err
			}
		}
		return nil
	})
}
