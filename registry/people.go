package registry

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// PutUser creates or replaces a person of staff; tokenSHA256 empty: the token stays.
func (r *Registry) PutUser(ctx context.Context, name string, roles []casework.Role, tokenSHA256 string) error {
	return r.write(ctx, func(t tx) error {
		if err := t.PutUser(ctx, queries.PutUserParams{Name: plain(name), Roles: list(roles)}); err != nil || tokenSHA256 == "" {
			return err
		}
		return t.SetToken(ctx, queries.SetTokenParams{Name: plain(name), TokenSha256: tokenSHA256})
	})
}

var errUnknownToken = casework.Refuse(casework.Unauthenticated, "The token is unknown.")

// ActorByToken finds who holds an API token at an instant, by its SHA-256 (hex): one that was entered with the person,
// or one that they made.
func (r *Registry) ActorByToken(ctx context.Context, tokenSHA256 string, at time.Time) (casework.Actor, error) {
	u, err := r.reads.UserByToken(ctx, tokenSHA256)
	if errors.Is(err, sql.ErrNoRows) {
		return r.byAPIToken(ctx, tokenSHA256, at)
	}
	return person(u.Name, u.Roles), fault(err)
}

// Users lists the people of staff.
func (r *Registry) Users(ctx context.Context) ([]casework.Actor, error) {
	users, err := r.reads.Users(ctx)
	out := make([]casework.Actor, len(users))
	for i, u := range users {
		out[i] = person(u.Name, u.Roles)
	}
	return out, fault(err)
}

func person(name, roles string) casework.Actor {
	a := casework.Actor{Kind: casework.Person, Name: name}
	for role := range strings.FieldsSeq(roles) {
		a.Roles = append(a.Roles, casework.Role(role))
	}
	return a
}
