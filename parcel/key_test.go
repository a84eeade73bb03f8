package parcel

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPublicKeyComesBack(t *testing.T) {
	key, err := ParsePublicPEM(PublicPEM(public))
	require.NoError(t, err)
	require.Equal(t, public, key)
}

func TestOtherKeysAreRefused(t *testing.T) {
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.MarshalPKIXPublicKey(other.Public())
	require.NoError(t, err)
	block := func(kind string, b []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}) }
	for says, text := range map[string][]byte{
		"holds no public key": []byte("hello"), "no public key in PEM": block("PRIVATE KEY", der),
		"cannot be read": block("PUBLIC KEY", []byte("x")), "not an Ed25519 key": block("PUBLIC KEY", der),
	} {
		_, err := ParsePublicPEM(text)
		require.ErrorContains(t, err, says)
	}
}
