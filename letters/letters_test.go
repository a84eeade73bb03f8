package letters

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var update = flag.Bool("update", false, "write the goldens anew")

func facts() CertificateFacts {
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	return CertificateFacts{
		Provider: "Beispiel Hosting GmbH", CaseID: "LR-2026-000123", Instrument: casework.SearchWarrant, Number: "1:26-mj-04417",
		Authority: "Federal Bureau of Investigation, Boston Field Office",
		Data:      []casework.Data{casework.Subscriber, casework.Traffic}, Custodian: "Żaneta Παπαδοπούλου Иванова, custodian of records", At: at,
		Files: []CertifiedFile{
			{"records/subscriber.csv", strings.Repeat("0123456789abcdef", 4), 553, "demo", "olivia", at.Add(-time.Hour)},
			{"records/mailbox.mbox", strings.Repeat("fedcba9876543210", 4), 0, "added by hand", "omar", at.Add(-2 * time.Hour)},
		},
	}
}

func certificate(t *testing.T, c CertificateFacts) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, CertificatePDF(&out, c))
	return out.Bytes()
}

func TestTheCertificateReadsAsItShould(t *testing.T) {
	golden(t, "testdata/certificate.txt", textOf(t, certificate(t, facts())))
}

func TestTheOfficersTextReadsAsItShould(t *testing.T) {
	for name, encrypted := range map[string]bool{"testdata/readme-encrypted.txt": true, "testdata/readme-plain.txt": false} {
		got, err := Readme(ReadmeFacts{"Beispiel Hosting GmbH", "LR-2026-000123", "https://office.example/api/v1/keys", encrypted})
		require.NoError(t, err)
		golden(t, name, string(got))
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o600))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// textOf reads a PDF as people do, laid out as its pages are.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	return extracted(t, pdf, "-layout")
}

// extracted is what pdftotext finds.
func extracted(t *testing.T, pdf []byte, how string) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Fatal("the program pdftotext is missing: make deps installs it (Debian: poppler-utils, Homebrew: poppler)")
	}
	c := exec.Command(program, how, "-enc", "UTF-8", "-", "-")
	c.Stdin = bytes.NewReader(pdf)
	out, err := c.Output()
	require.NoError(t, err)
	return string(out)
}

func TestEqualFactsGiveEqualBytes(t *testing.T) {
	c := facts()
	c.At = time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	want := certificate(t, c)
	for range 20 {
		require.True(t, bytes.Equal(want, certificate(t, c)))
	}
	require.Contains(t, string(want), "D:20310506070809", "the document's date is that of its facts")
	require.NotContains(t, string(want), time.Now().Format("20060102"), "nothing of today is in it")
	c.At = c.At.Add(time.Second)
	require.False(t, bytes.Equal(want, certificate(t, c)))
}

func TestALongCertificateGoesOverPages(t *testing.T) {
	c := facts()
	for range 30 {
		c.Files = append(c.Files, c.Files[0])
	}
	text := textOf(t, certificate(t, c))
	require.Contains(t, text, "LR-2026-000123, page 1 of 6")
	require.Contains(t, text, "LR-2026-000123, page 6 of 6")
	require.Equal(t, 31, strings.Count(text, "records/subscriber.csv"))
}

func TestACertificateWithoutANameLeavesTheLine(t *testing.T) {
	c := facts()
	c.Custodian, c.Number = "", ""
	text := textOf(t, certificate(t, c))
	require.Contains(t, text, "Name and office")
	require.NotContains(t, text, "Żaneta")
	require.Contains(t, text, "search warrant\n")
}

func TestACertificateOfNothingIsRefused(t *testing.T) {
	err := CertificatePDF(io.Discard, CertificateFacts{Files: []CertifiedFile{{Path: "records/x.csv"}}})
	var refused *casework.Error
	require.ErrorAs(t, err, &refused)
	var paths []string
	for _, f := range refused.Faults {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{"provider", "case_id", "instrument", "data", "at", "files[0]"}, paths)
	_, err = Readme(ReadmeFacts{Provider: "x"})
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
}

func TestAFullDiskIsSaid(t *testing.T) {
	require.Error(t, CertificatePDF(full{}, facts()))
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }
