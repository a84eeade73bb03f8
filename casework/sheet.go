package casework

import "context"

// Sheets is a document as it can be looked at: pages as pictures, or a text; or why it cannot be.
type Sheets struct {
	Kind  SheetKind
	Pages int    // pictures that may be asked for
	Whole int    // pages that the document has; more than Pages: the rest is only in the file
	Text  string // of a text
	Cut   bool   // the text goes on in the file
	Other bool   // it is not what it was sent as
	Why   string // why it cannot be shown, as a sentence; empty: it can
}

// SheetKind is what a document is, by its bytes and whatever its name says.
type SheetKind string

// The kinds.
const (
	SheetPDF     SheetKind = "pdf"
	SheetPicture SheetKind = "picture"
	SheetText    SheetKind = "text"
	SheetOther   SheetKind = "other"
)

// SheetReader shows documents that strangers sent, within bounds of size, pages, time and memory. What is shown is a
// picture made of the document or its plain text, never the document itself: nothing in it runs.
type SheetReader interface {
	// Prepare begins, without waiting, what takes seconds before the first document can be shown. Only its first call
	// does anything.
	Prepare()
	// Look says how a document can be shown. named is the media type that came with it.
	Look(ctx context.Context, document []byte, named string) (Sheets, error)
	// Picture is one page, from 1, as a PNG; not_found where there is no such page, or none can be made.
	Picture(ctx context.Context, document []byte, page int) ([]byte, error)
}
