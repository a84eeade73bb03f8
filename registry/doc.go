// Package registry is the database: every case as people see it and, encrypted, as the machinery needs it, the ledger's
// events, idempotency keys, mailed links, the contact book, people and tokens. It implements casework.CaseStore for the
// worker and casework.CaseRegistry for the front desk, on PostgreSQL and on SQLite with one SQL text.
//
// It decides nothing about a case: what a change is, Case.Apply says. It gives numbers and sequences, keeps changes
// whole or not at all, and keeps walls: a case outside a viewer's wall is, to that viewer, a case that does not exist.
package registry
