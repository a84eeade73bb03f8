package wire

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
	"dueprocess/keys"
	"dueprocess/ledger"
	vaultfs "dueprocess/vault/fs"
)

// Verifying says which ledger is derived again, and what it is held against.
type Verifying struct {
	Database    string
	KeyFile     string   // whose public part checks the checkpoints; without one, who signed them is not asked
	Vault       string   // the folder of the vault, where checkpoints are kept too; read with the key file
	Checkpoints []string // files with checkpoints that somebody kept
}

// VerifyLedger derives the whole ledger of a database again and compares.
func VerifyLedger(ctx context.Context, v Verifying) (found ledger.Audit, err error) {
	v.KeyFile = KeyFileOf(v.Database, v.KeyFile)
	var known note.Verifiers
	if v.KeyFile != "" {
		if known, err = checkpointKeys(v.KeyFile); err != nil {
			return found, err
		}
	}
	elsewhere, err := v.elsewhere(ctx)
	if err != nil {
		return found, err
	}
	r, err := openThere(ctx, v.Database)
	if err != nil {
		return found, err
	}
	found, err = r.Audit(ctx, known, elsewhere...)
	return found, errors.Join(err, r.Close())
}

// elsewhere are the checkpoints that are kept outside of the database: what was signed and is not there any more shows
// against them alone.
func (v Verifying) elsewhere(ctx context.Context) ([][]byte, error) {
	var out [][]byte
	for _, name := range v.Checkpoints {
		text, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			return nil, casework.Refuse(casework.Invalid, "There is no checkpoint %s that can be read.", name).Because(err)
		}
		out = append(out, text)
	}
	switch {
	case v.Vault == "":
		return out, nil
	case v.KeyFile == "":
		return nil, casework.Faulty([]casework.Fault{{Path: prefix + "KEY_FILE", Message: "is missing: what is in the vault is read with it"}})
	}
	kept, err := inVault(ctx, v.Vault, v.KeyFile)
	return append(out, kept...), err
}

func inVault(ctx context.Context, folder, keyFile string) (out [][]byte, err error) {
	if kind, err := os.Stat(folder); err != nil || !kind.IsDir() {
		return nil, casework.Refuse(casework.Invalid, "There is no vault %s.", folder).Because(err)
	}
	secrets, err := keys.Load(keyFile)
	if err != nil {
		return nil, err
	}
	identity, err := secrets.VaultIdentity()
	if err != nil {
		return nil, err
	}
	vault, err := vaultfs.Open(folder, identity)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, vault.Close()) }()
	refs, err := vault.Under(checkpointFolder)
	for _, ref := range refs {
		text, err := readWhole(ctx, vault, ref)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, err
}

func readWhole(ctx context.Context, vault casework.Vault, ref string) ([]byte, error) {
	r, err := vault.Open(ctx, ref)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	return text, errors.Join(err, r.Close())
}
