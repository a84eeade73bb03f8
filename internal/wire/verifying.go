package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
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
	o := &Office{Settings: Settings{Database: v.Database, KeyFile: KeyFileOf(v.Database, v.KeyFile), Vault: v.Vault}}
	known, noKeys := o.known()
	elsewhere, noCheckpoints := v.elsewhere(ctx, o)
	r, noRegistry := openThere(ctx, v.Database)
	if err := errors.Join(noKeys, noCheckpoints, noRegistry); err != nil {
		return found, errors.Join(err, closed(r))
	}
	found, err = r.Audit(ctx, known, elsewhere...)
	return found, errors.Join(err, r.Close())
}

// known reads the key file, if one is named, and is what it signs checkpoints with.
func (o *Office) known() (known note.Verifiers, err error) {
	if o.Settings.KeyFile == "" {
		return known, nil
	}
	if o.Secrets, err = loadKeys(o.Settings.KeyFile); err != nil {
		return nil, err
	}
	return checkpointKeysOf(o.Secrets)
}

// elsewhere are the checkpoints that are kept outside of the database: what was signed and is not there any more shows
// against them alone.
func (v Verifying) elsewhere(ctx context.Context, o *Office) (out [][]byte, err error) {
	var missing []error
	for _, name := range v.Checkpoints {
		text, err := readCheckpoint(name)
		missing, out = append(missing, err), append(out, text)
	}
	kept, err := o.inVault(ctx)
	return append(out, kept...), errors.Join(append(missing, err)...)
}

// readCheckpoint reads what somebody kept: the note, or the whole answer that it stands in. A line feed more or less at its
// end is whoever saved it, and no forgery.
func readCheckpoint(name string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Clean(name))
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "There is no checkpoint %s that can be read.", name).Because(err)
	}
	var answer struct {
		Note string `json:"note"`
	}
	if json.Unmarshal(text, &answer) == nil {
		text = []byte(answer.Note)
	}
	text = append(bytes.TrimRight(text, "\n"), '\n')
	if _, err := ledger.ReadCheckpoint(text); err != nil {
		return nil, casework.Refuse(casework.Invalid, "%s holds no checkpoint: that is the answer of GET /ledger/checkpoint, or the note in it.", name).Because(err)
	}
	return text, nil
}

// inVault are the checkpoints that the office put into its vault, if one is named.
func (o *Office) inVault(ctx context.Context) (out [][]byte, err error) {
	if o.Settings.Vault == "" {
		return nil, nil
	}
	switch kind, err := os.Stat(o.Settings.Vault); {
	case err != nil || !kind.IsDir():
		return nil, casework.Refuse(casework.Invalid, "There is no vault %s.", o.Settings.Vault).Because(err)
	case o.Settings.KeyFile == "":
		return nil, casework.Faulty([]casework.Fault{{Path: prefix + "KEY_FILE", Message: "is missing: what is in the vault is read with it"}})
	case o.Secrets == nil:
		return nil, nil // which is said of the key file
	}
	identity, err := o.Secrets.VaultIdentity()
	if err != nil {
		return nil, err
	}
	vault, err := vaultfs.Open(o.Settings.Vault, identity)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, vault.Close()) }()
	out, err = readCheckpoints(ctx, vault)
	if err == nil && len(out) == 0 { // to compare with nothing would look like a comparison
		err = casework.Refuse(casework.Invalid, "The folder %s holds no checkpoint: it is not the vault of this office, or they were taken out of it.", o.Settings.Vault)
	}
	return out, err
}

func readCheckpoints(ctx context.Context, vault *vaultfs.Vault) (out [][]byte, err error) {
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
