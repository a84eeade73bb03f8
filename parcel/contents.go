package parcel

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
)

// Contents is what a package is to hold. At is the time that every member of the archive bears, so that equal contents
// give equal bytes; the certificate and the text for the officer come ready.
type Contents struct {
	CaseID      string
	Instrument  casework.InstrumentType
	Data        []casework.Data
	Targets     []Target
	Files       []Content
	Certificate []byte
	Readme      []byte
	At          time.Time
}

// Content is one file of records: what the manifest says of it, its exact size in bytes, and how to read it. Open is
// called once, when its turn comes.
type Content struct {
	File
	Size int64
	Open func() (io.ReadCloser, error)
}

// Manifest is what the package's manifest will say, the files in their order.
func (c Contents) Manifest() Manifest {
	m := Manifest{CaseID: c.CaseID, Instrument: c.Instrument, Data: c.Data, Targets: c.Targets, Files: []File{}}
	for _, f := range c.Files {
		f.At = casework.Truncate(f.At)
		m.Files = append(m.Files, f.File)
	}
	return m
}

// sums is SHA256SUMS, as sha256sum -c reads it.
func (c Contents) sums() []byte {
	var out strings.Builder
	for _, f := range c.Files {
		fmt.Fprintf(&out, "%s  %s\n", f.SHA256, f.Path)
	}
	fmt.Fprintf(&out, "%s  %s\n", sumOf(c.Certificate), CertificateName)
	fmt.Fprintf(&out, "%s  %s\n", sumOf(c.Readme), ReadmeName)
	return []byte(out.String())
}

// check refuses contents that could not be verified afterwards: every fault at once.
func (c Contents) check(signer ed25519.PrivateKey) error {
	var faults []casework.Fault
	need := func(ok bool, path, message string) {
		if !ok {
			faults = append(faults, casework.Fault{Path: path, Message: message})
		}
	}
	need(c.CaseID != "", "case_id", "is missing")
	need(!c.At.IsZero(), "at", "is missing")
	need(len(signer) == ed25519.PrivateKeySize, "signer", "is not an Ed25519 key")
	need(len(c.Certificate) > 0, CertificateName, "is missing")
	need(len(c.Readme) > 0, ReadmeName, "is missing")
	for i, f := range c.Files {
		f.check(c, i, func(ok bool, message string) { need(ok, fmt.Sprintf("files[%d]", i), message) })
	}
	return casework.Faulty(faults)
}

func (f Content) check(c Contents, i int, need func(ok bool, message string)) {
	sum, err := hex.DecodeString(f.SHA256)
	need(isRecords(f.Path) && allowedName(f.Path), "has a path that a package may not have")
	need(!slices.ContainsFunc(c.Files[:i], f.samePath), "has the path of another file")
	need(slices.Contains(c.Data, f.Data), "is of a category that the package does not name")
	need(err == nil && len(sum) == 32 && f.SHA256 == strings.ToLower(f.SHA256), "has no SHA-256 in hexadecimal")
	need(f.Size >= 0 && f.Open != nil, "has no bytes")
}

// samePath compares as file systems do that take no notice of case.
func (f Content) samePath(other Content) bool { return strings.EqualFold(f.Path, other.Path) }
