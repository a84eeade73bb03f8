package registry

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"strings"

	"dueprocess/casework"
)

// stayKey and dueKey are what is counted together within one grouping.
type (
	stayKey struct {
		group string
		stage casework.Stage
	}
	dueKey struct {
		group, kind string
		state       casework.SLA
	}
)

// sums are what is counted of days: stays by their lengths, and deadlines by what became of them.
type sums struct {
	stays map[stayKey]*histogram
	due   map[dueKey]int
	words words
}

func newSums() sums { return sums{map[stayKey]*histogram{}, map[dueKey]int{}, words{}} }

// words are the texts that keys are made of: few, and each in the sums of every day. Each is made once.
type words map[string]string

func (w words) of(text []byte) string {
	if word, ok := w[string(text)]; ok {
		return word
	}
	word := string(text)
	w[word] = word
	return word
}

func (s sums) stay(key stayKey, slot, n int) { s.histogram(key).add(slot, n) }

func (s sums) histogram(key stayKey) *histogram {
	h := s.stays[key]
	if h == nil {
		h = &histogram{}
		s.stays[key] = h
	}
	return h
}

func (k stayKey) compare(o stayKey) int {
	return cmp.Or(strings.Compare(k.group, o.group), strings.Compare(string(k.stage), string(o.stage)))
}

func (k dueKey) compare(o dueKey) int {
	return cmp.Or(strings.Compare(k.group, o.group), strings.Compare(k.kind, o.kind), strings.Compare(string(k.state), string(o.state)))
}

// bytes is how a day's sums are kept: numbers as varints, texts with their length before, slots as steps from the last.
func (s sums) bytes() []byte {
	out := binary.AppendUvarint(nil, uint64(len(s.stays)))
	for _, key := range slices.SortedFunc(maps.Keys(s.stays), stayKey.compare) {
		out = appendTexts(out, key.group, string(key.stage))
		out = s.stays[key].append(out)
	}
	out = binary.AppendUvarint(out, uint64(len(s.due)))
	for _, key := range slices.SortedFunc(maps.Keys(s.due), dueKey.compare) {
		out = binary.AppendUvarint(appendTexts(out, key.group, key.kind, string(key.state)), uint64(s.due[key])) //nolint:gosec // a count
	}
	return out
}

func appendTexts(out []byte, texts ...string) []byte {
	for _, text := range texts {
		out = append(binary.AppendUvarint(out, uint64(len(text))), text...)
	}
	return out
}

func (h *histogram) append(out []byte) []byte {
	used := 0
	for _, n := range h.slots {
		if n > 0 {
			used++
		}
	}
	out = binary.AppendUvarint(out, uint64(used))
	last := 0
	for slot, n := range h.slots {
		if n > 0 {
			out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(slot-last)), uint64(n)) //nolint:gosec // counts
			last = slot
		}
	}
	return out
}

var errSums = errors.New("the sums of a day cannot be read")

// add adds sums as they are kept.
func (s sums) add(kept []byte) error {
	r := sumReader{left: kept, words: s.words}
	for range r.number() {
		h, slot := s.histogram(stayKey{r.text(), casework.Stage(r.text())}), 0
		for range r.number() {
			slot += r.number()
			h.add(slot, r.number())
		}
	}
	for range r.number() {
		key := dueKey{r.text(), r.text(), casework.SLA(r.text())}
		s.due[key] += r.number()
	}
	if r.bad || len(r.left) > 0 {
		return errSums
	}
	return nil
}

// sumReader reads kept sums; once something is wrong it reads noughts.
type sumReader struct {
	left  []byte
	words words
	bad   bool
}

// mostKept bounds every number that is read: nothing of one day is near it.
const mostKept = 1 << 31

func (r *sumReader) number() int {
	v, n := binary.Uvarint(r.left)
	if r.bad || n <= 0 || v >= mostKept {
		r.bad = true
		return 0
	}
	r.left = r.left[n:]
	return int(v)
}

func (r *sumReader) text() string {
	n := r.number()
	if n > len(r.left) {
		r.bad = true
		return ""
	}
	text := r.left[:n]
	r.left = r.left[n:]
	return r.words.of(text)
}
