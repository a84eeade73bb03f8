package fs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	iofs "io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func newVault(t *testing.T) (v *Vault, folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "vault")
	v, err := Open(folder, identity(t))
	require.NoError(t, err)
	t.Cleanup(func() { _ = v.Close() })
	return v, folder
}

func identity(t *testing.T) *age.X25519Identity {
	t.Helper()
	i, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	return i
}

func (v *Vault) read(t *testing.T, ref string) string {
	t.Helper()
	r, err := v.Open(t.Context(), ref)
	require.NoError(t, err)
	content, err := io.ReadAll(r)
	require.NoError(t, errors.Join(err, r.Close()))
	return string(content)
}

// files are all files under a folder, by their path in it.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, e iofs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, folder+"/")] = string(content)
		return err
	}))
	return out
}

func TestObjectsComeBackAndLieEncrypted(t *testing.T) {
	v, folder := newVault(t)
	for ref, content := range map[string]string{
		"LR-2026-000001/documents/1": "MARKED warrant", "LR-2026-000001/documents/1.sig": "", "a": strings.Repeat("MARKED", 50_000),
	} {
		sum, size, err := v.Put(t.Context(), ref, strings.NewReader(content))
		require.NoError(t, err)
		want := sha256.Sum256([]byte(content))
		require.Equal(t, hex.EncodeToString(want[:]), sum)
		require.Equal(t, int64(len(content)), size)
		require.Equal(t, content, v.read(t, ref))
	}
	kept := files(t, folder)
	require.Len(t, kept, 3)
	for name, content := range kept {
		require.NotContains(t, content, "MARKED", name)
		info, err := os.Stat(filepath.Join(folder, name))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
}

func TestRepeatReplacesAndDeleteRemoves(t *testing.T) {
	v, folder := newVault(t)
	for _, content := range []string{"first, and longer", "second"} {
		_, _, err := v.Put(t.Context(), "a/b", strings.NewReader(content))
		require.NoError(t, err)
		require.Equal(t, content, v.read(t, "a/b"))
	}
	require.NoError(t, v.Delete(t.Context(), "a/b"))
	require.NoError(t, v.Delete(t.Context(), "a/b"), "nothing there is no error")
	_, err := v.Open(t.Context(), "a/b")
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
	require.NotContains(t, err.Error(), "a/b")
	require.Empty(t, files(t, folder))
}

func TestAFolderIsListed(t *testing.T) {
	v, _ := newVault(t)
	for _, ref := range []string{"a/2", "a/10", "a/b/1", "c"} {
		_, _, err := v.Put(t.Context(), ref, strings.NewReader(ref))
		require.NoError(t, err)
	}
	refs, err := v.Under("a")
	require.NoError(t, err)
	require.Equal(t, []string{"a/10", "a/2"}, refs)
	refs, err = v.Under("nothing")
	require.NoError(t, err)
	require.Empty(t, refs)
	_, err = v.Under("../a")
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
}

func TestBadReferencesAreRefused(t *testing.T) {
	v, folder := newVault(t)
	outside := filepath.Join(filepath.Dir(folder), "outside.age")
	require.NoError(t, os.WriteFile(outside, []byte("x"), 0o600))
	for _, ref := range []string{
		"", "/", "/etc/passwd", "..", "../outside", "a/../../outside", "a//b", "a/", "./a", "a/.hidden", "a b", "a\x00", "a\\b", "ä", "a:b", "x.age", "x.age/y",
		strings.Repeat("a", 121), strings.Repeat("a/", 200) + "a",
	} {
		_, _, err := v.Put(t.Context(), ref, strings.NewReader("x"))
		require.Equal(t, casework.Invalid, casework.CodeOf(err), "%q", ref)
		_, err = v.Open(t.Context(), ref)
		require.Equal(t, casework.Invalid, casework.CodeOf(err), "%q", ref)
		require.Equal(t, casework.Invalid, casework.CodeOf(v.Delete(t.Context(), ref)), "%q", ref)
	}
	require.Empty(t, files(t, folder))
	require.FileExists(t, outside)
}

func TestLinksDoNotLeadOut(t *testing.T) {
	v, folder := newVault(t)
	elsewhere := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, objects), 0o700))
	require.NoError(t, os.Symlink(elsewhere, filepath.Join(folder, objects, "out")))
	_, _, err := v.Put(t.Context(), "out/x", strings.NewReader("x"))
	require.Error(t, err)
	require.Empty(t, files(t, elsewhere))
}

// full is a disk that is full after so many bytes.
type full struct {
	w    io.Writer
	left int
	err  error
}

func (f *full) Write(p []byte) (int, error) {
	if len(p) > f.left {
		n, _ := f.w.Write(p[:f.left])
		f.left -= n
		return n, f.err
	}
	f.left -= len(p)
	return f.w.Write(p)
}

