// Package parcel owns the sealed disclosure package: what it is made of, how it is written as a stream, how anybody
// checks it offline, how it is opened. It keeps nothing in memory but lists of names, knows no clock, database or
// network, and never looks a record up: whoever calls it (the sealing activity, the portal, the command line) brings the
// bytes and the time.
package parcel

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"dueprocess/casework"
)

// Manifest says what a package holds: whose case, which categories, which targets and time ranges, and of each file of
// records where it came from. Its bytes are what is signed.
type Manifest struct {
	CaseID     string                  `json:"case_id"`
	Instrument casework.InstrumentType `json:"instrument"`
	Data       []casework.Data         `json:"data"`
	Targets    []Target                `json:"targets"`
	Files      []File                  `json:"files"`
}

// Target is whom or what the records are about, with its time range: days in UTC or instants, both ends included; an
// empty end is open, null in JSON.
type Target struct {
	Type  casework.TargetType `json:"type"`
	Value string              `json:"value"`
	From  casework.Moment     `json:"from"`
	To    casework.Moment     `json:"to"`
}

// File is one file of records: its path in the package, its category, the source and the query that answered, its rows
// (0 for a file that is not made of rows), the SHA-256 of its bytes (hex), who collected it, and when.
type File struct {
	Path        string        `json:"path"`
	Data        casework.Data `json:"data"`
	Source      string        `json:"source"`
	Query       string        `json:"query"`
	Rows        int           `json:"rows"`
	SHA256      string        `json:"sha256"`
	CollectedBy string        `json:"collected_by"`
	At          time.Time     `json:"at"`
}

// TargetsOf are a demand's targets as a manifest names them.
func TargetsOf(demanded []casework.Target) []Target {
	out := make([]Target, 0, len(demanded))
	for _, t := range demanded {
		out = append(out, Target{Type: t.Type, Value: t.Value, From: t.From, To: t.To})
	}
	return out
}

// encode writes the manifest as people can read it: indented, in the order of its fields, ended by a line feed.
func (m Manifest) encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return out.Bytes(), err
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
