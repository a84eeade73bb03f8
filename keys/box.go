package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"slices"
)

// format is the first byte of everything sealed: version 1 is
// format, length of the key's id, the key's id, nonce (12 bytes), AES-256-GCM of the content.
// The additional data is the header before the nonce, then what the content belongs to.
const format = 1

// errSealed: not sealed by this ring, or for something else, or tampered with.
var errSealed = errors.New("what is sealed cannot be opened with this key")

// seal encrypts under a key; belongs is bound to it and must be the same again to open it.
func seal(key cipher.AEAD, id, belongs string, plain []byte) []byte {
	header := append([]byte{format, byte(len(id))}, id...) //nolint:gosec // ids of keys are 16 characters
	nonce := make([]byte, key.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return key.Seal(slices.Concat(header, nonce), nonce, plain, slices.Concat(header, []byte(belongs)))
}

// keyID is the id in the header of something sealed.
func keyID(sealed []byte) (string, error) {
	if len(sealed) < 2 || sealed[0] != format || len(sealed) < 2+int(sealed[1]) {
		return "", errSealed
	}
	return string(sealed[2 : 2+int(sealed[1])]), nil
}

func open(key cipher.AEAD, belongs string, sealed []byte) ([]byte, error) {
	id, err := keyID(sealed)
	if err != nil {
		return nil, err
	}
	header, rest := sealed[:2+len(id)], sealed[2+len(id):]
	if len(rest) < key.NonceSize() {
		return nil, errSealed
	}
	plain, err := key.Open([]byte{}, rest[:key.NonceSize()], rest[key.NonceSize():], slices.Concat(header, []byte(belongs)))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
