package workflows_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"dueprocess/casework"
	"dueprocess/workflows"
)

func TestARequestWalksTheWholeWay(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(6*day, func() { require.Equal(t, casework.InCustomerNotice, o.now().Stage) })
	o.released(8 * day)
	c := o.run(30 * day)
	o.resolution(c, casework.ResolvedDisclosed)
	require.Equal(t, []string{"acknowledgement", "notice", "delivery"}, o.post.Kinds())
	require.Len(t, o.post.To("harbor.lights@example.net"), 1)
	require.Equal(t, casework.ParcelReceived, c.Disclosures[0].Status)
	require.Positive(t, c.Disclosures[0].Rows)
}

func TestClarificationIsAskedAndReceived(t *testing.T) {
	t.Parallel()
	unsigned := warrant()
	unsigned.Instrument.Signed = false
	o := openOffice(t, unsigned, func(r casework.Request, d *casework.Determination) {
		if !r.Instrument.Signed {
			d.Findings = []casework.Finding{{Rule: "face.signature", Path: "instrument.signed", Severity: casework.Defect, Sentence: "It is not signed."}}
			d.Outcome = casework.OutcomeClarify
		}
	})
	o.verified()
	o.at(2*time.Minute, func() {
		o.refused(rosa, casework.Review, &casework.ReviewBody{Answers: permit(casework.Subscriber, casework.Traffic)}, casework.Conflict)
	})
	o.at(3*time.Minute, func() { o.act(olivia, casework.AskClarification, &casework.AskBody{}) })
	o.at(4*time.Minute, func() { require.Equal(t, casework.OnAuthority, o.now().WaitingOn) })
	o.at(10*time.Minute, func() { o.act(officer, casework.ReceiveClarification, &casework.RequestBody{Request: warrant()}) })
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	c := o.run(2 * day)
	require.Equal(t, casework.InCustomerNotice, c.Stage)
	require.Equal(t, 2, o.policy.Evaluated)
}

func TestWhatIsNotClarifiedClosesAfterTwoReminders(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.at(time.Hour, func() {
		o.act(olivia, casework.AskClarification, &casework.AskBody{Items: []casework.Fault{{Path: "demand", Message: "Which account?"}}})
	})
	c := o.run(60 * day)
	o.resolution(c, casework.ResolvedNotClarified)
	require.ElementsMatch(t, []string{"acknowledgement", "clarification", "clarification_reminder", "clarification_reminder", "deadline_warning", "not_clarified", "notice"}, o.post.Kinds())
}

func TestRefusalIsAnsweredAndTheCustomerToldAfterwards(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), func(_ casework.Request, d *casework.Determination) {
		for i := range d.Answers {
			d.Answers[i].Answer = casework.RefuseIt
		}
	})
	o.verified()
	o.at(30*time.Minute, func() {
		o.refused(rosa, casework.Review, &casework.ReviewBody{Answers: permit(casework.Subscriber, casework.Traffic), Reason: "why not"}, casework.Conflict)
	})
	o.reviewed(answer(casework.RefuseIt, casework.Subscriber, casework.Traffic)...)
	c := o.run(10 * day)
	o.resolution(c, casework.ResolvedRefused)
	require.ElementsMatch(t, []string{"acknowledgement", "answer", "notice"}, o.post.Kinds())
	require.Equal(t, casework.Afterwards, c.Notices[0].Kind)
}

func TestMLATReferralPreservesAndLapses(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), func(_ casework.Request, d *casework.Determination) {
		for i := range d.Answers {
			d.Answers[i].Answer = casework.Refer
		}
	})
	o.verified()
	o.reviewed(answer(casework.Refer, casework.Subscriber, casework.Traffic)...)
	o.at(2*day, func() {
		c := o.now()
		require.Equal(t, casework.InMLATReferral, c.Stage)
		require.Equal(t, casework.PreservationRunning, c.Preservation.Status)
	})
	o.at(30*day, func() {
		o.act(olivia, casework.ExtendPreservation, &casework.PreservationBody{Reason: "the treaty request is under way"})
	})
	o.at(150*day, func() { require.Equal(t, casework.InMLATReferral, o.now().Stage) })
	c := o.run(300 * day)
	o.resolution(c, casework.ResolvedReferred)
	require.Equal(t, casework.ReferralLapsed, *c.Referral.Outcome)
	require.Contains(t, o.post.Kinds(), "referral")
}

