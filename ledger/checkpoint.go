package ledger

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"dueprocess/casework"
)

// largestNote is how many bytes a signed checkpoint may have: room for ours and for dozens of witnesses.
const largestNote = 1 << 16

// Checkpoint is the tree's head as it was signed at an instant. As a text it is a signed note whose body has four lines,
// each ended by a line feed:
//
//	origin              the log's name, which is the name of the key that signs
//	size                number of leaves, decimal, no leading zeros
//	root                base64 of the 32 bytes of the root, with padding
//	2026-11-20T12:00:00Z  when, UTC, whole seconds (an extension line of the c2sp tlog-checkpoint form)
//
// An empty line and the signature lines follow: "— name base64(4 bytes of key hash ‖ Ed25519 signature of the body)".
type Checkpoint struct {
	Origin string    `json:"origin"`
	Size   int64     `json:"size"`
	Root   tlog.Hash `json:"root"`
	At     time.Time `json:"at"`
}

// Head is the tree that the checkpoint speaks of.
func (c Checkpoint) Head() Head { return Head{Size: c.Size, Root: c.Root} }

// Sign writes the checkpoint as a note signed by the key of its origin.
func (c Checkpoint) Sign(signer note.Signer) ([]byte, error) {
	body := c.body()
	if signer.Name() != c.Origin {
		return nil, casework.Refuse(casework.Invalid, "A checkpoint is signed by the key of its own log.")
	}
	if read, ok := readBody(body); !ok || read.body() != body {
		return nil, casework.Refuse(casework.Invalid, "A checkpoint has a size below zero, or an origin or instant that cannot be written.")
	}
	return note.Sign(&note.Note{Text: body}, signer)
}

func (c Checkpoint) body() string {
	return strings.Join([]string{c.Origin, strconv.FormatInt(c.Size, 10), c.Root.String(), c.At.UTC().Format(time.RFC3339), ""}, "\n")
}

// OpenCheckpoint reads a signed checkpoint. It is refused if a known key's signature is wrong, if no known key with the
// name of its origin has signed it (so a checkpoint of another log, an unsigned one and one signed by an unknown key are),
// and if its body has not exactly the form described. Signatures of unknown keys beside ours (witnesses) are passed over.
func OpenCheckpoint(text []byte, known note.Verifiers) (Checkpoint, error) {
	if len(text) > largestNote {
		return Checkpoint{}, casework.Refuse(casework.TooLarge, "The checkpoint is longer than %d bytes.", largestNote)
	}
	n, err := note.Open(text, known)
	if err != nil {
		return Checkpoint{}, casework.Refuse(casework.Invalid, "The checkpoint is not signed by a known key.").Because(err)
	}
	c, err := checkpointOf(n)
	if err != nil {
		return c, err
	}
	for _, s := range n.Sigs {
		if s.Name == c.Origin {
			return c, nil
		}
	}
	return Checkpoint{}, casework.Refuse(casework.Invalid, "The checkpoint is of another log than the key that signed it.")
}

// ReadCheckpoint reads a checkpoint and asks nothing of who signed it: for whoever has no key, and says so.
func ReadCheckpoint(text []byte) (Checkpoint, error) {
	_, err := note.Open(text, note.VerifierList())
	if unsigned, ok := errors.AsType[*note.UnverifiedNoteError](err); ok && len(text) <= largestNote {
		return checkpointOf(unsigned.Note)
	}
	return Checkpoint{}, casework.Refuse(casework.Invalid, "The checkpoint is no signed note.").Because(err)
}

func checkpointOf(n *note.Note) (Checkpoint, error) {
	c, ok := readBody(n.Text)
	if !ok {
		return Checkpoint{}, casework.Refuse(casework.Invalid, "The checkpoint's body is not of the form origin, size, root, instant.")
	}
	return c, nil
}

// readBody reads the four lines; it is not ok unless writing them again gives the same bytes.
func readBody(body string) (Checkpoint, bool) {
	lines := strings.Split(body, "\n")
	if len(lines) != 5 || lines[0] == "" {
		return Checkpoint{}, false
	}
	size, err1 := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := tlog.ParseHash(lines[2])
	at, err3 := time.Parse(time.RFC3339, lines[3])
	c := Checkpoint{Origin: lines[0], Size: size, Root: root, At: at}
	return c, err1 == nil && err2 == nil && err3 == nil && size >= 0 && size <= largest && c.body() == body
}
