package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"dueprocess/casework"
)

// anyBytes is the media type of what we do not look into.
const anyBytes = "application/octet-stream"

// body is what a call brought: JSON, and files that are in the vault by now.
type body struct {
	json      []byte // of the part that the call names, or of the whole body
	fields    map[string]string
	files     []casework.Document
	multipart bool
	sha256    string // over everything, however the parts were bounded
}

// read takes a body in: JSON as it is, or a multipart form whose files go straight into the vault. main is the name of
// the part that holds the JSON. What is no form is read as JSON, whatever it is called. Whoever calls drops the files again where nothing comes of them.
func (a *api) read(w http.ResponseWriter, r *http.Request, main string) (body, error) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && media == "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, a.Limits.Upload)
		return a.readParts(r.Context(), multipart.NewReader(r.Body, params["boundary"]), main)
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, a.Limits.JSON))
	return body{json: raw, sha256: sha(raw)}, tooLarge(err)
}

func (a *api) readParts(ctx context.Context, parts *multipart.Reader, main string) (body, error) {
	b, digest, folder := body{multipart: true, fields: map[string]string{}}, sha256.New(), uuid.Must(uuid.NewV7()).String()
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			b.sha256 = hex.EncodeToString(digest.Sum(nil))
			return b, nil
		}
		if err == nil {
			err = a.readPart(ctx, part, main, "uploads/"+folder, &b, digest)
		}
		if err != nil {
			a.drop(ctx, b.files)
			return body{}, tooLarge(notForm(err))
		}
	}
}

func (a *api) readPart(ctx context.Context, part *multipart.Part, main, folder string, b *body, digest io.Writer) error {
	if part.FileName() != "" && part.FormName() != main {
		return a.keepFile(ctx, part, folder, b, digest)
	}
	text, err := io.ReadAll(io.LimitReader(part, a.Limits.JSON+1))
	if err == nil && int64(len(text)) > a.Limits.JSON {
		err = casework.Refuse(casework.TooLarge, "The part %s is too large.", short(part.FormName()))
	}
	if part.FormName() == main {
		b.json = text
	} else {
		b.fields[part.FormName()] = string(text)
	}
	_, _ = io.WriteString(digest, part.FormName()+"\x00"+sha(text)+"\x00") // a hash takes everything
	return err
}

// keepFile puts a file into the vault as it comes in, and learns what its first bytes say it is.
func (a *api) keepFile(ctx context.Context, part *multipart.Part, folder string, b *body, digest io.Writer) error {
	ref := folder + "/" + string(rune('a'+len(b.files)%26)) + uuid.NewString()
	head := &sniffer{from: part}
	sum, size, err := a.Vault.Put(ctx, ref, head)
	if err != nil {
		return err
	}
	b.files = append(b.files, casework.Document{Name: part.FileName(), MediaType: head.mediaType(), SHA256: sum, Size: size, Ref: ref})
	_, _ = io.WriteString(digest, part.FormName()+"\x00"+part.FileName()+"\x00"+sum+"\x00") // a hash takes everything
	return nil
}

// drop removes files that nothing came of.
func (a *api) drop(ctx context.Context, files []casework.Document) {
	for _, f := range files {
		_ = a.Vault.Delete(context.WithoutCancel(ctx), f.Ref) // nothing points to it
	}
}

// with is the JSON of a multipart form's fields, with what we add ourselves.
func (b body) with(name string, value any) ([]byte, error) {
	out := map[string]any{}
	for field, text := range b.fields {
		out[field] = text
	}
	out[name] = value
	return json.Marshal(out)
}

// tooLarge turns a body over its limit into a refusal.
func tooLarge(err error) error {
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

func short(name string) string {
	if len(name) > 40 {
		return name[:40]
	}
	return name
}
