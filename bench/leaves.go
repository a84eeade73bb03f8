package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/sync/errgroup"

	"dueprocess/registry"
)

// How many write at once, how many events each in a round, and in how many rounds; the first does not count.
const (
	leafWriters = 16
	leafEvents  = 100
	leafRounds  = 6
	leafBatch   = 2000 // leaves that the sequencer takes at once
)

// leaves is what an event's leaf costs beside the event alone, and how fast the sequencer takes leaves into the tree. It
// makes a database of its own on the first server of BENCH_DATABASE, and drops it.
func leaves() (out []figure, err error) {
	address, _, _ := strings.Cut(os.Getenv("BENCH_DATABASE"), ",")
	if address == "" {
		return nil, nil
	}
	s, err := openScratch(address)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.drop()) }()
	bare, with, err := s.write()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	n, err := s.sequence()
	if err != nil {
		return nil, err
	}
	rate := float64(n) / time.Since(began).Seconds()
	return []figure{
		{
			What: fmt.Sprintf("an event with its leaf, %d writers", leafWriters), Unit: "µs", Value: microseconds(with), Baseline: microseconds(bare), Against: "the event's row alone",
			Ratio: ratio(with, bare), Aim: "≤ 2 ×", Met: ratio(with, bare) <= 2,
		},
		{What: fmt.Sprintf("leaves that the sequencer takes into the tree, of %d", n), Unit: "a second", Value: rate, Aim: "≥ 1000", Met: rate >= 1000},
	}, nil
}

func microseconds(d time.Duration) float64 { return d.Seconds() * 1e6 }

// scratch is a database that is dropped again.
type scratch struct {
	*registry.Registry

	db, server *sql.DB
}

const scratchName = "dueprocess_bench_leaves"

func openScratch(address string) (*scratch, error) {
	at, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the first address of BENCH_DATABASE cannot be parsed")
	}
	s := &scratch{}
	if s.server, err = sql.Open("pgx", address); err != nil {
		return nil, err
	}
	if _, err := s.server.ExecContext(context.Background(), "CREATE DATABASE "+scratchName); err != nil {
		return nil, errors.Join(err, s.server.Close())
	}
	at.Path = "/" + scratchName
	if s.Registry, err = registry.Open(context.Background(), at.String(), registry.Options{}); err != nil {
		return nil, errors.Join(err, s.drop())
	}
	if s.db, err = sql.Open("pgx", at.String()); err != nil {
		return nil, errors.Join(err, s.drop())
	}
	s.db.SetMaxIdleConns(leafWriters)
	if err := s.Migrate(context.Background()); err != nil {
		return nil, errors.Join(err, s.drop())
	}
	if _, err := s.db.ExecContext(context.Background(), "CREATE TABLE bare (LIKE events INCLUDING ALL)"); err != nil {
		return nil, errors.Join(err, s.drop())
	}
	return s, nil
}

func (s *scratch) drop() error {
	if s.Registry != nil {
		_ = s.Close()
	}
	if s.db != nil {
		_ = s.db.Close()
	}
	_, err := s.server.ExecContext(context.Background(), "DROP DATABASE "+scratchName+" WITH (FORCE)")
	return errors.Join(err, s.server.Close())
}

// write writes events without leaves and with, in turn, and answers what one took while all wrote.
func (s *scratch) write() (bare, with time.Duration, err error) {
	for round := range leafRounds {
		alone, err := s.round(round, false)
		if err != nil {
			return 0, 0, err
		}
		leafed, err := s.round(round, true)
		if err != nil {
			return 0, 0, err
		}
		if round > 0 {
			bare, with = bare+alone, with+leafed
		}
	}
	const n = (leafRounds - 1) * leafWriters * leafEvents
	return bare / n, with / n, nil
}

func (s *scratch) round(round int, leaf bool) (time.Duration, error) {
	began := time.Now()
	var writing errgroup.Group
	for writer := range leafWriters {
		writing.Go(func() error {
			for i := range leafEvents {
				if err := s.event(fmt.Sprintf("LR-2026-%06d", writer), round*leafEvents+i, leaf); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := writing.Wait()
	return time.Since(began), err
}

// event writes one in a transaction of its own; each has the columns and about the size of a review.
func (s *scratch) event(id string, sequence int, leaf bool) error {
	ctx := context.Background()
	t, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }()
	table := "bare"
	if leaf {
		table = "events"
	}
	salt := make([]byte, sha256.Size)
	_, _ = rand.Read(salt) // never fails
	sum := sha256.Sum256(salt)
	hash := hex.EncodeToString(sum[:])
	if _, err := t.ExecContext(ctx, "INSERT INTO "+table+" (case_id, sequence, step, at, verb, actor_kind, actor_name, old, new, salt, commitment, facts, prev, leaf)"+
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", id, sequence, sequence, "2026-11-20T15:04:05.000000Z", "reviewed", "person", "rosa",
		"{}", `{"outcome":"`+strings.Repeat("x", 300)+`"}`, salt, hash, `{"instrument":"`+strings.Repeat("x", 350)+`"}`, hash, hash); err != nil {
		return err
	}
	if leaf {
		if _, err := t.ExecContext(ctx, "INSERT INTO leaves (case_id, sequence, leaf, pending) VALUES ($1, $2, $3, TRUE)", id, sequence, hash); err != nil {
			return err
		}
	}
	return t.Commit()
}

// sequence takes all leaves into the tree, as the leased sequencer does.
func (s *scratch) sequence() (n int, err error) {
	secret, _, err := note.GenerateKey(rand.Reader, "bench")
	if err != nil {
		return 0, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return 0, err
	}
	for {
		taken, err := s.Sequence(context.Background(), registry.Sequencing{Holder: "bench", At: time.Now(), Most: leafBatch, Signer: signer})
		n += taken
		if err != nil || taken < leafBatch {
			return n, err
		}
	}
}
