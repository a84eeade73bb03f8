package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

//go:embed static
var static embed.FS

// sheets are the parts of the style sheet, in the order in which the later wins. A page of your own adds a file here.
var sheets = []string{"vendored", "tokens", "base", "frame", "forms", "table", "parts", "queue", "case", "plots", "dialogs", "print"}

// scripts are the parts of the script of the staff pages. Every page works without it.
var scripts = []string{"session", "keys", "palette", "drafts", "live"}

// MarkPath is where a browser looks for the mark of a page that names none: a letter as it went out, a document.
const MarkPath = "/favicon.ico"

// Mark leads there.
func Mark(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, mark.address, http.StatusFound)
}

// StaticPath is where both page handlers serve style and script.
const StaticPath = "/static/{name}"

// asset is a file as it is sent.
type asset struct {
	address, mediaType string
	plain, zipped      []byte
}

var (
	look     = made("look", ".css", "text/css; charset=utf-8", sheets)
	script   = made("desk", ".js", "text/javascript; charset=utf-8", scripts)
	licences = made("licences", ".txt", "text/plain; charset=utf-8", []string{"licences"})
	mark     = made("mark", ".svg", "image/svg+xml", []string{"mark"})
	assets   = map[string]asset{"look.css": look, "desk.js": script, "licences.txt": licences, "mark.svg": mark}
)

// made joins parts to one file, whose address carries what is in it. A part that is missing is a programmer's fault.
func made(name, kind, mediaType string, parts []string) asset {
	all := bytes.Buffer{}
	for _, part := range parts {
		text, err := static.ReadFile("static/" + part + kind)
		if err != nil {
			panic(err)
		}
		all.Write(text)
		if kind == ".js" {
			all.WriteString(";\n") // else the next part would be taken for what this one is called with
		}
	}
	sum := sha256.Sum256(all.Bytes())
	address := "/static/" + name + "-" + hex.EncodeToString(sum[:6]) + kind
	return asset{address, mediaType, all.Bytes(), zipped(all.Bytes(), gzip.BestCompression)}
}

func zipped(plain []byte, level int) []byte {
	out := bytes.Buffer{}
	z, _ := gzip.NewWriterLevel(&out, level) // a level that there is
	_, _ = z.Write(plain)                    // a buffer takes everything
	_ = z.Close()                            // as above
	return out.Bytes()
}

var versioned = regexp.MustCompile(`-[0-9a-f]{12}\.`)

// Static serves style and script. An address carries what is in it, so that a browser may keep it for good; another
// version's, of a front desk that has been renewed since, is answered with the present one, to be kept by nobody.
func Static(w http.ResponseWriter, r *http.Request) {
	a, ok := assets[versioned.ReplaceAllString(r.PathValue("name"), ".")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	if a.address == r.URL.Path {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", a.mediaType)
	h.Set("Vary", "Accept-Encoding")
	body := a.plain
	if takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = a.zipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // whoever is gone needs no answer
}

func takesGzip(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}
