package parcel

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

const benchSize = 512 << 20

// blank is benchSize bytes of nothing: only our own work is measured.
func blank() io.Reader { return io.LimitReader(endless{}, benchSize) }

// BenchmarkAge is the baseline: the same bytes, encrypted and nothing else.
func BenchmarkAge(b *testing.B) {
	key := newKey(b)
	b.SetBytes(benchSize)
	for b.Loop() {
		w, err := age.Encrypt(io.Discard, key.Recipient())
		require.NoError(b, err)
		_, err = io.CopyBuffer(struct{ io.Writer }{w}, blank(), make([]byte, chunk))
		require.NoError(b, err)
		require.NoError(b, w.Close())
	}
}

// BenchmarkSeal seals them.
func BenchmarkSeal(b *testing.B) {
	key, in, sum := newKey(b), whole(), sha256.New()
	_, err := io.Copy(sum, blank())
	require.NoError(b, err)
	in.Files = []Content{{
		File: File{Path: "records/content.bin", Data: casework.Content, SHA256: hex.EncodeToString(sum.Sum(nil))},
		Size: benchSize, Open: func() (io.ReadCloser, error) { return io.NopCloser(blank()), nil },
	}}
	b.SetBytes(benchSize)
	for b.Loop() {
		_, err := Seal(io.Discard, in, signer, key.Recipient())
		require.NoError(b, err)
	}
}
