package parcel

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAnybodyCanCheckAPackage goes the officer's way of README.txt with public programs alone.
func TestAnybodyCanCheckAPackage(t *testing.T) {
	needPrograms(t, "age", "tar", "sha256sum", "openssl")
	dir, key := t.TempDir(), newKey(t)
	put := func(name string, b []byte) { require.NoError(t, os.WriteFile(filepath.Join(dir, name), b, 0o600)) }
	put("key.txt", []byte(key.String()+"\n"))
	put("LR-2026-000123.tar.age", sealed(t, whole(), key.Recipient()))
	put("signer.pem", PublicPEM(public))

	do(t, dir, true, "age", "--decrypt", "--identity", "key.txt", "--output", "LR-2026-000123.tar", "LR-2026-000123.tar.age")
	do(t, dir, true, "tar", "-xf", "LR-2026-000123.tar")
	require.Contains(t, do(t, dir, true, "sha256sum", "--strict", "-c", "SHA256SUMS"), "records/traffic.csv: OK")
	verify := []string{"pkeyutl", "-verify", "-pubin", "-inkey", "signer.pem", "-rawin", "-in", "manifest.json", "-sigfile", "manifest.sig"}
	require.Contains(t, do(t, dir, true, "openssl", verify...), "Verified Successfully")

	put("records/traffic.csv", []byte("forged"))
	do(t, dir, false, "sha256sum", "--strict", "-c", "SHA256SUMS")
	put("manifest.json", []byte("{}"))
	do(t, dir, false, "openssl", verify...)
}

// TestPublicProgramsMakeAPackageThatWeRead reads what age itself encrypted.
func TestPublicProgramsMakeAPackageThatWeRead(t *testing.T) {
	needPrograms(t, "age")
	dir, key := t.TempDir(), newKey(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.tar"), sealed(t, whole()), 0o600))
	do(t, dir, true, "age", "--recipient", key.Recipient().String(), "--output", "p.tar.age", "p.tar")
	b, err := os.ReadFile(filepath.Join(dir, "p.tar.age"))
	require.NoError(t, err)
	require.Empty(t, verified(t, b, key).Faults)
}

func needPrograms(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("the program %s is missing: make deps installs it (Debian and Homebrew: age, tar, coreutils, openssl)", name)
		}
	}
}

func do(t *testing.T, dir string, succeeds bool, name string, args ...string) string {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	require.Equal(t, succeeds, err == nil, "%s %v: %s", name, args, out)
	return string(out)
}
