package api

import (
	"crypto/ed25519"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/registry"
	"dueprocess/web/ui/pagetest"
)

func (o *office) sequenced(t *testing.T) {
	t.Helper()
	signer, err := ledger.NewSigner("test", ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	require.NoError(t, err)
	_, err = o.Sequence(t.Context(), registry.Sequencing{Holder: "a", At: o.Now(), Most: 1000, Signer: signer})
	require.NoError(t, err)
}

// headOf reads the tree's head out of a checkpoint, as a program would.
func headOf(t *testing.T, note string) ledger.Head {
	t.Helper()
	lines := strings.Split(note, "\n")
	var h ledger.Head
	require.NoError(t, json.Unmarshal([]byte(`{"size": `+lines[1]+`, "root": "`+lines[2]+`"}`), &h))
	return h
}

func TestEventsCarryProofsThatHoldAgainstTheCheckpoint(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(call{pagetest.Tess, "GET", "/ledger/checkpoint", nil, nil}).refused(casework.NotFound)
	id := o.received()
	o.sequenced(t)
	var first, second signedHead
	o.do(call{pagetest.Tess, "GET", "/ledger/checkpoint", nil, nil}).is(http.StatusOK, &first)
	var got history
	o.do(call{pagetest.Tess, "GET", "/cases/" + id + "/events", nil, nil}).is(http.StatusOK, &got)
	for _, e := range got.Events {
		var p ledger.Inclusion
		require.NoError(t, json.Unmarshal(e.Proof, &p))
		require.NoError(t, ledger.CheckInclusion(p, e.Leaf, headOf(t, first.Note)))
	}
	o.received()
	o.sequenced(t)
	o.do(call{pagetest.Tess, "GET", "/ledger/checkpoint", nil, nil}).is(http.StatusOK, &second)
	var p proofs
	o.do(call{pagetest.Tess, "GET", "/ledger/proof?old=1", nil, nil}).is(http.StatusOK, &p)
	require.Equal(t, second.Size, p.Consistency.Size)
	p = proofs{}
	o.do(call{pagetest.Tess, "GET", "/ledger/proof?index=0", nil, nil}).is(http.StatusOK, &p)
	require.NoError(t, ledger.CheckInclusion(*p.Inclusion, p.Leaf, headOf(t, second.Note)))
}

func TestOddQuestionsForProofsAreRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.received()
	o.sequenced(t)
	for question, paths := range map[string][]string{
		"?index=": {"index"}, "?index=0&size=0": {"size"}, "?index=0&size=": {"size"}, "?old=": {"old"}, "?old=1&old=1": {"old"}, "?index=%zz": {"index"},
		"": {"index"}, "?index=1&old=1": {"index"}, "?index=-1": {"index"}, "?index=x&size=y": {"index", "size"}, "?old=1&colour=2": {"colour"}, "?old=1&size=999": {"size"},
	} {
		p := o.do(call{pagetest.Tess, "GET", "/ledger/proof" + question, nil, nil}).refused(casework.Invalid)
		require.ElementsMatch(t, paths, p.paths(), question)
	}
	o.do(call{pagetest.Tess, "GET", "/ledger/proof?index=999", nil, nil}).refused(casework.NotFound)
}
