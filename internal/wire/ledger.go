package wire

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
	"dueprocess/keys"
	"dueprocess/ledger"
	"dueprocess/registry"
)

// checkpointFolder is where the vault keeps checkpoints.
const checkpointFolder = "ledger"

// LedgerOrigin is the name of the log in its checkpoints.
const LedgerOrigin = "dueprocess-ledger"

// How often leaves are taken into the tree, how many at once, and how often its signed head goes into the vault too.
const (
	sequencePause   = time.Second
	sequenceBatch   = 5000
	checkpointPause = 5 * time.Minute
	sumPause        = time.Minute // between rounds of the sums of past days
	sumBatch        = 30
	addPause        = 10 * time.Second // between rounds of the totals of the queue
)

// KeepLedger takes leaves into the ledger's tree until the context ends; of several processes one does, the others wait.
func (o *Office) KeepLedger(ctx context.Context) {
	signer, err := o.ledgerSigner()
	if err != nil {
		ComplainOfLedger(err)
		return
	}
	ticker := time.NewTicker(sequencePause)
	defer ticker.Stop()
	k := keeping{o: o, holder: uuid.NewString(), signer: signer}
	for {
		if err := k.round(ctx); err != nil && ctx.Err() == nil {
			ComplainOfLedger(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// keeping is what one process remembers of keeping the ledger.
type keeping struct {
	o       *Office
	holder  string
	signer  note.Signer
	saved   time.Time // when a checkpoint last went into the vault
	written int64     // and its size
	summed  time.Time // when the sums of past days were last all there
	added   time.Time // when the totals of the queue were last added up
}

// round takes what is pending, and every few minutes puts the signed head into the vault.
func (k *keeping) round(ctx context.Context) error {
	if err := k.o.sequenceAll(ctx, k.holder, k.signer); err != nil {
		return err
	}
	if err := errors.Join(k.sum(ctx), k.add(ctx)); err != nil {
		return err
	}
	if time.Since(k.saved) < checkpointPause {
		return nil
	}
	written, err := k.o.saveCheckpoint(ctx, k.written)
	if err == nil {
		k.saved, k.written = time.Now(), written
	}
	return err
}

// sum sums past days for the SLA page; where many are to be summed, some in each round.
func (k *keeping) sum(ctx context.Context) error {
	if time.Since(k.summed) < sumPause {
		return nil
	}
	n, err := k.o.sumSome(ctx, k.holder)
	if err == nil && n < sumBatch {
		k.summed = time.Now()
	}
	return err
}

// add adds up what has changed of the queue's totals.
func (k *keeping) add(ctx context.Context) error {
	if time.Since(k.added) < addPause {
		return nil
	}
	k.added = time.Now()
	return k.o.addAll(ctx, k.holder)
}

func (o *Office) addAll(ctx context.Context, holder string) error {
	for {
		if n, err := o.Registry.AddMoves(ctx, registry.Adding{Holder: holder, At: time.Now()}); err != nil || n == 0 {
			return err
		}
	}
}

func (o *Office) sumSome(ctx context.Context, holder string) (int, error) {
	return o.Registry.SumDays(ctx, registry.Summing{Holder: holder, At: time.Now(), Today: casework.DateOf(o.Now(), time.UTC), Most: sumBatch})
}

// SumOnce sums every past day that is not summed, and adds up the totals.
func (o *Office) SumOnce(ctx context.Context) error {
	for holder := uuid.NewString(); ; {
		n, err := o.sumSome(ctx, holder)
		if err != nil {
			return err
		}
		if n < sumBatch {
			return o.addAll(ctx, holder)
		}
	}
}

func (o *Office) ledgerSigner() (note.Signer, error) {
	_, key := o.Secrets.CheckpointKey()
	return ledger.NewSigner(LedgerOrigin, key)
}

// SequenceOnce takes into the tree what is pending now.
func (o *Office) SequenceOnce(ctx context.Context) error {
	signer, err := o.ledgerSigner()
	if err != nil {
		return err
	}
	return o.sequenceAll(ctx, uuid.NewString(), signer)
}

// sequenceAll takes batches until one is not full. Leases are of the machine's own time, whatever the wound clock shows.
func (o *Office) sequenceAll(ctx context.Context, holder string, signer note.Signer) error {
	for {
		taken, err := o.Registry.Sequence(ctx, registry.Sequencing{Holder: holder, At: time.Now(), Most: sequenceBatch, Signer: signer})
		if err != nil || taken < sequenceBatch {
			return err
		}
	}
}

// SaveCheckpoint puts the newest signed head into the vault now.
func (o *Office) SaveCheckpoint(ctx context.Context) error {
	_, err := o.saveCheckpoint(ctx, 0)
	return err
}

// saveCheckpoint writes the newest signed head into the vault, where no change of the registry reaches it.
func (o *Office) saveCheckpoint(ctx context.Context, written int64) (int64, error) {
	head, err := o.Registry.Checkpoint(ctx)
	if casework.CodeOf(err) == casework.NotFound || err == nil && head.Size == written {
		return written, nil
	}
	if err != nil {
		return written, err
	}
	_, _, err = o.Vault.Put(ctx, fmt.Sprintf(checkpointFolder+"/checkpoint-%012d", head.Size), bytes.NewReader([]byte(head.Note)))
	return head.Size, err
}

// ComplainOfLedger logs that the ledger's tree does not grow.
func ComplainOfLedger(err error) {
	slog.Warn("leaves could not be taken into the ledger's tree; it is tried again", "code", casework.CodeOf(err), "cause", casework.Logged(err))
}

// LedgerKeys are the public keys that sign checkpoints, the present one and older ones, one verifier a line.
func LedgerKeys(public []ed25519.PublicKey) (string, error) {
	lines := make([]string, len(public))
	for i, key := range public {
		text, err := ledger.VerifierOf(LedgerOrigin, key)
		if err != nil {
			return "", err
		}
		lines[i] = text + "\n"
	}
	return strings.Join(lines, ""), nil
}

// checkpointKeys are those of a key file.
func checkpointKeys(keyFile string) (note.Verifiers, error) {
	secrets, err := loadKeys(keyFile)
	if err != nil {
		return nil, err
	}
	return checkpointKeysOf(secrets)
}

func checkpointKeysOf(s *keys.Secrets) (note.Verifiers, error) {
	lines, err := LedgerKeys(checkpointKeysIn(s))
	if err != nil {
		return nil, err
	}
	return ledger.Verifiers(lines)
}

func checkpointKeysIn(s *keys.Secrets) (public []ed25519.PublicKey) {
	for _, k := range s.PublicKeys() {
		if k.Use == "checkpoint" {
			public = append(public, k.Key)
		}
	}
	return public
}
