package ledger_test

import (
	"archive/tar"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// evidence is case 0 of a log of several; one of its events is purged.
func evidence(t require.TestingT) ledger.Bundle {
	b := write(t, 1, 0, 1, 0, 0, 2, 1, 0, 0)
	out := ledger.Bundle{Checkpoint: signed(t, b.signed[len(b.signed)-1]), Keys: verifierText(t, origin, key(1)) + "\n"}
	for _, s := range b.seats {
		if s.CaseKey == "case 0" {
			p, err := ledger.ProveInclusion(int64(len(b.seats)), s.index, b.tree)
			require.NoError(t, err)
			out.Events = append(out.Events, ledger.Proven{Record: s.Record, Proof: &p})
		}
	}
	out.Events[1].Salt, out.Events[1].Personal = nil, nil
	return out
}

func packed(t require.TestingT, b ledger.Bundle) []byte {
	var out bytes.Buffer
	require.NoError(t, ledger.WriteBundle(&out, b, noon))
	return out.Bytes()
}

func verified(t require.TestingT, raw []byte, known note.Verifiers) ledger.Report {
	report, err := ledger.VerifyBundle(bytes.NewReader(raw), known)
	require.NoError(t, err)
	return report
}

// filesOf opens a tar archive; put packs one.
func filesOf(t require.TestingT, raw []byte) map[string][]byte {
	out, in := map[string][]byte{}, tar.NewReader(bytes.NewReader(raw))
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err)
		require.Equal(t, int64(0o644), h.Mode)
		out[h.Name], err = io.ReadAll(in)
		require.NoError(t, err)
	}
}

type file struct {
	name string
	raw  []byte
}

func tarOf(t require.TestingT, files ...file) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range files {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.raw))}))
		_, err := w.Write(f.raw)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// instead packs the evidence with one file changed.
func instead(t require.TestingT, name string, change func([]byte) []byte) []byte {
	files := filesOf(t, packed(t, evidence(t)))
	var out []file
	for _, n := range []string{"README.txt", "events.json", "checkpoint.txt", "log.pub"} {
		raw := files[n]
		if n == name {
			raw = change(raw)
		}
		out = append(out, file{n, raw})
	}
	return tarOf(t, out...)
}

func TestABundleHoldsOffline(t *testing.T) {
	raw := packed(t, evidence(t))
	require.Equal(t, raw, packed(t, evidence(t)), "the same evidence is the same bytes")
	first, err := tar.NewReader(bytes.NewReader(raw)).Next()
	require.NoError(t, err)
	require.Equal(t, noon.Unix(), first.ModTime.Unix())
	report := verified(t, raw, ours(t))
	require.True(t, report.Holds(), "%v", report.Faults)
	require.Equal(t, []any{"case 0", 4, 4, 0, 1, int64(7), origin, false}, []any{report.CaseKey, report.Events, report.Proven, report.Unproven, report.Purged, report.Checkpoint.Size, report.Checkpoint.Origin, report.OwnKey})
	report = verified(t, raw, nil)
	require.True(t, report.Holds())
	require.True(t, report.OwnKey, "whose key it was is said")
	report = verified(t, raw, known(t, verifierText(t, origin, key(2))))
	require.Len(t, report.Faults, 1)
	require.Equal(t, ledger.CheckpointDiffers, report.Faults[0].What)
	require.Zero(t, report.Proven)
}

func TestEventsAreWrittenAsTheyWereTenYearsAgo(t *testing.T) {
	files := filesOf(t, packed(t, evidence(t)))
	golden(t, "events.json", string(files["events.json"]))
	b := evidence(t)
	b.Events[0].Facts = nil
	require.Contains(t, string(filesOf(t, packed(t, b))["events.json"]), `"facts": {}`)
}