func TestAnObjectionHoldsDisclosureUntilItIsResolved(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(3*day, func() { o.act(customer, casework.RecordObjection, &casework.ObjectionBody{Text: "I am a journalist."}) })
	o.at(10*day, func() {
		require.Equal(t, casework.InCustomerNotice, o.now().Stage)
		o.act(rosa, casework.ResolveObjection, &casework.ResolveBody{Outcome: casework.ObjectionOverruled, Reason: "heard"})
	})
	o.released(11 * day)
	o.resolution(o.run(40*day), casework.ResolvedDisclosed)
}

func TestAnObjectionWithoutAMotionLapsesOnTheResponseDate(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(3*day, func() { o.act(customer, casework.RecordObjection, &casework.ObjectionBody{Text: "No."}) })
	c := o.run(40 * day)
	require.Equal(t, casework.InDisclosure, c.Stage)
	require.Equal(t, casework.ObjectionLapsed, c.Objections[0].Status)
}

func TestASustainedObjectionGoesBackToReview(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(3*day, func() {
		o.act(olivia, casework.RecordObjection, &casework.ObjectionBody{Text: "Privileged.", Court: "D. Mass.", FiledOn: "2026-11-23"})
	})
	o.at(4*day, func() {
		o.act(rosa, casework.ResolveObjection, &casework.ResolveBody{Outcome: casework.ObjectionSustained, Reason: "privileged"})
	})
	c := o.run(5 * day)
	require.Equal(t, casework.InLegalReview, c.Stage)
	require.Nil(t, c.Decision)
}

func contested(_ casework.Request, d *casework.Determination) {
	for i := range d.Answers {
		if d.Answers[i].Data == casework.Traffic {
			d.Answers[i].Answer = casework.Object
		}
	}
	d.Notice.Duty = casework.ByIssuingAuthority
}

func TestAChallengeHoldsItsCategoryAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), contested)
	o.verified()
	o.reviewed(append(permit(casework.Subscriber), answer(casework.Object, casework.Traffic)...)...)
	o.at(2*time.Hour, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Data: []casework.Data{casework.Traffic}, Court: "D. Mass."})
	})
	o.released(day)
	o.at(2*day, func() { require.Equal(t, casework.InChallenge, o.now().Stage) })
	o.at(3*day, func() {
		o.act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeUpheld, Reason: "quashed"})
	})
	o.resolution(o.run(5*day), casework.ResolvedDisclosedInPart)
}

func TestAChallengeDeniedGoesOnToDisclosure(t *testing.T) {
	t.Parallel()
	all := func(r casework.Request, d *casework.Determination) {
		contested(r, d)
		d.Answers[0].Answer = casework.Object
	}
	o := openOffice(t, warrant(), all)
	o.verified()
	o.reviewed(answer(casework.Object, casework.Subscriber, casework.Traffic)...)
	o.at(2*time.Hour, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Court: "D. Mass."})
	})
	o.at(3*day, func() {
		o.act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeDenied, Reason: "denied"})
	})
	o.released(4 * day)
	o.resolution(o.run(6*day), casework.ResolvedDisclosedInPart)
}

func TestAChallengeUpheldWithNothingLeftCloses(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(day, func() {
		o.act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Court: "D. Mass."})
	})
	o.at(2*day, func() {
		o.act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeUpheld, Reason: "quashed"})
	})
	o.resolution(o.run(5*day), casework.ResolvedQuashed)
}

func TestAWithdrawnRequestDisclosesNothing(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(2*day, func() { o.act(officer, casework.Withdraw, &casework.WithReason{Reason: "no longer needed"}) })
	c := o.run(40 * day)
	o.resolution(c, casework.ResolvedWithdrawn)
	require.Empty(t, c.Disclosures)
}

