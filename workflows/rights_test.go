package workflows_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
)

// told is a scenario: a request, and what the rulebook's own tests hold its answer to.
type told struct {
	Request casework.Request `json:"request"`
	Expect  struct {
		Outcome   casework.Outcome                  `json:"outcome"`
		Answers   map[casework.Data]casework.Answer `json:"answers"`
		Approvals int                               `json:"approvals"`
		Deadline  struct {
			Kind casework.DeadlineKind `json:"kind"`
			On   casework.Date         `json:"on"`
		} `json:"deadline"`
	} `json:"expect"`
}

// scenario is an office that gets the request of a scenario, and for which the policy answers as is expected there.
func scenario(t *testing.T, name string, book casework.BookEntry, change func(*casework.Request)) *office {
	t.Helper()
	raw, err := os.ReadFile("../policy/testdata/cases/" + name + ".json")
	require.NoError(t, err)
	var s told
	require.NoError(t, json.Unmarshal(raw, &s))
	if change != nil {
		change(&s.Request)
	}
	o := openOffice(t, s.Request, s.determine)
	o.book = book
	return o
}

func (s told) determine(r casework.Request, d *casework.Determination) {
	d.Outcome, d.Approvals.Required, d.Verification.Level = s.Expect.Outcome, max(1, s.Expect.Approvals), casework.SecondChannel
	for i, a := range d.Answers {
		if expected, ok := s.Expect.Answers[a.Data]; ok {
			d.Answers[i].Answer = expected
		}
	}
	for _, a := range r.Demand.Answered() {
		d.Actions = append(d.Actions, casework.ActionAnswer{Action: a, Answer: casework.Refer})
	}
	if r.Instrument.Is(casework.EPOC) {
		d.Notice.Duty = casework.ByIssuingAuthority
	}
	if due := s.Expect.Deadline; due.On != "" {
		d.Deadlines = append(d.Deadlines, casework.Deadline{Kind: due.Kind, Date: due.On, Due: due.On.End(time.UTC), Zone: "UTC", Basis: "scenario", Computed: "as expected"})
	}
}

var (
	fiscalia = casework.BookEntry{ID: "es-fge", Country: "ES", Domains: []string{"fiscal.es"}, Phones: []string{"+34 91 555 0199"}}
	parquet  = casework.BookEntry{ID: "fr-j3", Country: "FR", Domains: []string{"justice.fr"}, Phones: []string{"+33 1 5550 0199"}}
)

// calledBack: olivia calls a number of the contact book a minute after receipt.
func (o *office) calledBack() {
	o.at(time.Minute, func() {
		o.act(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByCallback, Evidence: "called", Phone: o.book.Phones[0]})
	})
}