// TestTheReadmesScriptVerifiesByHand runs what the README says, in a shell, on good evidence and on forged.
func TestTheReadmesScriptVerifiesByHand(t *testing.T) {
	said, err := byHand(t, packed(t, evidence(t)))
	require.NoError(t, err, said)
	require.Equal(t, 1+1+1+3+4+4+4, strings.Count(said, "holds: "), said)
	for name, change := range map[string]func(raw []byte) []byte{
		"checkpoint.txt": func(raw []byte) []byte { return bytes.Replace(raw, []byte("\n7\n"), []byte("\n8\n"), 1) },
		"log.pub":        func([]byte) []byte { return []byte(verifierText(t, origin, key(2)) + "\n") },
		"events.json":    func(raw []byte) []byte { return bytes.Replace(raw, []byte(`"n": "3"`), []byte(`"n": "4"`), 1) },
	} {
		said, err := byHand(t, instead(t, name, change))
		require.Error(t, err, name)
		require.Contains(t, said, "FAILED: ", name)
	}
	for _, name := range []string{"changed under hash", "personal changed", "removed", "another's proof"} {
		b := evidence(t)
		bundleForgeries[name](&b)
		said, err := byHand(t, packed(t, b))
		require.Error(t, err, name)
		require.Contains(t, said, "FAILED: ", name)
	}
}

// What is read by hand is the work of a stranger: nothing in it is believed, counted with or run before it is looked at.
func TestTheReadmesScriptTrustsNothing(t *testing.T) {
	salt, personal := regexp.MustCompile(`\n *"salt": "c2FsdCAwIDE=",`), regexp.MustCompile(`"personal": "cGVyc29uYWwgMQ=="`)
	event := regexp.MustCompile(`(?s)"events": \[.*\]\n`)
	edited := func(re *regexp.Regexp, with string) func([]byte) []byte {
		return func(raw []byte) []byte {
			require.Regexp(t, re, string(raw))
			return re.ReplaceAllLiteral(raw, []byte(with))
		}
	}
	first := regexp.MustCompile(`"index": 0`)
	for name, change := range map[string]func([]byte) []byte{
		"a forged personal part whose salt is gone": func(raw []byte) []byte { return edited(personal, `"personal": "Zm9yZ2Vk"`)(edited(salt, "")(raw)) },
		"a salt that is null": func(raw []byte) []byte {
			return edited(personal, `"personal": "Zm9yZ2Vk"`)(edited(salt, "\n      \"salt\": null,")(raw))
		},
		"a salt that says null": func(raw []byte) []byte {
			return edited(personal, `"personal": "Zm9yZ2Vk"`)(edited(salt, "\n      \"salt\": \"null\",")(raw))
		},
		"a personal part said twice":     edited(personal, "\"personal\": \"Zm9yZ2Vk\",\n      \"personal\": \"cGVyc29uYWwgMQ==\""),
		"no events":                      edited(event, "\"events\": []\n"),
		"another case's key":             edited(regexp.MustCompile(`^\{\n  "form": "dueprocess bundle 1",\n  "case_key": "case 0"`), "{\n  \"form\": \"dueprocess bundle 1\",\n  \"case_key\": \"case 1\""),
		"a field that nobody knows":      edited(personal, "\"note\": \"approved\",\n      \"personal\": \"cGVyc29uYWwgMQ==\""),
		"a tree of another size":         edited(regexp.MustCompile(`"size": 7`), `"size": 8`),
		"an index that is a command":     edited(first, `"index": "i[$(touch ran)0]"`),
		"an index that is half a number": edited(first, `"index": 0.5`),
		"another form":                   func(raw []byte) []byte { return append([]byte(" "), raw...) },
	} {
		raw := instead(t, "events.json", change)
		said, err := byHand(t, raw)
		require.Error(t, err, name)
		require.Contains(t, said, "FAILED: ", name)
		report, err := ledger.VerifyBundle(bytes.NewReader(raw), ours(t))
		require.False(t, err == nil && report.Holds(), "%s: the program believes it", name)
	}
	command, err := note.Sign(&note.Note{Text: strings.Replace(bodyOf(signed(t, checkpoint(ledger.Head{Size: 7}))), "\n7\n", "\ni[$(touch ran)0]\n", 1)}, signerOf(t, origin, key(1)))
	require.NoError(t, err)
	said, err := byHand(t, instead(t, "checkpoint.txt", func([]byte) []byte { return command }))
	require.Error(t, err)
	require.Contains(t, said, "FAILED: a number of the checkpoint")
}

