package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/google/uuid"

	"dueprocess/casework"
)

// maxKey is how long an idempotency key may be, in bytes.
const maxKey = 200

// keyOf is the idempotency key of a call in its scope: actor and path. ok is false where none was sent.
func (a *api) keyOf(r *http.Request, by casework.Actor, bodySHA256 string) (k casework.IdempotencyKey, ok bool, err error) {
	key := r.Header.Get("Idempotency-Key")
	if len(key) > maxKey {
		return k, false, casework.Faulty([]casework.Fault{{Path: "Idempotency-Key", Message: "is longer than 200 bytes"}})
	}
	k = casework.IdempotencyKey{Scope: by.Name + " " + r.URL.Path, Key: key, BodySHA256: bodySHA256, At: a.Now()}
	return k, key != "", nil
}

// actKey names an act towards its workflow: the same for the same key in the same scope, else new.
func actKey(k casework.IdempotencyKey) string {
	if k.Key == "" {
		return uuid.Must(uuid.NewV7()).String()
	}
	sum := sha256.Sum256([]byte(k.Scope + "\x00" + k.Key))
	return hex.EncodeToString(sum[:16])
}

func sha(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
