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

// Migrate brings the schema forward, and makes the file of SQLite where there is none; several programs may try at once.
func (r *Registry) Migrate(ctx context.Context) error {
	if err := r.makeFile(); err != nil {
		return err
	}
	p, err := r.provider(r.writer)
	if err != nil {
		return unmet(err)
	}
	if err := r.forward(ctx, p); err != nil {
		return err
	}
	return firstOf(r.countOld(ctx), r.sumOld(ctx), r.likenOld(ctx))
}

// forward leaves a schema alone that is newer: there is no way back.
func (r *Registry) forward(ctx context.Context, p *goose.Provider) error {
	sources := p.ListSources()
	have, err := p.GetDBVersion(ctx)
	if want := sources[len(sources)-1].Version; err == nil && have > want {
		return r.fits(ctx, want)
	}
	if err == nil {
		_, err = p.Up(ctx)
	}
	return unmet(err)
}

// fits reports whether a program that needs an older schema may go on with this one. While a release is rolled out the one
// before works on, and is started again where it fails: migrations add, and one that takes away raises the floor.
func (r *Registry) fits(ctx context.Context, want int64) error {
	oldest, err := r.reads.OldestThatFits(ctx)
	if err == nil && want < oldest {
		return casework.Refuse(casework.Unavailable, "The database's schema is newer than this program, which can no longer work with it.")
	}
	return unmet(err)
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

// current reports whether the schema is this program's, or a newer one that it fits.
func (r *Registry) current(ctx context.Context) error {
	p, err := r.provider(r.writer)
	if err != nil {
		return fault(err)
	}
	have, want, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return unmet(err)
	case have < want:
		return casework.Refuse(casework.Unavailable, "The database's schema is older than this program; run the command migrate.")
	case have > want:
		return r.fits(ctx, want)
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
