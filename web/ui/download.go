package ui

import (
	"mime"
	"net/http"
)

// Download begins an answer that a browser keeps as a file and never shows.
func Download(w http.ResponseWriter, name string) {
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Accept-Ranges", "none")
}