func byHand(t *testing.T, raw []byte) (string, error) {
	dir, script := t.TempDir(), ""
	for name, content := range filesOf(t, raw) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
		for line := range strings.Lines(string(content)) {
			if code, ok := strings.CutPrefix(line, "    "); ok && name == "README.txt" {
				script += code
			}
		}
	}
	run := exec.Command("bash", "-c", script)
	run.Dir = dir
	run.Env = append(os.Environ(), "TMPDIR="+dir)
	said, err := run.CombinedOutput()
	require.NoFileExists(t, filepath.Join(dir, "ran"), "a command of the evidence was run")
	return string(said), err
}

// bundleForgeries each change the second of four events, or where it stands.
var bundleForgeries = map[string]func(b *ledger.Bundle){
	"changed":            func(b *ledger.Bundle) { b.Events[1].Verb = casework.Approved },
	"changed under hash": func(b *ledger.Bundle) { e := &b.Events[1]; e.Verb = casework.Approved; e.Leaf = e.Entry.Leaf() },
	"personal changed":   func(b *ledger.Bundle) { b.Events[2].Personal = []byte("x") },
	"removed":            func(b *ledger.Bundle) { b.Events = slices.Delete(b.Events, 1, 2) },
	"copied":             func(b *ledger.Bundle) { b.Events = slices.Insert(b.Events, 2, b.Events[1]) },
	"swapped":            func(b *ledger.Bundle) { b.Events[1], b.Events[2] = b.Events[2], b.Events[1] },
	"another's proof":    func(b *ledger.Bundle) { b.Events[1].Proof = b.Events[2].Proof },
	"added": func(b *ledger.Bundle) {
		b.Events = append(b.Events, ledger.Proven{Record: event(0, b.Events[3].Record), Proof: b.Events[3].Proof})
	},
}

func TestForgedBundlesDoNotHold(t *testing.T) {
	for name, want := range map[string]struct {
		what     ledger.What
		sequence int
	}{
		"changed": {ledger.Changed, 2}, "changed under hash": {ledger.TreeDiffers, 2}, "personal changed": {ledger.Changed, 3}, "removed": {ledger.Removed, 2},
		"copied": {ledger.Added, 2}, "swapped": {ledger.Moved, 2}, "another's proof": {ledger.TreeDiffers, 2}, "added": {ledger.TreeDiffers, 5},
	} {
		b := evidence(t)
		bundleForgeries[name](&b)
		report := verified(t, packed(t, b), ours(t))
		require.True(t, slices.ContainsFunc(report.Faults, func(f ledger.Fault) bool { return f.What == want.what && f.Sequence == want.sequence }), "%s: %v", name, report.Faults)
	}
	require.Len(t, bundleForgeries, 8)
}

// TestWhatIsNotProvenDoesNotHold: whoever writes the file can make chains without end, but no proof. Without one, an
// event may be any that was never there.
func TestWhatIsNotProvenDoesNotHold(t *testing.T) {
	for from := range 4 {
		b := evidence(t)
		for i := from; i < len(b.Events); i++ {
			b.Events[i] = ledger.Proven{Record: approvedBySomebody(b.Events, i)}
		}
		report := verified(t, packed(t, b), ours(t))
		require.Empty(t, report.Faults, "nothing in it contradicts itself")
		require.Equal(t, 4-from, report.Unproven)
		require.False(t, report.Holds())
		said, err := byHand(t, packed(t, b))
		require.Error(t, err)
		require.Contains(t, said, fmt.Sprintf("FAILED: event %d has no proof", from+1))
	}
}

// approvedBySomebody is an event that never was, linked to the one before as it would have been.
func approvedBySomebody(events []ledger.Proven, i int) ledger.Record {
	e := events[i].Record
	e.ActorID, e.Verb, e.Prev = "person:somebody", casework.Approved, ""
	if i > 0 {
		e.Prev = events[i-1].Leaf
	}
	e.Leaf = e.Entry.Leaf()
	return e
}

func TestProofsMissingFromTheMiddleAndStrangersAreNamed(t *testing.T) {
	b := evidence(t)
	b.Events[1].Proof = nil
	report := verified(t, packed(t, b), ours(t))
	require.Len(t, report.Faults, 1)
	require.Contains(t, report.Faults[0].Why, "the proof of the event before it is missing")
	b = evidence(t)
	b.Events = append(b.Events, ledger.Proven{Record: event(7, ledger.Record{})})
	report = verified(t, packed(t, b), ours(t))
	require.Len(t, report.Faults, 1)
	require.Contains(t, report.Faults[0].Error(), "another case")
}

