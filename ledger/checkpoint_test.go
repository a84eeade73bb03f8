package ledger_test

import (
	"crypto/ed25519"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/ledger"
)

var update = flag.Bool("update", false, "write the goldens")

const origin = "requests.example/ledger"

func key(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(slices.Repeat([]byte{seed}, ed25519.SeedSize))
}

func signerOf(t require.TestingT, name string, k ed25519.PrivateKey) note.Signer {
	s, err := ledger.NewSigner(name, k)
	require.NoError(t, err)
	return s
}

func verifierText(t require.TestingT, name string, k ed25519.PrivateKey) string {
	text, err := ledger.VerifierOf(name, k.Public().(ed25519.PublicKey))
	require.NoError(t, err)
	return text
}

func known(t require.TestingT, texts ...string) note.Verifiers {
	v, err := ledger.Verifiers(strings.Join(texts, "\n"))
	require.NoError(t, err)
	return v
}

func ours(t require.TestingT) note.Verifiers { return known(t, verifierText(t, origin, key(1))) }

func checkpoint(head ledger.Head) ledger.Checkpoint {
	return ledger.Checkpoint{Origin: origin, Size: head.Size, Root: head.Root, At: noon.Truncate(time.Second)}
}

func signed(t require.TestingT, c ledger.Checkpoint) []byte {
	text, err := c.Sign(signerOf(t, c.Origin, key(1)))
	require.NoError(t, err)
	return text
}

// bodyOf is what the signatures of a note are over.
func bodyOf(text []byte) string {
	body, _, _ := strings.Cut(string(text), "\n\n")
	return body + "\n"
}

