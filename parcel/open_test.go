package parcel

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestOpenLaysTheMembersIntoANewFolder(t *testing.T) {
	key := newKey(t)
	dir := filepath.Join(t.TempDir(), "package")
	report, err := Open(bytes.NewReader(sealed(t, whole(), key.Recipient())), dir, key)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.Equal(t, SignatureNotChecked, report.Signature)
	for name, want := range map[string]string{"records/traffic.csv": trafficCSV, "records/raw/mailbox.mbox": "From nobody\n\nhello\n", "README.txt": "Read me.\n"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, want, string(got))
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode())
	}
	require.Len(t, filesIn(t, dir), 9)
}

func TestOpenSignedChecksTheSignature(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "package")
	report, err := OpenSigned(bytes.NewReader(sealed(t, whole())), dir, public)
	require.NoError(t, err)
	require.Equal(t, SignatureValid, report.Signature)
}

func TestOpenRefusesAFolderThatIsThere(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "mine")
	require.NoError(t, os.WriteFile(kept, []byte("mine"), 0o600))
	_, err := Open(bytes.NewReader(sealed(t, whole())), dir)
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
	require.FileExists(t, kept)
}

func TestOpenLeavesNothingOfAPackageWithFaults(t *testing.T) {
	parent := t.TempDir()
	list := entries(t, sealed(t, whole()))
	for name, b := range map[string][]byte{
		"a way up":      archive(t, append(list, file("../escaped", "x"))...),
		"no package":    []byte("hello"),
		"a forged file": archive(t, changed(list, ReadmeName, "forged")...),
		"cut short":     sealed(t, whole())[:3000],
	} {
		t.Run(name, func(t *testing.T) {
			report, err := Open(bytes.NewReader(b), filepath.Join(parent, "package"))
			require.NoError(t, err)
			require.NotEmpty(t, report.Faults)
			require.Empty(t, filesIn(t, parent))
		})
	}
	_, err := Open(bytes.NewReader(sealed(t, whole(), newKey(t).Recipient())), filepath.Join(parent, "package"))
	require.Error(t, err)
	require.Empty(t, filesIn(t, parent))
}

// A file where a folder must be stands for every failure to keep: the error is the disk's, not the package's.
func TestOpenPassesOnWhatTheDiskSays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "package")
	in := whole()
	in.Files[0].Path = "records/raw" // where records/raw/mailbox.mbox needs a folder
	_, err := Open(bytes.NewReader(sealed(t, in)), dir)
	require.Error(t, err)
	require.NoDirExists(t, dir)
}

// A disk that is full is no fault of the package.
func TestReadPassesOnAFailureToKeep(t *testing.T) {
	for name, keep := range map[string]keeper{
		"writing": func(string) (io.WriteCloser, error) { return nopCloser{&full{100}}, nil },
		"closing": func(string) (io.WriteCloser, error) { return unclosable{io.Discard}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(bytes.NewReader(sealed(t, whole())), nil, public, keep)
			require.ErrorIs(t, err, errFull)
		})
	}
}

type unclosable struct{ io.Writer }

func (unclosable) Close() error { return errFull }

func filesIn(t *testing.T, dir string) (out []string) {
	t.Helper()
	require.NoError(t, filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			out = append(out, strings.TrimPrefix(path, dir))
		}
		return err
	}))
	return out
}
