package main

import (
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// step is one thing that happens on a path.
type step func(*office) error

// steps makes a walk of its steps.
func steps(all ...step) func(*office) error {
	return func(o *office) error {
		for _, s := range all {
			if err := s(o); err != nil {
				return err
			}
		}
		return nil
	}
}

func act(by casework.Actor, action casework.Action, body casework.Body) step {
	return func(o *office) error { return o.act(by, action, body) }
}

func verify() step {
	return act(olivia, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByCallback, Evidence: "called", Phone: "+1 202 555 0170"})
}

func review(a casework.Answer) step {
	return act(rosa, casework.Review, &casework.ReviewBody{Reason: "considered", Answers: []casework.DecisionAnswer{
		{Data: casework.Subscriber, Answer: a}, {Data: casework.Traffic, Answer: a},
	}})
}

func stage(s casework.Stage) step {
	return func(o *office) error {
		return o.until(func(c casework.Case) bool { return c.Stage == s && len(c.Work.Pending) == 0 })
	}
}

func approve(o *office) error {
	return o.act(rafael, casework.Approve, &casework.ApproveBody{Decision: o.now().Decision.SHA256})
}

func parcel(status casework.DisclosureStatus) step {
	return func(o *office) error {
		return o.until(func(c casework.Case) bool {
			n := len(c.Disclosures)
			return n > 0 && c.Disclosures[n-1].Status == status
		})
	}
}

// soonLate makes the review due three seconds after receipt.
func soonLate(r casework.Request, d *casework.Determination) {
	answered(casework.RefuseIt)(r, d)
	due := r.ReceivedAt.Add(3 * time.Second)
	d.Deadlines = []casework.Deadline{{Kind: casework.DueReview, Date: casework.DateOf(due, time.UTC), Due: due, Zone: "UTC", Basis: "profile", Computed: "three seconds"}}
}

func pausedAndResumed(o *office) error {
	if err := o.act(mina, casework.PauseClock, &casework.PauseBody{Reason: casework.AgreedWithAuthority}); err != nil {
		return err
	}
	return o.act(mina, casework.ResumeClock, &casework.Nothing{})
}

// breached waits until the alarm was mailed.
func breached(o *office) error {
	return o.until(func(c casework.Case) bool {
		return c.SLA == casework.Breached && len(c.Work.Pending) == 0 && len(o.post.To("duty@office.test")) > 0
	})
}

// changed has the case evaluated anew, with a day more for the response.
func changed(o *office) error {
	o.policy.Adjust = func(r casework.Request, d *casework.Determination) {
		d.Notice.Period, d.Rulebook.SHA256 = casework.Period(time.Second), "another"
		due := casework.DateOf(r.ReceivedAt, time.UTC).AddDays(15)
		d.Deadlines = []casework.Deadline{{Kind: casework.DueRespond, Date: due, Due: due.End(time.UTC), Zone: "UTC", Basis: "profile", Computed: "fifteen days"}}
	}
	if err := o.send(workflows.ReconsiderUpdate, casework.Reconsideration{Of: casework.SettingsChanged, New: "another"}); err != nil {
		return err
	}
	return o.until(func(c casework.Case) bool { return c.Work.Rulebook == "another" })
}

// purged: it waits for nothing any more, and its run ends.
func purged(o *office) error { return o.send(workflows.PurgeUpdate, nil) }

// overtaken stores an act as a worker does that dies before it can tell the server.
func overtaken(o *office) error {
	lost, err := o.now().Apply(casework.Act{Action: casework.Comment, Actor: mina, Key: "lost", At: time.Now(), Body: &casework.CommentBody{Text: "lost"}})
	if err != nil {
		return err
	}
	return o.register.Store(o.ctx, lost)
}

func release(o *office) error {
	c := o.now()
	return o.act(rafael, casework.Release, &casework.ReleaseBody{Confirm: c.ID, Manifest: c.Disclosures[len(c.Disclosures)-1].ManifestSHA256})
}

