package letters

import (
	"strings"

	"dueprocess/casework"
)

// draft is a letter that is being written, in one language.
type draft struct {
	tongue

	l Letter
}

// begin writes what stands above a letter's body.
func begin(k Kind, t tongue, h Head, title string) *draft {
	d := &draft{t, Letter{Kind: k, Language: t.lang, Case: oneLine(h.Case), At: h.At.UTC(), From: oneLine(h.Provider), Title: oneLine(title)}}
	d.l.page = t.say(inEnglish)
	for _, line := range h.To {
		if line = oneLine(line); line != "" {
			d.l.To = append(d.l.To, line)
		}
	}
	d.reference("Date", t.day(casework.Date(h.At.UTC().Format(casework.DayFormat))))
	d.reference("Our reference", h.Case)
	d.reference("Your reference", h.Yours)
	if h.Instrument != "" {
		d.reference("Legal process", strings.TrimSpace(t.headed(instrument(h.Instrument))+" "+h.Number))
	}
	d.reference("Received", t.day(h.Received))
	return d
}

// plain begins a paper that is nobody's letter: a filing or a certificate, which names its matter itself.
func plain(k Kind, h Head, title string) *draft {
	d := begin(k, english, h, title)
	d.l.To, d.l.References = nil, nil
	return d
}

func (d *draft) reference(label, value string) {
	if value = oneLine(value); value != "" {
		d.l.References = append(d.l.References, Pair{d.say(label), value})
	}
}

func (d *draft) heading(s string) { d.add(Block{Heading: oneLine(s)}) }

// text writes a paragraph; one that would be empty is none.
func (d *draft) text(s string) {
	for _, p := range paragraphs(s) {
		d.add(Block{Text: p})
	}
}

// sayText writes a sentence of the catalogue.
func (d *draft) sayText(key string, args ...any) { d.text(d.say(key, args...)) }

func (d *draft) items(list ...string) {
	items := []string{}
	for _, s := range list {
		if s = oneLine(s); s != "" {
			items = append(items, s)
		}
	}
	if len(items) > 0 {
		d.add(Block{Items: items})
	}
}

// pairs writes those pairs that have a value.
func (d *draft) pairs(list ...Pair) {
	pairs := []Pair{}
	for _, p := range list {
		if v := oneLine(p.Value); v != "" {
			pairs = append(pairs, Pair{oneLine(p.Label), v})
		}
	}
	if len(pairs) > 0 {
		d.add(Block{Pairs: pairs})
	}
}

func (d *draft) table(t Table) {
	t.Caption, t.Head = oneLine(t.Caption), cleanAll(t.Head)
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = cleanAll(r)
	}
	t.Rows = rows
	d.add(Block{Table: &t})
}

func (d *draft) sign(who string, lines ...Pair) {
	s := Signature{For: oneLine(who)}
	for _, p := range lines {
		s.Lines = append(s.Lines, Pair{oneLine(p.Label), oneLine(p.Value)})
	}
	d.add(Block{Sign: &s})
}

// close ends a letter of the office.
func (d *draft) close() { d.sign(d.say("For %s, the legal department", d.l.From)) }

func (d *draft) add(b Block) { d.l.Body = append(d.l.Body, b) }

// done is the letter, with a word on characters that the printed form cannot show.
func (d *draft) done() Letter {
	if d.l.hasBoxes() {
		d.sayText("Where a small box stands in the printed form of this letter, its type does not have the character. The page that goes with it shows every character.")
	}
	return d.l
}

func cleanAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = oneLine(s)
	}
	return out
}

// inEnglish is how a page is counted.
const inEnglish = "%s, page %d of %d"
