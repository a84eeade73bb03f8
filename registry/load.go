package registry

import (
	"context"
	"encoding/json"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Load reads a case with its work, decrypted; not_found where there is none.
func (r *Registry) Load(ctx context.Context, id string) (casework.Case, error) {
	kept, err := r.reads.CaseState(ctx, id)
	if err != nil {
		return casework.Case{}, orNoCase(err)
	}
	c, err := r.whole(ctx, kept)
	return c, fault(err)
}

// registered is a case of which only the registration is kept.
func (r *Registry) registered(ctx context.Context, kept queries.CaseStateRow) (c casework.Case, err error) {
	if c.View, err = (written{kept.Projection, kept.Details}).view(); err != nil {
		return c, err
	}
	c.Work.Key, c.Work.Purged = kept.CaseKey, kept.Status == string(purged)
	if err := json.Unmarshal([]byte(kept.Terms), &c.Work.Terms); err != nil {
		return c, err
	}
	c.Work.Members, err = r.reads.Members(ctx, kept.CaseID)
	return c, err
}

func (r *Registry) unseal(ctx context.Context, id string, sealed []byte) (c casework.Case, err error) {
	ring, err := r.sealing()
	if err != nil {
		return c, err
	}
	open, err := ring.Open(ctx, id, sealed)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(open, &c)
}

// Case reads the case as people see it, without allowed_actions.
func (r *Registry) Case(ctx context.Context, id string, viewer casework.Actor) (casework.View, error) {
	kept, err := r.reads.CaseView(ctx, id)
	if err != nil {
		return casework.View{}, orNoCase(err)
	}
	if err := passes(ctx, r.reads, id, kept.Restricted, viewer); err != nil {
		return casework.View{}, err
	}
	v, err := written{kept.Projection, kept.Details}.view()
	if err != nil {
		return v, fault(err)
	}
	v.Links, err = r.withoutHidden(ctx, v.Links, viewer)
	return v, fault(err)
}

// Full reads the case with its work, for allowed_actions and dry runs; same wall.
func (r *Registry) Full(ctx context.Context, id string, viewer casework.Actor) (casework.Case, error) {
	v, err := r.Case(ctx, id, viewer)
	if err != nil {
		return casework.Case{}, err
	}
	c, err := r.Load(ctx, id)
	c.Links = v.Links
	return c, err
}
