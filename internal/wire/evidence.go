package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// WriteEvidence writes what proves the history of one case, for somebody who does not trust us: an archive that is
// verified without our database. What would not hold is not written.
func WriteEvidence(ctx context.Context, database, keyFile, id string, to io.Writer) (err error) {
	o := &Office{Settings: Settings{Database: database, KeyFile: KeyFileOf(database, keyFile)}, Now: time.Now}
	if err := o.unlock(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	archive, err := o.evidence(ctx, id)
	if err != nil {
		return err
	}
	_, err = archive.WriteTo(to)
	return err
}

func (o *Office) evidence(ctx context.Context, id string) (*bytes.Buffer, error) {
	keys, err := LedgerKeys(checkpointKeysIn(o.Secrets))
	if err != nil {
		return nil, err
	}
	bundle, err := o.Registry.Evidence(ctx, id, keys, casework.TheSystem)
	if err != nil {
		return nil, err
	}
	archive := &bytes.Buffer{}
	if err := ledger.WriteBundle(archive, bundle, o.Now()); err != nil {
		return nil, err
	}
	return archive, ledger.MustHold(archive.Bytes(), id, keys)
}

// VerifyEvidence checks such an archive; with a key file its checkpoint must be signed by a key of it.
func VerifyEvidence(from io.Reader, keyFile string) (ledger.Report, error) {
	if keyFile == "" {
		return ledger.VerifyBundle(from, nil)
	}
	known, err := checkpointKeys(keyFile)
	if err != nil {
		return ledger.Report{}, err
	}
	return ledger.VerifyBundle(from, known)
}

func noDatabase() error {
	return casework.Faulty([]casework.Fault{{Path: prefix + "DATABASE_URL", Message: "is missing: postgres://… or sqlite:PATH"}})
}
