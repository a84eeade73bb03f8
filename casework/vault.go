package casework

import (
	"context"
	"io"
)

// Vault keeps bytes by reference, encrypted at rest: documents, collected records, parcels.
type Vault interface {
	// Put stores everything that r gives under ref, whole or not at all; a repeat replaces it. It returns the SHA-256
	// (hex) and size of the plain bytes.
	Put(ctx context.Context, ref string, r io.Reader) (sha256 string, size int64, err error)
	// Open reads the plain bytes back; not_found where there is nothing under ref.
	Open(ctx context.Context, ref string) (io.ReadCloser, error)
	// Delete removes ref; nothing there is no error.
	Delete(ctx context.Context, ref string) error
	// DeleteUnder removes every ref that begins with folder and a slash; nothing there is no error.
	DeleteUnder(ctx context.Context, folder string) error
}
