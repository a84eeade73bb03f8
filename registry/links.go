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

// PutLink keeps a link that was mailed, by the SHA-256 of its token; the same token again changes nothing.
func (r *Registry) PutLink(ctx context.Context, l casework.MailedLink) error {
	return r.write(ctx, func(t tx) error {
		return t.AddLink(ctx, queries.AddLinkParams{
			TokenSha256: l.TokenSHA256, CaseID: l.Case, Purpose: string(l.Purpose), N: int64(l.N), ExpiresAt: stamp.Of(l.ExpiresAt),
		})
	})
}

// Link reads a mailed link by the SHA-256 of its token; not_found where unknown or expired at that instant.
func (r *Registry) Link(ctx context.Context, tokenSHA256 string, at time.Time) (casework.MailedLink, error) {
	l, err := r.reads.LinkByToken(ctx, tokenSHA256)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && !l.ExpiresAt.IsZero() && !at.Before(l.ExpiresAt.Time):
		return casework.MailedLink{}, casework.Refuse(casework.NotFound, "This link is unknown or no longer valid.")
	case err != nil:
		return casework.MailedLink{}, fault(err)
	}
	return casework.MailedLink{
		TokenSHA256: l.TokenSha256, Case: l.CaseID, Purpose: casework.LinkPurpose(l.Purpose), N: int(l.N), ExpiresAt: l.ExpiresAt.Time,
	}, nil
}
