// Package letters owns the office's papers: what each kind of letter says, in each language that it has, and the one
// document from which a PDF and an accessible page are made, so that the two can never differ. It also owns the officer's
// text that lies in every package. It knows no clock, no case and no mail: dates and facts are arguments, and equal facts
// give equal bytes. The activities and the pages call it.
package letters

import (
	"time"

	"dueprocess/casework"
)

// Letter is one paper as people read it, from top to bottom. Its texts are clean (see clean) and in Language. Style is the
// address of a style sheet for the page; empty, the page is plain.
type Letter struct {
	Kind       Kind
	Language   string // BCP 47
	Case       string
	At         time.Time // the paper's own date
	From       string    // whose letter it is
	To         []string  // the lines of the addressee
	References []Pair
	Title      string
	Body       []Block
	Style      string
	Across     bool // the printed form lies on its side, for wide tables

	page string // how a page is counted, in the letter's language: "%s, page %d of %d"
}

// Block is one part of a letter's body: exactly one of its fields is set.
type Block struct {
	Heading string
	Text    string
	Items   []string // numbered from 1
	Pairs   []Pair
	Table   *Table
	Sign    *Signature
}

// Pair is a label and its value.
type Pair struct{ Label, Value string }

// Table is rows under a head. Numbers names the columns, from 0, that hold numbers: they stand at the right.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Numbers []int
}

// Signature is the end of a letter: for whom, and lines that are filled already or left to be filled by hand.
type Signature struct {
	For   string
	Lines []Pair
}

// Kind is what a letter is.
type Kind = casework.LetterKind

// Kinds lists the vocabulary.
var Kinds = casework.LetterKinds

// Languages are those in which a kind of letter can be written, English first.
func Languages(k Kind) []string {
	if k.ToCustomer() {
		return []string{"en", "de", "fr"}
	}
	return []string{"en"}
}

// LanguageFor is the language in which a letter of the kind is written to somebody who reads the given one.
func LanguageFor(k Kind, reads string) string {
	for _, l := range Languages(k) {
		if l == base(reads) {
			return l
		}
	}
	return "en"
}

// Head is what every letter begins with.
type Head struct {
	Provider   string // the legal name of whoever keeps the records
	Case       string
	At         time.Time // of the letter; its day is written, in UTC
	To         []string
	Yours      string // the reference that the other side uses
	Instrument casework.InstrumentType
	Number     string // of the instrument, given by the authority
	Received   casework.Date
}

// check names what is missing of a head.
func (h Head) check() *needs {
	n := &needs{}
	n.need(h.Provider != "", "provider")
	n.need(h.Case != "", "case")
	n.need(!h.At.IsZero(), "at")
	return n
}

// aboutProcess names besides what is missing of a letter about an instrument to somebody.
func (h Head) aboutProcess() *needs {
	n := h.check()
	n.need(len(h.To) > 0, "to")
	n.need(h.Instrument != "", "instrument")
	n.need(h.Received != "", "received")
	return n
}

// needs gathers everything that is missing, so that it is said all at once.
type needs struct{ faults []casework.Fault }

func (n *needs) need(ok bool, path string) {
	if !ok {
		n.faults = append(n.faults, casework.Fault{Path: path, Message: "is missing"})
	}
}

func (n *needs) fault(path, message string) {
	n.faults = append(n.faults, casework.Fault{Path: path, Message: message})
}

func (n *needs) err() error { return casework.Faulty(n.faults) }
