package activities

import (
	"context"
	"crypto/ed25519"
	"io"
	"iter"
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

// World is what the activities act on; whoever wires a worker fills it.
type World struct {
	Store   casework.CaseStore
	Policy  Policy
	Records casework.Records
	Vault   casework.Vault
	Tables  Tables
	Post    Post
	Tokens  Tokens
	Signer  ed25519.PrivateKey // signs manifests
	Now     func() time.Time
	Staff   Staff
	Stuck   Stuck  // nil: nobody hears
	URL     string // where officers and customers reach the front desk, without a slash at the end

	StaffURL string // where our own people reach it
}

// Policy answers under the rulebook in force, which may change while the worker runs.
type Policy interface {
	// Determine answers a request as of the day of its receipt; known: the contact book knew the authority then.
	Determine(r casework.Request, known bool) casework.Determination
	// Agreement reports whether a CLOUD Act agreement with the country is in force on the day (18 USC 2523).
	Agreement(country string, on casework.Date) bool
	// Route is the way by which the country's authorities ask the United States for evidence.
	Route(country string) casework.Route
	// Way is the same as a letter tells it: by what, since when, and through whom.
	Way(country string) letters.Way
	// Provider is the legal name of whoever keeps the records.
	Provider() string
}

// Tables writes rows as files, and guards each row against the queries that were approved.
type Tables interface {
	Write(w io.Writer, columns []string, rows iter.Seq2[casework.Row, error], approved ...casework.Query) (n int, err error)
	Describe(queries ...casework.Query) string
}

// Post sends letters. Bounced says that the mail server refused the address for good; an error, that it may work later.
type Post interface {
	Send(ctx context.Context, l Letter) (messageID string, bounced bool, err error)
}

// Letter is one message, without a word of what the case is about: template, recipient, language, and where to read more.
type Letter struct {
	Kind     string
	Case     string
	Step     int
	Copy     int // several recipients of one step: each a letter of its own
	To       string
	Language string
	URL      string
	Until    casework.Date
}

// Tokens makes the secret part of a mailed link: the same for the same case, step and purpose, so that a repeated mail
// carries the same link.
type Tokens interface {
	Token(purpose casework.LinkPurpose, caseID string, step int) string
}

// Activities are the methods that a worker registers.
type Activities struct{ world World }

// New makes the activities of a world.
func New(w World) *Activities { return &Activities{world: blaming(w)} }