func TestAnEmergencyTakesTwoPeopleAndACallBack(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), func(_ casework.Request, d *casework.Determination) {
		d.Approvals.Required, d.Notice.Duty, d.Verification.Level = 2, casework.AfterEmergency, casework.SecondChannel
	})
	o.at(30*time.Second, func() {
		o.refused(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain}, casework.Conflict)
		o.refused(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByCallback, Phone: "+1 617 555 0142"}, casework.Conflict)
	})
	o.verified()
	o.at(2*time.Minute, func() {
		o.act(rosa, casework.Review, &casework.ReviewBody{Answers: permit(casework.Subscriber, casework.Traffic)})
	})
	o.at(3*time.Minute, func() {
		approve := &casework.ApproveBody{Decision: o.now().Decision.SHA256}
		o.refused(rosa, casework.Approve, approve, casework.Forbidden)
		o.refused(mina, casework.Approve, approve, casework.Forbidden)
		o.refused(rafael, casework.Approve, &casework.ApproveBody{Decision: "another"}, casework.Conflict)
		o.act(rafael, casework.Approve, approve)
	})
	o.released(10 * time.Minute)
	o.at(80*day, func() { require.NotContains(t, o.post.Kinds(), "notice") })
	c := o.run(120 * day)
	o.resolution(c, casework.ResolvedDisclosed)
	require.Equal(t, casework.AfterEmergency, c.Notices[0].Kind)
}

func TestSecrecyDelaysTheNoticeAndItGoesOutOnce(t *testing.T) {
	t.Parallel()
	secret := warrant()
	secret.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-05-20"}
	o := openOffice(t, secret, func(_ casework.Request, d *casework.Determination) { d.Notice.Duty = casework.AfterSecrecyEnds })
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.released(2 * time.Hour)
	ends := time.Date(2027, 5, 20, 23, 0, 0, 0, time.UTC).Sub(received)
	o.at(ends, func() { require.Empty(t, o.post.To("harbor.lights@example.net"), "told while secrecy binds") })
	c := o.run(3 * 365 * day)
	o.resolution(c, casework.ResolvedDisclosed)
	require.Len(t, o.post.To("harbor.lights@example.net"), 1)
	require.Equal(t, []string{"acknowledgement", "delivery", "secrecy_ending", "notice"}, o.post.Kinds())
	require.True(t, c.Notices[0].SentAt.After(time.Date(2027, 5, 21, 0, 0, 0, 0, time.UTC)))
}

func TestSecrecyWithoutAnEndNeverTells(t *testing.T) {
	t.Parallel()
	secret := warrant()
	secret.Secrecy = casework.Secrecy{Kind: casework.Certification, Basis: "18 USC 2709(c)"}
	o := openOffice(t, secret, func(_ casework.Request, d *casework.Determination) { d.Notice.Duty = casework.NoticeProhibited })
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.released(2 * time.Hour)
	o.run(5 * 365 * day)
	require.Empty(t, o.post.To("harbor.lights@example.net"))
}

func TestABouncedNoticeStartsAgainAtTheNewAddress(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.post.Bounces["harbor.lights@example.net"] = true
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(2*day, func() {
		require.Equal(t, casework.OnLegalOps, o.now().WaitingOn)
		o.act(olivia, casework.Renotify, &casework.RenotifyBody{Address: "lights@example.org", Reason: "the first address bounced"})
	})
	o.at(8*day, func() { require.Equal(t, casework.InCustomerNotice, o.now().Stage) })
	c := o.run(10 * day)
	require.Equal(t, casework.InDisclosure, c.Stage)
	require.Len(t, o.post.To("lights@example.org"), 1)
}

