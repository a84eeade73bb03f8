package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
	"dueprocess/ledger"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 123456000, time.UTC)

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}

// TestFormIsTheOneWrittenDown spells the documented form out once more, by hand: leaves of ten years ago must verify.
func TestFormIsTheOneWrittenDown(t *testing.T) {
	commitment := ledger.Commit([]byte("salt"), []byte("personal"))
	require.Equal(t, sum("dueprocess commitment 1\n4:salt\n8:personal\n"), commitment)
	entry := ledger.Entry{
		CaseKey: "key", Sequence: 12, At: noon.In(time.FixedZone("east", 3600)), Verb: casework.Reviewed, ActorID: "person:rosa",
		Facts: ledger.Facts{"data": "content", "country": "DE"}, Prev: "ab", Commitment: "cd",
	}
	facts := "7:country\n2:DE\n4:data\n7:content\n"
	require.Equal(t, sum("dueprocess leaf 1\n3:key\n2:12\n27:2026-11-20T12:00:00.123456Z\n8:reviewed\n11:person:rosa\n"+
		fmt.Sprintf("%d:%s\n", len(facts), facts)+"2:ab\n2:cd\n"), entry.Leaf())
	require.Equal(t, "1:c\n7:{\"a\":1}\n2:{}\n", string(ledger.Personal(casework.Event{
		Actor: casework.Actor{Kind: casework.Customer, Name: "c"}, Old: []byte(`{"a":1}`), New: []byte(`{}`),
	})))
}

func TestNamesOfOutsidersArePersonal(t *testing.T) {
	for kind, want := range map[casework.ActorKind]struct {
		id     string
		erased bool
	}{
		casework.Person: {"person:n", false}, casework.System: {"system:n", false},
		casework.AuthorityKind: {"authority", true}, casework.Customer: {"customer", true},
	} {
		a := casework.Actor{Kind: kind, Name: "n"}
		require.Equal(t, want.id, ledger.ActorID(a))
		require.Equal(t, want.erased, strings.HasPrefix(string(ledger.Personal(casework.Event{Actor: a})), "1:n\n"))
	}
}

// chain makes a case of n events that hold.
func chain(n int) []ledger.Record {
	out, prev := []ledger.Record{}, ""
	for i := range n {
		r := ledger.Record{Salt: []byte{byte(i), 1}, Personal: fmt.Appendf(nil, "personal %d", i)}
		r.Entry = ledger.Entry{
			CaseKey: "key", Sequence: i + 1, At: noon.Add(time.Duration(i) * time.Second), Verb: casework.Commented, ActorID: "person:rosa",
			Facts: ledger.Facts{"n": fmt.Sprint(i)}, Prev: prev, Commitment: ledger.Commit(r.Salt, r.Personal),
		}
		r.Leaf = r.Entry.Leaf()
		prev = r.Leaf
		out = append(out, r)
	}
	return out
}

func TestWholeChainsHold(t *testing.T) {
	require.NoError(t, ledger.Verify("key", nil))
	require.NoError(t, ledger.VerifyTo("key", nil, ""))
	c := chain(5)
	require.NoError(t, ledger.Verify("key", c))
	require.NoError(t, ledger.VerifyTo("key", c, c[4].Leaf))
	c[2].Salt, c[2].Personal = nil, nil
	require.True(t, c[2].Purged())
	require.NoError(t, ledger.Verify("key", c), "a purge takes nothing from the chain")
}

