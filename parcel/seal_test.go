package parcel

import (
	"archive/tar"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestSealWritesEqualBytesForEqualContents(t *testing.T) {
	require.Equal(t, sealed(t, whole()), sealed(t, whole())) //nolint:testifylint // the same twice is the point
	later := whole()
	later.At = sealedAt.Add(time.Hour)
	require.NotEqual(t, sealed(t, whole()), sealed(t, later))
}

func TestSealWritesTheMembersInOrderAndTheManifestOfTheInterface(t *testing.T) {
	list := entries(t, sealed(t, whole()))
	var names []string
	for _, e := range list {
		names = append(names, e.Name)
	}
	require.Equal(t, []string{
		"records/subscriber.csv", "records/traffic.csv", "records/content.jsonl", "records/raw/mailbox.mbox",
		"certificate.pdf", "README.txt", "SHA256SUMS", "manifest.json", "manifest.sig",
	}, names)
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(list[7].data), &m))
	require.Equal(t, "LR-2026-000123", m["case_id"])
	require.Equal(t, []any{map[string]any{
		"type": "account_email", "value": "harbor.lights@example.net", "from": "2026-06-01", "to": "2026-10-31",
	}}, m["targets"])
	require.Equal(t, map[string]any{
		"path": "records/traffic.csv", "data": "traffic", "source": "demo", "query": "as approved", "rows": 2.0,
		"sha256": sumOf([]byte(trafficCSV)), "collected_by": "olivia", "at": "2026-11-23T09:30:00Z",
	}, m["files"].([]any)[1])
	require.Len(t, m, 5)
}

func TestSealWritesPlainFilesOfNobodyAtTheGivenTime(t *testing.T) {
	in := whole()
	in.At = sealedAt.Add(900 * time.Millisecond).In(time.FixedZone("", 3600))
	r := tar.NewReader(bytes.NewReader(sealed(t, in)))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		require.Equal(t, &tar.Header{
			Typeflag: tar.TypeReg, Name: h.Name, Size: h.Size, Mode: 0o600, ModTime: sealedAt.Local(), Format: tar.FormatUSTAR,
		}, h)
	}
}

func TestAManifestHasItsInstantsInOneForm(t *testing.T) {
	in := whole()
	in.Files[0].At = sealedAt.Add(1234567 * time.Nanosecond).In(time.FixedZone("", 3600))
	require.Contains(t, entries(t, sealed(t, in))[7].data, `"at": "2026-11-23T09:30:00.001234Z"`)
}

func TestSealReturnsTheHashOfTheManifest(t *testing.T) {
	var out bytes.Buffer
	sum, err := Seal(&out, whole(), signer)
	require.NoError(t, err)
	require.Equal(t, sumOf([]byte(entries(t, out.Bytes())[7].data)), sum)
	require.Equal(t, sum, verified(t, out.Bytes()).ManifestSHA256)
}

func TestSealRefusesASourceThatLies(t *testing.T) {
	for name, lie := range map[string]func(*Content){
		"shorter than announced": func(c *Content) { c.Size++ },
		"longer than announced":  func(c *Content) { c.Size-- },
		"another hash":           func(c *Content) { c.SHA256 = sumOf([]byte("something else")) },
	} {
		t.Run(name, func(t *testing.T) {
			in := whole()
			lie(&in.Files[1])
			_, err := Seal(io.Discard, in, signer)
			require.ErrorIs(t, err, ErrLied)
			require.ErrorContains(t, err, "records/traffic.csv")
		})
	}
}

func TestSealRefusesASourceThatEndsWithoutEnd(t *testing.T) {
	in := whole()
	in.Files[1].Open = func() (io.ReadCloser, error) { return io.NopCloser(endless{}), nil }
	_, err := Seal(io.Discard, in, signer)
	require.ErrorIs(t, err, ErrLied)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// sourceOf is a reader that fails in one way or another.
type sourceOf struct {
	io.Reader
	closing error
	closed  *bool
}

func (s sourceOf) Close() error { *s.closed = true; return s.closing }

func TestSealPassesOnWhatFails(t *testing.T) {
	boom := errors.New("boom")
	closed := false
	for name, open := range map[string]func() (io.ReadCloser, error){
		"opening": func() (io.ReadCloser, error) { return nil, boom },
		"reading": func() (io.ReadCloser, error) {
			return sourceOf{io.MultiReader(strings.NewReader("acc"), failing{boom}), nil, &closed}, nil
		},
		"closing": func() (io.ReadCloser, error) { return sourceOf{strings.NewReader(trafficCSV), boom, &closed}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			in := whole()
			in.Files[1].Open, closed = open, name == "opening"
			_, err := Seal(io.Discard, in, signer)
			require.ErrorIs(t, err, boom)
			require.True(t, closed, "the source is closed")
		})
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// full is a writer with room for so many bytes.
type full struct{ room int }

var errFull = errors.New("the disk is full")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestSealFailsWhereverTheDiskIsFull(t *testing.T) {
	for _, to := range [][]age.Recipient{nil, {newKey(t).Recipient()}} {
		size := len(sealed(t, whole(), to...))
		for room := size - 1; room >= 0; room -= 199 {
			_, err := Seal(&full{room}, whole(), signer, to...)
			require.ErrorIs(t, err, errFull, "with room for %d of %d bytes", room, size)
		}
	}
}

func TestSealNamesEveryFaultOfItsContentsAtOnce(t *testing.T) {
	in := whole()
	in.CaseID, in.At, in.Certificate, in.Readme = "", time.Time{}, nil, nil
	in.Files[0].Path = "records/../etc/passwd"
	in.Files[1].Path = "records/RAW/mailbox.MBOX"
	in.Files[2].Data = casework.LiveContent
	in.Files[3].SHA256 = "ABC"
	in.Files = append(in.Files, Content{File: in.Files[2].File, Size: -1})
	_, err := Seal(io.Discard, in, ed25519.PrivateKey("short"))
	var refused *casework.Error
	require.ErrorAs(t, err, &refused)
	var faults []string
	for _, f := range refused.Faults {
		faults = append(faults, f.Path+" "+f.Message)
	}
	require.Equal(t, []string{
		"case_id is missing", "at is missing", "signer is not an Ed25519 key", "certificate.pdf is missing", "README.txt is missing",
		"files[0] has a path that a package may not have",
		"files[2] is of a category that the package does not name",
		"files[3] has the path of another file",
		"files[3] has no SHA-256 in hexadecimal",
		"files[4] has the path of another file",
		"files[4] is of a category that the package does not name",
		"files[4] has no bytes",
	}, faults)
}

func TestSealRefusesARecipientThatItCannotEncryptTo(t *testing.T) {
	_, err := Seal(io.Discard, whole(), signer, nobody{})
	require.ErrorIs(t, err, errNobody)
}

func TestTargetsOfKeepsWhatAManifestNames(t *testing.T) {
	port := 443
	require.Equal(t, []Target{{casework.IPAddress, "198.51.100.10", "2026-06-01", ""}},
		TargetsOf([]casework.Target{{Type: casework.IPAddress, Value: "198.51.100.10", From: "2026-06-01", Port: &port, Host: "x"}}))
}