func download(o *office) error {
	return o.act(officer, casework.Download, &casework.DownloadBody{Disclosure: len(o.now().Disclosures)})
}

// kept waits until what is preserved was copied, or deleted again.
func kept(is bool) step {
	return func(o *office) error {
		return o.until(func(c casework.Case) bool { return len(c.Work.Kept) > 0 == is && len(c.Work.Pending) == 0 })
	}
}

// contested asks for preservation, and would contest everything.
func contested(r casework.Request, d *casework.Determination) {
	answered(casework.Object)(r, d)
	day := casework.DateOf(r.ReceivedAt, time.UTC).AddDays(90)
	d.Deadlines = append(d.Deadlines, casework.Deadline{Kind: casework.PreserveUntil, Date: day, Due: day.End(time.UTC), Zone: "UTC", Basis: "preserve", Computed: "ninety days"})
}

// letter waits until one of the kind went out.
func letter(k casework.LetterKind) step {
	return func(o *office) error {
		return o.until(func(c casework.Case) bool {
			return slices.ContainsFunc(c.Letters, func(l casework.Letter) bool { return l.Kind == k }) && len(c.Work.Pending) == 0
		})
	}
}

func notified(o *office) error {
	return o.until(func(c casework.Case) bool { return len(c.Notices) > 0 && c.Notices[0].Status == casework.NoticeSent })
}

// disclosed is the way from a permitted decision to the end.
func disclosed() step {
	return steps(parcel(casework.ParcelReady), release, parcel(casework.ParcelDelivered), download, stage(casework.InClosed))
}

func answered(a casework.Answer) func(casework.Request, *casework.Determination) {
	return func(_ casework.Request, d *casework.Determination) {
		for i := range d.Answers {
			d.Answers[i].Answer = a
		}
	}
}

func duty(n casework.NoticeDuty, people int) func(casework.Request, *casework.Determination) {
	return func(_ casework.Request, d *casework.Determination) { d.Notice.Duty, d.Approvals.Required = n, people }
}

func slow(_ casework.Request, d *casework.Determination) { d.Notice.Period = casework.Period(1 << 50) }

func unsigned(r casework.Request, d *casework.Determination) {
	if !r.Instrument.Signed {
		d.Findings = []casework.Finding{{Rule: "face.signature", Path: "instrument.signed", Severity: casework.Defect, Sentence: "It is not signed."}}
	}
}

