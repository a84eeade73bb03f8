package parcel

import (
	"fmt"
)

// Report is what a check found. The package is good where Faults is empty and the signature is valid; without a public
// key the signature is not checked, and Signature says so.
type Report struct {
	Manifest       Manifest  `json:"manifest"`
	ManifestSHA256 string    `json:"manifest_sha256"`
	Encrypted      bool      `json:"encrypted"`
	Signature      Signature `json:"signature"`
	Files          int       `json:"files"` // files of records
	Rows           int       `json:"rows"`
	Bytes          int64     `json:"bytes"` // of all members
	Faults         []string  `json:"faults"`
}

// Signature is what is known of the manifest's signature.
type Signature string

// What may be known of a signature.
const (
	SignatureValid      Signature = "valid"
	SignatureInvalid    Signature = "invalid"
	SignatureNotChecked Signature = "not_checked" // no public key was given
)

// Sound reports whether no fault was found; whether the signature was checked, Signature says.
func (r Report) Sound() bool { return len(r.Faults) == 0 }

const mostFaults = 100

func (r *Report) fault(format string, args ...any) {
	switch len(r.Faults) {
	case mostFaults:
		r.Faults = append(r.Faults, "and more")
	case mostFaults + 1:
	default:
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}
