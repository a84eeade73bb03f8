package plot

import (
	"fmt"
	"math"
	"strconv"
)

// Plot is a picture, laid out: everything is in the units of its viewBox.
type Plot struct {
	ID            string // of the SVG on its page
	Title, Desc   string // for those who do not see it
	Width, Height int
	Lines         []Line
	Rects         []Rect
	Texts         []Text
	Key           []Entry // what the classes mean; none: there is one
}

// Line is of the grid or of the axis, by its class.
type Line struct {
	X1, Y1, X2, Y2 int
	Class          string
}

// Rect is a bar or a part of one.
type Rect struct {
	X, Y, W, H int
	Class      string
}

// Text is a word: Anchor is start, middle or end.
type Text struct {
	X, Y   int
	Anchor string
	Class  string
	Says   string
}

// Entry says what a class means.
type Entry struct{ Class, Says string }

// Bar is one bar of a plot, put together of parts.
type Bar struct {
	Label string
	Parts []Part
	Says  string // at the end of it; empty: nothing
}

// Part is a part of a bar.
type Part struct {
	Class string
	Value float64
}

func (b Bar) sum() (s float64) {
	for _, p := range b.Parts {
		s += p.Value
	}
	return s
}

// The sizes of a plot.
const (
	width   = 640
	height  = 260
	left    = 46 // room for the numbers of the axis
	right   = 12
	top     = 14
	bottom  = 30 // room for the labels under the bars
	side    = 170
	letter  = 7  // how wide a letter is, about
	fitting = 16 // how much a text takes beside its letters
	step    = 34 // from bar to bar, lying
	thick   = 20
)

// highest is the longest of some bars.
func highest(bars []Bar) float64 {
	most := 0.0
	for _, b := range bars {
		most = math.Max(most, b.sum())
	}
	return most
}

// Ticks are round numbers from zero to what is at least the highest; no more than six. Counts have whole ones.
func Ticks(most float64) []float64 {
	if most <= 0 || math.IsNaN(most) || math.IsInf(most, 0) {
		most = 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(most)))
	for _, by := range []float64{0.2, 0.5, 1, 2} {
		if pace := unit * by; most/pace <= 5 && pace >= 1 {
			unit = pace
			break
		}
	}
	unit = math.Max(unit, 1)
	out := []float64{}
	for i := 0; ; i++ {
		out = append(out, float64(i)*unit)
		if float64(i)*unit >= most {
			return out
		}
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Columns is a plot of standing bars.
func Columns(p Plot, bars []Bar) Plot {
	p.Width, p.Height = width, height
	ticks := Ticks(highest(bars))
	last := ticks[len(ticks)-1]
	y := func(v float64) int { return height - bottom - int(math.Round(v/last*(height-bottom-top))) }
	for _, t := range ticks {
		class := "grid"
		if t == 0 {
			class = "axis"
		}
		p.Lines = append(p.Lines, Line{left, y(t), width - right, y(t), class})
		p.Texts = append(p.Texts, Text{left - 6, y(t) + 4, "end", "soft", number(t)})
	}
	return p.stand(bars, y)
}

// stand puts the bars side by side; where there is no room for each label, every second, third or further one is said.
func (p Plot) stand(bars []Bar, y func(float64) int) Plot {
	room := float64(width-left-right) / math.Max(1, float64(len(bars)))
	every := 1
	for every < len(bars) && room*float64(every) < float64(widest(bars)*letter+fitting) {
		every++
	}
	broad := int(math.Max(2, math.Min(room*0.7, 64)))
	for i, b := range bars {
		middle := left + int((float64(i)+0.5)*room)
		below := 0.0
		for _, part := range b.Parts {
			from, to := y(below), y(below+part.Value)
			below += part.Value
			if from > to {
				p.Rects = append(p.Rects, Rect{middle - broad/2, to, broad, from - to, part.Class})
			}
		}
		if b.Says != "" && every == 1 {
			p.Texts = append(p.Texts, Text{middle, y(below) - 4, "middle", "", b.Says})
		}
		if i%every == 0 {
			p.Texts = append(p.Texts, Text{middle, height - bottom + 18, "middle", "soft", b.Label})
		}
	}
	return p
}

func widest(bars []Bar) int {
	most := 0
	for _, b := range bars {
		most = max(most, len([]rune(b.Label)))
	}
	return most
}

// Lying is a plot of bars that lie one under the other, each with its label before it and what it says after it.
func Lying(p Plot, bars []Bar) Plot {
	p.Width, p.Height = width, top+len(bars)*step
	longest, after := math.Max(highest(bars), math.SmallestNonzeroFloat64), 0
	for _, b := range bars {
		after = max(after, len([]rune(b.Says))*letter+fitting)
	}
	across := float64(width - side - right - after)
	for i, b := range bars {
		y, x := top+i*step, float64(side)
		p.Texts = append(p.Texts, Text{side - 8, y + thick/2 + 5, "end", "", cut(b.Label)})
		for _, part := range b.Parts {
			long := part.Value / longest * across
			if long > 0 {
				p.Rects = append(p.Rects, Rect{int(math.Round(x)), y, int(math.Max(1, math.Round(long))), thick, part.Class})
			}
			x += long
		}
		p.Texts = append(p.Texts, Text{int(math.Round(x)) + 6, y + thick/2 + 5, "start", "soft", b.Says})
	}
	p.Lines = append(p.Lines, Line{side, top - 6, side, p.Height, "axis"})
	return p
}

// cut shortens a label to the room that there is; the table beside the plot has it whole.
func cut(label string) string {
	letters := []rune(label)
	if most := (side - fitting) / letter; len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return label
}

// Percent is a share as people read it; none where there is none.
func Percent(share *float64) string {
	if share == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", math.Floor(*share*100)) //nolint:mnd // per hundred: 99.6 is not all
}
