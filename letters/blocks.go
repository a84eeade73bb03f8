package letters

import "fmt"

// Measures of the parts of a body, in millimetres.
const (
	itemIndent = 8.0
	labelMost  = 58.0 // how wide labels may get
	columnGap  = 4.0
)

const headingSize = typeSize + 1.5

func (p *paper) block(b Block) {
	switch {
	case b.Heading != "":
		p.heading(b.Heading)
	case len(b.Items) > 0:
		p.items(b.Items)
	case len(b.Pairs) > 0:
		p.gap(0.5)
		p.plain()
		p.pairs(b.Pairs)
	case b.Table != nil:
		p.table(*b.Table)
	case b.Sign != nil:
		p.sign(*b.Sign)
	default:
		p.gap(0.5)
		p.plain()
		p.lines(b.Text)
	}
}

func (p *paper) heading(s string) {
	p.gap(1)
	p.bold(headingSize)
	p.lines(s)
}

func (p *paper) items(list []string) {
	p.plain()
	for i, s := range list {
		p.gap(0.4)
		text := p.broken(s, p.textWide-itemIndent)
		p.keep(min(len(text), 4))
		p.mark(fmt.Sprintf("%d.", i+1))
		p.run(text, itemIndent, p.textWide-itemIndent)
	}
}

// mark writes something at the left of the line that comes next.
func (p *paper) mark(s string) {
	if !p.fits(1) {
		p.turn()
	}
	p.pdf.SetX(margin)
	p.pdf.CellFormat(p.pdf.GetStringWidth(s), p.high, s, "", 0, "L", false, 0, "")
}

// pairs are labels in a column as wide as they need, their values beside them on as many lines as those need.
func (p *paper) pairs(list []Pair) {
	p.plain()
	wide := p.labelWide(list)
	for _, x := range list {
		label, value := p.broken(x.Label, wide), p.broken(x.Value, p.textWide-wide-columnGap)
		p.cells([]cell{{label, 0, wide, "L"}, {value, wide + columnGap, p.textWide - wide - columnGap, "L"}})
	}
}

// labelWide is how wide the column of labels is.
func (p *paper) labelWide(list []Pair) float64 {
	wide := 0.0
	for _, x := range list {
		wide = max(wide, p.pdf.GetStringWidth(printed(x.Label)))
	}
	return min(wide, labelMost)
}

// sign ends a letter; what is not filled in is a line to write on.
func (p *paper) sign(s Signature) {
	p.gap(1)
	p.plain()
	p.lines(s.For)
	wide := p.labelWide(s.Lines)
	for _, x := range s.Lines {
		p.gap(1)
		label, value := p.broken(x.Label, wide), p.broken(x.Value, p.textWide-wide-columnGap)
		p.cells([]cell{{label, 0, wide, "L"}, {value, wide + columnGap, p.textWide - wide - columnGap, "L"}})
		if x.Value == "" {
			y := p.pdf.GetY()
			p.pdf.Line(margin+wide+columnGap, y, margin+p.textWide, y)
		}
	}
}
