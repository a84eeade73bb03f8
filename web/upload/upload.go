// Package upload reads forms with files, for the API and the pages: each file goes into the vault as it comes in, and what
// its first bytes say it is goes into its description. It decides nothing; whoever calls drops the files again where
// nothing comes of them.
package upload

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"dueprocess/casework"
)

// Vault keeps files.
type Vault interface {
	// Put keeps what is read under a reference; it answers the SHA-256, hex, and the length in bytes.
	Put(ctx context.Context, ref string, from io.Reader) (sha256 string, size int64, err error)
	Delete(ctx context.Context, ref string) error
}

// Limits of what one form may send, in bytes.
type Limits struct {
	Text  int64 // a part that is no file
	Whole int64
}

// Form is what a form brought. Its files are in the vault by now.
type Form struct {
	Main   []byte // the part that the caller names
	Fields map[string]string
	Files  []casework.Document
	Parts  []string // the names of all parts, in their order
	SHA256 string   // over everything, however the parts were bounded
}

// IsForm reports whether a request brings a form with parts.
func IsForm(r *http.Request) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && media == "multipart/form-data"
}

// Read takes a form in. main is the name of the part that is text whatever it says of itself. A form that is not whole is
// invalid, one over its limits too large; nothing of either stays in the vault.
func Read(w http.ResponseWriter, r *http.Request, v Vault, l Limits, main string) (Form, error) {
	_, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // what is none has no parts
	reading := &reading{
		v: v, l: l, main: main, digest: sha256.New(), folder: "uploads/" + uuid.Must(uuid.NewV7()).String(), form: Form{Fields: map[string]string{}},
	}
	parts := multipart.NewReader(http.MaxBytesReader(w, r.Body, l.Whole), params["boundary"])
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			reading.form.SHA256 = hex.EncodeToString(reading.digest.Sum(nil))
			return reading.form, nil
		}
		if err == nil {
			err = reading.part(r.Context(), part)
		}
		if err != nil {
			Drop(r.Context(), v, reading.form.Files)
			return Form{}, TooLarge(notForm(err))
		}
	}
}

// DropRefused removes the files of what was refused. Where nothing is known of its fate they stay: the act may be done yet,
// and would point to nothing.
func DropRefused(ctx context.Context, v Vault, files []casework.Document, refused error) {
	if code := casework.CodeOf(refused); code != casework.Unavailable && code != casework.Internal {
		Drop(ctx, v, files)
	}
}

// Drop removes files that nothing came of.
func Drop(ctx context.Context, v Vault, files []casework.Document) {
	for _, f := range files {
		_ = v.Delete(context.WithoutCancel(ctx), f.Ref) // nothing points to it
	}
}

// With is the JSON of a form's fields, with what we add ourselves.
func (f Form) With(name string, value any) ([]byte, error) {
	out := map[string]any{}
	for field, text := range f.Fields {
		out[field] = text
	}
	out[name] = value
	return json.Marshal(out)
}

// TooLarge turns a body over its limit into a refusal.
func TooLarge(err error) error {
	if over, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return casework.Refuse(casework.TooLarge, "The body is larger than %d bytes.", over.Limit)
	}
	return err
}

// notForm turns a form that cannot be read into a refusal; refusals and the limit stay what they are.
func notForm(err error) error {
	var refused *casework.Error
	var over *http.MaxBytesError
	if errors.As(err, &refused) || errors.As(err, &over) {
		return err
	}
	return casework.Faulty([]casework.Fault{{Message: "is not a complete multipart form"}})
}

// reading is a form that is being read.
type reading struct {
	v      Vault
	l      Limits
	main   string
	folder string
	digest hash.Hash
	form   Form
}

func (g *reading) part(ctx context.Context, part *multipart.Part) error {
	g.form.Parts = append(g.form.Parts, part.FormName())
	if part.FileName() != "" && part.FormName() != g.main {
		return g.file(ctx, part)
	}
	text, err := io.ReadAll(io.LimitReader(part, g.l.Text+1))
	if err == nil && int64(len(text)) > g.l.Text {
		err = casework.Refuse(casework.TooLarge, "The part %.40s is too large.", part.FormName())
	}
	if part.FormName() == g.main {
		g.form.Main = text
	} else {
		g.form.Fields[part.FormName()] = string(text)
	}
	sum := sha256.Sum256(text)
	g.sum(part.FormName(), hex.EncodeToString(sum[:]))
	return err
}

// file puts a file into the vault as it comes in, and learns what its first bytes say it is.
func (g *reading) file(ctx context.Context, part *multipart.Part) error {
	ref := g.folder + "/" + string(rune('a'+len(g.form.Files)%26)) + uuid.NewString()
	head := &sniffer{from: part}
	sum, size, err := g.v.Put(ctx, ref, head)
	if err != nil {
		return err
	}
	g.form.Files = append(g.form.Files, casework.Document{Name: part.FileName(), MediaType: head.mediaType(), SHA256: sum, Size: size, Ref: ref})
	g.sum(part.FormName(), part.FileName(), sum)
	return nil
}

func (g *reading) sum(texts ...string) {
	_, _ = io.WriteString(g.digest, strings.Join(texts, "\x00")+"\x00") // a hash takes everything
}

// sniffer remembers the first bytes of what it passes on.
type sniffer struct {
	from io.Reader
	head []byte
}

const sniffed = 512 // bytes that http.DetectContentType looks at

func (s *sniffer) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	s.head = append(s.head, p[:min(n, sniffed-len(s.head))]...)
	return n, err
}

func (s *sniffer) mediaType() string {
	media, _, _ := strings.Cut(http.DetectContentType(s.head), ";")
	return media
}
