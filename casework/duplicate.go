package casework

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Duplicate is another case that may be the same request, served twice: by the portal and by mail, or anew because no
// answer had come yet. It is a hint; whether it is one, a person says.
type Duplicate struct {
	Case       string       `json:"case_id"`
	Stage      Stage        `json:"stage"`
	Resolution *Resolution  `json:"resolution"` // nil: it is not closed
	ReceivedAt time.Time    `json:"received_at"`
	Alike      []Particular `json:"alike"`  // at least one, in the vocabulary's order
	Linked     bool         `json:"linked"` // one of the two says already how it relates to the other
}

// Duplicates are the newest of them, at most MostDuplicates; More: there are others.
type Duplicates struct {
	Cases []Duplicate `json:"cases"`
	More  bool        `json:"more"`
}

// MostDuplicates is how many are listed.
const MostDuplicates = 10

// Particular is in what two requests may be alike.
type Particular string

// The particulars.
const (
	AlikeNumber    Particular = "number"    // the instrument's number, from the same country
	AlikeDocument  Particular = "document"  // the bytes of a document that was served
	AlikeReference Particular = "reference" // the matter's reference, on the same type of instrument of the same authority
)

// Particulars lists the vocabulary.
var Particulars = []Particular{AlikeNumber, AlikeDocument, AlikeReference}

// Valid reports whether p is in the vocabulary.
func (p Particular) Valid() bool { return known(p, Particulars) }

// Likeness is a particular as it is compared: two requests are alike in it where the digests are the same. It is 32
// hexadecimal digits, different for different particulars, and personal as what it is made of: who knows a number finds it.
type Likeness struct {
	In     Particular
	Digest string
}

// mostCompared bounds how many documents of a request are compared: the first ones.
const mostCompared = 32

// Likenesses are what a request is known again by, each once, sorted by digest. Texts are compared without case and without
// regard to spaces around and between; a territory counts as the state that it belongs to.
func (r Request) Likenesses() []Likeness {
	out := []Likeness{}
	state, name := StateOf(r.Authority.Country), folded(r.Authority.Name)
	if n := folded(r.Instrument.Number); tells(n) {
		out = append(out, likeness(AlikeNumber, state, n))
	}
	if n := folded(r.Matter.Reference); tells(n) && name != "" {
		out = append(out, likeness(AlikeReference, string(r.Instrument.Type), state, name, n))
	}
	for _, d := range r.Documents[:min(len(r.Documents), mostCompared)] {
		if sum := strings.ToLower(d.SHA256); sum != "" && sum != sumOfNothing {
			out = append(out, likeness(AlikeDocument, sum))
		}
	}
	slices.SortFunc(out, func(a, b Likeness) int { return cmp.Compare(a.Digest, b.Digest) })
	return slices.Compact(out)
}

// sumOfNothing is the SHA-256 of an empty file, which many a failed upload is.
var sumOfNothing = hex.EncodeToString(sha256.New().Sum(nil))

// likeness digests a particular. Half of a SHA-256 tells them apart: nothing is proven by it.
func likeness(in Particular, parts ...string) Likeness {
	sum := sha256.Sum256([]byte(string(in) + "\x00" + strings.Join(parts, "\x00")))
	return Likeness{in, hex.EncodeToString(sum[:len(sum)/2])}
}

// folded is a text as it is compared.
func folded(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// tells reports whether a number or a reference can name a paper: "n/a", "none" and "-" stand on many.
func tells(text string) bool { return strings.ContainsFunc(text, unicode.IsDigit) }