// paths are all ways that a release must be able to go on with.
var paths = []path{
	{name: "disclosed", walk: steps(verify(), review(casework.Permit), stage(casework.InDisclosure), disclosed())},
	{name: "clarified", change: func(r *casework.Request) { r.Instrument.Signed = false }, adjust: unsigned, walk: steps(
		verify(), act(olivia, casework.AskClarification, &casework.AskBody{}), act(officer, casework.ReceiveClarification, &casework.RequestBody{Request: warrant()}),
		stage(casework.InLegalReview), review(casework.Permit), disclosed())},
	{name: "refused", adjust: answered(casework.RefuseIt), walk: steps(verify(), review(casework.RefuseIt), stage(casework.InClosed), notified)},
	{name: "referred", adjust: answered(casework.Refer), walk: steps(verify(), review(casework.Refer), stage(casework.InMLATReferral),
		act(olivia, casework.ExtendPreservation, &casework.PreservationBody{Reason: "proof"}),
		act(rosa, casework.RecordMLATOutcome, &casework.MLATBody{Outcome: casework.ProcessReceived}), stage(casework.InClosed))},
	{name: "objected", adjust: slow, walk: steps(verify(), review(casework.Permit), notified,
		act(customer, casework.RecordObjection, &casework.ObjectionBody{Text: "No."}),
		act(rosa, casework.ResolveObjection, &casework.ResolveBody{Outcome: casework.ObjectionSustained, Reason: "heard"}), review(casework.RefuseIt), stage(casework.InClosed))},
	{name: "challenged", adjust: answered(casework.Object), walk: steps(verify(), review(casework.Object), stage(casework.InChallenge),
		act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Court: "A court"}),
		act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeDenied, Reason: "denied"}), disclosed())},
	{name: "heard", adjust: answered(casework.Object), walk: steps(verify(), review(casework.Object), stage(casework.InChallenge),
		act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Court: "A court"}),
		act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Challenge: 1, HearingOn: "2099-01-01"}),
		act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeUpheld, Reason: "quashed"}), stage(casework.InClosed))},
	{name: "withdrawn", adjust: slow, walk: steps(verify(), review(casework.Permit), notified,
		act(officer, casework.Withdraw, &casework.WithReason{Reason: "not needed"}), stage(casework.InClosed))},
	{name: "emergency", adjust: duty(casework.AfterEmergency, 2), walk: steps(verify(), review(casework.Permit), approve, disclosed())},
	{name: "alarmed", adjust: soonLate, walk: steps(verify(), pausedAndResumed, breached, review(casework.RefuseIt), stage(casework.InClosed), notified)},
	{name: "purged", walk: steps(act(olivia, casework.RejectRequester, &casework.WithReason{Reason: "a stranger"}), stage(casework.InClosed), purged)},
	{name: "overtaken", walk: steps(verify(), stage(casework.InLegalReview), overtaken, review(casework.Permit), stage(casework.InDisclosure), disclosed())},
	{name: "preserved", change: func(r *casework.Request) { r.Instrument.Type = casework.EPOC }, walk: steps(kept(true), verify(), review(casework.Permit),
		stage(casework.InDisclosure), disclosed(), kept(false))},
	{name: "lettered", change: func(r *casework.Request) { r.Demand.Actions = []casework.DemandedAction{casework.Preserve} }, adjust: contested, walk: steps(
		kept(true), verify(), letter(casework.LetterPreservation), review(casework.Object), stage(casework.InChallenge),
		act(rosa, casework.FileChallenge, &casework.ChallengeBody{Kind: casework.ToQuash, Court: "A court"}), letter(casework.LetterObjection),
		act(olivia, casework.EndPreservation, &casework.WithReason{Reason: "no longer needed"}), letter(casework.LetterPreservationEnd),
		act(rosa, casework.RecordRuling, &casework.RulingBody{Outcome: casework.ChallengeDenied, Reason: "denied"}), disclosed())},
	{name: "remarked", adjust: answered(casework.Object), walk: steps(verify(),
		act(olivia, casework.Comment, &casework.CommentBody{Text: "read"}), act(mina, casework.Assign, &casework.AssignBody{Remark: casework.Remark{Comment: "yours"}, To: "rosa"}),
		review(casework.RefuseIt), stage(casework.InClosed))},
	{name: "walled", walk: steps(verify(), act(mina, casework.Assign, &casework.AssignBody{To: "omar"}),
		act(rosa, casework.Restrict, &casework.RestrictBody{Members: []string{"rafael"}, Reason: "a public figure"}), review(casework.Permit), stage(casework.InDisclosure), disclosed())},
	{name: "preservedonly", change: func(r *casework.Request) {
		r.Instrument.Type, r.Demand.Data, r.Demand.Actions = casework.PreservationRequest, []casework.Data{}, []casework.DemandedAction{casework.Preserve}
	}, adjust: contested, walk: steps(kept(true), verify(), letter(casework.LetterPreservation), act(rosa, casework.Review, &casework.ReviewBody{}), stage(casework.InClosed))},
	{name: "reconsidered", walk: steps(verify(), changed, review(casework.Permit), stage(casework.InDisclosure), disclosed())},
	{name: "secret", change: func(r *casework.Request) {
		r.Secrecy = casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2099-01-01"}
	}, adjust: duty(casework.AfterSecrecyEnds, 1), walk: steps(verify(), review(casework.Permit), disclosed(),
		act(rosa, casework.LiftSecrecy, &casework.WithReason{Reason: "the court lifted it"}), notified)},
}
