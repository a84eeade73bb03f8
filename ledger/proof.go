package ledger

import (
	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/casework"
)

// Inclusion shows that a tree holds a leaf at an index: the audit path of RFC 6962, section 2.1.1, from the leaf's
// sibling up. As JSON: {"index", "size", "root"?, "hashes"}, each hash base64 with padding.
type Inclusion struct {
	Index  int64       `json:"index"`
	Size   int64       `json:"size"`
	Root   tlog.Hash   `json:"root,omitzero"` // for the reader's convenience; never believed
	Hashes []tlog.Hash `json:"hashes"`
}

// Consistency shows that a tree begins with all leaves of an older one: RFC 6962, section 2.1.2. As JSON: {"old",
// "size", "root"?, "hashes"}.
type Consistency struct {
	Old    int64       `json:"old"`
	Size   int64       `json:"size"`
	Root   tlog.Hash   `json:"root,omitzero"` // of the newer tree; never believed
	Hashes []tlog.Hash `json:"hashes"`
}

// ProveInclusion makes the proof for the leaf at an index in the tree of the first size leaves.
func ProveInclusion(size, index int64, r tlog.HashReader) (Inclusion, error) {
	if size < 1 || size > largest || index < 0 || index >= size {
		return Inclusion{}, casework.Refuse(casework.Invalid, "A tree of that size has no leaf at that index.")
	}
	hashes, err := tlog.ProveRecord(size, index, r)
	return Inclusion{Index: index, Size: size, Hashes: hashes}, err
}

// ProveConsistency makes the proof that the tree of the first old leaves is the beginning of that of the first size. A
// tree of none is the beginning of every tree, and so is each of itself: their proofs are empty.
func ProveConsistency(old, size int64, r tlog.HashReader) (Consistency, error) {
	if old < 0 || size < old || size > largest {
		return Consistency{}, casework.Refuse(casework.Invalid, "A tree does not begin with a larger one.")
	}
	p := Consistency{Old: old, Size: size, Hashes: []tlog.Hash{}}
	if old == 0 {
		return p, nil
	}
	hashes, err := tlog.ProveTree(size, old, r)
	if len(hashes) > 0 {
		p.Hashes = hashes
	}
	return p, err
}

// CheckInclusion checks a proof from anybody against a leaf (hex, as events carry it) and a head that is trusted because
// its checkpoint was opened.
func CheckInclusion(p Inclusion, leaf string, head Head) error {
	record, err := RecordHash(leaf)
	if err != nil {
		return err
	}
	if p.Size != head.Size || head.Size > largest || contradicts(p.Root, head.Root) {
		return casework.Refuse(casework.Invalid, "The proof is for another tree than that of the checkpoint.")
	}
	if err := tlog.CheckRecord(p.Hashes, head.Size, head.Root, p.Index, record); err != nil {
		return casework.Refuse(casework.Invalid, "The proof does not show that the tree holds this event.").Because(err)
	}
	return nil
}

// CheckConsistency checks a proof from anybody against two heads whose checkpoints were opened.
func CheckConsistency(p Consistency, old, head Head) error {
	if p.Old != old.Size || p.Size != head.Size || old.Size < 0 || head.Size < old.Size || head.Size > largest || contradicts(p.Root, head.Root) {
		return casework.Refuse(casework.Invalid, "The proof is for other trees than those of the checkpoints.")
	}
	if old.Size == 0 {
		return checkFromNothing(p, old, head)
	}
	if err := tlog.CheckTree(p.Hashes, head.Size, head.Root, old.Size, old.Root); err != nil {
		return notConsistent().Because(err)
	}
	return nil
}

// checkFromNothing: tlog knows no proof from a tree without leaves; it needs none, but its root is known.
func checkFromNothing(p Consistency, old, head Head) error {
	if empty := (&edge{}).head(); len(p.Hashes) > 0 || old != empty || head.Size == 0 && head != empty {
		return notConsistent()
	}
	return nil
}

func contradicts(said, known tlog.Hash) bool { return said != tlog.Hash{} && said != known }

func notConsistent() *casework.Error {
	return casework.Refuse(casework.Invalid, "The proof does not show that the newer tree begins with the older one.")
}
