package casework

import (
	"context"
	"time"
)

// Session is a person's sign-in as a browser holds it. The browser's secret is kept nowhere but in its cookie.
type Session struct {
	SHA256  string    // of the secret, hex
	Name    string    // whose it is
	BeganAt time.Time // when they signed in
	SeenAt  time.Time // when something was last asked with it, to about a minute
	FreshAt time.Time // when they last proved to the identity provider who they are; zero: it did not say
}

// SessionLimits are how long a sign-in holds.
type SessionLimits struct {
	Idle  time.Duration // without anything asked
	Whole time.Duration // whatever is asked
	Fresh time.Duration // for what asks that people prove again who they are: releasing, settings
}

// Ends is when the session is over if nothing more is asked.
func (s Session) Ends(l SessionLimits) time.Time {
	idle, whole := s.SeenAt.Add(l.Idle), s.BeganAt.Add(l.Whole)
	if idle.Before(whole) {
		return idle
	}
	return whole
}

// Live reports whether the session holds at an instant.
func (s Session) Live(l SessionLimits, at time.Time) bool { return at.Before(s.Ends(l)) }

// Fresh reports whether the person has lately proved who they are.
func (s Session) Fresh(l SessionLimits, at time.Time) bool {
	return !s.FreshAt.IsZero() && at.Before(s.FreshAt.Add(l.Fresh))
}

// Identified is what an identity provider says of somebody who has just signed in.
type Identified struct {
	Subject string    // the provider's own name for them, never given to another: issuer and subject
	Name    string    // what they are called here, if they are new
	Roles   []Role    // what their groups make them; none: nobody
	At      time.Time // when they proved who they are; zero: the provider did not say
}

// Sessions keeps sign-ins.
type Sessions interface {
	// SignIn enters a person with the roles that they have from now on, and their new session. A known subject keeps its
	// name whatever it is called now, and no name is given to a second subject: one person is one name. Whoever has no
	// role loses every session; that, and a name taken, is forbidden. Sessions begun before the instant expired are dropped.
	SignIn(ctx context.Context, who Identified, s Session, expired time.Time) (Actor, error)
	// Session reads a session, over or not, and its person with the roles that they have now; unauthenticated where there
	// is none.
	Session(ctx context.Context, sha256 string) (Session, Actor, error)
	// Seen notes that something was asked with a session.
	Seen(ctx context.Context, sha256 string, at time.Time) error
	// SignOut ends a session; one that is not there is no error.
	SignOut(ctx context.Context, sha256 string) error
	// People lists who has signed in or was entered, by name.
	People(ctx context.Context) ([]KnownPerson, error)
}

// KnownPerson is a person of staff with their last sign-in; zero: none yet.
type KnownPerson struct {
	Actor

	SignedInAt time.Time
}

// SignInSecrets are made anew for each sign-in and kept by the browser that began it.
type SignInSecrets struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // of PKCE
}
