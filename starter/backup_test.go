package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// kept is the folder of a local mode with one case, and a backup of it.
func kept(t *testing.T) (dir, backup string) {
	t.Helper()
	database, _ := ledgered(t)
	dir, backup = filepath.Dir(strings.TrimPrefix(database, "sqlite:")), filepath.Join(t.TempDir(), "b.tar.gz")
	for name, text := range map[string]string{
		"tokens.json": "{}", "clock.json": `{"wound": 864000000000000}`, "demo.made": "made",
		"vault/objects/a/b.age": "sealed", "vault/halfway/X": "half", "mail/00000001.json": "{}", "temporal/temporal.db": "left out", "stray": "left out",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(dir, "mail", "link")))
	require.Contains(t, run(t, "backup", "--dir", dir, backup).well(t), "Kept in "+backup+": 7 files")
	return dir, backup
}

// names are the files under a folder.
func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	require.NoError(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			out = append(out, name)
		}
		return err
	}))
	return out
}

func TestWhatWasBackedUpIsRestored(t *testing.T) {
	_, backup := kept(t)
	info, err := os.Stat(backup)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	to := filepath.Join(t.TempDir(), "new", "local")
	require.Contains(t, run(t, "restore", "--dir", to, backup).well(t), "Restored to "+to+": 7 files")
	require.Equal(t, []string{"clock.json", "demo.made", "keys.json", "mail/00000001.json", "registry.db", "tokens.json", "vault/objects/a/b.age"}, names(t, to))
	clock, err := os.ReadFile(filepath.Join(to, "clock.json"))
	require.NoError(t, err)
	require.JSONEq(t, `{"wound": 864000000000000}`, string(clock))
	got := run(t, "ledger", "verify", "--database", "sqlite:"+filepath.Join(to, "registry.db"), "--key-file", filepath.Join(to, "keys.json"))
	require.Contains(t, got.well(t), "The ledger is whole.")
	for _, made := range []string{to, filepath.Join(to, "registry.db")} {
		info, err := os.Stat(made)
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, made)
	}
}

func TestNeitherBackupNorRestoreOverwritesAnything(t *testing.T) {
	dir, backup := kept(t)
	before, err := os.ReadFile(backup)
	require.NoError(t, err)
	run(t, "backup", "--dir", dir, backup).fails(t, exitRefused, "is there already")
	after, err := os.ReadFile(backup)
	require.NoError(t, err)
	require.Equal(t, before, after)
	run(t, "restore", "--dir", dir, backup).fails(t, exitRefused, "is not empty")
	run(t, "restore", "--dir", backup, backup).fails(t, exitWrong, "no folder")
	run(t, "restore", "--dir", t.TempDir(), backup).well(t)
}

func TestABackupNeedsALocalModeAndARestoreABackup(t *testing.T) {
	folder := t.TempDir()
	run(t, "backup", "--dir", folder, filepath.Join(folder, "b")).fails(t, exitWrong, "no local mode")
	run(t, "restore", "--dir", filepath.Join(folder, "l"), filepath.Join(folder, "none")).fails(t, exitWrong, "cannot be read")
	run(t, "backup").fails(t, exitWrong)
	_, err := os.Stat(filepath.Join(folder, "b"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// The folder may be named by its database too.
func TestABackupOfADatabase(t *testing.T) {
	_, backup := kept(t)
	folder := t.TempDir()
	run(t, "restore", "--database", "sqlite:"+filepath.Join(folder, "local", registryFile), backup).well(t)
	run(t, "backup", "--database", "sqlite:"+filepath.Join(folder, "local", registryFile), filepath.Join(folder, "again")).well(t)
	run(t, "backup", "--database", "postgres://localhost/x", filepath.Join(folder, "b")).fails(t, exitWrong, "pg_dump")
}

// Two folders are one too many; that of the environment is only where none is named.
func TestTheFolderIsNamedOnce(t *testing.T) {
	dir, backup := kept(t)
	folder := t.TempDir()
	other, file := "sqlite:"+filepath.Join(folder, registryFile), filepath.Join(folder, "b")
	run(t, "backup", "--dir", dir, "--database", other, file).fails(t, exitWrong, "--dir", "--database")
	run(t, "restore", "--database", other, "--dir", dir, backup).fails(t, exitWrong, "--dir", "--database")
	require.Empty(t, names(t, folder))
	t.Setenv("LOCAL_DIR", folder)
	run(t, "backup", "--database", "sqlite:"+filepath.Join(dir, registryFile), file).well(t)
	run(t, "backup", filepath.Join(folder, "c")).fails(t, exitWrong, "no local mode in the folder "+folder)
	run(t, "restore", "--database", "sqlite:"+filepath.Join(folder, "local", registryFile), file).well(t)
}

// Whatever byte is changed and wherever it is cut: nothing is restored, and nothing is left behind. A bit that fills a byte
// up between two blocks of the compression means nothing: then all is restored as it was.
func TestADamagedBackupIsRefusedWhole(t *testing.T) {
	_, backup := kept(t)
	whole, err := os.ReadFile(backup)
	require.NoError(t, err)
	sound := filepath.Join(t.TempDir(), "sound")
	run(t, "restore", "--dir", sound, backup).well(t)
	for at := 0; at < len(whole); at += max(1, len(whole)/40) {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0x10
		if at != 4 && at != 8 && at != 9 { // of the gzip's head, its time, its flags and its system mean nothing
			refusedOrSame(t, flipped, sound)
		}
		refusedWhole(t, whole[:at])
	}
	refusedWhole(t, whole[:len(whole)-1])
}

func refusedOrSame(t *testing.T, backup []byte, sound string) {
	t.Helper()
	folder := t.TempDir()
	path, local := filepath.Join(folder, "b.tar.gz"), filepath.Join(folder, "local")
	require.NoError(t, os.WriteFile(path, backup, 0o600))
	got := run(t, "restore", "--dir", local, path)
	if got.status == 0 {
		require.Equal(t, restored(t, sound), restored(t, local))
		return
	}
	got.fails(t, exitWrong, "nothing was kept of it")
	require.Equal(t, []string{"b.tar.gz"}, names(t, folder))
}

// restored are the files below a folder.
func restored(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		out[strings.TrimPrefix(path, folder)] = string(raw)
		return err
	}))
	return out
}

