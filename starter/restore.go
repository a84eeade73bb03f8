package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"dueprocess/casework"
	"dueprocess/internal/wire"
)

// restoreCommand makes the folder of a local mode from a backup.
type restoreCommand struct {
	Dir      string `help:"The folder of the local mode; it must be empty, or not there. Left out: that of LOCAL_DIR, or .local." placeholder:"FOLDER" xor:"folder"`
	Database string `help:"Instead of --dir: sqlite:PATH of the registry in that folder." placeholder:"URL" xor:"folder"`
	File     string `arg:"" help:"The backup." placeholder:"FILE"`
}

// swelling is how many times its own size a backup may unpack to, beside a little: gzip makes a thousand of one where
// somebody wants to fill a disk.
const (
	swelling  = 200
	alwaysFit = 64 << 20
	largeList = 1 << 30
)

// Run unpacks beside the folder, checks every file, and only then puts it in place.
func (c restoreCommand) Run(s *surroundings) (err error) {
	if c.Dir, err = folderOf(c.Dir, c.Database); err != nil {
		return err
	}
	if err := c.free(); err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return casework.Refuse(casework.Invalid, "The backup %s cannot be read.", c.File).Because(err)
	}
	defer func() { _ = file.Close() }() // only read from
	parent := filepath.Dir(filepath.Clean(c.Dir))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return casework.Refuse(casework.Invalid, "The folder %s cannot be made.", c.Dir).Because(err)
	}
	halfway, err := os.MkdirTemp(parent, ".restoring-*")
	if err != nil {
		return casework.Refuse(casework.Invalid, "The folder %s cannot be made.", c.Dir).Because(err)
	}
	defer func() { _ = os.RemoveAll(halfway) }() // gone where all went well
	kept, err := unpackFile(file, halfway)
	if err != nil {
		return err
	}
	if err := wire.Paired(s.ctx, "sqlite:"+filepath.Join(halfway, registryFile), filepath.Join(halfway, keysFile)); err != nil {
		return broken("Its registry cannot be opened with its keys.", err)
	}
	if err := errors.Join(c.free(), c.settle(halfway)); err != nil {
		return err
	}
	return s.archived("Restored to", c.Dir, kept)
}

// free refuses a folder that holds anything: a product that runs there, or ran.
func (c restoreCommand) free() error {
	entries, err := os.ReadDir(c.Dir)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && len(entries) == 0:
		return nil
	case err != nil:
		return casework.Refuse(casework.Invalid, "%s is no folder that can be restored to.", c.Dir).Because(err)
	}
	return casework.Refuse(casework.Conflict, "The folder %s is not empty; a restore overwrites nothing. Stop the product, move the folder away and try again.", c.Dir)
}

// settle fails where the folder has been filled meanwhile.
func (c restoreCommand) settle(halfway string) error {
	if err := os.Remove(c.Dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(halfway, c.Dir)
}

// unpacking is a backup that is being read.
type unpacking struct {
	tar   *tar.Reader
	root  *os.Root
	left  int64 // bytes that it may still unpack to
	found []packedFile
}

func unpackFile(file *os.File, dir string) (kept contents, err error) {
	about, err := file.Stat()
	if err != nil {
		return kept, err
	}
	zip, err := gzip.NewReader(file)
	if err != nil {
		return kept, broken("It is no backup of ours.", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return kept, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	u := unpacking{tar: tar.NewReader(zip), root: root, left: about.Size()*swelling + alwaysFit}
	if kept, err = u.all(); err != nil {
		return kept, err
	}
	if _, err := io.Copy(io.Discard, io.LimitReader(zip, alwaysFit)); err != nil { // the end of the gzip has its checksum
		return kept, broken("Its end is damaged.", err)
	}
	return kept, u.compare(kept)
}

// all unpacks until the list, which is last.
func (u *unpacking) all() (kept contents, err error) {
	for {
		h, err := u.tar.Next()
		switch {
		case errors.Is(err, io.EOF):
			return kept, broken("The list of its files is missing: it was cut short.", nil)
		case err != nil:
			return kept, broken("It is damaged, or was cut short.", err)
		case h.Typeflag != tar.TypeReg || h.Name != listFile && !isKept(h.Name):
			return kept, broken("It holds something that no backup of ours does.", nil)
		case h.Size < 0 || h.Size > u.left:
			return kept, broken("It would unpack to far more than it is.", nil)
		case h.Name == listFile:
			return u.list(h.Size)
		}
		u.left -= h.Size
		if err := u.one(h); err != nil {
			return kept, err
		}
	}
}

func (u *unpacking) one(h *tar.Header) error {
	if err := u.root.MkdirAll(path.Dir(h.Name), 0o700); err != nil {
		return broken("It holds a path that cannot be made.", err)
	}
	file, err := u.root.OpenFile(h.Name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return broken("It holds a file twice, or one that cannot be made.", err)
	}
	digest := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, digest), u.tar)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return broken("It is damaged, was cut short, or the disk is full.", err)
	}
	u.found = append(u.found, packedFile{h.Name, size, hex.EncodeToString(digest.Sum(nil))})
	return nil
}

func (u *unpacking) list(size int64) (kept contents, err error) {
	if size > largeList {
		return kept, broken("The list of its files is too long.", nil)
	}
	if err := json.NewDecoder(u.tar).Decode(&kept); err != nil {
		return kept, broken("The list of its files is damaged.", err)
	}
	if kept.Format != format {
		return kept, broken("It was made by another version of this program.", nil)
	}
	if _, err := u.tar.Next(); !errors.Is(err, io.EOF) {
		return kept, broken("Something follows the list of its files.", err)
	}
	return kept, nil
}

// compare holds what was unpacked against the list.
func (u *unpacking) compare(kept contents) error {
	if !slices.Equal(kept.Files, u.found) {
		return broken("Its files are not those of its list.", nil)
	}
	for _, needed := range []string{registryFile, keysFile} {
		if !slices.ContainsFunc(kept.Files, func(f packedFile) bool { return f.Path == needed }) {
			return broken("It lacks the registry or the keys.", nil)
		}
	}
	return nil
}

func broken(what string, cause error) error {
	e := casework.Refuse(casework.Invalid, "The backup cannot be restored, and nothing was kept of it. %s", what)
	if cause != nil {
		return e.Because(cause)
	}
	return e
}
