package api

import (
	"net/http"

	"dueprocess/casework"
	"dueprocess/intake"
)

// book is the contact book.
type book struct {
	Authorities []casework.BookEntry `json:"authorities"`
}

// authorities answers with the contact book.
func (a *api) authorities(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	entries, err := a.Registry.Authorities(r.Context())
	if err != nil {
		return err
	}
	return give(w, book{Authorities: entries})
}

// putAuthority creates or replaces an entry; If-Match, or the entry's own version, is the one that the caller saw.
func (a *api) putAuthority(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	seen, err := ifMatch(r)
	if err != nil {
		return err
	}
	entry, err := a.entryIn(w, r)
	if err != nil {
		return err
	}
	if seen == 0 {
		seen = entry.Version
	}
	kept, err := a.Registry.PutAuthority(r.Context(), entry, by, a.Now(), seen)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(kept.Version))
	return give(w, kept)
}

func (a *api) entryIn(w http.ResponseWriter, r *http.Request) (casework.BookEntry, error) {
	sent, err := a.read(w, r, "entry")
	if err != nil {
		return casework.BookEntry{}, err
	}
	a.drop(r.Context(), sent.form.Files)
	phones, err := a.Registry.OpenPhones(r.Context())
	if err != nil {
		return casework.BookEntry{}, err
	}
	return intake.Entry(sent.json, r.PathValue("id"), phones)
}
