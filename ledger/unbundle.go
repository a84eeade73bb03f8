package ledger

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
)

// mostEvents is how many events a bundle may hold, so that a small hostile file does not become a large memory.
const mostEvents = 100_000

// limits are how many bytes the files of a bundle may have.
var limits = map[string]int{eventsFile: 64 << 20, checkpointFile: largestNote, keysFile: 1 << 16, readmeFile: 1 << 16}

// Report is what the check of a bundle found. An event without a proof is bound by its chain alone, which whoever wrote
// the file can have made: evidence that has one does not hold, though nothing in it contradicts itself.
type Report struct {
	CaseKey    string     `json:"case_key"`
	Case       string     `json:"case"` // the number under which its events were written; empty: they are from before that was said
	Events     int        `json:"events"`
	Proven     int        `json:"proven"`   // that the checkpoint's tree holds
	Unproven   int        `json:"unproven"` // without a proof: its writer had not taken it into the log, or somebody took the proof away
	Purged     int        `json:"purged"`   // whose personal part is erased, or withheld
	Checkpoint Checkpoint `json:"checkpoint"`
	OwnKey     bool       `json:"own_key"` // the signature was checked with the bundle's own key, for want of a known one
	Faults     []Fault    `json:"faults"`
	More       int        `json:"more"` // faults beyond the first thousand
}

// Holds reports whether every event is proven and no fault was found.
func (r Report) Holds() bool { return len(r.Faults) == 0 && r.Unproven == 0 }

// Of is the report of what was asked for as the evidence of one case: the history of another says nothing of it.
func (r Report) Of(id string) Report {
	if r.Case != "" && r.Case != id {
		r.Faults = append(r.Faults, Fault{What: Added, Index: -1, Why: "these events were written under the number " + r.Case})
	}
	return r
}

// VerifyBundle reads a bundle from anybody, asks nobody else, and reports everything in it that does not hold. Without
// known keys (nil) the signature is checked with the bundle's own, and the report says so. An error means that it is
// no bundle, or that the reader failed.
func VerifyBundle(r io.Reader, known note.Verifiers) (Report, error) {
	files, err := unpack(r)
	if err != nil {
		return Report{}, err
	}
	c, events, err := readEvents(files[eventsFile])
	if err != nil {
		return Report{}, err
	}
	own, err := Verifiers(string(files[keysFile]))
	if err != nil {
		return Report{}, err
	}
	v := verdict{finds: newFindings(), report: Report{CaseKey: c.CaseKey, Events: len(events), OwnKey: known == nil}}
	if known == nil {
		known = own
	}
	v.form(c, files[eventsFile])
	v.chain(events)
	v.signature(files[checkpointFile], known)
	v.proofs(events)
	v.report.Faults, v.report.More = append([]Fault{}, v.finds.list...), v.finds.more // none is an empty list, also in JSON
	return v.report, nil
}

// MustHold refuses, with its first fault, a bundle that would not hold for whoever is given it as that of a case; keys are
// verifiers, one a line.
func MustHold(bundle []byte, id, keys string) error {
	known, err := Verifiers(keys)
	if err != nil {
		return err
	}
	found, err := VerifyBundle(bytes.NewReader(bundle), known)
	switch found = found.Of(id); {
	case err != nil:
		return err
	case len(found.Faults) > 0:
		return casework.Refuse(casework.Conflict, "The evidence would not hold, %s The whole ledger is derived again by starter ledger verify.", found.Faults[0].Error())
	case !found.Holds():
		return casework.Refuse(casework.Conflict, "The evidence would not hold: %d of its events have no proof.", found.Unproven)
	}
	return nil
}

// unpack reads the four files, each once and no larger than it may be, and nothing else.
func unpack(r io.Reader) (map[string][]byte, error) {
	files, in := map[string][]byte{}, tar.NewReader(r)
	for {
		h, err := in.Next()
		switch {
		case errors.Is(err, io.EOF) && len(files) == len(limits):
			return files, nil
		case err != nil:
			return nil, noBundle("It lacks a file or breaks off.").Because(err)
		case limits[h.Name] == 0 || files[h.Name] != nil || h.Typeflag != tar.TypeReg:
			return nil, noBundle("It has a file that does not belong to it.")
		}
		if files[h.Name], err = readFile(in, limits[h.Name]); err != nil {
			return nil, err
		}
	}
}

