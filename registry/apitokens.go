package registry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// MakeToken keeps the hash of a new personal token.
func (r *Registry) MakeToken(ctx context.Context, made casework.APIToken, by casework.Actor) error {
	if err := made.Check(); err != nil {
		return err
	}
	return r.write(ctx, func(t tx) error {
		if err := t.AddAPIToken(ctx, queries.AddAPITokenParams{
			ID: made.ID, Owner: plain(by.Name), Name: plain(made.Name), Sha256: made.SHA256, MadeAt: stamp.Of(made.MadeAt), ExpiresAt: stamp.Of(made.ExpiresAt),
		}); err != nil {
			return err
		}
		now := map[string]string{"owner": by.Name, "name": made.Name, "expires_at": stamp.Of(made.ExpiresAt).Text()}
		return t.changeSettings(ctx, settingsChange{"token/" + made.ID, nil, now}, by, made.MadeAt)
	})
}

// Tokens lists a person's own, the newest first.
func (r *Registry) Tokens(ctx context.Context, by casework.Actor) ([]casework.APIToken, error) {
	rows, err := r.reads.APITokensOf(ctx, plain(by.Name))
	out := make([]casework.APIToken, len(rows))
	for i, k := range rows {
		out[i] = casework.APIToken{
			ID: k.ID, Owner: k.Owner, Name: k.Name, MadeAt: k.MadeAt.Time, ExpiresAt: k.ExpiresAt.Time, UsedAt: k.UsedAt.Time, RevokedAt: k.RevokedAt.Time,
		}
	}
	return out, fault(err)
}

// RevokeToken ends one's own token. A second time changes nothing.
func (r *Registry) RevokeToken(ctx context.Context, id string, by casework.Actor, at time.Time) error {
	return r.write(ctx, func(t tx) error {
		kept, err := t.RevokeAPIToken(ctx, queries.RevokeAPITokenParams{ID: id, Owner: plain(by.Name), RevokedAt: stamp.Of(at)})
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return casework.Refuse(casework.NotFound, "You have no such token.")
		case err != nil || !kept.RevokedAt.Equal(stamp.Of(at).Time):
			return err
		}
		old := map[string]string{"owner": by.Name, "name": kept.Name}
		return t.changeSettings(ctx, settingsChange{"token/" + id, old, nil}, by, at)
	})
}

// usedEvery is how exactly the last use of a token is kept.
const usedEvery = time.Minute

// byAPIToken finds who holds a personal token, with the roles that they have now.
func (r *Registry) byAPIToken(ctx context.Context, sha256 string, at time.Time) (casework.Actor, error) {
	k, err := r.reads.APITokenBySum(ctx, sha256)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return casework.Actor{}, errUnknownToken
	case err != nil:
		return casework.Actor{}, fault(err)
	case !k.RevokedAt.IsZero():
		return casework.Actor{}, casework.Refuse(casework.Unauthenticated, "The token was revoked.")
	case !at.Before(k.ExpiresAt.Time):
		return casework.Actor{}, casework.Refuse(casework.Unauthenticated, "The token has expired. Make a new one on the page of your tokens.")
	case at.Sub(k.UsedAt.Time) < usedEvery:
		return person(k.Owner, k.Roles), nil
	}
	return person(k.Owner, k.Roles), r.write(ctx, func(t tx) error {
		return t.UseAPIToken(ctx, queries.UseAPITokenParams{ID: k.ID, UsedAt: stamp.Of(at)})
	})
}
