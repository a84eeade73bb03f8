package letters

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"slices"
)

//go:embed letter.html
var pageText string

var pageTemplate = template.Must(template.New("letter.html").Parse(pageText))

// HTML writes the letter as a page of its own, for people who hear it, enlarge it or print it anew: its language, its
// headings in order, the heads of its tables. It has no script and no style of its own.
func (l Letter) HTML(w io.Writer) error { return pageTemplate.Execute(w, l) }

// Styled is the letter with the address of a style sheet for its page.
func (l Letter) Styled(address string) Letter {
	l.Style = address
	return l
}

// Dressed is the page of a letter, as HTML wrote it, with a style sheet for those who read it here: what was kept stays as
// it is, and so does every word of it.
func Dressed(page []byte, address string) []byte {
	const end = "</head>"
	link := `<link rel="stylesheet" href="` + template.HTMLEscapeString(address) + `">` + "\n" + end
	return bytes.Replace(page, []byte(end), []byte(link), 1)
}

// IsNumber reports whether a column holds numbers.
func (t Table) IsNumber(column int) bool { return slices.Contains(t.Numbers, column) }
