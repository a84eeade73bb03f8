// Package ledger says what an event's leaf is and whether a log of them still holds: the hash that binds an event to the
// one before it in its case, the commitment that lets its personal part be erased without breaking the chain, the Merkle
// tree over the leaves of all cases, its signed checkpoints, the proofs from it, the check of the whole log from its first
// event to its last, and the evidence of one case that anybody can check alone.
//
// It is pure: it keeps nothing, asks no clock and draws no random numbers; salts are arguments. The registry calls it
// when it stores an event, the sequencer when the tree takes leaves in, `starter ledger verify` when it derives everything
// again.
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
//
// # The tree
//
// The tree is that of RFC 6962, hashes as golang.org/x/mod/sumdb/tlog keeps and numbers them. ‖ joins bytes:
//
//	entry      = SHA-256(0x00 ‖ the 32 bytes of the leaf)
//	node       = SHA-256(0x01 ‖ left ‖ right)
//	checkpoint = origin, size, base64 root and instant, a line each, signed as a note: see Checkpoint
package ledger