func golden(t *testing.T, name, got string) {
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestACheckpointIsWrittenAsDescribed(t *testing.T) {
	tree := treeOf(t, leavesOf(7))
	c := checkpoint(headOf(t, 7, tree))
	text := signed(t, c)
	golden(t, "checkpoint.txt", string(text)+verifierText(t, origin, key(1))+"\n")
	read, err := ledger.OpenCheckpoint(text, ours(t))
	require.NoError(t, err)
	require.Equal(t, c, read)
	require.Equal(t, headOf(t, 7, tree), read.Head())
}

func TestInstantsAreUTCAndWholeSeconds(t *testing.T) {
	c := checkpoint(ledger.Head{})
	c.At = noon.In(time.FixedZone("east", 3600))
	read, err := ledger.OpenCheckpoint(signed(t, c), ours(t))
	require.NoError(t, err)
	require.Equal(t, noon.Truncate(time.Second), read.At)
}

func TestEveryFlippedByteOfACheckpointIsRefused(t *testing.T) {
	text := signed(t, checkpoint(headOf(t, 7, treeOf(t, leavesOf(7)))))
	for i := range text {
		for _, flip := range []byte{1, 2, 0x20, 0x80} {
			forged := slices.Clone(text)
			forged[i] ^= flip
			_, err := ledger.OpenCheckpoint(forged, ours(t))
			require.Error(t, err, "%d %q", i, forged)
		}
	}
}

func TestCheckpointsThatAreNotOursAreRefused(t *testing.T) {
	body := bodyOf(signed(t, checkpoint(headOf(t, 7, treeOf(t, leavesOf(7))))))
	of := func(text string, s ...note.Signer) []byte {
		out, err := note.Sign(&note.Note{Text: text}, s...)
		require.NoError(t, err)
		return out
	}
	us, stranger := signerOf(t, origin, key(1)), signerOf(t, origin, key(2))
	_, err := ledger.OpenCheckpoint(of(body, us), ours(t))
	require.NoError(t, err, "the body itself is good")
	_, err = ledger.OpenCheckpoint(of(body, us, stranger), ours(t))
	require.NoError(t, err, "witnesses do not harm")
	lines := func(l ...string) string { return strings.Join(l, "\n") + "\n" }
	root, at := tlog.Hash{}.String(), "2026-11-20T12:00:00Z"
	for name, text := range map[string][]byte{
		"unsigned":           []byte(body),
		"no signature":       []byte(body + "\n"),
		"empty":              nil,
		"unknown key":        of(body, stranger),
		"another origin":     of("other.example"+strings.TrimPrefix(body, origin), us),
		"size below zero":    of(lines(origin, "-1", root, at), us),
		"minus zero":         of(lines(origin, "-0", root, at), us),
		"size with zeros":    of(lines(origin, "07", root, at), us),
		"size too large":     of(lines(origin, "9223372036854775807", root, at), us),
		"size no number":     of(lines(origin, "7x", root, at), us),
		"short root":         of(lines(origin, "7", root[4:], at), us),
		"loose base64":       of(lines(origin, "7", root[:42]+"B=", at), us),
		"no instant":         of(lines(origin, "7", root), us),
		"an instant of noon": of(lines(origin, "7", root, "noon"), us),
		"an instant's zone":  of(lines(origin, "7", root, "2026-11-20T12:00:00+00:00"), us),
		"split seconds":      of(lines(origin, "7", root, "2026-11-20T12:00:00.5Z"), us),
		"a line more":        of(lines(origin, "7", root, at, "x"), us),
		"no origin":          of(lines("", "7", root, at), us),
		"too long":           append(of(body, us), make([]byte, 1<<16)...),
	} {
		_, err := ledger.OpenCheckpoint(text, ours(t))
		require.Error(t, err, name)
	}
	_, err = ledger.OpenCheckpoint(of(body, us), nil)
	require.Error(t, err)
}

// TestAKeyOfAnotherNameDoesNotSignForUs: a known witness alone is not the log.
func TestAKeyOfAnotherNameDoesNotSignForUs(t *testing.T) {
	c := checkpoint(ledger.Head{})
	text, err := note.Sign(&note.Note{Text: bodyOf(signed(t, c))}, signerOf(t, "witness", key(3)))
	require.NoError(t, err)
	_, err = ledger.OpenCheckpoint(text, known(t, verifierText(t, origin, key(1)), verifierText(t, "witness", key(3))))
	require.ErrorContains(t, err, "another log")
}

func TestOnlyWhatCanBeOpenedIsSigned(t *testing.T) {
	us := signerOf(t, origin, key(1))
	for _, c := range []ledger.Checkpoint{
		{Origin: "other", At: noon}, {Origin: origin, Size: -1, At: noon}, {Origin: origin, Size: 1 << 50, At: noon}, {Origin: origin, At: noon.AddDate(9000, 0, 0)},
	} {
		_, err := c.Sign(us)
		require.Error(t, err)
	}
}

func TestKeysAreThoseOfTheNoteLibrary(t *testing.T) {
	skey, vkey, err := note.GenerateKey(strings.NewReader(strings.Repeat("k", 64)), origin)
	require.NoError(t, err)
	theirs, err := note.NewSigner(skey)
	require.NoError(t, err)
	seed := []byte(strings.Repeat("k", 32))
	us := signerOf(t, origin, ed25519.NewKeyFromSeed(seed))
	require.Equal(t, vkey, verifierText(t, origin, ed25519.NewKeyFromSeed(seed)))
	require.Equal(t, theirs.KeyHash(), us.KeyHash())
	a, err := theirs.Sign([]byte("x\n"))
	require.NoError(t, err)
	b, err := us.Sign([]byte("x\n"))
	require.NoError(t, err)
	require.Equal(t, a, b)
}

func TestWhatIsNoKeyIsRefused(t *testing.T) {
	for _, name := range []string{"", "a b", "a+b", "a\nb"} {
		_, err := ledger.NewSigner(name, key(1))
		require.Error(t, err, name)
	}
	_, err := ledger.NewSigner(origin, key(1)[:40])
	require.Error(t, err)
	_, err = ledger.VerifierOf(origin, make([]byte, 31))
	require.Error(t, err)
	for _, text := range []string{"x", verifierText(t, origin, key(1)) + "A", verifierText(t, origin, key(1)) + "\r", "\n", strings.Replace(verifierText(t, origin, key(1)), "+fc7", "+FC7", 1)} {
		_, err = ledger.Verifiers(text)
		require.Error(t, err, text)
	}
}

func FuzzOpenCheckpoint(f *testing.F) {
	f.Add(signed(f, checkpoint(ledger.Head{})))
	f.Add(signed(f, checkpoint(headOf(f, 7, treeOf(f, leavesOf(7))))))
	f.Add([]byte(origin + "\n-1\n\n\n— x y\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ledger.OpenCheckpoint(text, ours(t))
		if err == nil {
			require.Equal(t, origin, c.Origin)
			require.GreaterOrEqual(t, c.Size, int64(0))
			require.Equal(t, bodyOf(signed(t, c)), bodyOf(text), "what is accepted is what we would sign")
		}
	})
}

// Whoever has no key reads a checkpoint all the same, and knows that nobody vouches for it.
func TestACheckpointIsReadWithoutAKey(t *testing.T) {
	want := ledger.Checkpoint{Origin: origin, Size: 3, At: time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)}
	text, err := want.Sign(signerOf(t, origin, key(1)))
	require.NoError(t, err)
	got, err := ledger.ReadCheckpoint(text)
	require.NoError(t, err)
	require.Equal(t, want, got)
	for _, bad := range []string{"", "no note", strings.Replace(string(text), "\n3\n", "\n-3\n", 1), string(text) + strings.Repeat("x", 1<<20)} {
		_, err := ledger.ReadCheckpoint([]byte(bad))
		require.Error(t, err)
	}
}
