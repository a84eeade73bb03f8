package keys

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"dueprocess/casework"
)

// keySize is the size of every symmetric key: AES-256.
const keySize = 32

// Secrets are the house's own keys. In each list the last is the newest: it encrypts and signs, the others still
// decrypt and stay published.
type Secrets struct {
	Version    int        `json:"version"`
	Master     []Secret   `json:"master"`     // AES-256
	Vault      []Identity `json:"vault"`      // age, X25519
	Manifest   []Secret   `json:"manifest"`   // Ed25519 seeds
	Checkpoint []Secret   `json:"checkpoint"` // Ed25519 seeds
}

// Secret is 32 bytes under a name; in the file they are base64.
type Secret struct {
	ID  string `json:"id"`
	Key []byte `json:"key"`
}

// Identity is an age identity under a name.
type Identity struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

// PublicKey is a key that others check our signatures with; Use is "manifest" or "checkpoint".
type PublicKey struct {
	ID  string
	Use string
	Key ed25519.PublicKey
}

// Create writes new secrets to a file that must not be there yet, readable to its owner alone.
func Create(path string) (*Secrets, error) {
	s, err := fresh()
	if err != nil {
		return nil, err
	}
	return s, write(path, s, os.Link)
}

// Load reads a key file. One that others may read is refused.
func Load(path string) (*Secrets, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, refuse(path, "cannot be read").Because(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, refuse(path, "may be read by others than its owner; run: chmod 600 on it, and consider whether its keys are still secret")
	}
	raw, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return nil, refuse(path, "cannot be read").Because(err)
	}
	s := &Secrets{}
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, refuse(path, "is not a key file")
	}
	return s, s.check(path)
}

// LoadOrCreate reads the key file, or makes it where there is none.
func LoadOrCreate(path string) (*Secrets, error) {
	s, err := Load(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	if s, err = Create(path); errors.Is(err, fs.ErrExist) {
		return Load(path) // another process was quicker
	}
	return s, err
}

// Rotate adds a new master key to the file: new data keys are wrapped with it, old ones stay readable.
func Rotate(path string) (*Secrets, error) {
	s, err := Load(path)
	if err != nil {
		return nil, err
	}
	s.Master = append(s.Master, random("master"))
	return s, write(path, s, os.Rename)
}

// VaultIdentity opens what the vault keeps; the newest encrypts.
func (s *Secrets) VaultIdentity() (*age.X25519Identity, error) {
	i, err := age.ParseX25519Identity(s.Vault[len(s.Vault)-1].Key)
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "The key file's vault identity is not one of age's.")
	}
	return i, nil
}

// ManifestKey signs the manifests of parcels.
func (s *Secrets) ManifestKey() (id string, key ed25519.PrivateKey) { return signer(s.Manifest) }

// CheckpointKey signs the ledger's checkpoints.
func (s *Secrets) CheckpointKey() (id string, key ed25519.PrivateKey) { return signer(s.Checkpoint) }

// PublicKeys are those that our signatures are checked with, the old ones too.
func (s *Secrets) PublicKeys() []PublicKey {
	var out []PublicKey
	for _, k := range s.Manifest {
		out = append(out, PublicKey{k.ID, "manifest", public(k)})
	}
	for _, k := range s.Checkpoint {
		out = append(out, PublicKey{k.ID, "checkpoint", public(k)})
	}
	return out
}

func signer(list []Secret) (string, ed25519.PrivateKey) {
	newest := list[len(list)-1]
	return newest.ID, ed25519.NewKeyFromSeed(newest.Key)
}

func public(s Secret) ed25519.PublicKey {
	return ed25519.PublicKey(ed25519.NewKeyFromSeed(s.Key)[ed25519.PrivateKeySize-ed25519.PublicKeySize:])
}

func fresh() (*Secrets, error) {
	vault, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("the vault's identity could not be made: %w", err)
	}
	return &Secrets{
		Version: 1, Master: []Secret{random("master")}, Vault: []Identity{{name("vault"), vault.String()}},
		Manifest: []Secret{random("manifest")}, Checkpoint: []Secret{random("checkpoint")},
	}, nil
}

func random(use string) Secret {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	return Secret{name(use), key}
}

func name(use string) string {
	tag := make([]byte, 4)
	_, _ = rand.Read(tag) // never fails
	return use + "-" + hex.EncodeToString(tag)
}

func refuse(path, why string) *casework.Error {
	return casework.Refuse(casework.Invalid, "The key file %s %s.", path, why)
}

// check finds what is missing, before anything is encrypted with it.
func (s *Secrets) check(path string) error {
	if s.Version != 1 || len(s.Master) == 0 || len(s.Vault) == 0 || len(s.Manifest) == 0 || len(s.Checkpoint) == 0 {
		return refuse(path, "is not a complete key file of version 1")
	}
	for _, list := range [][]Secret{s.Master, s.Manifest, s.Checkpoint} {
		for _, k := range list {
			if k.ID == "" || len(k.ID) > 255 || len(k.Key) != keySize {
				return refuse(path, "has a key that is not 32 bytes under a name")
			}
		}
	}
	_, err := s.VaultIdentity()
	return err
}

// write puts the secrets beside the file, safely on disk, and then in its place.
func write(path string, s *Secrets, place func(from, to string) error) error {
	raw, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return refuse(path, "could not be written").Because(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // mode 0600
	if err != nil {
		return refuse(path, "could not be written").Because(err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(append(raw, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = place(f.Name(), path)
	}
	if err != nil {
		return refuse(path, "could not be written").Because(err)
	}
	return nil
}
