package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"filippo.io/age"

	"dueprocess/casework"
	"dueprocess/parcel"
)

// sealedSize is how many bytes of records are sealed.
const sealedSize = 512 << 20

// sealing is a parcel, beside age alone over the same bytes.
func sealing() ([]figure, error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	_, signer, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	alone, err := rate(func() error { return encrypt(key.Recipient()) })
	if err != nil {
		return nil, err
	}
	in, err := contents()
	if err != nil {
		return nil, err
	}
	whole, err := rate(func() error { _, err := parcel.Seal(io.Discard, in, signer, key.Recipient()); return err })
	return []figure{{
		What: "parcel: sealing", Unit: "MiB/s", Value: whole, Baseline: alone, Against: "age alone", Ratio: whole / alone, Aim: "≥ 0.7 of age", Met: whole/alone >= 0.7,
	}}, err
}

// rate is how many MiB a second are got through.
func rate(do func() error) (float64, error) {
	began := time.Now()
	err := do()
	return float64(sealedSize>>20) / time.Since(began).Seconds(), err
}

func encrypt(to age.Recipient) error {
	w, err := age.Encrypt(io.Discard, to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, blank()); err != nil {
		return err
	}
	return w.Close()
}

func contents() (parcel.Contents, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, blank()); err != nil {
		return parcel.Contents{}, err
	}
	return parcel.Contents{
		CaseID: "LR-2026-000001", Instrument: casework.SearchWarrant, Data: []casework.Data{casework.Content}, At: time.Unix(0, 0),
		Targets: []parcel.Target{{Type: casework.AccountEmail, Value: "a@example.net"}}, Certificate: []byte("certificate"), Readme: []byte("read me"),
		Files: []parcel.Content{{
			File: parcel.File{Path: "records/content.bin", Data: casework.Content, SHA256: hex.EncodeToString(sum.Sum(nil))},
			Size: sealedSize, Open: func() (io.ReadCloser, error) { return io.NopCloser(blank()), nil },
		}},
	}, nil
}

func blank() io.Reader { return io.LimitReader(zeros{}, sealedSize) }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