func refusedWhole(t *testing.T, backup []byte) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "b.tar.gz")
	require.NoError(t, os.WriteFile(path, backup, 0o600))
	run(t, "restore", "--dir", filepath.Join(folder, "local"), path).fails(t, exitWrong, "nothing was kept of it")
	require.Equal(t, []string{"b.tar.gz"}, names(t, folder))
}

// packed makes a tar by hand, with the list given.
func packed(t *testing.T, headers []tar.Header, list any) []byte {
	t.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	w := tar.NewWriter(zip)
	for _, h := range headers {
		require.NoError(t, w.WriteHeader(&h))
		_, err := io.CopyN(w, zeros{}, h.Size)
		require.NoError(t, err)
	}
	if list != nil {
		text, err := json.Marshal(list)
		require.NoError(t, err)
		require.NoError(t, w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: listFile, Size: int64(len(text))}))
		_, err = w.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, zip.Close())
	return out.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestAHostileBackupIsRefused(t *testing.T) {
	for _, name := range []string{
		"../evil", "/etc/evil", "vault/objects/../../evil", "mail/./x", "mail//x", "mail/..", "mail/", "mail", `mail\..\x`, "temporal/temporal.db", "registry.db-wal", "",
	} {
		require.False(t, isKept(name), name)
		if name != "" && !strings.HasSuffix(name, "/") { // the library writes no such name
			refusedWhole(t, packed(t, []tar.Header{{Typeflag: tar.TypeReg, Name: name}}, contents{Format: format}))
		}
	}
	regular := tar.Header{Typeflag: tar.TypeReg, Name: "keys.json"}
	for what, headers := range map[string][]tar.Header{
		"a link":           {{Typeflag: tar.TypeSymlink, Name: "mail/x", Linkname: "/etc"}},
		"a hard link":      {regular, {Typeflag: tar.TypeLink, Name: "tokens.json", Linkname: "keys.json"}},
		"a folder":         {{Typeflag: tar.TypeDir, Name: "mail/x"}},
		"a device":         {{Typeflag: tar.TypeChar, Name: "mail/x"}},
		"a file twice":     {regular, regular},
		"a file as folder": {{Typeflag: tar.TypeReg, Name: "mail/x"}, {Typeflag: tar.TypeReg, Name: "mail/x/y"}},
		"a bomb":           {{Typeflag: tar.TypeReg, Name: "mail/x", Size: 300 << 20}},
		"nothing needed":   {},
	} {
		t.Run(what, func(t *testing.T) {
			list := contents{Format: format}
			for _, h := range headers {
				list.Files = append(list.Files, packedFile{Path: h.Name, Size: h.Size, SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})
			}
			refusedWhole(t, packed(t, headers, list))
		})
	}
	refusedWhole(t, packed(t, []tar.Header{regular}, nil))
	refusedWhole(t, packed(t, []tar.Header{regular}, contents{Format: 2}))
	refusedWhole(t, packed(t, []tar.Header{{Typeflag: tar.TypeReg, Name: listFile}, regular}, contents{Format: format}))
}
