package api

import (
	"io"
	"mime"
	"net/http"

	"dueprocess/casework"
)

// document gives a document's bytes; the look is an event.
func (a *api) document(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	n, err := number(r, "n")
	if err != nil {
		return err
	}
	full, err := a.Registry.Full(r.Context(), r.PathValue("id"), by)
	if err != nil {
		return err
	}
	found, err := documentOf(full, n)
	if err != nil {
		return err
	}
	from, err := a.Vault.Open(r.Context(), found.Ref)
	if err != nil {
		return err
	}
	return a.stream(w, r, by, "document "+r.PathValue("n"), found.Name, from)
}

func documentOf(c casework.Case, n int) (casework.Document, error) {
	for _, d := range c.Documents {
		if d.N == n && d.Ref != "" {
			return d, nil
		}
	}
	return casework.Document{}, casework.Refuse(casework.NotFound, "There is no document of that number whose bytes we hold.")
}

// parcel gives a sealed parcel; the look is an event, and no receipt.
func (a *api) parcel(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	n, err := number(r, "n")
	if err != nil {
		return err
	}
	if _, err := a.Registry.Case(r.Context(), r.PathValue("id"), by); err != nil {
		return err
	}
	name, from, err := a.Parcels.Open(r.Context(), r.PathValue("id"), n)
	if err != nil {
		return err
	}
	return a.stream(w, r, by, "parcel "+r.PathValue("n"), name, from)
}

// stream writes who takes it down first, then gives the bytes: always as a download, never shown in place.
func (a *api) stream(w http.ResponseWriter, r *http.Request, by casework.Actor, what, name string, from io.ReadCloser) error {
	defer func() { _ = from.Close() }() // only read from
	if err := a.Registry.Looked(r.Context(), r.PathValue("id"), by, what, a.Now()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", anyBytes)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if _, err := io.Copy(w, from); err != nil {
		panic(http.ErrAbortHandler) // a download that is cut off must not look whole
	}
	return nil
}
