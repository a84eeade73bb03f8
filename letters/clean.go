package letters

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// Facts come from others: they may hold marks that turn the direction of what follows, characters that end a page or
// that nobody sees, and broken text. None of that is text, so none of it is in a letter.

// oneLine is text without anything but characters that people read, its spaces single.
func oneLine(s string) string { return strings.Join(strings.Fields(strings.Map(readable, s)), " ") }

// paragraphs are the paragraphs of a text, each on one line; an empty line parts two.
func paragraphs(s string) []string {
	out := []string{}
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = oneLine(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// readable keeps what people read; what cannot be seen is dropped.
func readable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsGraphic(r) || unicode.Is(unicode.Variation_Selector, r):
		return -1
	}
	return r
}

// Of the printed form: its type has Latin, Greek and Cyrillic; any other character stands as a box.
const box = '\u25A1'

// printable are the characters that the type of the printed form has, in both of its weights.
var printable = sync.OnceValue(func() *[0x10000]bool {
	var out [0x10000]bool
	regular, bold := face(goregular.TTF), face(gobold.TTF)
	var b sfnt.Buffer
	has := func(f *sfnt.Font, r rune) bool {
		i, err := f.GlyphIndex(&b, r)
		return err == nil && i != 0
	}
	for r := range rune(len(out)) {
		out[r] = has(regular, r) && has(bold, r)
	}
	return &out
})

func face(ttf []byte) *sfnt.Font {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(err) // a font that ships broken
	}
	return f
}

// printed is the text as the printed form shows it.
func printed(s string) string {
	has := printable()
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || int(r) < len(has) && has[r] {
			return r
		}
		return box
	}, s)
}

// hasBoxes reports whether the printed form lacks a character of the letter.
func (l Letter) hasBoxes() bool {
	text := l.Text()
	return printed(text) != text
}
