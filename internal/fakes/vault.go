package fakes

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"dueprocess/casework"
)

// Vault keeps bytes in memory.
type Vault struct {
	mu    sync.Mutex
	bytes map[string][]byte
}

// Put stores everything that r gives, or nothing.
func (v *Vault) Put(_ context.Context, ref string, r io.Reader) (string, int64, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.bytes == nil {
		v.bytes = map[string][]byte{}
	}
	v.bytes[ref] = b
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), int64(len(b)), nil
}

// Open reads back what is under ref.
func (v *Vault) Open(_ context.Context, ref string) (io.ReadCloser, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	b, ok := v.bytes[ref]
	if !ok {
		return nil, casework.Refuse(casework.NotFound, "There is nothing there.")
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// Delete removes what is under ref.
func (v *Vault) Delete(_ context.Context, ref string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.bytes, ref)
	return nil
}

// DeleteUnder removes what is in a folder.
func (v *Vault) DeleteUnder(_ context.Context, folder string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	maps.DeleteFunc(v.bytes, func(ref string, _ []byte) bool { return strings.HasPrefix(ref, folder+"/") })
	return nil
}

// Under lists what is kept in a folder.
func (v *Vault) Under(folder string) []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	refs := slices.Sorted(maps.Keys(v.bytes))
	return slices.DeleteFunc(refs, func(ref string) bool { return !strings.HasPrefix(ref, folder+"/") })
}

// Len is how many things are kept.
func (v *Vault) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.bytes)
}