// The source's own case: a respected state, dissidents, and a redirect.
func TestDissidentsAndARedirectEndInAReferralThatTwoPeopleDecided(t *testing.T) {
	t.Parallel()
	o := scenario(t, "foreign_dissent", fiscalia, nil)
	o.calledBack()
	o.at(time.Hour, func() {
		o.refused(rosa, casework.Review, &casework.ReviewBody{Reason: "pressed", Answers: []casework.DecisionAnswer{
			{Data: casework.Subscriber, Answer: casework.Permit}, {Action: casework.Redirect, Answer: casework.Refer},
		}}, casework.Conflict)
		o.act(rosa, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{
			{Data: casework.Subscriber, Answer: casework.Refer}, {Action: casework.Redirect, Answer: casework.Refer},
		}})
	})
	o.at(2*time.Hour, func() {
		require.Equal(t, casework.OnApprover, o.now().WaitingOn, "one person is not enough")
		o.refused(rosa, casework.Approve, &casework.ApproveBody{Decision: o.now().Decision.SHA256}, casework.Forbidden)
		o.act(rafael, casework.Approve, &casework.ApproveBody{Decision: o.now().Decision.SHA256})
	})
	o.at(3*time.Hour, func() {
		c := o.now()
		require.Equal(t, casework.InMLATReferral, c.Stage)
		require.Contains(t, o.post.Kinds(), "referral")
		require.Equal(t, casework.PreservationRunning, c.Preservation.Status)
		require.Equal(t, casework.Date("2027-02-18"), c.Preservation.Until, "ninety days")
		require.Len(t, c.Work.Kept, 1, "the subscriber's record is kept as it is")
	})
	o.at(85*day, func() {
		require.Contains(t, o.post.Kinds(), "preservation_ending", "the authority hears of it in time")
	})
	o.at(86*day, func() {
		o.act(olivia, casework.ExtendPreservation, &casework.PreservationBody{Reason: "the treaty request is under way"})
	})
	c := o.run(200 * day)
	o.resolution(c, casework.ResolvedReferred)
	require.Equal(t, casework.ReferralLapsed, *c.Referral.Outcome)
	require.Empty(t, c.Disclosures)
	require.Empty(t, c.Work.Kept, "what was kept is deleted after its time")
	require.Empty(t, o.vault.Under(c.KeptFolder()))
	require.ElementsMatch(t, []casework.LetterKind{
		casework.LetterAcknowledgement, casework.LetterReferral, casework.LetterPreservation, casework.LetterPreservationEnd, casework.LetterDelayedNotice,
	}, kindsOf(c))
	golden(t, "testdata/letters/dissent-referral.html", o.letter(c, casework.LetterReferral, "html"))
	golden(t, "testdata/letters/dissent-extended.html", o.letter(c, casework.LetterPreservation, "html"))
	require.Equal(t, c.Letters[1].SHA256, hash(o.letter(c, casework.LetterReferral, "pdf")), "what is kept is what went out")
	require.NotContains(t, o.letter(c, casework.LetterReferral, "html"), "redirected", "nothing is promised")
}

// approved: rafael agrees, where a second person must.
func (o *office) approved(after time.Duration) {
	o.at(after, func() {
		if c := o.now(); c.WaitingOn == casework.OnApprover {
			o.act(rafael, casework.Approve, &casework.ApproveBody{Decision: c.Decision.SHA256})
		}
	})
}

// contestedEPOC is a French production order for content, objected to as the rulebook says.
func contestedEPOC(t *testing.T, change func(*casework.Request)) *office {
	t.Helper()
	o := scenario(t, "eu_epoc_content", parquet, change)
	o.calledBack()
	o.at(time.Hour, func() {
		c := o.now()
		due, ok := c.Determination.DeadlineOf(casework.DueObject)
		require.True(t, ok)
		require.Equal(t, casework.Date("2026-11-30"), due.Date, "ten days after receipt, Art. 17(2)")
		require.Equal(t, casework.PreservationRunning, c.Preservation.Status, "preserved at once")
		answers := []casework.DecisionAnswer{}
		for _, a := range c.Determination.Answers {
			answers = append(answers, casework.DecisionAnswer{Data: a.Data, Answer: a.Answer})
		}
		o.act(rosa, casework.Review, &casework.ReviewBody{Answers: answers})
	})
	o.approved(2 * time.Hour)
	o.at(9*day, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ReasonedObjection, FiledOn: "2026-11-29", Grounds: []string{"eu.epoc.content"}})
	})
	return o
}

func (o *office) ruled(outcome casework.ChallengeStatus) {
	o.at(60*day, func() {
		require.Equal(o.t, casework.InChallenge, o.now().Stage)
		require.Equal(o.t, casework.OnAuthority, o.now().WaitingOn)
		require.Empty(o.t, o.now().Disclosures, "execution is suspended")
		o.act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: outcome, Reason: "the court has ruled"})
	})
}

func TestAnEPOCForContentWhoseObjectionIsUpheldIsNotExecuted(t *testing.T) {
	t.Parallel()
	o := contestedEPOC(t, nil)
	o.ruled(casework.ChallengeUpheld)
	c := o.run(70 * day)
	o.resolution(c, casework.ResolvedQuashed)
	require.Empty(t, c.Disclosures)
	require.NotContains(t, o.post.Kinds(), "deadline_breach", "the objection came within ten days")
}

