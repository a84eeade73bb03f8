package ledger

import (
	"encoding/hex"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/casework"
)

// largest is more leaves than any office will ever write. tlog's arithmetic does not end for sizes near 2^63, so a size
// from outside is held against it first.
const largest = 1 << 48

// Head is a tree in two numbers: how many leaves it holds and the hash over all of them.
type Head struct {
	Size int64     `json:"size"`
	Root tlog.Hash `json:"root"`
}

// RecordHash is what the tree holds of an event: SHA-256(0x00 ‖ the 32 bytes that the leaf's hex text stands for), as
// RFC 6962 hashes an entry. A leaf that is not 64 lower-case hex digits is refused.
func RecordHash(leaf string) (tlog.Hash, error) {
	raw, err := hex.DecodeString(leaf)
	if err != nil || len(raw) != tlog.HashSize || leaf != strings.ToLower(leaf) {
		return tlog.Hash{}, casework.Refuse(casework.Invalid, "A leaf is not 64 lower-case hexadecimal digits.")
	}
	return tlog.RecordHash(raw), nil
}

// Grow takes leaves into a tree of a size, in the order given. It returns the hashes to be kept at the indexes from
// tlog.StoredHashCount(size) on: each leaf's record hash, followed by the hashes of the subtrees that it completes,
// SHA-256(0x01 ‖ left ‖ right), the lowest first. It reads from r once, at most log₂(size) hashes.
func Grow(size int64, leaves []string, r tlog.HashReader) ([]tlog.Hash, error) {
	e, err := edgeOf(size, r)
	if err != nil {
		return nil, err
	}
	stored := make([]tlog.Hash, 0, 2*len(leaves))
	for _, leaf := range leaves {
		h, err := RecordHash(leaf)
		if err != nil {
			return nil, err
		}
		stored = e.push(stored, h)
	}
	return stored, nil
}

// Root is the hash over the first size leaves of a tree; of none, the SHA-256 of nothing.
func Root(size int64, r tlog.HashReader) (tlog.Hash, error) {
	if size < 0 || size > largest {
		return tlog.Hash{}, noTree()
	}
	return tlog.TreeHash(size, r)
}

// Overlay reads hashes that Grow has made for a tree of a size as if they were kept already, and all others from r: the
// root of a batch is known, and can be signed, in the transaction that stores it.
func Overlay(r tlog.HashReader, size int64, grown []tlog.Hash) tlog.HashReader {
	from := tlog.StoredHashCount(size)
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		var kept, places []int64
		for i, index := range indexes {
			if n := index - from; n >= 0 && n < int64(len(grown)) {
				out[i] = grown[n]
			} else {
				kept, places = append(kept, index), append(places, int64(i))
			}
		}
		return fill(out, places, kept, r)
	})
}

// fill reads the hashes at the kept indexes into their places.
func fill(out []tlog.Hash, places, kept []int64, r tlog.HashReader) ([]tlog.Hash, error) {
	if len(kept) == 0 {
		return out, nil
	}
	read, err := readHashes(r, kept)
	if err != nil {
		return nil, err
	}
	for i, h := range read {
		out[places[i]] = h
	}
	return out, nil
}

// readHashes reads as many hashes as were asked for, or fails.
func readHashes(r tlog.HashReader, indexes []int64) ([]tlog.Hash, error) {
	read, err := r.ReadHashes(indexes)
	if err == nil && len(read) != len(indexes) {
		return nil, casework.Refuse(casework.Internal, "The store of the ledger's tree gave another number of hashes than asked for.")
	}
	return read, err
}

func noTree() error {
	return casework.Refuse(casework.Invalid, "No tree of the ledger has that size.")
}
