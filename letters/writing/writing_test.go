package writing

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/letters"
)

var now = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

func office() Office {
	return Office{
		Provider: "Example Provider, Inc.", KeysURL: "https://keys.example",
		Way: func(country string) letters.Way {
			return map[string]letters.Way{"ES": {Country: "Spain", Form: "treaty", Since: "1993-06-30", CentralAuthority: "Ministry of Justice"}, "AU": {Country: "Australia"}}[country]
		},
		Agreement: func(country string) casework.Date { return map[string]casework.Date{"AU": "2024-01-31"}[country] },
	}
}

// bare is a case of which nothing is known but what every case has; whole, one of which everything is.
func bare(i casework.InstrumentType, data ...casework.Data) casework.Case {
	d := casework.Determination{Notice: casework.NoticeAnswer{Duty: casework.BeforeDisclosure, Period: casework.Period(7 * 24 * time.Hour)}}
	answers, actions := []casework.DecisionAnswer{}, []casework.DemandedAction(nil)
	if len(data) == 0 {
		actions = append(actions, casework.Preserve)
	}
	for _, x := range data {
		answers = append(answers, casework.DecisionAnswer{Data: x, Answer: casework.Refer})
	}
	return casework.Case{View: casework.View{
		ID: "LR-2026-000001", ReceivedAt: now.AddDate(0, 0, -3), Determination: &d, Decision: &casework.Decision{Answers: answers},
		Request:      casework.Request{Instrument: casework.Instrument{Type: i}, Demand: casework.Demand{Data: data, Actions: actions}, Documents: []casework.Document{{SHA256: "00"}}},
		Accounts:     []casework.Account{{Match: casework.MatchFound, Account: "a"}},
		Notices:      []casework.Notice{{N: 1, Kind: casework.BeforeDisclosure}, {N: 2, Kind: casework.AfterEmergency}, {N: 3, Kind: casework.Afterwards}, {N: 4, Kind: casework.AfterSecrecyEnds}},
		Preservation: &casework.Preservation{From: "2026-11-20", Until: "2027-02-18", Status: casework.PreservationRunning},
		Disclosures:  []casework.Disclosure{{N: 1, Status: casework.ParcelReleased, Data: []casework.Data{casework.Subscriber}, ManifestSHA256: "00"}},
		Challenges: []casework.Challenge{
			{N: 1, Kind: casework.ToQuash}, {N: 2, Kind: casework.ToModify}, {N: 3, Kind: casework.Comity}, {N: 4, Kind: casework.ReasonedObjection}, {N: 5, Kind: casework.SecrecyOnly},
		},
	}}
}

func whole(i casework.InstrumentType, data ...casework.Data) casework.Case {
	c := bare(i, data...)
	yes := true
	r := &c.Request
	r.Authority = casework.Authority{Name: "Fiscalía General del Estado", Unit: "Unidad 7", Country: "ES"}
	r.Officer = casework.Officer{Name: "Inés Ejemplo", Title: "Inspectora", Address: "Calle 1\nMadrid"}
	r.Instrument.Issuer = casework.Issuer{Name: "Audiencia Nacional", Role: casework.IssuingCourt}
	r.Instrument.ValidatedBy, r.Instrument.EANotified, r.Instrument.IssuedOn = &casework.Issuer{Name: "A judge"}, &yes, "2026-11-16"
	r.Matter.Reference, r.Demand.Actions = "DP 1/26", []casework.DemandedAction{casework.Preserve, casework.Redirect}
	r.Matter.Subject = casework.Subject{Nationality: "AU", Residence: "AU"}
	c.Determination.Answers = []casework.DataAnswer{{Data: casework.Content, Answer: casework.Refer, Reasons: []casework.Reason{{Rule: "r", Citation: "18 USC 2702(a)", Sentence: "Content does not leave."}}}}
	c.Determination.Grounds = []casework.Reason{{Rule: "secrecy.over_one_year", Citation: "18 USC 2705(b)", Sentence: "It has no end."}, {Rule: "scope.wide", Sentence: "It is too wide."}}
	c.Determination.Findings = []casework.Finding{{Path: "instrument.signed", Sentence: "It is not signed."}}
	c.Challenges[0].Grounds, c.Challenges[0].Court = []string{"scope.wide", "It reaches people who did nothing."}, "Audiencia Nacional"
	return c
}

var mails = []casework.MailKind{
	casework.MailAcknowledge, casework.MailClarify, casework.MailRemind, casework.MailAnswer, casework.MailReferral, casework.MailSecrecyEnding,
	casework.MailNotClarified, casework.MailNotAuthentic, casework.MailWithdrawn, casework.MailWarned, casework.MailBreached, casework.MailPreservationEnding,
	casework.MailPreservationConfirmed, casework.MailPreservationEnded,
}

