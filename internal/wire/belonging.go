package wire

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"dueprocess/casework"
	"dueprocess/keys"
	"dueprocess/ledger"
	"dueprocess/registry"
)

// A key file belongs to the database whose cases it opens and whose ledger it signs. With another's, cases could be read
// by nobody, and the ledger would be signed by a key that nobody knows, for good: so nothing is written or read before
// the two are seen to belong together.

// KeysOf reads the key file of an open database. It is made only where it is not there, and no other has left anything in
// the database.
func KeysOf(ctx context.Context, r *registry.Registry, keyFile string) (*keys.Secrets, error) {
	left, err := r.Traces(ctx)
	if err != nil {
		return nil, err
	}
	secrets, err := loadKeys(keyFile)
	switch {
	case !errors.Is(err, fs.ErrNotExist):
	case left.None():
		return keys.LoadOrCreate(keyFile)
	default:
		return nil, casework.Refuse(casework.Conflict, "There is no key file %s, and none was made: the database was used with other keys. Name the key file that was used with it.", keyFile).Because(err)
	}
	if err != nil {
		return nil, err
	}
	return secrets, belong(secrets, left, keyFile)
}

func loadKeys(keyFile string) (*keys.Secrets, error) {
	if keyFile == "" {
		return nil, casework.Faulty([]casework.Fault{{Path: prefix + "KEY_FILE", Message: "is missing: the file with the master keys"}})
	}
	return keys.Load(keyFile)
}

// belong refuses keys that did not make what is in the database. Older keys in the file beside the newest are right.
func belong(s *keys.Secrets, left registry.Traces, keyFile string) error {
	ring, err := keys.NewRing(s, nil)
	if err != nil {
		return err
	}
	for id, wrapped := range left.CaseKeys {
		if err := ring.Unwraps(id, wrapped); err != nil {
			return foreign(keyFile, err)
		}
	}
	if left.Checkpoint == "" {
		return nil
	}
	known, err := checkpointKeysOf(s)
	if err != nil {
		return err
	}
	if _, err := ledger.OpenCheckpoint([]byte(left.Checkpoint), known); err != nil {
		return foreign(keyFile, err)
	}
	return nil
}

func foreign(keyFile string, cause error) error {
	return casework.Refuse(casework.Conflict, "The keys in %s are not those of this database, or not all of them; nothing was done. Name the key file that was used with it.", keyFile).Because(cause)
}

// ours refuses where the office's keys are not its database's. A database that does not answer, or has no schema yet, is
// an error too.
func (o *Office) ours(ctx context.Context) error {
	if err := o.Registry.Ready(ctx); err != nil {
		return err
	}
	left, err := o.Registry.Traces(ctx)
	if err != nil {
		return err
	}
	return belong(o.Secrets, left, o.Settings.KeyFile)
}

// databasePause is how often a database that is away is asked again.
const databasePause = time.Second

// untilOurs waits for the database, and refuses where it is another's. An end of the context ends it without an error.
func (o *Office) untilOurs(ctx context.Context) error {
	again := time.NewTicker(databasePause)
	defer again.Stop()
	for said := ""; ; {
		err := o.ours(ctx)
		if err == nil || ctx.Err() == nil && casework.CodeOf(err) != casework.Unavailable {
			return err
		}
		if said != err.Error() && ctx.Err() == nil {
			said = err.Error()
			slog.Warn("the database is waited for", "why", said, "cause", casework.Logged(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-again.C:
		}
	}
}
