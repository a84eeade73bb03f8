package mailcatcher

import (
	"embed"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

//go:embed mail.css
var assets embed.FS

// Handler serves /dev/mail for people, /dev/mail.json for programs, and each mail as it came.
func (c *Catcher) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /dev/mail", c.servePage)
	mux.HandleFunc("GET /dev/mail.json", c.serveJSON)
	mux.HandleFunc("GET /dev/mail/{number}", c.serveRaw)
	mux.HandleFunc("GET /dev/mail.css", serveStyle)
	return guarded(mux)
}

// guarded lets no mail run anything in the reader's browser, and no other site frame it.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func (c *Catcher) servePage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := renderPage(w, c.snapshot()); err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
	}
}

func (c *Catcher) serveJSON(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(c.Messages()) // the reader has gone
}

// serveRaw gives the mail as a file for a mail program, never shown by the browser itself.
func (c *Catcher) serveRaw(w http.ResponseWriter, r *http.Request) {
	entries := c.snapshot()
	number, err := strconv.Atoi(r.PathValue("number"))
	place := slices.IndexFunc(entries, func(kept entry) bool { return kept.Number == number })
	if err != nil || place < 0 {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "message/rfc822")
	w.Header().Set("Content-Disposition", `attachment; filename="mail-`+strconv.Itoa(number)+`.eml"`)
	_, _ = w.Write(entries[place].Raw) // the reader has gone
}

func serveStyle(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, assets, "mail.css")
}
