package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry"
)

// backupCommand writes what the local mode keeps into one file: registry, keys, vault, tokens, clock and caught mail. The
// workflow server's database is left out: every run is rebuilt from the registry.
type backupCommand struct {
	Dir      string `help:"The folder of the local mode; left out, that of LOCAL_DIR, or .local." placeholder:"FOLDER" xor:"folder"`
	Database string `help:"Instead of --dir: sqlite:PATH of the registry in that folder." placeholder:"URL" xor:"folder"`
	File     string `arg:"" help:"The file to write; it must not be there yet." placeholder:"FILE"`
}

// folderOf is the folder of a local mode: the one that was named, or that of its database; the environment's where neither
// was.
func folderOf(dir, database string) (string, error) {
	if database == "" {
		return cmp.Or(dir, localFolder()), nil
	}
	path, ok := strings.CutPrefix(database, "sqlite:")
	if !ok || filepath.Base(path) != registryFile {
		return "", usage{fmt.Errorf("--database must be sqlite:FOLDER/%s, the registry of a local mode; PostgreSQL is kept with pg_dump", registryFile)}
	}
	return filepath.Dir(strings.TrimPrefix(path, "//")), nil
}

// Run writes the file; the product may go on running. What is half written is taken away.
func (c backupCommand) Run(s *surroundings) (err error) {
	if c.Dir, err = folderOf(c.Dir, c.Database); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Dir, registryFile)); err != nil {
		return casework.Refuse(casework.Invalid, "There is no local mode in the folder %s: its %s cannot be read.", c.Dir, registryFile).Because(err)
	}
	file, err := os.OpenFile(filepath.Clean(c.File), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, os.ErrExist):
		return casework.Refuse(casework.Conflict, "The file %s is there already; a backup overwrites nothing.", c.File)
	case err != nil:
		return casework.Refuse(casework.Invalid, "The file %s cannot be made.", c.File).Because(err)
	}
	kept, err := c.write(s, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(c.File))
	}
	return s.archived("Kept in", c.File, kept)
}

// write packs the registry first: what it speaks of is in the vault by then.
func (c backupCommand) write(s *surroundings, file *os.File) (contents, error) {
	copied, err := os.MkdirTemp(filepath.Dir(c.File), ".registry-*")
	if err != nil {
		return contents{}, err
	}
	defer func() { _ = os.RemoveAll(copied) }()
	if err := c.copyRegistry(s, filepath.Join(copied, registryFile)); err != nil {
		return contents{}, err
	}
	a := newArchive(file)
	if err := errors.Join(a.add(copied, registryFile), a.addFolder(c.Dir)); err != nil {
		return contents{}, err
	}
	return a.finish(file)
}

func (c backupCommand) copyRegistry(s *surroundings, to string) error {
	r, err := registry.Open(s.ctx, "sqlite:"+filepath.Join(c.Dir, registryFile), registry.Options{})
	if err != nil {
		return err
	}
	return errors.Join(r.Copy(s.ctx, to), r.Close())
}

// archived says what a file holds.
func (s *surroundings) archived(did, where string, kept contents) error {
	if s.json {
		return printValue(s.out, map[string]any{"path": where, "files": len(kept.Files), "bytes": kept.size()})
	}
	_, err := fmt.Fprintf(s.out, "%s %s: %d files, %d bytes.\n", did, where, len(kept.Files), kept.size())
	return err
}
