package keys_test

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/keys"
)

func TestKeyFileIsMadeOnceAndReadBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	made, err := keys.LoadOrCreate(path)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	read, err := keys.LoadOrCreate(path)
	require.NoError(t, err)
	require.Equal(t, made, read)
	_, err = keys.Create(path)
	require.Error(t, err, "nobody's keys are written over")
	read, err = keys.Load(path)
	require.NoError(t, err)
	require.Equal(t, made, read)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1, "nothing lies about")
}

func TestKeyFileMadeByManyAtOnceIsOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	made := make([]string, 16)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			s, err := keys.LoadOrCreate(path)
			if err == nil {
				made[i] = s.Master[0].ID
			}
		})
	}
	wg.Wait()
	require.Len(t, slices.Compact(made), 1)
	require.NotEmpty(t, made[0])
}

func TestKeyFileThatIsNoneIsRefused(t *testing.T) {
	folder := t.TempDir()
	good := filepath.Join(folder, "good.json")
	_, err := keys.Create(good)
	require.NoError(t, err)
	whole, err := os.ReadFile(good)
	require.NoError(t, err)
	for name, file := range map[string]struct {
		content string
		mode    os.FileMode
		says    string
	}{
		"group":    {string(whole), 0o640, "others than its owner"},
		"world":    {string(whole), 0o604, "others than its owner"},
		"garbage":  {"x", 0o600, "not a key file"},
		"empty":    {"{}", 0o600, "not a complete key file"},
		"short":    {`{"version":1,"master":[{"id":"a","key":"AAAA"}],"vault":[{}],"manifest":[{}],"checkpoint":[{}]}`, 0o600, "not 32 bytes"},
		"nameless": {`{"version":1,"master":[{"id":"","key":"AAAA"}],"vault":[{}],"manifest":[{}],"checkpoint":[{}]}`, 0o600, "not 32 bytes"},
	} {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(file.content), file.mode))
		_, err := keys.Load(path)
		require.ErrorContains(t, err, file.says, name)
		require.Equal(t, casework.Invalid, casework.CodeOf(err))
		_, err = keys.LoadOrCreate(path)
		require.Error(t, err, "a bad file is not replaced")
	}
	_, err = keys.Load(filepath.Join(folder, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = keys.LoadOrCreate(filepath.Join(folder, "none", "keys.json"))
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
}

func TestSignaturesVerifyWithThePublishedKeys(t *testing.T) {
	s, err := keys.Create(filepath.Join(t.TempDir(), "keys.json"))
	require.NoError(t, err)
	published := map[string]keys.PublicKey{}
	for _, k := range s.PublicKeys() {
		published[k.ID] = k
	}
	id, manifest := s.ManifestKey()
	require.Equal(t, "manifest", published[id].Use)
	require.True(t, ed25519.Verify(published[id].Key, []byte("m"), ed25519.Sign(manifest, []byte("m"))))
	id, checkpoint := s.CheckpointKey()
	require.Equal(t, "checkpoint", published[id].Use)
	require.True(t, ed25519.Verify(published[id].Key, []byte("m"), ed25519.Sign(checkpoint, []byte("m"))))
	vault, err := s.VaultIdentity()
	require.NoError(t, err)
	require.Equal(t, s.Vault[0].Key, vault.String())
}
