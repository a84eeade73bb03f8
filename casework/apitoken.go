package casework

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// APIToken is a person's own token for programs: it may do what they may at the time of each call. The token itself is
// shown once and not kept.
type APIToken struct {
	ID        string // of the token, a UUID: no secret
	Owner     string // whose
	Name      string // what they call it
	SHA256    string // of the token, hex; left out where tokens are listed
	MadeAt    time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero: never
	RevokedAt time.Time // zero: not
}

// LongestToken is how long a token may be valid: who has left may still hold one.
const LongestToken = 90 * 24 * time.Hour

const longestTokenName = 80 // characters

// Check gives every fault of a new token.
func (t APIToken) Check() error {
	faults := []Fault{}
	if name := strings.TrimSpace(t.Name); name == "" || utf8.RuneCountInString(name) > longestTokenName || strings.ContainsFunc(name, unicode.IsControl) {
		faults = append(faults, Fault{Path: "name", Message: "must say on one line what the token is for, in 1 to 80 characters"})
	}
	if !t.ExpiresAt.After(t.MadeAt) || t.ExpiresAt.Sub(t.MadeAt) > LongestToken {
		faults = append(faults, Fault{Path: "days", Message: "must be 1 to 90"})
	}
	return Faulty(faults)
}

// Live reports whether the token may be used at an instant.
func (t APIToken) Live(at time.Time) bool { return t.RevokedAt.IsZero() && at.Before(t.ExpiresAt) }

// APITokens keeps personal tokens; making and revoking are events (settings_changed).
type APITokens interface {
	MakeToken(ctx context.Context, t APIToken, by Actor) error
	// Tokens lists a person's own, the newest first.
	Tokens(ctx context.Context, by Actor) ([]APIToken, error)
	// RevokeToken ends one's own token; not_found where it is nobody's or another's. A second time changes nothing.
	RevokeToken(ctx context.Context, id string, by Actor, at time.Time) error
}
