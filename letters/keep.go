package letters

// What belongs together stands on one page where one page can hold it: a heading and the beginning of what it heads, a
// short list of pairs, the sentence above a signature and the signature.

// shortPairs is up to how many pairs are one thing, such as a file and what is known of it.
const shortPairs = 10

// together turns the page where the block, and what must stand with it, would begin too near the foot.
func (p *paper) together(body []Block, i int) {
	need := p.least(body, i)
	if need > p.room() && need <= p.pageHigh-2*margin && p.pdf.GetY() > margin {
		p.turn()
	}
}

// least is the height below which a block must not begin.
func (p *paper) least(body []Block, i int) float64 {
	if i >= len(body) {
		return 0
	}
	switch b := body[i]; {
	case b.Heading != "":
		p.bold(headingSize)
		return p.tall(b.Heading, p.textWide) + lineHigh + p.least(body, i+1)
	case len(b.Items) > 0:
		p.plain()
		return lineHigh + min(p.tall(b.Items[0], p.textWide-itemIndent), 4*p.high)
	case len(b.Pairs) > 0:
		return lineHigh/2 + p.pairsHigh(b.Pairs)
	case b.Table != nil:
		p.bold(typeSize)
		return p.tall(b.Table.Caption, p.textWide) + 5*lineHigh
	case b.Sign != nil:
		p.plain()
		return lineHigh + p.tall(b.Sign.For, p.textWide) + float64(len(b.Sign.Lines))*2*lineHigh
	case i+1 < len(body) && body[i+1].Sign != nil:
		p.plain()
		return lineHigh/2 + p.tall(b.Text, p.textWide) + p.least(body, i+1)
	}
	p.plain()
	return lineHigh/2 + min(p.tall(body[i].Text, p.textWide), 2*p.high)
}

// tall is how high a text of the present type is.
func (p *paper) tall(s string, wide float64) float64 {
	return float64(len(p.broken(s, wide))) * p.high
}

// pairsHigh is the height of a short list of pairs, or of the first of a long one.
func (p *paper) pairsHigh(list []Pair) float64 {
	p.plain()
	if len(list) > shortPairs {
		list = list[:1]
	}
	wide, high := p.labelWide(list), 0.0
	for _, x := range list {
		high += max(p.tall(x.Label, wide), p.tall(x.Value, p.textWide-wide-columnGap))
	}
	return high
}
