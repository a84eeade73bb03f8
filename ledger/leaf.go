package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"time"

	"dueprocess/casework"
)

// TimeFormat is how an instant is written in a leaf: fixed width, UTC.
const TimeFormat = "2006-01-02T15:04:05.000000Z"

// Facts are what may be counted for ever and names nobody: instrument, country, kind of authority, data, outcome,
// counts, dates.
type Facts map[string]string

// Entry is what a leaf is made of.
type Entry struct {
	CaseKey    string
	Sequence   int
	At         time.Time
	Verb       casework.Verb
	ActorID    string
	Facts      Facts
	Prev       string // the leaf of the case's event before this one, hex; empty for the first
	Commitment string // hex
}

// Leaf is the entry's hash, in hex.
func (e Entry) Leaf() string {
	return digest("dueprocess leaf 1\n", fields(
		e.CaseKey, strconv.Itoa(e.Sequence), e.At.UTC().Format(TimeFormat), string(e.Verb), e.ActorID, string(e.Facts.fields()), e.Prev, e.Commitment))
}

// Commit binds a personal part without showing it: with the salt erased, nothing can be guessed from it.
func Commit(salt, personal []byte) string {
	return digest("dueprocess commitment 1\n", fields(string(salt), string(personal)))
}

// Personal is the part of an event that a purge erases.
func Personal(e casework.Event) []byte {
	name := ""
	if outsider(e.Actor) {
		name = e.Actor.Name
	}
	return fields(name, string(e.Old), string(e.New))
}

// ActorID names who acted, without the name of anyone who is not ours.
func ActorID(a casework.Actor) string {
	if outsider(a) {
		return string(a.Kind)
	}
	return string(a.Kind) + ":" + a.Name
}

func outsider(a casework.Actor) bool {
	return a.Kind == casework.AuthorityKind || a.Kind == casework.Customer
}

func (f Facts) fields() []byte {
	pairs := make([]string, 0, 2*len(f))
	for _, name := range slices.Sorted(maps.Keys(f)) {
		pairs = append(pairs, name, f[name])
	}
	return fields(pairs...)
}

func fields(values ...string) []byte {
	var out []byte
	for _, v := range values {
		out = strconv.AppendInt(out, int64(len(v)), 10)
		out = append(out, ':')
		out = append(out, v...)
		out = append(out, '\n')
	}
	return out
}

func digest(form string, content []byte) string {
	sum := sha256.Sum256(append([]byte(form), content...))
	return hex.EncodeToString(sum[:])
}
