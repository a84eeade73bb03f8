package registry

import (
	"context"
	"database/sql"
	"embed"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"dueprocess/casework"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema forward; several programs may try at once.
func (r *Registry) Migrate(ctx context.Context) error {
	p, err := r.provider(r.writer)
	if err != nil {
		return fault(err)
	}
	if _, err = p.Up(ctx); err != nil {
		return fault(err)
	}
	return firstOf(r.countOld(ctx), r.sumOld(ctx))
}

// sumOld counts the kinds of the cases that were there before kinds were counted.
func (r *Registry) sumOld(ctx context.Context) error {
	uncounted, err := r.reads.Unsummed(ctx)
	if err != nil || uncounted == 0 {
		return fault(err)
	}
	return r.Recount(ctx, Adding{Holder: "migrate", At: time.Now()})
}

// countOld counts the cases that were there before the table of counting facts was.
func (r *Registry) countOld(ctx context.Context) error {
	some, err := r.reads.SomeCounted(ctx)
	if err != nil || some > 0 {
		return fault(err)
	}
	_, err = r.Rederive(ctx)
	return err
}

// current reports whether the schema is this program's: neither older nor newer.
func (r *Registry) current(ctx context.Context) error {
	p, err := r.provider(r.writer)
	if err != nil {
		return fault(err)
	}
	have, want, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fault(err)
	case have < want:
		return casework.Refuse(casework.Unavailable, "The database's schema is older than this program; run the command migrate.")
	case have > want:
		return casework.Refuse(casework.Unavailable, "The database's schema is newer than this program.")
	}
	return nil
}

func (r *Registry) provider(db *sql.DB) (*goose.Provider, error) {
	if r.dialect == inSQLite {
		return goose.NewProvider(goose.DialectSQLite3, db, r.migrations)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, r.migrations, goose.WithSessionLocker(locker))
}
