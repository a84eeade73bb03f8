package letters

import (
	"fmt"
	"strings"
)

// textWidth is how many characters a line of the plain text has.
const textWidth = 100

// Text is the letter as plain text: every word of the PDF and of the page, in their order.
func (l Letter) Text() string {
	w := &textWriter{}
	w.line(l.From)
	w.gap()
	for _, line := range l.To {
		w.line(line)
	}
	w.gap()
	w.pairs(l.References)
	w.gap()
	w.line(l.Title)
	for _, b := range l.Body {
		w.gap()
		w.block(b)
	}
	return strings.TrimLeft(w.out.String(), "\n")
}

// textWriter writes wrapped lines.
type textWriter struct {
	out   strings.Builder
	empty bool // the last line is empty
}

func (w *textWriter) gap() {
	if !w.empty {
		w.out.WriteString("\n")
	}
	w.empty = true
}

func (w *textWriter) line(s string) { w.hang("", s) }

// hang writes text behind a mark, every further line under its first word.
func (w *textWriter) hang(mark, s string) {
	measure := func(s string) float64 { return float64(len([]rune(s))) }
	indent := len([]rune(mark))
	for i, line := range wrap(s, float64(textWidth-indent), measure) {
		if i > 0 {
			mark = strings.Repeat(" ", indent)
		}
		w.out.WriteString(strings.TrimRight(mark+line, " ") + "\n")
		w.empty = false
	}
}

func (w *textWriter) block(b Block) {
	switch {
	case b.Heading != "":
		w.line(b.Heading)
	case len(b.Items) > 0:
		for i, s := range b.Items {
			w.hang(fmt.Sprintf("%d. ", i+1), s)
		}
	case len(b.Pairs) > 0:
		w.pairs(b.Pairs)
	case b.Table != nil:
		w.table(*b.Table)
	case b.Sign != nil:
		w.line(b.Sign.For)
		w.pairs(b.Sign.Lines)
	default:
		w.line(b.Text)
	}
}

func (w *textWriter) pairs(list []Pair) {
	wide := 0
	for _, p := range list {
		wide = max(wide, len([]rune(p.Label)))
	}
	for _, p := range list {
		w.hang(fmt.Sprintf("%-*s  ", min(wide, textWidth/2), p.Label), p.Value)
	}
}

// table writes its rows in columns.
func (w *textWriter) table(t Table) {
	w.line(t.Caption)
	rows := append([][]string{t.Head}, t.Rows...)
	wide := make([]int, len(t.Head))
	for _, row := range rows {
		for i := range wide {
			if i < len(row) {
				wide[i] = max(wide[i], len([]rune(row[i])))
			}
		}
	}
	for _, row := range rows {
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = fmt.Sprintf("%-*s", wide[i], cell)
		}
		w.out.WriteString(strings.TrimRight(strings.Join(line, "  "), " ") + "\n")
	}
}