// Whose history it is stands in it: that of two cases is that of none, and that of another case holds for that one alone.
func TestEvidenceSaysWhoseItIs(t *testing.T) {
	b := evidence(t)
	for i, number := range []string{"LR-2026-000002", "", "LR-2026-000003"} {
		e := &b.Events[i]
		if number != "" {
			e.Facts = ledger.Facts{ledger.CaseFact: number}
		}
	}
	report := verified(t, packed(t, b), ours(t))
	require.Equal(t, "LR-2026-000002", report.Case)
	require.True(t, slices.ContainsFunc(report.Faults, func(f ledger.Fault) bool { return f.Sequence == 3 && strings.Contains(f.Why, "another number") }))
	said, err := byHand(t, packed(t, b))
	require.Error(t, err)
	require.Contains(t, said, "FAILED: number of the case")

	report = verified(t, packed(t, evidence(t)), ours(t))
	require.True(t, report.Of("LR-2026-000001").Holds(), "events of before they said it")
	report.Case = "LR-2026-000002"
	require.True(t, report.Of("LR-2026-000002").Holds())
	require.False(t, report.Of("LR-2026-000001").Holds())
}

// TestATreeThatTookEventsInTheWrongOrderIsNamed, though each proof holds and the chain does.
func TestATreeThatTookEventsInTheWrongOrderIsNamed(t *testing.T) {
	first := event(0, ledger.Record{})
	second := event(0, first)
	tree := treeOf(t, []string{second.Leaf, first.Leaf})
	b := evidence(t)
	b.Checkpoint = signed(t, checkpoint(headOf(t, 2, tree)))
	b.Events = []ledger.Proven{{Record: first}, {Record: second}}
	for i := range b.Events {
		p, err := ledger.ProveInclusion(2, int64(1-i), tree)
		require.NoError(t, err)
		b.Events[i].Proof = &p
	}
	report := verified(t, packed(t, b), ours(t))
	require.Len(t, report.Faults, 1)
	require.Equal(t, ledger.Moved, report.Faults[0].What)
}

func TestEveryFlippedByteOfTheEvidenceIsFound(t *testing.T) {
	for _, name := range []string{"events.json", "checkpoint.txt", "log.pub"} {
		rapid.Check(t, func(t *rapid.T) {
			raw := instead(t, name, func(raw []byte) []byte { return []byte(flipper(t)(string(raw))) })
			report, err := ledger.VerifyBundle(bytes.NewReader(raw), nil)
			require.True(t, err != nil || !report.Holds() || sameSignature(t, raw), name)
		})
	}
}

// sameSignature: base64 of 68 bytes has two bits that say nothing; a text with others is the same signature.
func sameSignature(t require.TestingT, raw []byte) bool {
	good, got := evidence(t).Checkpoint, filesOf(t, raw)["checkpoint.txt"]
	decoded := func(text []byte) string {
		at := bytes.LastIndexByte(text, ' ')
		out, _ := base64.StdEncoding.DecodeString(string(text[at+1:]))
		return string(out)
	}
	return !bytes.Equal(good, got) && bodyOf(good) == bodyOf(got) && decoded(good) == decoded(got)
}

// TestTwoWaysToReadOneFileAreRefused: of two fields with one name, programs take one or the other.
func TestTwoWaysToReadOneFileAreRefused(t *testing.T) {
	for _, change := range [][2]string{
		{`"verb": "commented"`, `"verb": "approved", "verb": "commented"`}, {`"verb":`, `"Verb":`}, {"\n", " "}, {`"verb"`, `"\u0076erb"`}, {"]\n}\n", "]\n}\n{}"},
	} {
		raw := instead(t, "events.json", func(raw []byte) []byte { return bytes.Replace(raw, []byte(change[0]), []byte(change[1]), 1) })
		report, err := ledger.VerifyBundle(bytes.NewReader(raw), ours(t))
		require.NoError(t, err)
		require.Len(t, report.Faults, 1)
		require.Contains(t, report.Faults[0].Why, "one form")
	}
}

