// Package paper makes what strangers sent fit to be looked at: the pages of a PDF and pictures become pictures made anew,
// texts become plain text. It owns the bounds within which that is tried, and the one place where PDFs are read to be
// shown, inside WebAssembly, without files, network or scripts. It knows no case and keeps nothing. The front desk calls
// it, through casework.SheetReader.
package paper

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"dueprocess/casework"
)

// Limits bound what one look may cost.
type Limits struct {
	Size     int           // bytes of a document
	Pages    int           // pages shown
	Pixels   int           // of a picture that is read
	Side     int           // pixels of the longer side of what is shown
	Text     int           // bytes of a text shown
	Patience time.Duration // for one look, waiting for a turn among them
	AtOnce   int           // looks at the same time
	Memory   uint32        // mebibytes for one PDF
}

// Usual are the limits of the product.
var Usual = Limits{Size: 64 << 20, Pages: 200, Pixels: 60_000_000, Side: 1400, Text: 200_000, Patience: 20 * time.Second, AtOnce: 2, Memory: 256}

// Reader shows documents. It is safe for concurrent use.
type Reader struct {
	limits Limits
	turns  chan struct{}
	pdf    engine
}

// New makes a reader; what PDFs need is made ready when it is prepared, or else when the first one is looked at.
func New(l Limits) *Reader {
	return &Reader{limits: l, turns: make(chan struct{}, l.AtOnce), pdf: engine{limits: l, made: make(chan struct{})}}
}

// Prepare begins to make ready what PDFs need.
func (r *Reader) Prepare() { r.pdf.begin() }

// Look says how a document can be shown.
func (r *Reader) Look(ctx context.Context, document []byte, named string) (casework.Sheets, error) {
	kind := kindOf(document)
	out := casework.Sheets{Kind: kind}
	if len(document) > r.limits.Size {
		out.Why = fmt.Sprintf("It is larger than %d MiB, more than is shown here. It can be downloaded.", r.limits.Size>>20)
		return out, nil
	}
	done, err := r.turn(ctx)
	if err != nil {
		return out, err
	}
	defer done()
	switch kind {
	case casework.SheetPDF:
		if out.Whole, out.Why, err = r.pdf.pages(ctx, document); err != nil {
			return out, err
		}
		out.Pages = min(out.Whole, r.limits.Pages)
	case casework.SheetPicture:
		out.Whole, out.Why = 1, r.fits(document)
		out.Pages = 1
	case casework.SheetText:
		out.Text, out.Cut = beginning(document, r.limits.Text)
	default:
		out.Why = "It is no PDF, no picture and no plain text, whatever it is called. It can be downloaded."
	}
	if out.Why != "" {
		out.Pages = 0
	}
	prefix, known := prefixes[kind]
	out.Other = !known || !strings.HasPrefix(named, prefix)
	return out, nil
}

// Picture is one page as a PNG.
func (r *Reader) Picture(ctx context.Context, document []byte, page int) ([]byte, error) {
	if page < 1 || page > r.limits.Pages || len(document) > r.limits.Size {
		return nil, errNoPage
	}
	done, err := r.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	switch kindOf(document) {
	case casework.SheetPDF:
		return r.pdf.picture(ctx, document, page)
	case casework.SheetPicture:
		if page == 1 {
			return r.remade(document)
		}
	}
	return nil, errNoPage
}

var (
	errNoPage = casework.Refuse(casework.NotFound, "There is no such page, or it cannot be shown.")
	errBusy   = casework.Refuse(casework.Unavailable, "Many documents are being looked at. Try again in a moment.")
)

// turn waits until few enough look at something.
func (r *Reader) turn(ctx context.Context) (done func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, r.limits.Patience)
	defer cancel()
	select {
	case r.turns <- struct{}{}:
		return func() { <-r.turns }, nil
	case <-ctx.Done():
		return nil, errBusy.Because(ctx.Err())
	}
}

// prefixes are how the media types of a kind begin.
var prefixes = map[casework.SheetKind]string{casework.SheetPDF: "application/pdf", casework.SheetPicture: "image/", casework.SheetText: "text/"}

// headed is how far into a file a PDF may begin.
const headed = 1024

// kindOf is what a document is, by its bytes.
func kindOf(b []byte) casework.SheetKind {
	head := b[:min(len(b), headed)]
	switch {
	case bytes.Contains(head, []byte("%PDF-")):
		return casework.SheetPDF
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(b, []byte("\xff\xd8\xff")), bytes.HasPrefix(b, []byte("GIF8")):
		return casework.SheetPicture
	case len(b) > 0 && utf8.Valid(b) && !bytes.ContainsFunc(b, unprintable):
		return casework.SheetText
	}
	return casework.SheetOther
}

func unprintable(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) }

// beginning is a text up to a bound, ended where a character ends.
func beginning(b []byte, most int) (text string, cut bool) {
	if len(b) <= most {
		return string(b), false
	}
	b = b[:most]
	for !utf8.Valid(b) {
		b = b[:len(b)-1]
	}
	return string(b), true
}
