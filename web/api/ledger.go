package api

import (
	"net/http"
	"slices"
	"strconv"
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
	asked, err := proofAsked(r)
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

func proofAsked(r *http.Request) (q proofQuestion, err error) {
	values, f := r.URL.Query(), []casework.Fault{}
	number := func(name string) int64 {
		text := values.Get(name)
		n, err := strconv.ParseInt(text, 10, 48)
		if text != "" && (err != nil || n < 0) {
			f = append(f, casework.Fault{Path: name, Message: "must be a whole number, zero or more"})
		}
		return n
	}
	q = proofQuestion{values.Has("index"), number("index"), number("old"), number("size")}
	if q.ofIndex == values.Has("old") {
		f = append(f, casework.Fault{Path: "index", Message: "name an index, or the old size of a tree, and not both"})
	}
	for name := range values {
		if !slices.Contains(proofParameters, name) {
			f = append(f, casework.Fault{Path: short(name), Message: "is not a parameter"})
		}
	}
	return q, casework.Faulty(f)
}
