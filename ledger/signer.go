package ledger

import (
	"crypto/ed25519"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
)

// NewSigner is the house's checkpoint key as a signer of notes. The name is the log's origin; it stays the same when the
// key is changed, since the key hash tells the keys of one name apart. It has no white space and no plus sign.
func NewSigner(name string, key ed25519.PrivateKey) (note.Signer, error) {
	if len(key) != ed25519.PrivateKeySize {
		return nil, noKey()
	}
	_, verifier, err := verifierOf(name, key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	return signer{verifier, key}, nil
}

// VerifierOf is the text that checks the signatures of a key: name+key hash (8 hex digits)+base64(0x01 ‖ public key).
// The key hash is the first 4 bytes of SHA-256(name ‖ line feed ‖ 0x01 ‖ public key).
func VerifierOf(name string, public ed25519.PublicKey) (string, error) {
	text, _, err := verifierOf(name, public)
	return text, err
}

// verifierOf also reads the text again: the library writes names that it refuses to read.
func verifierOf(name string, public ed25519.PublicKey) (string, note.Verifier, error) {
	text, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return "", nil, noKey().Because(err)
	}
	verifier, err := note.NewVerifier(text)
	if err != nil {
		return "", nil, noKey().Because(err)
	}
	return text, verifier, nil
}

// Verifiers are the keys in a text of one verifier a line, exactly as VerifierOf writes them, the old ones among them.
func Verifiers(text string) (note.Verifiers, error) {
	var list []note.Verifier
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		v, err := note.NewVerifier(line)
		if err != nil || strings.Contains(line, "\r") || !strings.HasPrefix(line, fmt.Sprintf("%s+%08x+", v.Name(), v.KeyHash())) {
			return nil, noKey().Because(err)
		}
		list = append(list, v)
	}
	return note.VerifierList(list...), nil
}

// signer signs with an Ed25519 key under its verifier's name and key hash.
type signer struct {
	note.Verifier

	key ed25519.PrivateKey
}

// Sign signs a note's body.
func (s signer) Sign(body []byte) ([]byte, error) { return ed25519.Sign(s.key, body), nil }

func noKey() *casework.Error {
	return casework.Refuse(casework.Invalid, "A key of the ledger's log is not an Ed25519 key under a name without spaces and plus signs.")
}
