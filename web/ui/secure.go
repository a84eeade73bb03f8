package ui

import (
	"compress/gzip"
	"net/http"
)

// policy lets a page load our style sheet and images and send our forms, and nothing else; withScript lets it run our
// script too, and that ask us.
const (
	policy     = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	withScript = policy + "; script-src 'self'; connect-src 'self'"
)

// Secure sets the headers of every answer and refuses what another site's page sends. No script runs.
func Secure(next http.Handler) http.Handler { return secure(next, policy) }

// SecureDesk is Secure for pages that may run our own script.
func SecureDesk(next http.Handler) http.Handler { return secure(next, withScript) }

func secure(next http.Handler, policy string) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(foreign))
	guarded := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		guarded.ServeHTTP(narrow(w, r), r)
	})
}

func foreign(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "This form was sent from another site. Open the page here and send it again.", http.StatusForbidden)
}

// narrowed is an answer whose page may be sent compressed.
type narrowed struct{ http.ResponseWriter }

// Unwrap is for http.ResponseController.
func (n narrowed) Unwrap() http.ResponseWriter { return n.ResponseWriter }

// narrow lets a page be compressed, but only where one of our own pages or the reader asked for it: the length of a
// compressed page tells whoever may make a browser ask for it, again and again, whether what they put into the address
// stands in the page beside what they may not see.
func narrow(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	site := r.Header.Get("Sec-Fetch-Site")
	if takesGzip(r) && (site == "same-origin" || site == "none") {
		return narrowed{w}
	}
	return w
}

// send writes a page, compressed where that is allowed.
func send(w http.ResponseWriter, status int, page []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, Sec-Fetch-Site, Cookie")
	if _, ok := w.(narrowed); ok {
		h.Set("Content-Encoding", "gzip")
		page = zipped(page, gzip.DefaultCompression)
	}
	w.WriteHeader(status)
	_, _ = w.Write(page) // whoever is gone needs no answer
}
