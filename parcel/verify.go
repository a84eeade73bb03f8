package parcel

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strings"
	"time"

	"filippo.io/age"

	"dueprocess/casework"
)

// Limits of what a package may be made of.
const (
	mostMembers  = 10_000
	largestFrame = 16 << 20 // bytes of SHA256SUMS and of manifest.json
	ageHeader    = "age-encryption.org/"
)

// Verify reads a package, encrypted (it is opened with one of the identities) or plain, once, as a stream, and reports
// everything that is wrong with it. With a nil signer the signature is not checked, and the report says so. An error
// means that nothing can be said: no identity fits, or the reader failed.
func Verify(r io.Reader, identities []age.Identity, signer ed25519.PublicKey) (Report, error) {
	return read(r, identities, signer, discard)
}

// keeper opens where a member's bytes are kept while they are checked.
type keeper func(name string) (io.WriteCloser, error)

func discard(string) (io.WriteCloser, error) { return nopCloser{io.Discard}, nil }

func read(r io.Reader, identities []age.Identity, signer ed25519.PublicKey, keep keeper) (Report, error) {
	if signer != nil && len(signer) != ed25519.PublicKeySize {
		return Report{}, casework.Refuse(casework.Invalid, "The public key is not an Ed25519 key.")
	}
	src := &source{r: r}
	plain, sealed, err := decrypted(src, identities)
	if err != nil {
		return Report{}, errors.Join(src.err, err)
	}
	v := &verifier{keep: keep, members: map[string]*member{}}
	v.report = Report{Encrypted: sealed, Signature: SignatureNotChecked, Faults: []string{}}
	v.walk(plain)
	if err := errors.Join(src.err, v.err); err != nil {
		return Report{}, err
	}
	v.judge(signer)
	return v.report, nil
}

// source remembers a failure of the reader itself, which says nothing about the package.
type source struct {
	r   io.Reader
	err error
}

// Read reads on.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		s.err = err
	}
	return n, err
}

// decrypted is the plain archive, whichever form came in.
func decrypted(r io.Reader, identities []age.Identity) (plain io.Reader, sealed bool, err error) {
	in := bufio.NewReaderSize(r, 1<<16)
	start, _ := in.Peek(len(ageHeader))
	if string(start) != ageHeader {
		return in, false, nil
	}
	if len(identities) == 0 {
		return nil, true, casework.Refuse(casework.Invalid, "The package is encrypted: a key is needed to read it.")
	}
	plain, err = age.Decrypt(in, identities...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, true, casework.Refuse(casework.Invalid, "None of the keys opens the package.").Because(err)
	case err != nil:
		return nil, true, casework.Refuse(casework.Invalid, "The head of the encrypted package is damaged.").Because(err)
	}
	return plain, true, nil
}

// verifier walks through the archive once and judges at the end, when it has the manifest.
type verifier struct {
	report  Report
	keep    keeper
	members map[string]*member // by name
	order   []string
	folded  map[string]bool
	at      time.Time // of the first member, and so of all
	odd     bool      // something is in the archive that we never write
	err     error     // keeping failed
}

// member is one file of the archive, read.
type member struct {
	sum  string
	data []byte // of the small ones that are read whole
	rows *tally // of files made of rows
}

// walk reads every member, and writes the same archive again into a hash: were a single byte beside the files another
// (in a header, in the padding, behind the end), the hashes would differ.
func (v *verifier) walk(plain io.Reader) {
	came, again := sha256.New(), sha256.New()
	in := io.TeeReader(plain, came)
	r, w := tar.NewReader(in), tar.NewWriter(again)
	for range mostMembers {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			v.end(in, w, came, again)
			return
		}
		if err == nil {
			err = v.member(h, r, w)
		}
		if err != nil {
			v.report.fault("the package is damaged or breaks off after %s", v.lastName())
			return
		}
	}
	v.report.fault("the package has more than %d members", mostMembers)
}

// end checks what is behind the last member: nothing but the archive's own end.
func (v *verifier) end(in io.Reader, w *tar.Writer, came, again hash.Hash) {
	n, err := io.CopyN(io.Discard, in, 1)
	closed := w.Close()
	switch {
	case n > 0:
		v.report.fault("the package goes on after its end")
	case !errors.Is(err, io.EOF):
		v.report.fault("the end of the package is damaged")
	case !v.odd && (closed != nil || !bytes.Equal(came.Sum(nil), again.Sum(nil))):
		v.report.fault("bytes of the archive beside its files are not as they were written")
	}
}

func (v *verifier) lastName() string {
	if len(v.order) == 0 {
		return "its start"
	}
	return v.order[len(v.order)-1]
}

// member reads one member; an error is of the stream, which then cannot be read on.
func (v *verifier) member(h *tar.Header, r io.Reader, w *tar.Writer) error {
	if why := v.refused(h); why != "" {
		v.report.fault("%s: %s", shown(h.Name), why)
		v.odd = true
		return nil
	}
	if len(v.order) == 0 {
		v.at = h.ModTime
	}
	v.order = append(v.order, h.Name)
	_ = w.WriteHeader(header(h.Name, h.Size, v.at)) // a failure shows as another hash
	kept, err := v.keep(h.Name)
	if err != nil {
		v.err = err
		return err
	}
	m, err := readMember(h.Name, r, io.MultiWriter(w, &sink{kept, &v.err}))
	v.members[h.Name] = m
	v.report.Bytes += h.Size
	v.err = errors.Join(v.err, kept.Close())
	return errors.Join(err, v.err)
}

// refused says why a member may not be in a package.
func (v *verifier) refused(h *tar.Header) string {
	folded := strings.ToLower(h.Name)
	if v.folded == nil {
		v.folded = map[string]bool{}
	}
	switch {
	case h.Typeflag != tar.TypeReg:
		return "is not a plain file"
	case !allowedName(h.Name):
		return "has a name that a package may not have"
	case v.folded[folded]:
		return "stands in the package twice"
	case hasExtras(h):
		return "carries attributes that a package may not have"
	}
	v.folded[folded] = true
	return ""
}

// hasExtras reports extended attributes other than the size of a very large file.
func hasExtras(h *tar.Header) bool {
	for name := range h.PAXRecords {
		if name != "size" {
			return true
		}
	}
	return h.Linkname != ""
}

// readMember reads one member to its end, as what it is, and copies it.
func readMember(name string, r io.Reader, copied io.Writer) (*member, error) {
	sum := sha256.New()
	m, in := &member{}, io.TeeReader(r, io.MultiWriter(sum, copied))
	switch {
	case isRecords(name):
		m.rows = tallyOf(name, in)
	case name == SumsName || name == ManifestName || name == SignatureName:
		m.data, _ = io.ReadAll(io.LimitReader(in, largestFrame))
	}
	_, err := io.Copy(io.Discard, in) // the rest; a broken stream fails here again
	m.sum = hex.EncodeToString(sum.Sum(nil))
	return m, err
}

// sink tells a failure to keep from a failure to read.
type sink struct {
	w   io.Writer
	err *error
}

// Write keeps b.
func (s *sink) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if err != nil {
		*s.err = err
	}
	return n, err
}
