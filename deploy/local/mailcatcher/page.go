package mailcatcher

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
)

//go:embed mail.html
var pageText string

var page = template.Must(template.New("mail").Funcs(template.FuncMap{"pieces": pieces, "join": strings.Join}).Parse(pageText))

// renderPage shows the newest mail first, as its reader has just made it come.
func renderPage(w io.Writer, entries []entry) error {
	slices.Reverse(entries)
	var done bytes.Buffer
	if err := page.Execute(&done, entries); err != nil {
		return err
	}
	_, err := done.WriteTo(w)
	return err
}

// piece is a run of a mail's text; a link where Link is true.
type piece struct {
	Text string
	Link bool
}

var address = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?')\]]`)

// pieces cuts text so that addresses can be followed.
func pieces(text string) []piece {
	var cut []piece
	rest := 0
	for _, at := range address.FindAllStringIndex(text, -1) {
		cut = append(cut, piece{Text: text[rest:at[0]]}, piece{Text: text[at[0]:at[1]], Link: true})
		rest = at[1]
	}
	return append(cut, piece{Text: text[rest:]})
}
