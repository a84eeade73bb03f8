package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/policy"
	"dueprocess/transparency"
)

// Base is where the interface stands.
const Base = "/api/v1"

// Desk brings requests and acts to the workflows.
type Desk interface {
	Submit(ctx context.Context, in casework.Intake) (id string, err error)
	Act(ctx context.Context, id string, act casework.Act) error
}

// Reports makes transparency reports.
type Reports interface {
	Report(ctx context.Context, p transparency.Period) (transparency.Report, error)
}

// Rules answers dry runs from the rulebook in force.
type Rules interface {
	// Evaluate answers a request by the rules of a day; on empty: the day of receipt.
	Evaluate(req casework.Request, on casework.Date, authorityKnown bool) casework.Determination
	Identity() casework.Rulebook
	// Rules are the rules in force on a day.
	Rules(on casework.Date) []policy.Rule
	// Countries are what is known of countries on a day.
	Countries(on casework.Date) []policy.Country
}

// Book finds the contact book's entry for a request's authority.
type Book interface {
	Authority(ctx context.Context, r casework.Request, on casework.Date) (casework.BookEntry, bool, error)
}

// Parcels opens sealed parcels.
type Parcels interface {
	Open(ctx context.Context, caseID string, n int) (name string, r io.ReadCloser, err error)
}

// Ledger proves what the log of all events holds.
type Ledger interface {
	Checkpoint(ctx context.Context) (casework.SignedHead, error)
	// Inclusion proves that the tree of a size (0: of the newest checkpoint) holds the leaf at an index, and says which.
	Inclusion(ctx context.Context, index, size int64) (leaf string, proof ledger.Inclusion, err error)
	// Consistency proves that the tree of a size (0: of the newest checkpoint) begins with that of an older one.
	Consistency(ctx context.Context, old, size int64) (ledger.Consistency, error)
}

// Key is a public key that others check our signatures with; PEM is its PKIX form.
type Key struct {
	ID  string `json:"id"`
	Use string `json:"use"`
	PEM string `json:"pem"`
}

// Config is what the interface is put together from.
type Config struct {
	Desk     Desk
	Registry casework.CaseRegistry
	Vault    casework.Vault
	Rules    Rules
	Book     Book
	Parcels  Parcels
	Ledger   Ledger
	Stuck    casework.StuckCases
	Reports  Reports
	Watch    Watch
	Keys     []Key
	Now      func() time.Time
	Zone     func() *time.Location // where the team's days are counted; nil: UTC
	Limits   Limits
}

// Limits of what one call may send, in bytes; 0: the default.
type Limits struct {
	JSON   int64 // a JSON body, or the JSON part of a multipart one: 1 MiB
	Upload int64 // a whole multipart body: 64 MiB
}

func (l Limits) orDefault() Limits {
	if l.JSON == 0 {
		l.JSON = 1 << 20
	}
	if l.Upload == 0 {
		l.Upload = 64 << 20
	}
	return l
}

type api struct {
	Config

	description []byte
}

// New makes the interface; mount it at Base + "/".
func New(c Config) http.Handler {
	c.Limits = c.Limits.orDefault()
	a := &api{Config: c}
	routes := a.routes()
	a.description = describe(routes)
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.Handle(r.method+" "+Base+r.path, a.guard(r))
	}
	mux.HandleFunc("/", unknown(mux))
	return mux
}

// unknown answers what is no call at all; a known path with another method says which it takes.
func unknown(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		allowed := allowedMethods(mux, r)
		if len(allowed) == 0 {
			fail(w, r, casework.Refuse(casework.NotFound, "There is no such call; %s/openapi.json describes all of them.", Base))
			return
		}
		wrongMethod(w, allowed)
	}
}