func readFile(r io.Reader, most int) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, noBundle("It breaks off.").Because(err)
	}
	if len(raw) > most {
		return nil, noBundle("One of its files is too large.")
	}
	return raw, nil
}

func readEvents(raw []byte) (contents, []Proven, error) {
	c := contents{}
	if err := strictly(raw).Decode(&c); err != nil || c.Form != BundleForm || len(c.Events) == 0 {
		return c, nil, noBundle("Its events.json holds no events that can be read.").Because(err)
	}
	events := make([]Proven, len(c.Events))
	for i, w := range c.Events {
		var ok bool
		if events[i], ok = w.proven(); !ok {
			return c, nil, noBundle("Its events.json has an event whose instant cannot be read.")
		}
	}
	return c, events, nil
}

func strictly(raw []byte) *json.Decoder {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d
}

// UnmarshalJSON reads a list of events, up to the most that there may be.
func (l *list) UnmarshalJSON(raw []byte) error {
	d := strictly(raw)
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return errors.New("the events are no list")
	}
	for d.More() {
		var w written
		if err := d.Decode(&w); err != nil {
			return err
		}
		if *l = append(*l, w); len(*l) > mostEvents {
			return errors.New("too many events")
		}
	}
	return nil
}

func noBundle(why string) *casework.Error {
	return casework.Refuse(casework.Invalid, "This is not an evidence bundle. %s", why)
}

// verdict gathers what does not hold.
type verdict struct {
	report Report
	finds  findings
}

// form: a file that could be written in another way could be read in another way, by a program that takes the first of
// two fields where another takes the last.
func (v *verdict) form(c contents, raw []byte) {
	if again, err := c.json(); err != nil || !bytes.Equal(again, raw) {
		v.finds.add(Fault{What: Changed, Index: -1, Why: "events.json is not written in its one form: somebody edited it"})
	}
}

// chain looks at the events as the auditor does at those that no tree vouches for.
func (v *verdict) chain(events []Proven) {
	a := NewAuditor(Kept{}, len(events))
	for _, e := range events {
		if e.CaseKey != v.report.CaseKey {
			v.finds.add(about(Added, e.CaseKey, e.Sequence, -1, "it belongs to another case"))
		}
		_ = a.Waiting(e.Record) // fails only where a kept tree does
		if e.Purged() {
			v.report.Purged++
		}
		v.number(e)
	}
	for _, f := range a.finds.list {
		v.finds.add(f)
	}
	v.finds.more += a.finds.more
}

// number: all events that say which case they are of say the same.
func (v *verdict) number(e Proven) {
	said := e.Facts[CaseFact]
	if v.report.Case == "" {
		v.report.Case = said
	}
	if said != "" && said != v.report.Case {
		v.finds.add(about(Added, e.CaseKey, e.Sequence, -1, "it was written under another number"))
	}
}

func (v *verdict) signature(text []byte, known note.Verifiers) {
	c, err := OpenCheckpoint(text, known)
	if err != nil {
		v.finds.add(Fault{What: CheckpointDiffers, Index: -1, Why: "checkpoint.txt is not a checkpoint signed by a known key of the log"})
	}
	v.report.Checkpoint = c
}

// proofs: every event has one, and in the tree they stand in their order. Where one is missing before another that has
// its own, it was taken away.
func (v *verdict) proofs(events []Proven) {
	last, waits := int64(-1), false
	for _, e := range events {
		if e.Proof == nil {
			waits = true
			v.report.Unproven++
			continue
		}
		if waits {
			v.finds.add(e.fault(Removed, "the proof of the event before it is missing"))
			waits = false
		}
		if e.Proof.Index <= last {
			v.finds.add(e.fault(Moved, "in the tree it stands before the event that comes before it here"))
		}
		last = e.Proof.Index
		v.proof(e)
	}
}

// proof: that an event which was changed is not in the tree is no news.
func (v *verdict) proof(e Proven) {
	if v.report.Checkpoint.Origin == "" {
		return // there is nothing to hold it against
	}
	leaf := e.Entry.Leaf()
	err := CheckInclusion(*e.Proof, leaf, v.report.Checkpoint.Head())
	if err != nil && e.contents(leaf) == "" {
		v.finds.add(e.fault(TreeDiffers, "its proof does not lead to the checkpoint"))
	}
	if err == nil {
		v.report.Proven++
	}
}

func (p Proven) fault(what What, why string) Fault {
	return about(what, p.CaseKey, p.Sequence, p.Proof.Index, why)
}