func TestAnEPOCForContentWhoseObjectionIsDeniedGoesToAReviewerAndNotAbroad(t *testing.T) {
	t.Parallel()
	o := contestedEPOC(t, nil)
	o.ruled(casework.ChallengeDenied)
	o.at(61*day, func() {
		c := o.now()
		require.Equal(t, casework.InLegalReview, c.Stage, "a foreign court does not open what 18 USC 2702(a) keeps shut")
		o.refused(rosa, casework.Review, &casework.ReviewBody{Reason: "ordered", Answers: permit(casework.Content)}, casework.Conflict)
		o.act(rosa, casework.Review, &casework.ReviewBody{Reason: "no US process", Answers: answer(casework.RefuseIt, casework.Content)})
	})
	o.approved(62 * day)
	c := o.run(70 * day)
	o.resolution(c, casework.ResolvedRefused)
	require.Empty(t, c.Disclosures)
}

func TestAnEPOCWithdrawnWhileItIsContestedDisclosesNothing(t *testing.T) {
	t.Parallel()
	o := contestedEPOC(t, nil)
	o.at(30*day, func() {
		o.act(officer, casework.Withdraw, &casework.WithReason{Reason: "the French court took it back"})
	})
	c := o.run(40 * day)
	o.resolution(c, casework.ResolvedWithdrawn)
	require.Empty(t, c.Disclosures)
}

func TestAHearingOfAnObjectionIsRemindedOfThreeTimes(t *testing.T) {
	t.Parallel()
	o := contestedEPOC(t, nil)
	o.at(10*day, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ReasonedObjection, Challenge: 1, Court: "Cour d'appel de Paris", HearingOn: "2027-01-20"})
	})
	o.run(100 * day)
	told := 0
	for _, e := range o.register.Events(caseID) {
		if e.Verb == casework.Reminded && strings.Contains(string(e.New), `"of":"hearing"`) {
			told++
		}
	}
	require.Equal(t, 3, told, "a week before, the day before, and the day after, since no ruling was recorded")
}

func TestAnEPOCForContentWithoutAnObjectionInTimeIsAnAlarm(t *testing.T) {
	t.Parallel()
	o := scenario(t, "eu_epoc_content", parquet, nil)
	o.calledBack()
	c := o.run(15 * day)
	require.Equal(t, casework.Breached, c.SLA)
	require.Contains(t, o.post.Kinds(), "deadline_breach")
	require.Empty(t, c.Disclosures)
}

func TestAnEPOCForSubscriberDataBesideContentGoesOnWhileTheContentIsContested(t *testing.T) {
	t.Parallel()
	o := contestedEPOC(t, func(r *casework.Request) { r.Demand.Data = []casework.Data{casework.Subscriber, casework.Content} })
	o.at(20*day, func() {
		c := o.now()
		require.NotEmpty(t, c.Disclosures)
		require.Equal(t, []casework.Data{casework.Subscriber}, c.Disclosures[0].Data)
	})
	o.run(30 * day)
}

// Five years: an order for a year, extended twice, and lifted before its last end.
func TestSecrecyOfYearsExtendedTwiceAndLiftedTellsExactlyOnce(t *testing.T) {
	t.Parallel()
	secret := warrant()
	secret.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-16"}
	o := openOffice(t, secret, func(_ casework.Request, d *casework.Determination) { d.Notice.Duty = casework.AfterSecrecyEnds })
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.released(2 * time.Hour)
	extended := func(until casework.Date) func() {
		return func() {
			o.act(rosa, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: until})
		}
	}
	silent := func() { require.Empty(t, o.post.To("harbor.lights@example.net")) }
	o.at(355*day, extended("2028-11-16"))
	o.at(365*day, silent)
	o.at(720*day, extended("2031-06-30"))
	o.at(740*day, silent)
	lifted := 4 * 365 * day
	o.at(lifted-time.Minute, silent)
	o.at(lifted, func() { o.act(rosa, casework.LiftSecrecy, &casework.WithReason{Reason: "the court has lifted it"}) })
	c := o.run(5*365*day + 200*day)
	require.Len(t, o.post.To("harbor.lights@example.net"), 1)
	require.WithinDuration(t, received.Add(lifted), *c.Notices[0].SentAt, time.Hour, "at once, not at the end that was lifted")
	asked := 0
	for _, kind := range o.post.Kinds() {
		if kind == "secrecy_ending" {
			asked++
		}
	}
	require.Equal(t, 2, asked, "the authority is asked before each end that came near")
}

