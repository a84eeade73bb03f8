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

// openThere opens a database that is there: a name that was mistyped makes no file.
func openThere(ctx context.Context, database string) (*registry.Registry, error) {
	if database == "" {
		return nil, noDatabase()
	}
	if path, ok := sqlitePath(database); ok {
		if _, err := os.Stat(path); err != nil {
			return nil, casework.Refuse(casework.Invalid, "There is no database %s.", path).Because(err)
		}
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