// effects are all messages that a case can order.
func effects() []casework.Effect {
	out := []casework.Effect{{Kind: casework.DoDeliver, Disclosure: 1}}
	for _, m := range mails {
		out = append(out, casework.Effect{Kind: casework.DoMail, Mail: m})
	}
	for n := range 5 {
		out = append(out, casework.Effect{Kind: casework.DoMail, Mail: casework.MailNotice, Notice: n + 1}, casework.Effect{Kind: casework.DoMail, Mail: casework.MailObjection, Challenge: n + 1})
	}
	return out
}

// A letter that cannot be written would hold the message that it goes with, so every case must have what its letters
// need, however little came with the request.
func TestNoMessageOfAnyCaseIsHeldByItsLetter(t *testing.T) {
	t.Parallel()
	asked := &casework.Clarification{AskedAt: now, Items: []casework.Fault{{Path: "x", Message: "Please sign."}}}
	for _, i := range casework.InstrumentTypes {
		for _, c := range []casework.Case{bare(i, casework.Subscriber), bare(i, casework.LiveContent), bare(i), whole(i, casework.Subscriber, casework.Content)} {
			c.Work.Clarification = asked
			for _, e := range effects() {
				if e.Mail == casework.MailAnswer && len(c.Decision.Answers) == 0 {
					continue // a decision answers something
				}
				l, ok, err := With(c, e, office(), now, "de")
				require.NoError(t, err, "%s: %+v", i, e)
				require.Equal(t, ok, l.Title != "")
				if ok {
					require.Equal(t, c.ID, l.Case)
				}
			}
		}
	}
}

func TestWhichLetterGoesWithWhichMessage(t *testing.T) {
	t.Parallel()
	mail := func(m casework.MailKind) casework.Effect { return casework.Effect{Kind: casework.DoMail, Mail: m} }
	notice := func(n int) casework.Effect {
		return casework.Effect{Kind: casework.DoMail, Mail: casework.MailNotice, Notice: n}
	}
	contest := func(n int) casework.Effect {
		return casework.Effect{Kind: casework.DoMail, Mail: casework.MailObjection, Challenge: n}
	}
	for _, x := range []struct {
		instrument casework.InstrumentType
		effect     casework.Effect
		want       casework.LetterKind
	}{
		{casework.SearchWarrant, mail(casework.MailAcknowledge), casework.LetterAcknowledgement},
		{casework.SearchWarrant, mail(casework.MailClarify), casework.LetterClarification},
		{casework.EPOC, mail(casework.MailClarify), casework.LetterAnnexIII},
		{casework.EPOCPR, mail(casework.MailClarify), casework.LetterAnnexIII},
		{casework.SearchWarrant, mail(casework.MailRemind), ""},
		{casework.SearchWarrant, mail(casework.MailAnswer), casework.LetterRefusal},
		{casework.ForeignOrder, mail(casework.MailReferral), casework.LetterReferral},
		{casework.SearchWarrant, notice(1), casework.LetterNotice},
		{casework.SearchWarrant, notice(2), casework.LetterDelayedNotice},
		{casework.SearchWarrant, notice(4), casework.LetterDelayedNotice},
		{casework.SearchWarrant, casework.Effect{Kind: casework.DoDeliver, Disclosure: 1}, casework.LetterDelivery},
		{casework.SearchWarrant, contest(1), casework.LetterObjection},
		{casework.SearchWarrant, contest(3), casework.LetterObjection},
		{casework.SearchWarrant, contest(4), ""},
		{casework.EPOC, contest(4), casework.LetterAnnexIII},
		{casework.SearchWarrant, contest(5), casework.LetterObjection},
		{casework.NationalSecurityLetter, contest(5), casework.LetterNSLNotice},
		{casework.PreservationRequest, mail(casework.MailPreservationConfirmed), casework.LetterPreservation},
		{casework.PreservationRequest, mail(casework.MailPreservationEnded), casework.LetterPreservationEnd},
		{casework.SearchWarrant, mail(casework.MailPreservationEnding), ""},
		{casework.SearchWarrant, mail(casework.MailBreached), ""},
	} {
		c := whole(x.instrument, casework.Content)
		c.Work.Clarification = &casework.Clarification{AskedAt: now, Items: []casework.Fault{{Message: "Please sign."}}}
		l, ok, err := With(c, x.effect, office(), now, "en")
		require.NoError(t, err)
		require.Equal(t, x.want != "", ok, "%s %+v", x.instrument, x.effect)
		require.Equal(t, x.want, l.Kind, "%s %+v", x.instrument, x.effect)
	}
}

