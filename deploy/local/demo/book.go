package demo

import (
	_ "embed"
	"encoding/json"

	"dueprocess/casework"
)

//go:embed authorities.json
var authorities []byte

// Authorities are the contact book's first entries: the authorities of the scenarios, with numbers that did not come
// with any request.
func Authorities() ([]casework.BookEntry, error) {
	var out []casework.BookEntry
	return out, json.Unmarshal(authorities, &out)
}
