package ui

import "net/http"

// policy lets a page load our style sheet and images and send our forms, and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Secure sets the headers of every answer and refuses what another site's page sends.
func Secure(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(foreign))
	guarded := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		guarded.ServeHTTP(w, r)
	})
}

func foreign(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "This form was sent from another site. Open the page here and send it again.", http.StatusForbidden)
}
