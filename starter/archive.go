package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A backup is a tar under gzip: regular files alone, and last the list of them with their SHA-256.
const (
	registryFile = "registry.db"
	keysFile     = "keys.json"
	listFile     = "contents.json"
	format       = 1
)

// single are the files of a local mode's folder that are kept, the registry first; folders, those of which everything is.
var (
	single  = []string{registryFile, keysFile, "tokens.json", "clock.json", "demo.made"}
	folders = []string{"vault/objects", "mail"}
)

// contents is the list of what a backup holds, in the order of the tar.
type contents struct {
	Format int          `json:"format"`
	MadeAt time.Time    `json:"made_at"`
	Files  []packedFile `json:"files"`
}

type packedFile struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func (c contents) size() (n int64) {
	for _, f := range c.Files {
		n += f.Size
	}
	return n
}

// isKept reports whether a path may be in a backup.
func isKept(name string) bool {
	if slices.Contains(single, name) {
		return true
	}
	return name == path.Clean(name) && filepath.IsLocal(name) && !strings.ContainsAny(name, "\\:\x00") &&
		slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(name, f+"/") })
}

// archive is a backup that is being written.
type archive struct {
	zip  *gzip.Writer
	tar  *tar.Writer
	kept contents
}

func newArchive(to io.Writer) *archive {
	zip := gzip.NewWriter(to)
	return &archive{zip: zip, tar: tar.NewWriter(zip), kept: contents{Format: format, MadeAt: time.Now().UTC().Truncate(time.Second)}}
}

// addFolder adds what else is kept of a local mode's folder. Files that are not there, or no longer, are left out.
func (a *archive) addFolder(dir string) error {
	for _, name := range single[1:] {
		if err := a.add(dir, name); err != nil {
			return err
		}
	}
	for _, folder := range folders {
		if err := a.addAll(dir, folder); err != nil {
			return err
		}
	}
	return nil
}

func (a *archive) addAll(dir, folder string) error {
	return filepath.WalkDir(filepath.Join(dir, filepath.FromSlash(folder)), func(file string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && !entry.Type().IsRegular() {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		if name = filepath.ToSlash(name); !isKept(name) {
			return nil
		}
		return a.add(dir, name)
	})
}

// add packs one file as long as it was when it was opened.
func (a *archive) add(dir, name string) error {
	file, err := os.Open(filepath.Join(dir, filepath.FromSlash(name))) //nolint:gosec // in the folder of the local mode
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read from
	found, err := file.Stat()
	if err != nil {
		return err
	}
	return a.pack(name, found.Size(), file)
}

func (a *archive) pack(name string, size int64, from io.Reader) error {
	digest := sha256.New()
	if err := a.tar.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, Format: tar.FormatPAX}); err != nil {
		return err
	}
	if _, err := io.CopyN(io.MultiWriter(a.tar, digest), from, size); err != nil {
		return fmt.Errorf("%s cannot be read whole: %w", name, err)
	}
	a.kept.Files = append(a.kept.Files, packedFile{name, size, hex.EncodeToString(digest.Sum(nil))})
	return nil
}

// finish writes the list, and has the file on disk when it returns.
func (a *archive) finish(file *os.File) (contents, error) {
	text, err := json.Marshal(a.kept)
	if err != nil {
		return a.kept, err
	}
	header := &tar.Header{Typeflag: tar.TypeReg, Name: listFile, Size: int64(len(text)), Mode: 0o600, Format: tar.FormatPAX}
	if err := a.tar.WriteHeader(header); err != nil {
		return a.kept, err
	}
	_, err = a.tar.Write(text)
	return a.kept, errors.Join(err, a.tar.Close(), a.zip.Close(), file.Sync())
}
