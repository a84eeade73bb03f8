package parcel

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"

	"dueprocess/casework"
)

const publicBlock = "PUBLIC KEY"

// PublicPEM is a public key as openssl and parcel verify --signer read it (PKIX in PEM).
func PublicPEM(key ed25519.PublicKey) []byte {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil // not reached: an Ed25519 key always has that form
	}
	return pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: der})
}

// ParsePublicPEM reads a public key that PublicPEM wrote.
func ParsePublicPEM(text []byte) (ed25519.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != publicBlock {
		return nil, casework.Refuse(casework.Invalid, "The file holds no public key in PEM form.")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "The public key cannot be read.").Because(err)
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, casework.Refuse(casework.Invalid, "The public key is not an Ed25519 key.")
	}
	return public, nil
}
