package ui

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"

	"dueprocess/casework"
)

//go:embed layout.html parts.html
var frames embed.FS

// Frame is what every page has round its content. Page structs embed it.
type Frame struct {
	Title    string // of the page
	Provider string // whose desk this is
	Area     string // which part of the product, beside the provider's name
	Home     string // where the provider's name leads
	User     casework.Actor
	Places   []Place // the main navigation; none: there is none
	Viewer   Viewer  // how the reader wants to see it
	Script   bool    // whether our script runs on the page

	lang, skip string // of a page in another language than English
}

// Place is a page that the main navigation leads to.
type Place struct {
	Name, Path string
	Here       bool // the page is of this place
}

// In is the frame in another language; say translates what it says itself.
func (f Frame) In(lang string, say func(english string, args ...any) string) Frame {
	f.lang, f.skip, f.Area = lang, say(skipText), say(f.Area)
	return f
}

const skipText = "Skip to the content"

// Language is that of the page's text.
func (f Frame) Language() string {
	if f.lang == "" {
		return "en"
	}
	return f.lang
}

// SkipText is the link over the page's head.
func (f Frame) SkipText() string {
	if f.skip == "" {
		return skipText
	}
	return f.skip
}

// SignedIn reports whether the page is somebody's.
func (f Frame) SignedIn() bool { return f.User.Name != "" }

// Style is the address of the style sheet.
func (Frame) Style() string { return look.address }

// Mark is the address of the picture on the browser's tab.
func (Frame) Mark() string { return mark.address }

// ScriptAddress is that of our script.
func (Frame) ScriptAddress() string { return script.address }

// Page is one kind of page: the layout with its content.
type Page struct{ t *template.Template }

// Parse makes a page of the files of those names, of which one defines "content"; all may use the parts of parts.html. A
// fault in one is a programmer's, so it panics.
func Parse(files fs.FS, names ...string) Page {
	t := template.Must(template.New("layout").Funcs(words).ParseFS(frames, "*.html"))
	return Page{template.Must(t.ParseFS(files, names...))}
}

// Render writes the page whole, or an error and nothing of it. Characters that are not seen and mislead are marked.
func (p Page) Render(w http.ResponseWriter, status int, data any) error {
	var page bytes.Buffer
	if err := p.t.ExecuteTemplate(&page, "layout", data); err != nil {
		return fmt.Errorf("the page could not be made: %w", err)
	}
	send(w, status, []byte(seen.Replace(page.String())))
	return nil
}
