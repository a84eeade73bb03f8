package api

import (
	"net/http"
	"time"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// signedHead is the newest checkpoint; Note is what was signed, with its signature.
type signedHead struct {
	Size int64     `json:"size"`
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

// checkpoint answers with the ledger's newest signed head.
func (a *api) checkpoint(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	head, err := a.Ledger.Checkpoint(r.Context())
	if err != nil {
		return err
	}
	return give(w, signedHead(head))
}

// proofs are an inclusion proof, with the leaf at that index, or a consistency proof.
type proofs struct {
	Leaf        string              `json:"leaf,omitempty"`
	Inclusion   *ledger.Inclusion   `json:"inclusion,omitempty"`
	Consistency *ledger.Consistency `json:"consistency,omitempty"`
}

// proofParameters: index asks for an inclusion proof, old for a consistency proof; size is the tree's, left out, that of
// the newest checkpoint.
var proofParameters = []string{"index", "old", "size"}

// proof answers with a proof of inclusion or of consistency.
func (a *api) proof(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	asked, err := proofAsked(queryOf(r, proofParameters))
	if err != nil {
		return err
	}
	var out proofs
	if asked.ofIndex {
		var p ledger.Inclusion
		out.Leaf, p, err = a.Ledger.Inclusion(r.Context(), asked.index, asked.size)
		out.Inclusion = &p
	} else {
		var p ledger.Consistency
		p, err = a.Ledger.Consistency(r.Context(), asked.old, asked.size)
		out.Consistency = &p
	}
	if err != nil {
		return err
	}
	return give(w, out)
}

type proofQuestion struct {
	ofIndex          bool
	index, old, size int64
}

// proofAsked: a tree of no leaf holds none, and no checkpoint is of one; but every tree begins with it.
func proofAsked(q *query) (proofQuestion, error) {
	asked := proofQuestion{ofIndex: q.has("index"), index: q.number("index", 0), old: q.number("old", 0), size: q.number("size", 1)}
	if asked.ofIndex == q.has("old") {
		q.fault("index", "name an index, or the old size of a tree, and not both")
	}
	return asked, q.err()
}
