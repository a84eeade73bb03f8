package staff

import (
	"bytes"
	"crypto/ed25519"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/letters"
	"dueprocess/registry"
	"dueprocess/web/ui/pagetest"
)

// sequenced takes what has happened into the tree, and answers pages that know the key which signed it.
func sequenced(t *testing.T, h *pagetest.House) http.Handler {
	t.Helper()
	c := config(h)
	signer, keys := ledgerKey(t)
	c.LedgerKeys = keys
	_, err := h.Sequence(t.Context(), registry.Sequencing{Holder: "x", At: h.Now(), Most: 5000, Signer: signer})
	require.NoError(t, err)
	return New(c)
}

func TestTheHistoryOfACaseIsVerifiedAndTaken(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := pagetest.Visit(t, sequenced(t, h)).SignIn("tess")
	b.Get("/ledger").Says(t, "The newest checkpoint", "dueprocess-ledger")
	page := b.Get("/ledger?case=" + id)
	page.Says(t, "The history of "+id+" holds", "each in the log that the checkpoint signs")
	page.IsGuarded(t)
	a := b.Get("/ledger/cases/" + id + "/evidence")
	require.Equal(t, http.StatusOK, a.StatusCode)
	_, keys := ledgerKey(t)
	known, err := ledger.Verifiers(keys)
	require.NoError(t, err)
	report, err := ledger.VerifyBundle(bytes.NewReader([]byte(a.Text)), known)
	require.NoError(t, err)
	require.True(t, report.Holds(), report.Faults)
	require.Positive(t, report.Proven)
	require.Equal(t, 1, h.Count(t, id, casework.Viewed))
	require.Equal(t, http.StatusNotFound, b.Get("/ledger?case=LR-2026-999999").StatusCode)
	require.Equal(t, http.StatusNotFound, b.Get("/ledger/cases/LR-2026-999999/evidence").StatusCode)
}

func TestAnEmptyLedgerSaysSo(t *testing.T) {
	t.Parallel()
	visit(t, pagetest.Open(t), pagetest.Mina).Get("/ledger").Says(t, "There is no checkpoint yet")
}

func TestTheProfileInForceIsShown(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Adam)
	b.Get("/settings/targets").Says(t, "Our own times", "Everything else", "How long closed cases are kept", "7 d before disclosure, never less than 2 d")
	b.Get("/settings/calendars?place=DE").Says(t, "25 December 2026", "Germany")
	require.Equal(t, http.StatusNotFound, b.Get("/settings/calendars?place=XX").StatusCode)
	b.Get("/settings/letters").Says(t, "Preview as PDF", "German", "Eine Anfrage", `<pre class="sheet" lang="de">`)
	for _, k := range letters.Kinds {
		for _, language := range letters.Languages(k) {
			a := b.Get("/settings/letters/" + string(k) + "?language=" + language)
			require.Equal(t, http.StatusOK, a.StatusCode, "%s in %s", k, language)
			require.Equal(t, "%PDF-", a.Text[:5])
		}
	}
	require.Equal(t, http.StatusNotFound, b.Get("/settings/letters/none").StatusCode)
}

// ledgerKey is the key of the test's ledger: what signs, and the verifier.
func ledgerKey(t *testing.T) (note.Signer, string) {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, ed25519.SeedSize))
	signer, err := ledger.NewSigner("dueprocess-ledger", key)
	require.NoError(t, err)
	verifier, err := ledger.VerifierOf("dueprocess-ledger", key.Public().(ed25519.PublicKey))
	require.NoError(t, err)
	return signer, verifier + "\n"
}
