package letters

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// A letter without its facts is not written, and everything that is missing is named at once.
func TestWhatIsMissingIsNamedAllAtOnce(t *testing.T) {
	head := []string{"provider", "case", "at", "to", "instrument", "received"}
	filing := []string{"provider", "case", "at", "instrument", "received", "asks"}
	told := []string{"provider", "case", "at", "instrument", "authority", "data"}
	with := func(a []string, more ...string) []string { return append(append([]string{}, a...), more...) }
	for name, c := range map[string]struct {
		write func() (Letter, error)
		want  []string
	}{
		"acknowledgement": {func() (Letter, error) {
			return WriteAcknowledgement(AcknowledgementFacts{Documents: make([]ServedDocument, 1)})
		}, with(head, "documents[0]")},
		"clarification": {func() (Letter, error) { return WriteClarification(ClarificationFacts{}) }, with(head, "items")},
		"answer":        {func() (Letter, error) { return WriteAnswer(AnswerFacts{Parts: make([]AnsweredPart, 1)}) }, with(head, "parts[0]", "parts[0].answer")},
		"referral":      {func() (Letter, error) { return WriteReferral(ReferralFacts{Kept: []casework.Data{casework.Content}}) }, with(head, "way.country", "data", "kept_from")},
		"objection":     {func() (Letter, error) { return WriteObjection(ObjectionFacts{Challenge: casework.ReasonedObjection}) }, with(head, "challenge")},
		"motion":        {func() (Letter, error) { return WriteMotion(FilingFacts{}, false) }, with(filing, "data")},
		"comity":        {func() (Letter, error) { return WriteComityMotion(ComityFacts{}) }, filing},
		"secrecy":       {func() (Letter, error) { return WriteSecrecyObjection(SecrecyFacts{Kind: casework.SecrecyRequested}) }, with(filing, "kind")},
		"nsl":           {func() (Letter, error) { return WriteNSLNotice(NSLFacts{}) }, with(head, "apply_by")},
		"annex": {func() (Letter, error) { return WriteAnnexIII(AnnexFacts{Reasons: []AnnexReason{ConflictingDuty}}) },
			with(head, "issuing_authority", "conflict", "why_not_preserved")},
		"notice": {func() (Letter, error) { return WriteNotice(NoticeFacts{}, "de") }, with(told, "until")},
		"delayed": {func() (Letter, error) {
			return WriteDelayedNotice(DelayedNoticeFacts{Why: SecrecyLifted, Disclosed: []casework.Data{"x"}}, "fr")
		}, with(told, "day", "disclosed_on")},
		"preservation":     {func() (Letter, error) { return WritePreservation(PreservationFacts{}) }, with(head, "kept", "from")},
		"preservation end": {func() (Letter, error) { return WritePreservationEnd(PreservationEndFacts{}) }, with(head, "ended_on")},
		"delivery":         {func() (Letter, error) { return WriteDelivery(DeliveryFacts{}) }, with(head, "parcel", "data", "manifest_sha256", "until")},
		"costs":            {func() (Letter, error) { return WriteCostStatement(CostFacts{Items: make([]CostItem, 1)}) }, with(head, "currency", "items[0]")},
	} {
		_, err := c.write()
		var refused *casework.Error
		require.ErrorAs(t, err, &refused, name)
		paths := []string{}
		for _, f := range refused.Faults {
			paths = append(paths, f.Path)
		}
		require.Equal(t, c.want, paths, name)
	}
}

func TestAFormOfTheUnionIsForItsCertificatesAlone(t *testing.T) {
	f := sampleAnnex()
	f.Instrument = casework.SearchWarrant
	_, err := WriteAnnexIII(f)
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
	n := sampleNSL()
	n.Instrument = casework.CourtOrder
	_, err = WriteNSLNotice(n)
	require.Equal(t, casework.Invalid, casework.CodeOf(err))
	c := sampleCosts()
	c.Instrument = casework.EPOC
	_, err = WriteCostStatement(c)
	require.Equal(t, casework.Invalid, casework.CodeOf(err), "the law of the issuing State is missing")
	c.Law = "§ 23 JVEG"
	l, err := WriteCostStatement(c)
	require.NoError(t, err)
	require.Contains(t, l.Text(), "Art. 14")
}

func TestAPreviewOfWhatThereIsNotIsRefused(t *testing.T) {
	for _, c := range []struct{ kind, language string }{{"love", "en"}, {"notice", "pt"}, {"answer", "de"}, {"", ""}} {
		_, err := Preview(Kind(c.kind), c.language)
		require.Equal(t, casework.NotFound, casework.CodeOf(err), c)
	}
	require.Equal(t, "de", LanguageFor(casework.LetterNotice, "de-CH"))
	require.Equal(t, "en", LanguageFor(casework.LetterAnswer, "de"))
}

func TestAFullDiskIsSaidOfAPageToo(t *testing.T) {
	l, err := Preview(casework.LetterReferral, "en")
	require.NoError(t, err)
	require.Error(t, l.HTML(full{}))
	require.Error(t, l.PDF(full{}))
}

func TestWhereThereIsNoTreatyThereAreLettersRogatory(t *testing.T) {
	f := sampleReferral()
	f.Way, f.Kept, f.KeptUntil = Way{Country: "Andorra"}, nil, ""
	l, err := WriteReferral(f)
	require.NoError(t, err)
	require.Contains(t, htmlOf(t, l), "letters rogatory")
	require.Contains(t, htmlOf(t, l), "Nothing is being kept")
	require.NotContains(t, htmlOf(t, l), "treaty on mutual legal assistance in criminal matters")
	f.Way = Way{Country: "China", Form: "agreement", Since: "2001-03-08"}
	l, err = WriteReferral(f)
	require.NoError(t, err)
	require.Contains(t, htmlOf(t, l), "there is an agreement on mutual legal assistance in criminal matters, in force since 8 March 2001.")
	f.Way.Since = ""
	l, err = WriteReferral(f)
	require.NoError(t, err)
	require.Contains(t, htmlOf(t, l), "we have not verified since when it is in force")
}
