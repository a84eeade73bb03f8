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
	if err := forward(ctx, p); err != nil {
		return err
	}
	return firstOf(r.countOld(ctx), r.sumOld(ctx), r.likenOld(ctx))
}

// forward leaves a schema alone that is newer: there is no way back, and an older program would not know what it means.
func forward(ctx context.Context, p *goose.Provider) error {
	sources := p.ListSources()
	have, err := p.GetDBVersion(ctx)
	switch {
	case err != nil:
		return unmet(err)
	case have > sources[len(sources)-1].Version:
		return newer()
	}
	_, err = p.Up(ctx)
	return unmet(err)
}

func newer() error {
	return casework.Refuse(casework.Unavailable, "The database's schema is newer than this program.")
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
		return unmet(err)
	case have < want:
		return casework.Refuse(casework.Unavailable, "The database's schema is older than this program; run the command migrate.")
	case have > want:
		return newer()
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
