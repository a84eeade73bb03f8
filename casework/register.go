package casework

import (
	"context"
	"encoding/json"
	"time"
)

// CaseStore is what the machinery needs of the registry.
type CaseStore interface {
	// Load reads a case with its work, decrypted; not_found where there is none.
	Load(ctx context.Context, id string) (Case, error)
	// Store writes a change's events, projection and encrypted state in one transaction. It is idempotent by case and
	// step: the same step again is a success and changes nothing; the same step with other contents is a conflict.
	Store(ctx context.Context, ch Change) error
	// Effect reads what an effect's step already brought; ok is false where nothing is kept.
	Effect(ctx context.Context, id string, step int) (r json.RawMessage, ok bool, err error)
	// KeepEffect keeps it; the first writer wins and what is kept is returned.
	KeepEffect(ctx context.Context, id string, step int, r json.RawMessage) (json.RawMessage, error)
	// Authority finds the contact book's entry for the request's authority: ok is false where there is none or it has expired.
	Authority(ctx context.Context, r Request, on Date) (entry BookEntry, ok bool, err error)
	// Erase takes a purged case's personal data away; its ledger entries stay.
	Erase(ctx context.Context, id string) error
	// PutLink keeps a link that was mailed, by the SHA-256 of its token.
	PutLink(ctx context.Context, l MailedLink) error
}

// MailedLink is a link in a message: it opens one parcel for the officer, or one notice page for the customer.
type MailedLink struct {
	TokenSHA256 string
	Case        string
	Purpose     LinkPurpose
	N           int
	ExpiresAt   time.Time // zero: does not expire
}

// LinkPurpose is what a mailed link opens.
type LinkPurpose string

// The purposes.
const (
	DeliveryLink LinkPurpose = "delivery"
	NoticeLink   LinkPurpose = "notice"
)

// Intake is a request about to become a case. Scope, Key and BodySHA256 are the idempotency key's: empty Key, none.
type Intake struct {
	CaseKey    string // UUIDv7
	Request    Request
	Actor      Actor
	Members    []string // the wall, for national security process
	Terms      Terms
	At         time.Time
	Scope      string
	Key        string
	BodySHA256 string
}

// CaseRegistry is what the front desk needs of the registry. A viewer outside a case's wall gets not_found, as for an
// unknown id, and the case is in no list, count or total of theirs.
type CaseRegistry interface {
	// Register gives a new case its number and keeps it as starting, with the key, in one transaction. The same scope and
	// key with the same body returns the first case's id; with another body, a conflict.
	Register(ctx context.Context, in Intake) (id string, err error)
	// Starting lists the cases registered before the instant whose receipt is not yet stored.
	Starting(ctx context.Context, before time.Time) ([]string, error)
	// Case reads the case as people see it, without allowed_actions.
	Case(ctx context.Context, id string, viewer Actor) (View, error)
	// Standing reads how far the case is, and who brought it further after an entry of its ledger; same wall, cheap.
	Standing(ctx context.Context, id string, after int, viewer Actor) (Standing, error)
	// Full reads the case with its work, for allowed_actions and dry runs; same wall.
	Full(ctx context.Context, id string, viewer Actor) (Case, error)
	// Duplicates finds the other cases that may be the same request, the newest first; same wall for the case and for
	// each of them. It is asked of the request as it now reads, and nothing is found by what a purge erased.
	Duplicates(ctx context.Context, id string, viewer Actor) (Duplicates, error)
	// Whole reads several cases with their work, by id; what is not there, purged or behind a wall is left out.
	Whole(ctx context.Context, ids []string, viewer Actor) (map[string]Case, error)
	// Cases lists cases for the queue.
	Cases(ctx context.Context, q CaseQuery, viewer Actor) (CaseList, error)
	// CheckQuery names what is wrong with a query's words, order, limit and cursor, as Cases would; nothing is read.
	CheckQuery(q CaseQuery) error
	// CountCases is how many cases a query selects, exactly up to 10,000; atLeast: there are more.
	CountCases(ctx context.Context, q CaseQuery, viewer Actor) (n int, atLeast bool, err error)
	// Figures counts how the work stands.
	Figures(ctx context.Context, q FiguresQuery, viewer Actor) (Figures, error)
	// Weeks counts week by week what became of the deadlines that fell due; grouping is not asked of it.
	Weeks(ctx context.Context, q FiguresQuery, viewer Actor) ([]Week, error)
	// EvaluatedOtherwise lists the open cases, after one, that another rulebook than this (SHA-256) evaluated last, or whose
	// authority's entry in the contact book has changed since.
	EvaluatedOtherwise(ctx context.Context, rulebook, after string) ([]Stale, error)
	// Reconsidered forgets that an entry has changed, once the case was told.
	Reconsidered(ctx context.Context, s Stale) error
	// Events reads the ledger entries of a case.
	Events(ctx context.Context, id string, viewer Actor) ([]Event, error)
	// Looked writes that somebody looked at something of a case (viewed) or took it (downloaded); the version stays.
	Looked(ctx context.Context, id string, actor Actor, what string, at time.Time) error
	// Answered reads the answer kept under an idempotency key; a key kept with another body is a conflict. ok is false
	// where the key is new: it is then reserved for this body.
	Answered(ctx context.Context, k IdempotencyKey) (a KeptAnswer, ok bool, err error)
	// KeepAnswer keeps the answer given under a key.
	KeepAnswer(ctx context.Context, k IdempotencyKey, a KeptAnswer) error
	// ActorByToken finds who holds an API token at an instant, by its SHA-256 (hex).
	ActorByToken(ctx context.Context, tokenSHA256 string, at time.Time) (Actor, error)
	// Link reads a mailed link by the SHA-256 of its token; not_found where unknown or expired at that instant.
	Link(ctx context.Context, tokenSHA256 string, at time.Time) (MailedLink, error)
	// Authorities lists the contact book.
	Authorities(ctx context.Context) ([]BookEntry, error)
	// PutAuthority creates or replaces an entry; its version is raised; ifVersion 0: whatever there is.
	PutAuthority(ctx context.Context, e BookEntry, actor Actor, at time.Time, ifVersion int) (BookEntry, error)
	// OpenPhones lists the numbers that came with open requests: none of them may enter the book.
	OpenPhones(ctx context.Context) ([]string, error)
	// PutUser creates or replaces a person of staff; tokenSHA256 empty: the token stays.
	PutUser(ctx context.Context, name string, roles []Role, tokenSHA256 string) error
	// Users lists the people of staff.
	Users(ctx context.Context) ([]Actor, error)
}

