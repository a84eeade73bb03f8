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
func WriteEvidence(ctx context.Context, database, keyFile, id string, to io.Writer) error {
	keys, err := checkpointKeyLines(KeyFileOf(database, keyFile))
	if err != nil {
		return err
	}
	known, err := ledger.Verifiers(keys)
	if err != nil {
		return err
	}
	r, err := openThere(ctx, database)
	if err != nil {
		return err
	}
	bundle, err := r.Evidence(ctx, id, keys, casework.TheSystem)
	if err = errors.Join(err, r.Close()); err != nil {
		return err
	}
	var archive bytes.Buffer
	if err := ledger.WriteBundle(&archive, bundle, time.Now()); err != nil {
		return err
	}
	if err := ledger.MustHold(archive.Bytes(), known); err != nil {
		return err
	}
	_, err = archive.WriteTo(to)
	return err
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
