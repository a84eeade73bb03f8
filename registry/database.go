package registry

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver of that name

	"dueprocess/casework"
)

// How many connections are kept at most.
const (
	postgresConnections = 24
	sqliteReaders       = 4
)

// dialect is which of the two databases it is.
type dialect string

const (
	inPostgres dialect = "postgres"
	inSQLite   dialect = "sqlite"
)

func open(address string) (*Registry, error) {
	scheme, rest, found := strings.Cut(address, ":")
	switch {
	case address == "":
		return nil, badAddress(nil)
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return openPostgres(address)
	case found && scheme == "sqlite":
		return openSQLite(rest)
	case strings.Contains(address, "://"):
		return nil, badAddress(nil)
	}
	return openSQLite(address)
}

// badAddress does not repeat the address: it may hold a password.
func badAddress(cause error) error {
	e := casework.Refuse(casework.Invalid, "The database's address must be postgres://USER:PASSWORD@HOST/DATABASE or sqlite:PATH.")
	if cause != nil {
		return e.Because(cause)
	}
	return e
}

func openPostgres(address string) (*Registry, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, badAddress(errors.New("the address cannot be parsed"))
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(uncompiled))
	db.SetMaxOpenConns(postgresConnections)
	db.SetMaxIdleConns(postgresConnections)
	return &Registry{writer: db, reader: db, dialect: inPostgres, migrations: folder(inPostgres)}, nil
}

// uncompiled: what is asked here takes milliseconds, of which compiling it would take most. A server that cannot compile
// need not be told.
func uncompiled(ctx context.Context, c *pgx.Conn) error {
	_, _ = c.Exec(ctx, "SET jit = off")
	return nil
}

// openSQLite opens one writer, whose transactions begin as such, and readers that cannot write. It makes no file: a name
// that was mistyped is found out when it is first asked for.
func openSQLite(path string) (*Registry, error) {
	path = strings.TrimPrefix(path, "//")
	if path == "" || path == ":memory:" {
		return nil, badAddress(nil)
	}
	if err := placed(path); err != nil {
		return nil, err
	}
	writer, err := connect(path, 1, "_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)")
	if err != nil {
		return nil, badAddress(err)
	}
	reader, err := connect(path, sqliteReaders, "_pragma=query_only(1)")
	if err != nil {
		return nil, badAddress(err)
	}
	return &Registry{writer: writer, reader: reader, dialect: inSQLite, file: path, migrations: folder(inSQLite)}, nil
}

func connect(path string, connections int, settings ...string) (*sql.DB, error) {
	settings = append([]string{"mode=rw", "_pragma=busy_timeout(10000)", "_pragma=foreign_keys(1)"}, settings...)
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+strings.Join(settings, "&"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func folder(d dialect) fs.FS {
	sub, err := fs.Sub(migrations, "migrations/"+string(d))
	if err != nil {
		panic(err) // the folders are embedded
	}
	return sub
}