func TestFullDiskKeepsNothingAndWhatWasThere(t *testing.T) {
	v, folder := newVault(t)
	_, _, err := v.Put(t.Context(), "a", strings.NewReader("before"))
	require.NoError(t, err)
	before := files(t, folder)
	for _, left := range []int{0, 50, 250, 70_000, 300_000} {
		for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT} {
			v.disk = func(w io.Writer) io.Writer { return &full{w, left, &os.PathError{Op: "write", Path: "x", Err: cause}} }
			_, _, err := v.Put(t.Context(), "a", strings.NewReader(strings.Repeat("x", 400_000)))
			require.Equal(t, casework.Unavailable, casework.CodeOf(err))
			require.ErrorContains(t, err, "disk is full")
			require.ErrorIs(t, err, cause)
		}
	}
	require.Equal(t, before, files(t, folder))
	require.Equal(t, "before", v.read(t, "a"))
}

func TestBrokenReaderKeepsNothing(t *testing.T) {
	v, folder := newVault(t)
	tooLarge := casework.Refuse(casework.TooLarge, "Too large.")
	_, _, err := v.Put(t.Context(), "a", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(tooLarge)))
	require.Equal(t, casework.TooLarge, casework.CodeOf(err), "the reader's own refusal arrives")
	_, _, err = v.Put(t.Context(), "a", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
	late, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err = v.Put(late, "a", strings.NewReader("x"))
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, files(t, folder))
}

func TestChangedBytesAreNoticed(t *testing.T) {
	v, folder := newVault(t)
	_, _, err := v.Put(t.Context(), "a", strings.NewReader(strings.Repeat("x", 100_000)))
	require.NoError(t, err)
	path := filepath.Join(folder, objects, "a.age")
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, changed := range [][]byte{whole[:len(whole)-1], whole[:90_000], append(bytes.Clone(whole), 0), {}, []byte("plain")} {
		require.NoError(t, os.WriteFile(path, changed, 0o600))
		r, err := v.Open(t.Context(), "a")
		if err == nil {
			_, err = io.ReadAll(r)
			require.NoError(t, r.Close())
		}
		require.Error(t, err)
	}
}

func TestOlderIdentitiesStillOpen(t *testing.T) {
	folder := t.TempDir()
	older, newer := identity(t), identity(t)
	v, err := Open(folder, older)
	require.NoError(t, err)
	_, _, err = v.Put(t.Context(), "a", strings.NewReader("x"))
	require.NoError(t, err)
	rotated, err := Open(folder, newer, older)
	require.NoError(t, err)
	require.Equal(t, "x", rotated.read(t, "a"))
	_, _, err = rotated.Put(t.Context(), "b", strings.NewReader("y"))
	require.NoError(t, err)
	_, err = v.Open(t.Context(), "b")
	require.Equal(t, casework.Internal, casework.CodeOf(err), "the older one does not open what is new")
}

func TestManyWritersOfOneReferenceLeaveOneWhole(t *testing.T) {
	v, folder := newVault(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			_, _, _ = v.Put(context.Background(), "a", strings.NewReader(strings.Repeat(string(rune('a'+i)), 100_000)))
		})
	}
	wg.Wait()
	content := v.read(t, "a")
	require.Equal(t, strings.Repeat(content[:1], 100_000), content)
	require.Len(t, files(t, folder), 1)
}

// zeros gives n bytes and looks at the memory in use on the way.
type zeros struct {
	n    int64
	peak uint64
}

func (z *zeros) Read(p []byte) (int, error) {
	if z.n == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.n)
	if z.n -= n; z.n%(1<<20) == 0 {
		z.peak = max(z.peak, inUse())
	}
	return int(n), nil
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// meter looks at the memory in use while an object is read.
type meter struct {
	n    int64
	peak uint64
}

func (m *meter) Write(p []byte) (int, error) {
	if m.n += int64(len(p)); m.n%(1<<20) == 0 {
		m.peak = max(m.peak, inUse())
	}
	return len(p), nil
}

func TestMemoryStaysFlat(t *testing.T) {
	v, _ := newVault(t)
	runtime.GC()
	before, in, out := inUse(), &zeros{n: 128 << 20}, &meter{}
	_, n, err := v.Put(t.Context(), "a", in)
	require.NoError(t, err)
	require.EqualValues(t, 128<<20, n)
	r, err := v.Open(t.Context(), "a")
	require.NoError(t, err)
	_, err = io.Copy(out, r)
	require.NoError(t, errors.Join(err, r.Close()))
	require.EqualValues(t, 128<<20, out.n)
	require.Less(t, max(in.peak, out.peak)-min(before, in.peak), uint64(16<<20))
}
