package api

import (
	"net/http"

	"dueprocess/casework"
)

// keyList is the public keys.
type keyList struct {
	Keys []Key `json:"keys"`
}

// keys answers with the public keys that our signatures are checked with.
func (a *api) keys(w http.ResponseWriter, _ *http.Request, _ casework.Actor) error {
	return give(w, keyList{Keys: a.Keys})
}