// What the authority reads must not say whether there is an account, and nothing that our people wrote among themselves.
func TestALetterSaysNothingOfAccountsAndOfNotes(t *testing.T) {
	t.Parallel()
	with, without := whole(casework.ForeignOrder, casework.Content), whole(casework.ForeignOrder, casework.Content)
	without.Accounts = []casework.Account{{Match: casework.MatchNone}}
	without.Work.Kept, with.Work.Kept = nil, []casework.Kept{{Query: casework.Query{Account: "a", Data: casework.Content}}}
	with.Decision.Answers[0].Reason = "an internal doubt about the officer"
	for _, m := range []casework.MailKind{casework.MailAcknowledge, casework.MailAnswer, casework.MailReferral, casework.MailPreservationConfirmed, casework.MailPreservationEnded} {
		a, _, err := With(with, casework.Effect{Kind: casework.DoMail, Mail: m}, office(), now, "en")
		require.NoError(t, err)
		b, _, err := With(without, casework.Effect{Kind: casework.DoMail, Mail: m}, office(), now, "en")
		require.NoError(t, err)
		require.Equal(t, a, b, "%s tells that there is an account", m)
		require.NotContains(t, a.Text(), "doubt about")
	}
}

// The policy's reasons are given for the policy's answer alone: a person who decided otherwise had others.
func TestReasonsBelongToTheAnswerThatTheyWereGivenFor(t *testing.T) {
	t.Parallel()
	c := whole(casework.ForeignOrder, casework.Content)
	answer := casework.Effect{Kind: casework.DoMail, Mail: casework.MailAnswer}
	l, _, err := With(c, answer, office(), now, "en")
	require.NoError(t, err)
	require.Contains(t, l.Text(), "Content does not leave (18 USC 2702(a)).")
	c.Decision.Answers[0].Answer = casework.RefuseIt
	l, _, err = With(c, answer, office(), now, "en")
	require.NoError(t, err)
	require.NotContains(t, l.Text(), "Content does not leave")
	require.Contains(t, l.Text(), "A person decided this")
}

func TestAReferralNamesTheWayAndWhatIsKept(t *testing.T) {
	t.Parallel()
	l, _, err := With(whole(casework.ForeignOrder, casework.Content), casework.Effect{Kind: casework.DoMail, Mail: casework.MailReferral}, office(), now, "en")
	require.NoError(t, err)
	for _, says := range []string{"Between Spain and the United States there is a treaty", "in force since 30 June 1993", "Ministry of Justice", "18 February 2027", "It promises nothing."} {
		require.Contains(t, l.Text(), says)
	}
	c := whole(casework.ForeignOrder, casework.Content)
	c.Request.Authority.Country = "XX"
	l, _, err = With(c, casework.Effect{Kind: casework.DoMail, Mail: casework.MailReferral}, office(), now, "en")
	require.NoError(t, err)
	require.Contains(t, l.Text(), "letters rogatory")
}

func TestADelayedNoticeSaysWhyOnlyNow(t *testing.T) {
	t.Parallel()
	lifted := now.AddDate(0, 0, -1)
	for name, x := range map[string]struct {
		secrecy casework.Secrecy
		notice  int
		status  casework.DisclosureStatus
		want    string
	}{
		"ended":     {casework.Secrecy{Kind: casework.SecrecyByOrder, Until: "2026-11-20"}, 4, casework.ParcelReceived, "It bound us until 20 November 2026."},
		"lifted":    {casework.Secrecy{Kind: casework.SecrecyByOrder, LiftedAt: &lifted}, 4, casework.ParcelReceived, "It was lifted on 22 November 2026."},
		"emergency": {casework.Secrecy{}, 2, casework.ParcelReceived, "in danger of death or serious injury"},
		"nothing":   {casework.Secrecy{}, 3, casework.ParcelDropped, "We handed nothing over"},
		"by law":    {casework.Secrecy{}, 4, casework.ParcelReceived, "The law did not let us tell you earlier."},
	} {
		c := whole(casework.SearchWarrant, casework.Subscriber)
		c.Secrecy, c.Disclosures[0].Status = x.secrecy, x.status
		l, _, err := With(c, casework.Effect{Kind: casework.DoMail, Mail: casework.MailNotice, Notice: x.notice}, office(), now, "en")
		require.NoError(t, err, name)
		require.Contains(t, l.Text(), x.want, name)
	}
}

