package parcel

import (
	"archive/tar"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"filippo.io/age"
)

// ErrLied is what Seal returns where a source gives other bytes than it announced: what was written must be thrown away.
var ErrLied = errors.New("a source gave other bytes than it announced")

// chunk is how much is read, hashed and written at once.
const chunk = 1 << 20

// Seal writes a package as a stream, encrypted to the recipients, plain where there are none, and returns the SHA-256
// of its manifest. Sizes and hashes are checked while the bytes pass; after an error what was written is no package.
func Seal(w io.Writer, in Contents, signer ed25519.PrivateKey, to ...age.Recipient) (manifestSHA256 string, err error) {
	if err := in.check(signer); err != nil {
		return "", err
	}
	manifest, err := in.Manifest().encode()
	if err != nil {
		return "", err
	}
	out, err := encrypted(w, to)
	if err != nil {
		return "", err
	}
	s := sealer{tar: tar.NewWriter(out), at: in.At, buffers: [2][]byte{make([]byte, chunk), make([]byte, chunk)}}
	if err := s.all(in, manifest, ed25519.Sign(signer, manifest)); err != nil {
		return "", err
	}
	return sumOf(manifest), out.Close()
}

// encrypted is w behind age, or w itself where there is nobody to encrypt to.
func encrypted(w io.Writer, to []age.Recipient) (io.WriteCloser, error) {
	if len(to) == 0 {
		return nopCloser{w}, nil
	}
	return age.Encrypt(w, to...)
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

type sealer struct {
	tar     *tar.Writer
	at      time.Time
	buffers [2][]byte
}

// all writes the members in the order of the format: the manifest and its signature last.
func (s sealer) all(in Contents, manifest, signature []byte) error {
	for _, f := range in.Files {
		if err := s.records(f); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	for _, m := range []struct {
		name string
		data []byte
	}{
		{CertificateName, in.Certificate}, {ReadmeName, in.Readme}, {SumsName, in.sums()},
		{ManifestName, manifest}, {SignatureName, signature},
	} {
		if err := s.member(m.name, m.data); err != nil {
			return err
		}
	}
	return s.tar.Close()
}

func (s sealer) member(name string, data []byte) error {
	if err := s.tar.WriteHeader(header(name, int64(len(data)), s.at)); err != nil {
		return err
	}
	_, err := s.tar.Write(data)
	return err
}

func (s sealer) records(f Content) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	if err := s.tar.WriteHeader(header(f.Path, f.Size, s.at)); err != nil {
		return errors.Join(err, r.Close())
	}
	return errors.Join(s.pour(r, f), r.Close())
}

// pour copies a source into the archive and holds its length and hash against what was announced.
func (s sealer) pour(r io.Reader, f Content) error {
	hashed, size := newHasher(), int64(0)
	var last error
	for i := 0; last == nil; i++ {
		buffer := s.buffers[i%2]
		var n int
		n, last = io.ReadFull(r, buffer)
		if size += int64(n); size > f.Size {
			return fmt.Errorf("%w: it is longer than %d bytes", ErrLied, f.Size)
		}
		hashed.write(buffer[:n])
		if _, err := s.tar.Write(buffer[:n]); err != nil {
			return err
		}
	}
	switch sum := hashed.sum(); {
	case !errors.Is(last, io.EOF) && !errors.Is(last, io.ErrUnexpectedEOF):
		return last
	case size < f.Size:
		return fmt.Errorf("%w: it ended after %d of %d bytes", ErrLied, size, f.Size)
	case sum != f.SHA256:
		return fmt.Errorf("%w: its SHA-256 is another", ErrLied)
	}
	return nil
}

// hasher hashes one chunk while that chunk is written and the next is read: hashing is the slowest part of sealing. A
// chunk may be overwritten once the next one has been handed over.
type hasher struct {
	hash hash.Hash
	free chan struct{}
}

func newHasher() hasher {
	h := hasher{sha256.New(), make(chan struct{}, 1)}
	h.free <- struct{}{}
	return h
}

// write begins to hash p once the chunk before is done.
func (h hasher) write(p []byte) {
	<-h.free
	go func() {
		_, _ = h.hash.Write(p) // never fails
		h.free <- struct{}{}
	}()
}

// sum waits for the last chunk.
func (h hasher) sum() string {
	<-h.free
	return hex.EncodeToString(h.hash.Sum(nil))
}

// header is the one form in which a member is written: a plain file that only its owner reads, of nobody.
func header(name string, size int64, at time.Time) *tar.Header {
	return &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: at.UTC().Truncate(time.Second)}
}
