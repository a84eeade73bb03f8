package api

import (
	"context"
	"io"
	"net/http"

	"dueprocess/casework"
	"dueprocess/web/upload"
)

// anyBytes is the media type of what we do not look into.
const anyBytes = "application/octet-stream"

// body is what a call brought: JSON, and files that are in the vault by now.
type body struct {
	json      []byte // of the part that the call names, or of the whole body
	form      upload.Form
	multipart bool
	sha256    string // over everything, however the parts were bounded
}

// read takes a body in: JSON as it is, or a multipart form whose files go straight into the vault. main is the name of
// the part that holds the JSON. What is no form is read as JSON, whatever it is called. Whoever calls drops the files again
// where nothing comes of them.
func (a *api) read(w http.ResponseWriter, r *http.Request, main string) (body, error) {
	if upload.IsForm(r) {
		form, err := upload.Read(w, r, a.Vault, upload.Limits{Text: a.Limits.JSON, Whole: a.Limits.Upload}, main)
		return body{json: form.Main, form: form, multipart: true, sha256: form.SHA256}, err
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, a.Limits.JSON))
	return body{json: raw, sha256: sha(raw)}, upload.TooLarge(err)
}

// drop removes files that nothing came of.
func (a *api) drop(ctx context.Context, files []casework.Document) { upload.Drop(ctx, a.Vault, files) }

// dropRefused does so where it is certain that nothing came of them.
func (a *api) dropRefused(ctx context.Context, files []casework.Document, refused error) {
	upload.DropRefused(ctx, a.Vault, files, refused)
}
