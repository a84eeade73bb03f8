package wire

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry"
)

// KeyFileOf is the key file that was named; where none was, the one that lies beside a SQLite database, as in the folder of
// the local mode; else none.
func KeyFileOf(database, keyFile string) string {
	path, ok := sqlitePath(database)
	if keyFile != "" || !ok {
		return keyFile
	}
	beside := filepath.Join(filepath.Dir(path), "keys.json")
	if _, err := os.Stat(beside); err != nil {
		return ""
	}
	return beside
}

// sqlitePath is the file of a SQLite database; ok is false of others.
func sqlitePath(database string) (path string, ok bool) {
	rest, named := strings.CutPrefix(database, "sqlite:")
	if !named && strings.Contains(database, ":") || database == "" {
		return "", false
	}
	return strings.TrimPrefix(rest, "//"), true
}

// Named is nil where a database is named, and is there as far as can be seen without asking a server.
func Named(database string) error {
	if database == "" {
		return noDatabase()
	}
	if path, ok := sqlitePath(database); ok {
		if _, err := os.Stat(path); err != nil {
			return casework.Refuse(casework.Invalid, "There is no database %s.", path).Because(err)
		}
	}
	return nil
}

// Reading lends out the registry of a database that is there.
func Reading(ctx context.Context, database string, do func(*registry.Registry) error) error {
	r, err := openThere(ctx, database)
	if err != nil {
		return err
	}
	return errors.Join(do(r), r.Close())
}

// openThere opens a database that is there: a name that was mistyped makes no file.
func openThere(ctx context.Context, database string) (*registry.Registry, error) {
	if err := Named(database); err != nil {
		return nil, err
	}
	r, err := registry.Open(ctx, database, registry.Options{})
	if err != nil {
		return nil, err
	}
	if err := r.Ready(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// closed closes a registry that was opened.
func closed(r *registry.Registry) error {
	if r == nil {
		return nil
	}
	return r.Close()
}
