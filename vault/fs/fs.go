package fs

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"

	"filippo.io/age"

	"dueprocess/casework"
)

const (
	suffix   = ".age"
	objects  = "objects"
	halfway  = "halfway" // the folder of what is being written
	maxRef   = 400
	maxPart  = 120
	dirMode  = 0o700
	fileMode = 0o600
)

// Vault keeps objects under a folder.
type Vault struct {
	root       *os.Root
	recipient  age.Recipient
	identities []age.Identity
	disk       func(io.Writer) io.Writer // the tests' full disk
}

var _ casework.Vault = (*Vault)(nil)

// Open opens the vault in a folder, which is made where it is not there. New objects are encrypted to the newest
// identity; older ones still open theirs.
func Open(folder string, newest *age.X25519Identity, older ...age.Identity) (*Vault, error) {
	if err := os.MkdirAll(folder, dirMode); err != nil {
		return nil, casework.Refuse(casework.Invalid, "The vault's folder cannot be made.").Because(err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "The vault's folder cannot be opened.").Because(err)
	}
	return &Vault{root, newest.Recipient(), append([]age.Identity{newest}, older...), func(w io.Writer) io.Writer { return w }}, nil
}

// Close lets go of the folder.
func (v *Vault) Close() error { return v.root.Close() }

// Put stores everything that r gives under ref, whole or not at all; a repeat replaces it.
func (v *Vault) Put(ctx context.Context, ref string, r io.Reader) (sum string, size int64, err error) {
	name, err := place(ref)
	if err != nil {
		return "", 0, err
	}
	temporary, err := v.temporary()
	if err != nil {
		return "", 0, unavailable(err)
	}
	defer func() { _ = v.root.Remove(temporary) }()
	digest := sha256.New()
	size, err = v.write(temporary, io.TeeReader(cancellable{ctx, r}, digest))
	if err != nil {
		return "", 0, unavailable(err)
	}
	if err := v.settle(temporary, name); err != nil {
		return "", 0, unavailable(err)
	}
	return hex.EncodeToString(digest.Sum(nil)), size, nil
}

// temporary is a fresh name for what is being written.
func (v *Vault) temporary() (string, error) {
	return path.Join(halfway, rand.Text()), v.root.MkdirAll(halfway, dirMode)
}

// write encrypts r into a file that is safely on disk when it returns.
func (v *Vault) write(name string, r io.Reader) (size int64, err error) {
	f, err := v.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := age.Encrypt(v.disk(f), v.recipient)
	if err != nil {
		return 0, err
	}
	if size, err = io.Copy(w, r); err != nil {
		return size, err
	}
	return size, errors.Join(w.Close(), f.Sync())
}

// settle puts a written file in its place and makes the place itself safe.
func (v *Vault) settle(temporary, name string) error {
	if err := v.root.MkdirAll(path.Dir(name), dirMode); err != nil {
		return err
	}
	if err := v.root.Rename(temporary, name); err != nil {
		return err
	}
	folder, err := v.root.Open(path.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Open reads the plain bytes back; not_found where there is nothing under ref. Bytes that were changed or cut short are
// an error while reading.
func (v *Vault) Open(_ context.Context, ref string) (io.ReadCloser, error) {
	name, err := place(ref)
	if err != nil {
		return nil, err
	}
	f, err := v.root.Open(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, casework.Refuse(casework.NotFound, "The vault has nothing under this reference.").Because(err)
	case err != nil:
		return nil, unavailable(err)
	}
	plain, err := age.Decrypt(f, v.identities...)
	if err != nil {
		return nil, casework.Refuse(casework.Internal, "What the vault has under this reference cannot be decrypted.").Because(errors.Join(err, f.Close()))
	}
	return reader{plain, f}, nil
}

// Delete removes ref; nothing there is no error.
func (v *Vault) Delete(_ context.Context, ref string) error {
	name, err := place(ref)
	if err != nil {
		return err
	}
	if err := v.root.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return unavailable(err)
	}
	return nil
}

// Under lists the refs in a folder, in their order; nothing there is no error.
func (v *Vault) Under(folder string) ([]string, error) {
	name, err := place(folder)
	if err != nil {
		return nil, err
	}
	there, err := fs.ReadDir(v.root.FS(), strings.TrimSuffix(name, suffix))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, unavailable(err)
	}
	var out []string
	for _, e := range there {
		if ref, ok := strings.CutSuffix(e.Name(), suffix); ok {
			out = append(out, folder+"/"+ref)
		}
	}
	return out, nil
}

// DeleteUnder removes every ref in a folder; nothing there is no error.
func (v *Vault) DeleteUnder(_ context.Context, folder string) error {
	name, err := place(folder)
	if err != nil {
		return err
	}
	if err := v.root.RemoveAll(strings.TrimSuffix(name, suffix)); err != nil {
		return unavailable(err)
	}
	return nil
}

// reader reads plain bytes and closes the file.
type reader struct {
	io.Reader
	io.Closer
}

// cancellable stops reading when the context ends.
type cancellable struct {
	ctx context.Context //nolint:containedctx // lives as long as one Put
	r   io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// place is the file of a reference: parts of letters, digits, dot, hyphen and underscore, divided by slashes.
func place(ref string) (string, error) {
	if ref == "" || len(ref) > maxRef {
		return "", badRef()
	}
	for part := range strings.SplitSeq(ref, "/") {
		if part == "" || len(part) > maxPart || part[0] == '.' || strings.HasSuffix(part, suffix) || strings.Trim(part, allowed) != "" {
			return "", badRef()
		}
	}
	return path.Join(objects, ref) + suffix, nil
}

const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"

func badRef() error {
	return casework.Refuse(casework.Invalid, "A reference is made of letters, digits, dots, hyphens and underscores, divided by slashes.")
}

// unavailable says that nothing was kept and why, as far as people can do something about it.
func unavailable(err error) error {
	if told, ok := errors.AsType[*casework.Error](err); ok {
		return told // what the reader refused, such as too much
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return casework.Refuse(casework.Unavailable, "The vault's disk is full; nothing was kept. Make room and try again.").Because(err)
	}
	return casework.Refuse(casework.Unavailable, "The vault does not answer just now; nothing was kept. Try again in a moment.").Because(err)
}
