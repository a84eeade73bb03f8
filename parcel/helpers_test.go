package parcel

import (
	"archive/tar"
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var (
	sealedAt = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	signer   = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	public   = signer.Public().(ed25519.PublicKey)
)

const (
	trafficCSV = "account,at,ip,bytes\n" +
		"harbor,2026-06-01T00:00:00Z,198.51.100.10,120\n" +
		"harbor,2026-10-31T23:59:59Z,198.51.100.10,77\n"
	subscriberCSV = "account,field,at,value\n" +
		"harbor,name,,Harbor Lights\n" +
		"harbor,session_times,2026-07-04T08:00:00Z,12 min\n"
	contentJSONL = `{"account":"harbor","at":"2026-08-01T10:00:00Z","body":"The ferry leaves at eight."}` + "\n" +
		`{"account":"harbor","at":null,"body":"A page."}` + "\n"
)

func content(path string, data casework.Data, rows int, text string) Content {
	return Content{
		File: File{
			Path: path, Data: data, Source: "demo", Query: "as approved", Rows: rows, SHA256: sumOf([]byte(text)),
			CollectedBy: "olivia", At: sealedAt,
		},
		Size: int64(len(text)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
	}
}

// whole is a package with something of everything.
func whole() Contents {
	return Contents{
		CaseID: "LR-2026-000123", Instrument: casework.SearchWarrant, At: sealedAt,
		Data:    []casework.Data{casework.Subscriber, casework.Traffic, casework.Content},
		Targets: []Target{{casework.AccountEmail, "harbor.lights@example.net", "2026-06-01", "2026-10-31"}},
		Files: []Content{
			content("records/subscriber.csv", casework.Subscriber, 2, subscriberCSV),
			content("records/traffic.csv", casework.Traffic, 2, trafficCSV),
			content("records/content.jsonl", casework.Content, 2, contentJSONL),
			content("records/raw/mailbox.mbox", casework.Content, 0, "From nobody\n\nhello\n"),
		},
		Certificate: []byte("%PDF-1.7\nnot a real one\n"), Readme: []byte("Read me.\n"),
	}
}

func sealed(t testing.TB, in Contents, to ...age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := Seal(&out, in, signer, to...)
	require.NoError(t, err)
	return out.Bytes()
}

func verified(t *testing.T, b []byte, identities ...age.Identity) Report {
	t.Helper()
	report, err := Verify(bytes.NewReader(b), identities, public)
	require.NoError(t, err)
	return report
}

func newKey(t testing.TB) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	return key
}

// entry is a member of an archive that a test writes itself.
type entry struct {
	tar.Header
	data string
}

// archive writes an archive as Seal does, member by member, so that a test can put anything in.
func archive(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, e := range entries {
		h := header(e.Name, int64(len(e.data)), sealedAt)
		if e.Typeflag != 0 {
			h.Typeflag, h.Linkname = e.Typeflag, e.Linkname
		}
		if e.Mode != 0 {
			h.Mode = e.Mode
		}
		h.PAXRecords = e.PAXRecords
		require.NoError(t, w.WriteHeader(h))
		_, err := w.Write([]byte(e.data))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

func entries(t *testing.T, b []byte) (out []entry) {
	t.Helper()
	r := tar.NewReader(bytes.NewReader(b))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err)
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		out = append(out, entry{tar.Header{Name: h.Name}, string(data)})
	}
}

// file is a member as archive takes it.
func file(name, data string) entry { return entry{tar.Header{Name: name}, data} }

// changed is a list of entries in which one has other data.
func changed(list []entry, name, data string) []entry {
	out := append([]entry{}, list...)
	for i := range out {
		if out[i].Name == name {
			out[i].data = data
		}
	}
	return out
}

// resigned repairs sums and signature after a change, as somebody with the key could.
func resigned(list []entry) []entry {
	sums, manifest := strings.Builder{}, ""
	for _, e := range list {
		if isSummed(e.Name) {
			sums.WriteString(sumOf([]byte(e.data)) + "  " + e.Name + "\n")
		}
		if e.Name == ManifestName {
			manifest = e.data
		}
	}
	list = changed(list, SumsName, sums.String())
	return changed(list, SignatureName, string(ed25519.Sign(signer, []byte(manifest))))
}
