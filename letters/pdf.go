package letters

import (
	"cmp"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Measures of a page, in millimetres; sizes of type in points.
const (
	margin   = 22.0
	longSide = 297.0
	textWide = 210 - 2*margin // of a page that stands upright
	lineHigh = 5.2
	typeSize = 10.0
)

// PDF writes the letter as a PDF whose bytes depend on the letter alone. Its text is the page's, word for word; what its
// type cannot show stands as a box.
func (l Letter) PDF(w io.Writer) error {
	p := newPaper(l)
	p.bold(typeSize + 1)
	p.lines(l.From)
	p.gap(1)
	p.plain()
	for _, line := range l.To {
		p.lines(line)
	}
	if len(l.References) > 0 {
		p.gap(1)
		p.pairs(l.References)
		p.gap(1)
	}
	p.bold(typeSize + 4)
	p.lines(l.Title)
	for i, b := range l.Body {
		p.together(l.Body, i)
		p.block(b)
	}
	p.count(l)
	return p.pdf.Output(w)
}

// count writes at the foot of every page which one it is, of how many. The library's own way, a mark that is replaced in
// the end, would replace the same characters in a letter's text too.
func (p *paper) count(l Letter) {
	pages := p.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		p.pdf.SetPage(n)
		p.pdf.SetFont("go", "", typeSize-2)
		p.pdf.SetXY(margin, p.pageHigh-margin+lineHigh)
		p.pdf.CellFormat(p.textWide, lineHigh, fmt.Sprintf(cmp.Or(l.page, inEnglish), printed(l.Case), n, pages), "", 0, "L", false, 0, "")
	}
}

// paper writes a page from top to bottom, a line at a time: it decides itself where a page ends.
type paper struct {
	pdf      *fpdf.Fpdf
	high     float64 // of a line of the present type
	pageHigh float64
	textWide float64
}

func newPaper(l Letter) *paper {
	p := &paper{pdf: fpdf.New("P", "mm", "A4", ""), pageHigh: longSide, textWide: textWide}
	if l.Across {
		p = &paper{pdf: fpdf.New("L", "mm", "A4", ""), pageHigh: textWide + 2*margin, textWide: longSide - 2*margin}
	}
	pdf := p.pdf
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(l.At.UTC())
	pdf.SetModificationDate(l.At.UTC())
	pdf.SetProducer("Dueprocess", true)
	pdf.SetTitle(printed(l.Title), true)
	pdf.SetSubject(printed(l.Case), true)
	pdf.SetLang(l.Language)
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, margin)
	pdf.AddPage()
	return p
}

func (p *paper) plain()            { p.font("", typeSize) }
func (p *paper) bold(size float64) { p.font("B", size) }

func (p *paper) font(style string, size float64) {
	p.pdf.SetFont("go", style, size)
	p.high = lineHigh * size / typeSize
}

// room is how much of the page is left; fits, whether so many lines of the present type go there.
func (p *paper) room() float64 { return p.pageHigh - margin - p.pdf.GetY() }

func (p *paper) fits(lines int) bool { return float64(lines)*p.high <= p.room()+0.01 }

// most is how many lines of the present type a page holds.
func (p *paper) most() int { return int((p.pageHigh - 2*margin) / p.high) }

// turn begins the next page, with the type as it was.
func (p *paper) turn() { p.pdf.AddPage() }

// keep turns the page where so many lines do not fit on this one but would on the next.
func (p *paper) keep(lines int) {
	if !p.fits(lines) && lines <= p.most() && p.pdf.GetY() > margin {
		p.turn()
	}
}

// gap leaves room, but not at the top of a page.
func (p *paper) gap(lines float64) {
	if p.pdf.GetY() > margin {
		p.pdf.SetY(min(p.pdf.GetY()+lines*lineHigh, p.pageHigh-margin))
	}
}

// broken breaks a text to a width.
func (p *paper) broken(s string, wide float64) []string {
	return wrap(printed(s), wide, p.pdf.GetStringWidth)
}

// lines writes a text over the whole width.
func (p *paper) lines(s string) { p.run(p.broken(s, p.textWide), 0, p.textWide) }

// run writes lines at an indent. Up to four stay together; of more, two at least stand on each page.
func (p *paper) run(list []string, indent, wide float64) {
	if len(list) <= 4 {
		p.keep(len(list))
	}
	for i, line := range list {
		left := len(list) - i
		if !p.fits(1) || left == 2 && !p.fits(2) {
			p.turn()
		}
		p.pdf.SetX(margin + indent)
		p.pdf.CellFormat(wide, p.high, line, "", 1, "L", false, 0, "")
	}
}
