package registry

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"dueprocess/casework"
)

// placed refuses a path at which no database can be, nor be made.
func placed(path string) error {
	f, err := os.OpenFile(filepath.Clean(path), os.O_RDWR, 0)
	if err == nil {
		return f.Close()
	}
	around, missing := os.Stat(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) && missing == nil && around.IsDir() {
		return nil
	}
	return noFile(path, err)
}

func noFile(path string, cause error) error {
	e := casework.Refuse(casework.Invalid, "The database's file %s cannot be opened or made there: %s.", path, whyNot(cause))
	return e.Because(cause)
}

// whyNot says in words why a file cannot be had.
func whyNot(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such folder"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	}
	return "it must be a file that can be read and written"
}

// there refuses a SQLite database that is not there.
func (r *Registry) there() error {
	if r.dialect != inSQLite {
		return nil
	}
	if _, err := os.Stat(r.file); err != nil {
		return casework.Refuse(casework.Invalid, "There is no database %s.", r.file).Because(err)
	}
	return nil
}

// makeFile makes SQLite's file, where it is not there, readable to nobody else: it holds requests.
func (r *Registry) makeFile() error {
	if r.dialect != inSQLite {
		return nil
	}
	f, err := os.OpenFile(filepath.Clean(r.file), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return noFile(r.file, err)
	}
	return f.Close()
}
