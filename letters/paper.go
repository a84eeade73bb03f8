package letters

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Measures of a page, in millimetres; sizes of type in points.
const (
	margin   = 22.0
	lineHigh = 5.2
	labelWid = 34.0
	typeSize = 10.0
)

// paper writes a page from top to bottom.
type paper struct{ pdf *fpdf.Fpdf }

// newPaper begins a document whose bytes depend on its text and its date alone.
func newPaper(title, subject string, at time.Time) *paper {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(at.UTC())
	pdf.SetModificationDate(at.UTC())
	pdf.SetProducer("Dueprocess", true)
	pdf.SetTitle(title, true)
	pdf.SetSubject(subject, true)
	pdf.SetLang("en")
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, margin)
	pdf.AliasNbPages("{pages}")
	pdf.SetFooterFunc(func() { footer(pdf, subject) })
	pdf.AddPage()
	return &paper{pdf}
}

func footer(pdf *fpdf.Fpdf, subject string) {
	pdf.SetY(-margin + lineHigh)
	pdf.SetFont("go", "", typeSize-2)
	pdf.CellFormat(0, lineHigh, fmt.Sprintf("%s, page %d of {pages}", subject, pdf.PageNo()), "", 0, "R", false, 0, "")
}

func (p *paper) title(s string) {
	p.pdf.SetFont("go", "B", typeSize+6)
	p.pdf.MultiCell(0, lineHigh+3, s, "", "L", false)
	p.gap()
}

func (p *paper) heading(s string) {
	p.gap()
	p.pdf.SetFont("go", "B", typeSize+2)
	p.pdf.MultiCell(0, lineHigh+1, s, "", "L", false)
}

func (p *paper) strong(s string) {
	p.pdf.SetFont("go", "B", typeSize)
	p.pdf.MultiCell(0, lineHigh, s, "", "L", false)
}

func (p *paper) text(s string) {
	p.pdf.SetFont("go", "", typeSize)
	p.pdf.MultiCell(0, lineHigh, s, "", "L", false)
	p.pdf.Ln(lineHigh / 3)
}

// pair is a label and its value, the value on as many lines as it needs; no value, no line.
func (p *paper) pair(label, value string) {
	if value == "" {
		return
	}
	p.pdf.SetFont("go", "", typeSize)
	p.pdf.CellFormat(labelWid, lineHigh, label, "", 0, "L", false, 0, "")
	p.pdf.MultiCell(0, lineHigh, value, "", "L", false)
}

// line is a place for something to be written, or what stands there already.
func (p *paper) line(label, value string) {
	p.pdf.Ln(lineHigh)
	p.pdf.SetFont("go", "", typeSize)
	p.pdf.CellFormat(labelWid, lineHigh, label, "", 0, "L", false, 0, "")
	p.pdf.CellFormat(0, lineHigh, value, "B", 1, "L", false, 0, "")
}

func (p *paper) gap() { p.pdf.Ln(lineHigh / 2) }

func (p *paper) write(w io.Writer) error { return p.pdf.Output(w) }
