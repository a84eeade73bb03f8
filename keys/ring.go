package keys

import (
	"context"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"

	"dueprocess/casework"
)

// ErrGone is the cause where a case has no data key, or none any more: what was sealed with it stays sealed.
var ErrGone = errors.New("the case has no data key")

// Store keeps the wrapped data keys of cases; the registry is one.
type Store interface {
	// CaseKey reads a case's wrapped key; not_found where there is none.
	CaseKey(ctx context.Context, caseID string) (wrapped []byte, err error)
	// PutCaseKey keeps one; the first writer wins and what is kept is returned; not_found where the key was destroyed.
	PutCaseKey(ctx context.Context, caseID string, wrapped []byte) (kept []byte, err error)
}

// Ring seals and opens. It is safe for concurrent use.
type Ring struct {
	store  Store
	newest string
	master map[string]cipher.AEAD
	house  map[string]cipher.AEAD
	cases  *cache
}

// names of what is sealed for no case, and of the one key of a case.
const (
	theHouse = "house"
	theCase  = "case"
)

// NewRing makes the ring of the house's secrets and the store of its data keys.
func NewRing(s *Secrets, store Store) (*Ring, error) {
	r := &Ring{store: store, master: map[string]cipher.AEAD{}, house: map[string]cipher.AEAD{}, cases: newCache(cached)}
	for _, m := range s.Master {
		if err := r.add(m); err != nil {
			return nil, casework.Refuse(casework.Invalid, "The master key %s cannot be used.", m.ID).Because(err)
		}
	}
	return r, nil
}

// add takes in a master key and the house key that follows from it.
func (r *Ring) add(m Secret) (err error) {
	derived, err := hkdf.Key(sha256.New, m.Key, nil, "dueprocess house key 1", keySize)
	if err != nil {
		return err
	}
	if r.master[m.ID], err = gcm(m.Key); err != nil {
		return err
	}
	r.house[m.ID], err = gcm(derived)
	r.newest = m.ID
	return err
}

// Seal encrypts with the case's data key, which is made where there is none yet.
func (r *Ring) Seal(ctx context.Context, caseID string, plain []byte) ([]byte, error) {
	key, err := r.caseKey(ctx, caseID)
	if errors.Is(err, ErrGone) {
		key, err = r.makeKey(ctx, caseID)
	}
	if err != nil {
		return nil, err
	}
	return seal(key, theCase, caseID, plain), nil
}

// Open decrypts what Seal made for the same case. Where the case's key is gone the cause is ErrGone.
func (r *Ring) Open(ctx context.Context, caseID string, sealed []byte) ([]byte, error) {
	key, err := r.caseKey(ctx, caseID)
	if err != nil {
		return nil, err
	}
	plain, err := open(key, caseID, sealed)
	if err != nil {
		return nil, unreadable(err)
	}
	return plain, nil
}

// SealHouse encrypts what belongs to no case.
func (r *Ring) SealHouse(plain []byte) []byte {
	return seal(r.house[r.newest], r.newest, theHouse, plain)
}

// OpenHouse decrypts what SealHouse made, with whichever master key was the newest then.
func (r *Ring) OpenHouse(sealed []byte) ([]byte, error) { return openWith(r.house, theHouse, sealed) }

// Unwraps is nil where a case's wrapped data key can be opened: it was wrapped by a master key of this ring.
func (r *Ring) Unwraps(caseID string, wrapped []byte) error {
	_, err := openWith(r.master, caseID, wrapped)
	return err
}

// Forget drops a case's key from memory, once it is destroyed in the store.
func (r *Ring) Forget(caseID string) { r.cases.forget(caseID) }

func (r *Ring) caseKey(ctx context.Context, caseID string) (cipher.AEAD, error) {
	if key, ok := r.cases.get(caseID); ok {
		return key, nil
	}
	wrapped, err := r.store.CaseKey(ctx, caseID)
	if err != nil {
		return nil, orGone(err)
	}
	return r.unwrap(caseID, wrapped)
}

// makeKey draws a data key; where somebody else was quicker, theirs is taken.
func (r *Ring) makeKey(ctx context.Context, caseID string) (cipher.AEAD, error) {
	drawn := make([]byte, keySize)
	_, _ = rand.Read(drawn) // never fails
	kept, err := r.store.PutCaseKey(ctx, caseID, seal(r.master[r.newest], r.newest, caseID, drawn))
	if err != nil {
		return nil, orGone(err)
	}
	return r.unwrap(caseID, kept)
}

func (r *Ring) unwrap(caseID string, wrapped []byte) (cipher.AEAD, error) {
	raw, err := openWith(r.master, caseID, wrapped)
	if err != nil {
		return nil, err
	}
	key, err := gcm(raw)
	if err != nil {
		return nil, unreadable(err)
	}
	r.cases.put(caseID, key)
	return key, nil
}

// openWith opens with the key of the generation that the header names.
func openWith(generations map[string]cipher.AEAD, belongs string, sealed []byte) ([]byte, error) {
	id, err := keyID(sealed)
	if err != nil {
		return nil, unreadable(err)
	}
	key, ok := generations[id]
	if !ok {
		return nil, casework.Refuse(casework.Internal, "The key file has no master key %q; put back the one that had it.", id)
	}
	plain, err := open(key, belongs, sealed)
	if err != nil {
		return nil, unreadable(err)
	}
	return plain, nil
}

func unreadable(cause error) error {
	return casework.Refuse(casework.Internal, "What is kept encrypted cannot be read with the keys at hand.").Because(cause)
}

// orGone tells a key that is not there from a store that does not answer.
func orGone(err error) error {
	if casework.CodeOf(err) == casework.NotFound {
		return casework.Refuse(casework.Internal, "What is kept of this case can no longer be read: its key is gone.").Because(ErrGone)
	}
	return err
}