func TestASecrecyThatFollowsOneThatHasEndedEndsWithAnEventOfItsOwn(t *testing.T) {
	t.Parallel()
	secret := warrant()
	secret.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2026-12-01"}
	o := openOffice(t, secret, func(_ casework.Request, d *casework.Determination) { d.Notice.Duty = casework.AfterSecrecyEnds })
	o.at(20*day, func() {
		o.act(rosa, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-03-01"})
	})
	o.run(150 * day)
	ended := 0
	for _, verb := range o.register.Verbs(caseID) {
		if verb == casework.SecrecyEnded {
			ended++
		}
	}
	require.Equal(t, 2, ended)
}

// A letter whose secrecy is challenged: the government has thirty days from our notice, and we hear when they are over.
func TestTheGovernmentsThirtyDaysCountFromOurNoticeAndAreNotMissed(t *testing.T) {
	t.Parallel()
	letter := warrant()
	letter.Instrument.Type = casework.NationalSecurityLetter
	letter.Secrecy = casework.Secrecy{Kind: casework.Certification, Basis: "18 USC 2709(c)"}
	o := openOffice(t, letter, func(r casework.Request, d *casework.Determination) {
		d.Notice.Duty = casework.NoticeProhibited
		d.Deadlines = []casework.Deadline{fakes.Due(r, casework.DueNSLReview, 30)}
	})
	o.at(10*day, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.SecrecyOnly, FiledOn: "2026-11-30"})
	})
	o.at(11*day, func() {
		for _, d := range o.now().Deadlines {
			if d.Kind == casework.DueNSLReview {
				require.Equal(t, casework.Date("2026-12-30"), d.Date)
			}
		}
	})
	o.at(39*day, func() { require.NotContains(t, o.register.Verbs(caseID), casework.Reminded) })
	o.at(42*day, func() { require.Contains(t, o.register.Verbs(caseID), casework.Reminded) })
	o.at(50*day, func() {
		o.act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeUpheld, Reason: "no order was asked for"})
		require.Empty(t, o.post.To("harbor.lights@example.net"))
	})
	c := o.run(60 * day)
	require.NotNil(t, c.Secrecy.LiftedAt, "a ruling for us lifts the secrecy")
}

// An officer who never fetches the parcel keeps the case open; the customer is told all the same, once, when the secrecy
// is over, and its end stands among the deadlines wherever an act has put it.
func TestTheCustomerIsToldThoughTheOfficerNeverFetches(t *testing.T) {
	t.Parallel()
	secret := warrant()
	secret.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-16"}
	o := openOffice(t, secret, func(r casework.Request, d *casework.Determination) {
		if d.Notice.Duty = casework.AfterSecrecyEnds; !r.Secrecy.Kind.HasForce() {
			d.Notice.Duty = casework.BeforeDisclosure
		}
	})
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(2*time.Hour, func() {
		c := o.now()
		o.act(rafael, casework.Release, &casework.ReleaseBody{Confirm: c.ID, Manifest: c.Disclosures[0].ManifestSHA256})
	})
	o.at(100*day, func() {
		o.act(rosa, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2029-01-15"})
	})
	o.at(101*day, func() { require.Equal(t, casework.Date("2029-01-15"), dateOf(o.now(), casework.SecrecyUntil)) })
	o.at(700*day, func() { require.Empty(t, o.post.To("harbor.lights@example.net")) })
	o.at(750*day, func() { o.act(rosa, casework.LiftSecrecy, &casework.WithReason{Reason: "the court has lifted it"}) })
	c := o.run(5 * 365 * day)
	require.Equal(t, casework.InDisclosure, c.Stage, "nobody has fetched it")
	require.Len(t, o.post.To("harbor.lights@example.net"), 1)
	require.WithinDuration(t, received.Add(750*day), *c.Notices[0].SentAt, time.Hour)
	require.Equal(t, casework.AfterSecrecyEnds, c.Notices[0].Kind)
	require.Empty(t, dateOf(c, casework.SecrecyUntil), "it was lifted")
}

func dateOf(c casework.Case, kind casework.DeadlineKind) casework.Date {
	for _, d := range c.Deadlines {
		if d.Kind == kind {
			return d.Date
		}
	}
	return ""
}
