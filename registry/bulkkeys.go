package registry

import (
	"context"
	"sync"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// NewKeys is where a key ring keeps the data keys of cases that are still to be stored: AddBulk writes each with its
// case, in the same transaction, instead of one transaction a key.
type NewKeys struct {
	mu      sync.Mutex
	wrapped map[string][]byte
}

// BulkSealer is a key ring over NewKeys.
type BulkSealer struct {
	Sealer

	Keys *NewKeys
}

// CaseKey reads a key that is not yet stored; not_found where there is none.
func (k *NewKeys) CaseKey(_ context.Context, caseID string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if wrapped, ok := k.wrapped[caseID]; ok {
		return wrapped, nil
	}
	return nil, casework.Refuse(casework.NotFound, "The case has no data key.")
}

// PutCaseKey keeps one until its case is stored; the first stays.
func (k *NewKeys) PutCaseKey(_ context.Context, caseID string, wrapped []byte) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if kept, ok := k.wrapped[caseID]; ok {
		return kept, nil
	}
	if k.wrapped == nil {
		k.wrapped = map[string][]byte{}
	}
	k.wrapped[caseID] = wrapped
	return wrapped, nil
}

// take gives a key away.
func (k *NewKeys) take(caseID string) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	wrapped, ok := k.wrapped[caseID]
	delete(k.wrapped, caseID)
	return wrapped, ok
}

// takeKey puts the key that sealed a case beside it; a ring over the registry itself has stored it already.
func (r *Registry) takeKey(ctx context.Context, t tx, caseID string) error {
	ring, err := r.sealing()
	if err != nil {
		return err
	}
	s, ok := ring.(BulkSealer)
	if !ok {
		return nil
	}
	wrapped, ok := s.Keys.take(caseID)
	if !ok {
		return casework.Refuse(casework.Internal, "The key ring has made no key for the case %s.", caseID)
	}
	return t.AddCaseKey(ctx, queries.AddCaseKeyParams{CaseID: caseID, Wrapped: wrapped})
}