func TestWhatIsNoBundleIsRefused(t *testing.T) {
	good := filesOf(t, packed(t, evidence(t)))
	four := []file{{"README.txt", nil}, {"events.json", good["events.json"]}, {"checkpoint.txt", good["checkpoint.txt"]}, {"log.pub", good["log.pub"]}}
	require.True(t, verified(t, tarOf(t, four...), nil).Holds())
	const instant = `{"at":"2026-11-20T12:00:00.000000Z"}`
	with := func(f ...file) []file { return append(slices.Clone(four), f...) }
	events := func(text string) []byte {
		return instead(t, "events.json", func([]byte) []byte { return []byte(text) })
	}
	for name, raw := range map[string][]byte{
		"nothing":         nil,
		"no tar":          []byte(strings.Repeat("x", 2000)),
		"three files":     tarOf(t, four[:3]...),
		"cut short":       packed(t, evidence(t))[:3000],
		"a file twice":    tarOf(t, with(four[0])...),
		"another file":    tarOf(t, with(file{"x", nil})...),
		"a path":          tarOf(t, with(file{"../README.txt", nil})...),
		"large README":    tarOf(t, append(with()[1:], file{"README.txt", make([]byte, 1<<16+1)})...),
		"no JSON":         events("x"),
		"another form":    events(`{"form":"dueprocess bundle 2","events":[` + instant + `]}`),
		"no events":       events(`{"form":"dueprocess bundle 1","events":[]}`),
		"events no list":  events(`{"form":"dueprocess bundle 1","events":{}}`),
		"an event no one": events(`{"form":"dueprocess bundle 1","events":[7]}`),
		"unknown field":   events(`{"form":"dueprocess bundle 1","events":[{"x":1}]}`),
		"no instant":      events(`{"form":"dueprocess bundle 1","events":[{}]}`),
		"another instant": events(`{"form":"dueprocess bundle 1","events":[` + strings.Replace(instant, ".", ",", 1) + `]}`),
		"too many events": events(`{"form":"dueprocess bundle 1","events":[` + strings.Repeat(instant+",", 100_000) + instant + `]}`),
		"no key":          instead(t, "log.pub", func([]byte) []byte { return []byte("x") }),
	} {
		_, err := ledger.VerifyBundle(bytes.NewReader(raw), nil)
		require.Error(t, err, name)
		require.Equal(t, casework.Invalid, casework.CodeOf(err), name)
	}
	_, err := ledger.VerifyBundle(iotest.ErrReader(os.ErrClosed), nil)
	require.ErrorIs(t, err, os.ErrClosed)
}

// TestALinkIsNotFollowed, though it has the name of a file that belongs.
func TestALinkIsNotFollowed(t *testing.T) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	require.NoError(t, w.WriteHeader(&tar.Header{Name: "events.json", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}))
	require.NoError(t, w.Close())
	_, err := ledger.VerifyBundle(&out, nil)
	require.ErrorContains(t, err, "does not belong")
}

func TestABundleThatCannotBeWrittenSaysSo(t *testing.T) {
	b := evidence(t)
	b.Checkpoint = make([]byte, 1<<17)
	require.Equal(t, casework.TooLarge, casework.CodeOf(ledger.WriteBundle(io.Discard, b, noon)))
	for after := range 8 {
		require.Error(t, ledger.WriteBundle(&full{after}, evidence(t), noon), after)
	}
}

// full is a disk that takes only some writes.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func FuzzVerifyBundle(f *testing.F) {
	f.Add(packed(f, evidence(f)))
	f.Add(instead(f, "events.json", func([]byte) []byte {
		return []byte(`{"form":"dueprocess bundle 1","case_key":"","events":[{"at":"2026-11-20T12:00:00.000000Z","proof":{"index":0,"size":9223372036854775807,"hashes":null}}]}`)
	}))
	f.Add(tarOf(f, file{"README.txt", nil}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		report, err := ledger.VerifyBundle(bytes.NewReader(raw), ours(t))
		if err == nil && report.Holds() {
			require.Equal(t, origin, report.Checkpoint.Origin)
			require.Equal(t, report.Events, report.Proven)
		}
	})
}
