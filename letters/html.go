package letters

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"io"
	"slices"
	"strings"
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

// endOfHead is where the page of a letter has room for a style sheet.
const endOfHead = "</head>"

// Dressed is the page of a letter, as HTML wrote it, with a style sheet for those who read it here: what was kept stays as
// it is, and so does every word of it.
func Dressed(page io.Reader, address string) io.Reader {
	head := make([]byte, longestHead)
	n, err := io.ReadFull(page, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return io.MultiReader(bytes.NewReader(head[:n]), failing{err})
	}
	before, after, found := strings.Cut(string(head[:n]), endOfHead)
	if !found {
		return io.MultiReader(strings.NewReader(before), page)
	}
	link := `<link rel="stylesheet" href="` + template.HTMLEscapeString(address) + `">` + "\n" + endOfHead
	return io.MultiReader(strings.NewReader(before+link+after), page)
}

// longestHead is as far as the end of the head is sought.
const longestHead = 4096

// failing is a reader that only fails.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// IsNumber reports whether a column holds numbers.
func (t Table) IsNumber(column int) bool { return slices.Contains(t.Numbers, column) }