// forgeries each change one thing of a record.
var forgeries = map[string]func(r *ledger.Record){
	"case":            func(r *ledger.Record) { r.CaseKey = "other" },
	"sequence":        func(r *ledger.Record) { r.Sequence += 7 },
	"at":              func(r *ledger.Record) { r.At = r.At.Add(time.Microsecond) },
	"verb":            func(r *ledger.Record) { r.Verb = casework.Approved },
	"actor":           func(r *ledger.Record) { r.ActorID = "person:rafael" },
	"fact":            func(r *ledger.Record) { r.Facts = ledger.Facts{"n": "x"} },
	"fact's name":     func(r *ledger.Record) { r.Facts = ledger.Facts{"m": r.Facts["n"]} },
	"no facts":        func(r *ledger.Record) { r.Facts = nil },
	"prev":            func(r *ledger.Record) { r.Prev = sum("x") },
	"commitment":      func(r *ledger.Record) { r.Commitment = sum("x") },
	"leaf":            func(r *ledger.Record) { r.Leaf = sum("x") },
	"salt":            func(r *ledger.Record) { r.Salt = []byte("x") },
	"salt alone gone": func(r *ledger.Record) { r.Salt = nil },
	"personal":        func(r *ledger.Record) { r.Personal = []byte("x") },
	"personal alone":  func(r *ledger.Record) { r.Personal = nil },
}

func TestTheFirstBrokenEventIsNamed(t *testing.T) {
	for name, forge := range forgeries {
		for i := range 4 {
			c := chain(4)
			forge(&c[i])
			requireBroken(t, ledger.Verify("key", c), i+1, name)
		}
	}
}

func requireBroken(t require.TestingT, err error, at int, name string) {
	var broken *ledger.Broken
	require.ErrorAs(t, err, &broken, name)
	require.Equal(t, at, broken.Sequence, name)
	require.Equal(t, "key", broken.CaseKey)
	require.ErrorContains(t, err, fmt.Sprintf("broken at event %d", at))
}

func TestMissingAndMovedEventsAreNamed(t *testing.T) {
	for i := range 3 {
		requireBroken(t, ledger.Verify("key", slices.Delete(chain(4), i, i+1)), i+1, "missing")
		c := chain(4)
		c[i], c[i+1] = c[i+1], c[i]
		requireBroken(t, ledger.Verify("key", c), i+1, "moved")
	}
	c := chain(4)
	requireBroken(t, ledger.VerifyTo("key", c[:3], c[3].Leaf), 4, "cut short")
	requireBroken(t, ledger.VerifyTo("key", nil, c[0].Leaf), 1, "all gone")
	requireBroken(t, ledger.VerifyTo("key", c, c[2].Leaf), 5, "longer than known")
}

// TestARewrittenTailDoesNotHold: whoever rewrites one event and all hashes after it still ends in another leaf.
func TestARewrittenTailDoesNotHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		at := rapid.IntRange(0, n-1).Draw(t, "at")
		c := chain(n)
		last := c[n-1].Leaf
		name := rapid.SampledFrom([]string{"at", "verb", "actor", "fact", "no facts", "commitment"}).Draw(t, "forgery")
		forgeries[name](&c[at])
		c[at].Salt, c[at].Personal = nil, nil
		for i := at; i < n; i++ {
			if i > 0 {
				c[i].Prev = c[i-1].Leaf
			}
			c[i].Leaf = c[i].Entry.Leaf()
		}
		require.NoError(t, ledger.Verify("key", c))
		requireBroken(t, ledger.VerifyTo("key", c, last), n+1, name)
	})
}

// TestNoTwoEntriesHaveOneForm: text that looks like the form's own punctuation does not move a border.
func TestNoTwoEntriesHaveOneForm(t *testing.T) {
	text := rapid.StringMatching(`[a0-3:\n]{0,6}`)
	facts := rapid.MapOfN(text, text, 0, 3)
	draw := rapid.Custom(func(t *rapid.T) ledger.Entry {
		return ledger.Entry{CaseKey: text.Draw(t, "key"), ActorID: text.Draw(t, "actor"), Facts: facts.Draw(t, "facts"), Prev: text.Draw(t, "prev")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		require.Equal(t, fmt.Sprintf("%#v", a) == fmt.Sprintf("%#v", b), a.Leaf() == b.Leaf())
	})
}
