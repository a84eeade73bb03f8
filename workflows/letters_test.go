package workflows_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var update = flag.Bool("update", false, "write the goldens anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o750))
		require.NoError(t, os.WriteFile(name, []byte(got), 0o600))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func kindsOf(c casework.Case) []casework.LetterKind {
	out := []casework.LetterKind{}
	for _, l := range c.Letters {
		out = append(out, l.Kind)
	}
	return out
}

// letter reads from the vault what went out.
func (o *office) letter(c casework.Case, kind casework.LetterKind, form string) string {
	o.t.Helper()
	i := slices.IndexFunc(c.Letters, func(l casework.Letter) bool { return l.Kind == kind })
	require.GreaterOrEqual(o.t, i, 0, "no letter of the kind %s among %v", kind, kindsOf(c))
	r, err := o.vault.Open(o.t.Context(), c.LetterRef(c.Letters[i], form))
	require.NoError(o.t, err)
	text, err := io.ReadAll(r)
	require.NoError(o.t, err)
	return string(text)
}

// Every message that a letter goes with has it once, whatever it is; the others have none.
func TestALetterGoesWithEveryMessageThatNeedsOne(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.released(9 * day)
	c := o.run(20 * day)
	require.Equal(t, []casework.LetterKind{casework.LetterAcknowledgement, casework.LetterNotice, casework.LetterDelivery}, kindsOf(c))
	require.Contains(t, o.letter(c, casework.LetterNotice, "html"), "until", "the customer is told until when")
	require.Len(t, o.vault.Under("cases/"+c.ID+"/letters"), 6, "two forms each")
	for i, l := range c.Letters {
		require.Equal(t, i+1, l.N)
		require.Equal(t, hash(o.letter(c, l.Kind, "pdf")), l.SHA256)
	}
}

// Secrecy set between the order of a notice and its sending stops the letter with the mail; when it ends, both go out.
func TestALetterToTheCustomerWaitsWithItsMail(t *testing.T) {
	t.Parallel()
	r := warrant()
	r.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2026-12-31"}
	o := openOffice(t, r, func(_ casework.Request, d *casework.Determination) { d.Notice.Duty = casework.AfterSecrecyEnds })
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.released(day)
	o.at(30*day, func() {
		require.NotContains(t, kindsOf(o.now()), casework.LetterDelayedNotice)
		require.NotContains(t, kindsOf(o.now()), casework.LetterNotice)
	})
	c := o.run(90 * day)
	require.Equal(t, []casework.LetterKind{casework.LetterAcknowledgement, casework.LetterDelivery, casework.LetterDelayedNotice}, kindsOf(c))
	late := c.Letters[2]
	require.False(t, late.At.Before(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)), "not before the secrecy has ended")
	require.Contains(t, o.letter(c, casework.LetterDelayedNotice, "html"), "It bound us until 31 December 2026.")
}

// A clarification of a European certificate, and our objection to it, are the form of Annex III.
func TestACertificateIsAnsweredByItsForm(t *testing.T) {
	t.Parallel()
	o := scenario(t, "eu_epoc_content", parquet, nil)
	o.calledBack()
	o.at(time.Hour, func() {
		o.act(rosa, casework.Review, &casework.ReviewBody{Reason: "considered", Answers: answer(casework.Object, o.now().Request.Demand.Data...)})
	})
	o.approved(2 * time.Hour)
	o.at(2*day, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ReasonedObjection, Court: "the issuing authority", FiledOn: "2026-11-22"})
	})
	c := o.run(5 * day)
	golden(t, "testdata/letters/epoc-objection.html", o.letter(c, casework.LetterAnnexIII, "html"))
}
