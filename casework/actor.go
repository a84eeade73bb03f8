package casework

import "slices"

// Role is what a person of staff may be.
type Role string

// The roles.
const (
	LegalOps Role = "legal_ops"
	Reviewer Role = "reviewer"
	Manager  Role = "manager"
	Admin    Role = "admin"
	Auditor  Role = "auditor"
)

// Roles lists the vocabulary.
var Roles = []Role{LegalOps, Reviewer, Manager, Admin, Auditor}

// Valid reports whether r is in the vocabulary.
func (r Role) Valid() bool { return known(r, Roles) }

// ActorKind is who acts: one of our people, the system itself, the authority, or the customer.
type ActorKind string

// The kinds of actor.
const (
	Person        ActorKind = "person"
	System        ActorKind = "system"
	AuthorityKind ActorKind = "authority"
	Customer      ActorKind = "customer"
)

// Actor is who did it; no change is made without one.
type Actor struct {
	Kind  ActorKind `json:"kind"`
	Name  string    `json:"name"`
	Roles []Role    `json:"roles,omitempty"`
}

// TheSystem is the actor of timers and of results of our own machinery.
var TheSystem = Actor{Kind: System, Name: "dueprocess"}

// Has reports whether the actor holds one of the roles.
func (a Actor) Has(roles ...Role) bool {
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return slices.Contains(roles, r) })
}