// Standing is how far a case is: its version, its last entry in the ledger, and who last did something to it, the system
// aside; nobody where only the system did.
type Standing struct {
	Version  int
	Sequence int
	By       Actor
}

// IdempotencyKey is a key in its scope: actor and path.
type IdempotencyKey struct {
	Scope      string
	Key        string
	BodySHA256 string
	Case       string
	At         time.Time
}

// KeptAnswer is the status and body once given.
type KeptAnswer struct {
	Status int
	Body   []byte
}

// Stale is an open case that is to be evaluated anew; Entry is the contact book's that has changed, if that is why.
type Stale struct {
	Case  string
	Entry string
}

// EndedCase is a closed case that waits for nothing, and since when.
type EndedCase struct {
	Case       string
	Resolution Resolution
	At         time.Time
}

// SignedHead is the head of the ledger's tree as it was signed: a note in the form of a checkpoint.
type SignedHead struct {
	Size int64
	At   time.Time
	Note string
}

// CaseQuery filters, sorts and pages the queue; empty fields do not filter.
type CaseQuery struct {
	Stage      Stage
	WaitingOn  WaitingOn
	Assignee   string
	Country    string
	Instrument InstrumentType
	SLA        SLA
	Resolution Resolution
	Q          string // case id, reference, number or authority

	Open        bool      // not closed
	WaitingOnUs bool      // on legal_ops, a reviewer or an approver
	Unassigned  bool      // nobody's
	Emergency   bool      // a case that is one, open or closed
	DueBefore   time.Time // something of ours is due before the instant, and its clock runs

	Sort   string // received_at, -received_at, due, -due, case_id, -case_id
	Limit  int    // 1 to 200; 0: 50
	Cursor string
}

// CaseList is a page of the queue.
type CaseList struct {
	Cases          []ListedCase `json:"cases"`
	NextCursor     *string      `json:"next_cursor"`
	Total          int          `json:"total"`
	TotalIsMinimum bool         `json:"total_is_minimum"`
}

// ListedCase is an element of a list: the case without its request, determination and documents; and beside it what the
// queue's page shows of the request. Of a purged case the authority is empty.
type ListedCase struct {
	View

	Authority  string         `json:"-"` // name and unit
	Country    string         `json:"-"`
	Instrument InstrumentType `json:"-"`
	Emergency  bool           `json:"-"`
}