func TestAParcelUnreadAtExpiryIsDeliveredAgain(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), func(_ casework.Request, d *casework.Determination) { d.Notice.Duty = casework.ByIssuingAuthority })
	o.verified()
	o.reviewed(permit(casework.Subscriber, casework.Traffic)...)
	o.at(2*time.Hour, func() {
		c := o.now()
		o.act(rafael, casework.Release, &casework.ReleaseBody{Confirm: c.ID, Manifest: c.Disclosures[0].ManifestSHA256})
	})
	o.at(20*day, func() {
		require.Equal(t, casework.OnLegalOps, o.now().WaitingOn)
		o.refused(olivia, casework.Redeliver, &casework.ParcelBody{Address: "other@elsewhere.example"}, casework.Conflict)
		o.act(olivia, casework.Redeliver, &casework.ParcelBody{})
	})
	o.at(21*day, func() { o.act(officer, casework.ConfirmReceipt, &casework.ReceiptBody{}) })
	o.resolution(o.run(30*day), casework.ResolvedDisclosed)
}

func TestPreservationOnlyKeepsAndTellsNobody(t *testing.T) {
	t.Parallel()
	letter := warrant()
	letter.Instrument.Type = casework.PreservationRequest
	o := openOffice(t, letter, func(r casework.Request, d *casework.Determination) {
		for i := range d.Answers {
			d.Answers[i].Answer = casework.PreserveAnswer
		}
		d.Notice.Duty = casework.NoNotice
		d.Deadlines = append(d.Deadlines, fakesDue(r, 90))
	})
	o.verified()
	o.reviewed(answer(casework.PreserveAnswer, casework.Subscriber, casework.Traffic)...)
	o.at(80*day, func() { require.Equal(t, casework.PreservationRunning, o.now().Preservation.Status) })
	c := o.run(120 * day)
	o.resolution(c, casework.ResolvedPreservedOnly)
	require.Equal(t, casework.PreservationOver, c.Preservation.Status)
	require.Empty(t, o.post.To("harbor.lights@example.net"))
}

func TestAPurgedCaseIsErasedAndItsRunEnds(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	purge := func(check func(error)) func() {
		return func() {
			o.acts++
			o.env.UpdateWorkflow(workflows.PurgeUpdate, fmt.Sprintf("purge-%d", o.acts), &testsuite.TestUpdateCallback{
				OnReject: func(err error) { o.answered++; check(err) }, OnAccept: func() {}, OnComplete: func(_ any, err error) { o.answered++; check(err) },
			})
		}
	}
	o.at(time.Minute, purge(func(err error) {
		refused, ok := workflows.Refused(err)
		require.True(t, ok)
		require.Contains(t, refused.Message, "open")
	}))
	o.at(time.Hour, func() {
		o.act(olivia, casework.RejectRequester, &casework.WithReason{Reason: "a stranger"})
	})
	o.at(2*day, purge(func(err error) { require.NoError(t, err) }))
	o.begin()
	require.NoError(t, o.env.GetWorkflowError(), "the run has ended by itself")
	require.True(t, o.now().Work.Purged)
	require.Empty(t, o.now().Request.Officer.Name)
	require.Equal(t, 1, o.counts()[casework.Purged])
}

// A worker that died had stored an act, and the server never heard of it: the run goes on from what the registry has, and
// the act that comes next is done once.
func TestARunGoesOnFromWhatADeadWorkerHadStored(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), nil)
	o.verified()
	o.at(2*time.Hour, func() {
		lost, err := o.now().Apply(casework.Act{Action: casework.Comment, Actor: mina, Key: "lost", At: received.Add(2 * time.Hour), Body: &casework.CommentBody{Text: "lost"}})
		require.NoError(t, err)
		require.NoError(t, o.register.Store(t.Context(), lost))
	})
	o.at(3*time.Hour, func() { o.act(mina, casework.Comment, &casework.CommentBody{Text: "after"}) })
	o.at(4*time.Hour, func() {
		o.act(rosa, casework.Review, &casework.ReviewBody{Answers: permit(casework.Subscriber, casework.Traffic), Reason: "considered"})
	})
	c := o.run(5 * time.Hour)
	require.Equal(t, 3, o.counts()[casework.Commented], "with the reason of the review")
	require.Equal(t, 1, o.counts()[casework.Reviewed])
	require.Contains(t, c.Work.Seen, "lost")
}
