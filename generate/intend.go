package generate

import (
	"slices"
	"time"

	"dueprocess/casework"
)

// intention is what somebody is about to do; no body: nobody is about to do anything.
type intention struct {
	action casework.Action
	by     casework.Actor
	body   casework.Body
	at     time.Time
}

const (
	hour = time.Hour
	day  = 24 * hour
)

// intend finds what the case waits for people to do. As long as that stays the same, so does when: a warning in between
// makes nobody slower. Bodies are written anew, since they name hashes and manifests.
func (l *life) intend() {
	wanted := l.wanted()
	if wanted.body != nil && wanted.action == l.next.action {
		wanted.at = l.next.at
	}
	l.next = wanted
}

// wanted asks first for the turn that this life takes, then for what the stage needs.
func (l *life) wanted() intention {
	if i := l.turn(); i.body != nil {
		return i
	}
	switch l.c.Stage {
	case casework.InReceipt:
		return l.inReceipt()
	case casework.InLegalReview:
		return l.inReview()
	case casework.InCustomerNotice:
		return l.inNotice()
	case casework.InChallenge:
		return l.inChallenge()
	case casework.InMLATReferral:
		return l.inReferral()
	case casework.InDisclosure:
		return l.inDisclosure()
	case casework.InClosed:
	}
	return intention{}
}

// soon is in a while about a middle: in hours of the office, unless it is an emergency, which is quicker.
func (l *life) soon(middle time.Duration) time.Time {
	if l.c.Request.Emergency.Claimed {
		return l.now.Add(l.around(min(middle/50, 30*time.Minute)))
	}
	if l.c.Stage != casework.InDisclosure && l.c.Request.Instrument.Is(hasty...) {
		middle /= 6
	}
	return l.working(l.now.Add(time.Duration(float64(l.around(middle)) * l.slow)))
}

// hasty are instruments that the office answers on the next day.
var hasty = []casework.InstrumentType{casework.PreservationRequest, casework.EPOCPR, casework.PenRegisterOrder, casework.WiretapOrder}

// working is the same instant, or one of the next morning of a working day.
func (l *life) working(at time.Time) time.Time {
	local := at.In(l.office.zone)
	if local.Hour() < 18 && local.Hour() >= 8 && local.Weekday() != time.Saturday && local.Weekday() != time.Sunday {
		return at
	}
	if local.Hour() >= 18 {
		local = local.AddDate(0, 0, 1)
	}
	for local.Weekday() == time.Saturday || local.Weekday() == time.Sunday {
		local = local.AddDate(0, 0, 1)
	}
	return time.Date(local.Year(), local.Month(), local.Day(), 8, 15, 0, 0, l.office.zone).Add(l.seconds(0, 5*3600))
}

// does is an intention of the same name only once made; what is planned keeps its instant.
func (l *life) does(action casework.Action, by casework.Actor, middle time.Duration, body casework.Body) intention {
	i := intention{action: action, by: by, body: body}
	if l.next.action != action {
		i.at = l.soon(middle)
	}
	return i
}

// once decides a thing with its chance the first time that it is asked.
func (l *life) once(name string, percent float64) bool {
	yes, asked := l.done[name]
	if !asked {
		yes = l.of(percent)
		l.done[name] = yes
	}
	return yes
}

func (l *life) inReceipt() intention {
	switch {
	case l.c.Determination == nil:
		return intention{}
	case l.c.Assignee == "" && l.once("assigned", 94):
		return l.does(casework.Assign, l.manager(), 2*hour, &casework.AssignBody{To: l.clerk().Name})
	case l.paper.forged:
		return l.does(casework.RejectRequester, l.clerk(), day, &casework.WithReason{Reason: "the number of the office knows of no such officer"})
	case l.c.Work.Clarification != nil:
		return l.answer()
	case l.c.Work.VerifiedAt != nil:
		return intention{}
	case l.c.Request.Officer.Email == "" && l.c.Determination.Verification.Level != casework.SecondChannel, l.c.Determination.Verification.Level == casework.SecondChannel:
		return l.does(casework.VerifyRequester, l.clerk(), 9*hour, &casework.VerifyBody{Method: casework.ByCallback, Evidence: "called back", Phone: "+1 800 555 0199"})
	}
	return l.does(casework.VerifyRequester, l.clerk(), 6*hour, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "the address is of the office's domain"})
}

