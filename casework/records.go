package casework

import (
	"context"
	"iter"
	"time"
)

// Records is a provider's system in which targets are looked up. A source answers only what a query names; whoever
// asks still checks every row against the approved scope.
type Records interface {
	// Name is the source's name in manifests.
	Name() string
	// Resolve finds the accounts that a target names: none, one, or several.
	Resolve(ctx context.Context, t Target) ([]AccountHolder, error)
	// Holder reads the account's own address and language; not_found where there is no such account.
	Holder(ctx context.Context, account string) (AccountHolder, error)
	// Columns are the columns of a category's rows, the first of them "account", one of them "at" where rows are dated.
	Columns(d Data) []string
	// Look streams the rows of one category of one account, in the order of time. It never holds them all in memory.
	Look(ctx context.Context, q Query) iter.Seq2[Row, error]
}

// AccountHolder is whom an account belongs to, as far as the office needs it.
type AccountHolder struct {
	Account  string
	Email    string
	Language string
}

// Query names one category of one account. Fields (subscriber only; empty: all) and the range [From, Until) narrow it;
// zero times are open ends. Rows without a date (a name, an address) are not narrowed by the range.
type Query struct {
	Account string            `json:"account"`
	Data    Data              `json:"data"`
	Fields  []SubscriberField `json:"fields,omitempty"`
	From    time.Time         `json:"from,omitzero"`
	Until   time.Time         `json:"until,omitzero"`
}

// Row is one record. At is zero where the record has no date; Field is set for subscriber records only.
type Row struct {
	At    time.Time       `json:"at,omitzero"`
	Field SubscriberField `json:"field,omitempty"`
	Cells []string        `json:"cells"`
}
