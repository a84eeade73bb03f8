package letters

// cell is one part of a row: its lines, where it stands, how wide it is.
type cell struct {
	lines  []string
	indent float64
	wide   float64
	align  string
}

// cells writes parts side by side, each whole before the next, on one page where one page can hold them.
func (p *paper) cells(list []cell) {
	tall := tallest(list)
	p.keep(min(tall, p.most()))
	for tall > 0 {
		if !p.fits(1) {
			p.turn()
		}
		n := max(1, min(tall, int((p.room()+0.01)/p.high)))
		top := p.pdf.GetY()
		for i, c := range list {
			here := c.lines[:min(n, len(c.lines))]
			list[i].lines = c.lines[len(here):]
			p.pdf.SetY(top)
			for _, line := range here {
				p.pdf.SetX(margin + c.indent)
				p.pdf.CellFormat(c.wide, p.high, line, "", 1, c.align, false, 0, "")
			}
		}
		p.pdf.SetY(top + float64(n)*p.high)
		tall -= n
	}
}

func tallest(list []cell) int {
	tall := 0
	for _, c := range list {
		tall = max(tall, len(c.lines))
	}
	return tall
}

// table writes rows under a head, which stands again on every page that the table goes on to.
func (p *paper) table(t Table) {
	p.gap(0.5)
	p.bold(typeSize)
	columns := p.columns(t)
	p.lines(t.Caption)
	p.row(t, columns, t.Head)
	for _, r := range t.Rows {
		p.plain()
		if tall := tallest(p.laid(t, columns, r)); !p.fits(tall) && tall < p.most()-4 {
			p.turn()
			p.bold(typeSize)
			p.row(t, columns, t.Head)
			p.plain()
		}
		p.row(t, columns, r)
	}
}

// row writes one row and a fine line under it.
func (p *paper) row(t Table, columns []float64, texts []string) {
	p.cells(p.laid(t, columns, texts))
	y := p.pdf.GetY() + 0.4
	p.pdf.SetLineWidth(0.1)
	p.pdf.Line(margin, y, margin+p.textWide, y)
	p.pdf.SetLineWidth(0.2)
	p.pdf.SetY(y + 0.4)
}

func (p *paper) laid(t Table, columns []float64, texts []string) []cell {
	out, x := []cell{}, 0.0
	for i, wide := range columns {
		c := cell{indent: x, wide: wide, align: "L"}
		if i < len(texts) {
			c.lines = p.broken(texts[i], wide)
		}
		if t.IsNumber(i) {
			c.align = "R"
		}
		out = append(out, c)
		x += wide + columnGap
	}
	return out
}

// columns shares the width: what each column needs on one line, and where that is too much, the wide ones give way.
func (p *paper) columns(t Table) []float64 {
	need := make([]float64, len(t.Head))
	for _, r := range append([][]string{t.Head}, t.Rows...) {
		for i := range need {
			if i < len(r) {
				need[i] = max(need[i], p.pdf.GetStringWidth(printed(r[i]))+1)
			}
		}
	}
	room := p.textWide - columnGap*float64(len(need)-1)
	fair, left := room/float64(len(need)), room
	wide, total := 0, 0.0
	for _, n := range need {
		if n <= fair {
			left -= n
		} else {
			wide, total = wide+1, total+n
		}
	}
	for i, n := range need {
		switch {
		case n > fair && total > left:
			need[i] = max(left*n/total, left/float64(wide)/2)
		case wide == 0 && i == 0:
			need[i] = n + left // the first column takes what nobody needs
		}
	}
	return shrunk(need, room)
}

// shrunk holds columns to the room that there is.
func shrunk(columns []float64, room float64) []float64 {
	total := 0.0
	for _, c := range columns {
		total += c
	}
	if total > room {
		for i := range columns {
			columns[i] *= room / total
		}
	}
	return columns
}