// What must not be told must not be written either, in whatever way it is asked for.
func TestNothingIsWrittenToACustomerWhileSecrecyBinds(t *testing.T) {
	t.Parallel()
	c := whole(casework.SearchWarrant, casework.Subscriber)
	c.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Until: "2027-11-22"}
	for n := range 4 {
		_, _, err := With(c, casework.Effect{Kind: casework.DoMail, Mail: casework.MailNotice, Notice: n + 1}, office(), now, "en")
		require.Equal(t, casework.Conflict, casework.CodeOf(err))
	}
	for _, k := range []casework.LetterKind{casework.LetterNotice, casework.LetterDelayedNotice} {
		_, err := Draft(c, k, office(), now, "en")
		require.Equal(t, casework.Conflict, casework.CodeOf(err))
	}
}

func TestDraftsAreThoseThatFitTheProcess(t *testing.T) {
	t.Parallel()
	us := whole(casework.SearchWarrant, casework.Content)
	us.Request.Authority.Country = "US"
	us.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder}
	require.Equal(t, []casework.LetterKind{casework.LetterMotionToQuash, casework.LetterMotionToModify, casework.LetterComityMotion, casework.LetterSecrecyObjection}, Drafts(us))
	require.Equal(t, []casework.LetterKind{casework.LetterAnnexIII}, Drafts(whole(casework.EPOC, casework.Content)))
	require.Empty(t, Drafts(whole(casework.PreservationRequest, casework.Content)))
	nsl := whole(casework.NationalSecurityLetter, casework.Subscriber)
	nsl.Secrecy = casework.Secrecy{Kind: casework.Certification}
	require.Contains(t, Drafts(nsl), casework.LetterNSLNotice)
	for _, c := range []casework.Case{us, nsl, whole(casework.EPOC, casework.Content)} {
		for _, k := range Drafts(c) {
			_, err := Draft(c, k, office(), now, "en")
			require.NoError(t, err, k)
		}
	}
	l, err := Draft(us, casework.LetterComityMotion, office(), now, "en")
	require.NoError(t, err)
	require.Contains(t, l.Text(), "Why Australia is a qualifying foreign government")
	us.Determination = nil
	_, err = Draft(us, casework.LetterAnswer, office(), now, "en")
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
	_, err = Draft(nsl, casework.LetterCertificate, office(), now, "en")
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
}

// Whom the law makes pay, and where a State of the EU pays only by a law of its own.
func TestCostsAreStatedToWhoeverPaysThem(t *testing.T) {
	t.Parallel()
	costs := Costs{Currency: "EUR", Items: []letters.CostItem{{What: "Restoring an archive", Many: 2, Each: 12500}}}
	us, eu, civil, spain := whole(casework.SearchWarrant, casework.Content), whole(casework.EPOC, casework.Content), whole(casework.CivilSubpoena), whole(casework.ForeignOrder)
	us.Request.Authority.Country, civil.Request.Authority.Country, civil.Request.Authority.Kind = "US", "US", casework.CivilParty
	uncollected := us
	uncollected.Disclosures = nil
	l, err := StateCosts(us, costs, office(), now)
	require.NoError(t, err)
	require.Contains(t, l.Text(), "18 USC 2706(a)")
	_, err = StateCosts(eu, costs, office(), now)
	told, _ := errors.AsType[*casework.Error](err)
	require.NotNil(t, told)
	require.Equal(t, "law", told.Faults[0].Path)
	costs.Law = "Ley 1/2000"
	l, err = StateCosts(eu, costs, office(), now)
	require.NoError(t, err)
	require.Contains(t, l.Text(), "Ley 1/2000")
	for name, c := range map[string]casework.Case{"a civil party": civil, "a foreign order": spain, "nothing collected": uncollected} {
		_, err = StateCosts(c, costs, office(), now)
		require.Equal(t, casework.Conflict, casework.CodeOf(err), name)
	}
}

// What lies ready and was not fetched is not said to be handed over, nor to be nothing.
func TestADelayedNoticeSaysWhatLiesReady(t *testing.T) {
	t.Parallel()
	c := whole(casework.SearchWarrant, casework.Subscriber)
	c.Stage = casework.InDisclosure
	for lang, text := range map[string]string{"en": "We made this ready for the authority", "de": "Wir haben für die Behörde bereitgestellt", "fr": "Nous avons mis ceci à la disposition"} {
		l, err := Draft(c, casework.LetterDelayedNotice, office(), now, lang)
		require.NoError(t, err)
		require.Contains(t, l.Text(), text)
		require.NotContains(t, l.Text(), "was handed over.")
	}
	c.Stage = casework.InClosed
	l, err := Draft(c, casework.LetterDelayedNotice, office(), now, "en")
	require.NoError(t, err)
	require.Contains(t, l.Text(), "Nothing of your data was handed over.")
}
