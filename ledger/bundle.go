package ledger

import (
	"archive/tar"
	"bytes"
	_ "embed" // the README
	"encoding/json"
	"io"
	"time"

	"dueprocess/casework"
)

// BundleForm names the shape of events.json.
const BundleForm = "dueprocess bundle 1"

// The files of a bundle.
const (
	eventsFile     = "events.json"
	checkpointFile = "checkpoint.txt"
	keysFile       = "log.pub"
	readmeFile     = "README.txt"
)

//go:embed bundle.txt
var readme []byte

// Bundle is the evidence of one case.
type Bundle struct {
	Events     []Proven // in the order of their sequence
	Checkpoint []byte   // a signed checkpoint; every proof is for its size
	Keys       string   // verifiers, one a line, the one that signed the checkpoint first
}

// Proven is an event with the proof that the tree holds it; nil: there is none.
type Proven struct {
	Record

	Proof *Inclusion
}

// contents is events.json: indented by two spaces, fields in this order, nothing escaped that JSON does not ask for, a
// line feed at the end. There is one way to write it, so that no two readers can read it differently.
type contents struct {
	Form    string `json:"form"`
	CaseKey string `json:"case_key"`
	Events  list   `json:"events"`
}

type list []written

// written is an event in events.json. At is as in a leaf; salt and personal part are base64, and missing once erased.
type written struct {
	CaseKey    string        `json:"case_key"`
	Sequence   int           `json:"sequence"`
	At         string        `json:"at"`
	Verb       casework.Verb `json:"verb"`
	ActorID    string        `json:"actor_id"`
	Facts      Facts         `json:"facts"`
	Prev       string        `json:"prev"`
	Commitment string        `json:"commitment"`
	Salt       []byte        `json:"salt,omitempty"`
	Personal   []byte        `json:"personal,omitempty"`
	Leaf       string        `json:"leaf"`
	Proof      *Inclusion    `json:"proof,omitempty"`
}

// WriteBundle writes the evidence as a plain tar archive: README.txt, events.json, checkpoint.txt, log.pub, each of mode
// 0644 and of the instant given, in whole seconds. The same bundle gives the same bytes. It is not verified here: what
// does not hold is evidence too.
func WriteBundle(w io.Writer, b Bundle, at time.Time) error {
	events, err := b.contents().json()
	if err != nil {
		return err
	}
	files := []struct {
		name string
		raw  []byte
	}{{readmeFile, readme}, {eventsFile, events}, {checkpointFile, b.Checkpoint}, {keysFile, []byte(b.Keys)}}
	out := tar.NewWriter(w)
	for _, f := range files {
		if len(f.raw) > limits[f.name] {
			return casework.Refuse(casework.TooLarge, "The case has too many events for one bundle.")
		}
		header := tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.raw)), ModTime: at.UTC().Truncate(time.Second), Format: tar.FormatUSTAR}
		if err := out.WriteHeader(&header); err != nil {
			return err
		}
		if _, err := out.Write(f.raw); err != nil {
			return err
		}
	}
	return out.Close()
}

func (b Bundle) contents() contents {
	c := contents{Form: BundleForm, Events: make(list, len(b.Events))}
	for i, e := range b.Events {
		c.CaseKey, c.Events[i] = b.Events[0].CaseKey, e.written()
	}
	return c
}

func (p Proven) written() written {
	w := written{
		CaseKey: p.CaseKey, Sequence: p.Sequence, At: p.At.UTC().Format(TimeFormat), Verb: p.Verb, ActorID: p.ActorID, Facts: p.Facts,
		Prev: p.Prev, Commitment: p.Commitment, Salt: p.Salt, Personal: p.Personal, Leaf: p.Leaf, Proof: p.Proof,
	}
	if w.Facts == nil {
		w.Facts = Facts{}
	}
	return w
}

// proven is not ok where the instant is not written as in a leaf: the library also reads 12:00:00,5.
func (w written) proven() (p Proven, ok bool) {
	at, err := time.Parse(TimeFormat, w.At)
	return Proven{Proof: w.Proof, Record: Record{
		Leaf: w.Leaf, Salt: w.Salt, Personal: w.Personal, Entry: Entry{
			CaseKey: w.CaseKey, Sequence: w.Sequence, At: at, Verb: w.Verb, ActorID: w.ActorID, Facts: w.Facts, Prev: w.Prev, Commitment: w.Commitment,
		},
	}}, err == nil && at.Format(TimeFormat) == w.At
}

func (c contents) json() ([]byte, error) {
	out := &bytes.Buffer{}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(c)
	return out.Bytes(), err
}
