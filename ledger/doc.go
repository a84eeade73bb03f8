// Package ledger says what an event's leaf is and whether a chain of them still holds: the hash that binds an event to
// the one before it, the commitment that lets its personal part be erased without breaking the chain, and the check of
// a case from its first event to its last.
//
// It is pure: it keeps nothing, asks no clock and draws no random numbers; salts are arguments. The registry calls it
// when it stores an event, `starter ledger verify` when it derives everything again.
//
// # Canonical form
//
// Everything hashed is first written as a list of fields: a line that names the form, then for each field, in the order
// given here, its length in bytes (decimal), a colon, its bytes and a line feed. No two different lists have the same
// form, and it takes ten lines to write it again in any language.
//
//	leaf       = hex(SHA-256("dueprocess leaf 1\n" + fields(case key, sequence, at, verb, actor id, facts, prev, commitment)))
//	facts      = fields(name, value, name, value, …), names ascending in byte order
//	commitment = hex(SHA-256("dueprocess commitment 1\n" + fields(salt, personal)))
//	personal   = fields(outsider's name, old, new)
//
// The sequence is decimal; at is UTC as 2006-01-02T15:04:05.000000Z; the actor id is kind:name for our own people and
// the system, the kind alone for an authority and a customer, whose names are personal; old and new are the JSON texts
// exactly as stored; prev is empty for a case's first event.
package ledger