func (l *life) inReview() intention {
	switch {
	case l.c.Work.Clarification != nil:
		return l.answer()
	case l.c.Determination == nil || !l.c.Work.ResolvedOnce:
		return intention{}
	case l.c.Determination.HasDefect() && l.once("asks", 88):
		return l.does(casework.AskClarification, l.clerk(), 20*hour, &casework.AskBody{})
	case l.c.Decision != nil && l.once("sent back", 3) && !l.done["was sent back"]:
		l.done["was sent back"] = true
		return l.does(casework.SendBack, l.approver(), 10*hour, &casework.WithReason{Reason: "the scope wants another look"})
	case l.c.Decision != nil:
		return l.does(casework.Approve, l.approver(), 7*hour, &casework.ApproveBody{Decision: l.c.Decision.SHA256})
	case l.c.Assignee != l.reviewer().Name && l.once("handed on", 60):
		return l.does(casework.Assign, l.clerk(), 3*hour, &casework.AssignBody{To: l.reviewer().Name})
	}
	return l.does(casework.Review, l.reviewer(), 20*hour, l.review())
}

// answer is the authority's to our questions; some never answer.
func (l *life) answer() intention {
	if !l.once("answers", 72) {
		return intention{}
	}
	r := l.paper.cured
	r.Channel, r.ReceivedAt, r.Documents = l.c.Request.Channel, l.c.Request.ReceivedAt, l.c.Request.Documents
	return l.does(casework.ReceiveClarification, l.clerk(), 9*day, &casework.RequestBody{Request: r})
}

func (l *life) inNotice() intention {
	last := len(l.c.Notices) - 1
	switch {
	case l.open() > 0:
		return l.resolve()
	case last >= 0 && l.c.Notices[last].Status == casework.NoticeBounced:
		return l.does(casework.Renotify, l.clerk(), day, &casework.RenotifyBody{Address: "holder" + l.digits(4) + "@example.net", Reason: "it bounced"})
	case last >= 0 && l.c.Notices[last].SentAt != nil && len(l.c.Objections) == 0 && l.once("objects", 7):
		return l.does(casework.RecordObjection, outsider(casework.Customer, "holder of "+l.c.Accounts[0].Account), 2*day, &casework.ObjectionBody{Text: "I object: this is private."})
	}
	return intention{}
}

// open counts the customer's open objections.
func (l *life) open() int {
	return len(slices.DeleteFunc(slices.Clone(l.c.Objections), func(o casework.Objection) bool { return o.Status != casework.ObjectionOpen }))
}

func (l *life) resolve() intention {
	outcome := casework.ObjectionOverruled
	if l.once("sustained", 15) {
		outcome = casework.ObjectionSustained
	}
	return l.does(casework.ResolveObjection, l.reviewer(), 2*day, &casework.ResolveBody{Outcome: outcome, Reason: "heard and weighed"})
}

func (l *life) inChallenge() intention {
	running := slices.ContainsFunc(l.c.Challenges, func(x casework.Challenge) bool { return x.Status == casework.ChallengeOpen })
	if running {
		outcome := casework.ChallengeUpheld
		if l.once("denied", 35) {
			outcome = casework.ChallengeDenied
		}
		return l.does(casework.RecordRuling, l.reviewer(), 50*day, &casework.RulingBody{Challenge: len(l.c.Challenges), Outcome: outcome, Reason: "as the court ordered"})
	}
	kind := casework.ToQuash
	if l.c.Request.Instrument.Is(casework.EPOC) {
		kind = casework.ReasonedObjection
	}
	return l.does(casework.FileChallenge, l.reviewer(), 2*day, &casework.ChallengeBody{
		Kind: kind, Court: l.c.Request.Instrument.Issuer.Name, Grounds: []string{"it reaches further than its law"}, FiledOn: casework.DateOf(l.now, time.UTC),
	})
}

func (l *life) inReferral() intention {
	if !l.once("treaty answers", 60) {
		return intention{}
	}
	return l.does(casework.RecordMLATOutcome, l.reviewer(), 75*day, &casework.MLATBody{Outcome: casework.ReferralAbandoned})
}

func (l *life) inDisclosure() intention {
	if l.open() > 0 {
		return l.resolve()
	}
	for _, d := range l.c.Disclosures {
		switch d.Status {
		case casework.ParcelReady:
			return l.does(casework.Release, l.reviewer(), 9*hour, &casework.ReleaseBody{Confirm: l.c.ID, Manifest: d.ManifestSHA256})
		case casework.ParcelDelivered:
			if l.once("takes "+d.ManifestSHA256, 93) {
				return l.does(casework.Download, outsider(casework.AuthorityKind, l.c.Request.Officer.Email), 4*day, &casework.DownloadBody{Disclosure: d.N})
			}
		case casework.ParcelExpired:
			l.done["takes "+d.ManifestSHA256] = true
			return l.does(casework.Redeliver, l.clerk(), day, &casework.ParcelBody{Disclosure: d.N})
		case casework.ParcelCollecting, casework.ParcelReleased, casework.ParcelReceived, casework.ParcelDropped:
		}
	}
	return intention{}
}
