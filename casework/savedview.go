package casework

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// SavedView is a question to the queue under a name. Whoever opens it sees what they may see: it holds no cases.
type SavedView struct {
	ID     string // a UUID: no secret
	Owner  string
	Name   string
	Shared bool   // with everybody who sees the queue
	Query  string // as in the queue's address, after the question mark
}

// SavedViews keeps them; each change is an event (settings_changed).
type SavedViews interface {
	// Views lists the person's own, and those that others share, by name.
	Views(ctx context.Context, by Actor) ([]SavedView, error)
	// PutView creates one of the person's own, or replaces it; not_found where the id is another's.
	PutView(ctx context.Context, v SavedView, by Actor, at time.Time) error
	// DropView deletes one's own; not_found where it is nobody's or another's.
	DropView(ctx context.Context, id string, by Actor, at time.Time) error
}

// How long what is saved may be, in characters and bytes; and how many views one person may have.
const (
	longestViewName  = 60
	longestViewQuery = 2000
	MostViews        = 50
)

// Check gives every fault of a view, but for the words of the query, which the registry reads.
func (v SavedView) Check() []Fault {
	faults := []Fault{}
	if name := strings.TrimSpace(v.Name); name == "" || utf8.RuneCountInString(v.Name) > longestViewName || strings.ContainsFunc(name, unicode.IsControl) {
		faults = append(faults, Fault{Path: "name", Message: "must say on one line what the view shows, in 1 to 60 characters"})
	}
	if len(v.Query) > longestViewQuery {
		faults = append(faults, Fault{Path: "query", Message: "must be at most 2000 bytes long"})
	}
	return faults
}
