package casework

import "time"

// body makes a plausible body for an action.
func (w *walk) body(action Action, _ Actor) Body {
	reason := &WithReason{Reason: "because"}
	switch action {
	case VerifyRequester:
		return &VerifyBody{Evidence: "a voice that we know", Method: pick(w, ByCallback, ByOfficialDomain), Phone: pick(w, "+1 800 7", "+1 800 7", "+1 555 1")}
	case AskClarification:
		return &AskBody{Items: []Fault{{"instrument.signed", "Please sign it."}}}
	case CorrectRequest, ReceiveClarification:
		return &RequestBody{Request: w.c.Request, Reason: "typing error"}
	case Review:
		return w.reviewBody()
	case Approve:
		return w.approveBody()
	case Renotify:
		return &RenotifyBody{Address: "new@example.net", Reason: "it bounced"}
	case RecordObjection:
		return &ObjectionBody{Text: "I object.", Court: pick(w, "", "D. Mass.")}
	case ResolveObjection:
		return &ResolveBody{Objection: pick(w, 0, len(w.c.Objections)), Outcome: pick(w, ObjectionSustained, ObjectionOverruled, ObjectionWithdrawn), Reason: "heard"}
	case FileChallenge:
		return w.challengeBody()
	case RecordRuling:
		return &RulingBody{Challenge: pick(w, 0, len(w.c.Challenges)), Outcome: pick(w, ChallengeUpheld, ChallengeModified, ChallengeDenied), Reason: "ruled"}
	case RecordMLATOutcome:
		return &MLATBody{Outcome: pick(w, MLATOutcomes...)}
	case ClearHold:
		return &HoldBody{Outcome: pick(w, HoldIsCleared, HoldIsRefused), Reason: "they said so"}
	case AddRecords:
		return &AddRecordsBody{Data: w.category(), File: Document{Name: "a.csv", Ref: "uploads/a"}}
	case Release:
		return &ReleaseBody{Confirm: w.c.ID, Manifest: w.readyManifest()}
	case Redeliver:
		return &ParcelBody{Disclosure: len(w.c.Disclosures)}
	case ConfirmReceipt:
		return &ReceiptBody{Disclosure: len(w.c.Disclosures)}
	case PauseClock:
		return &PauseBody{Reason: pick(w, PauseReasons...)}
	case ResumeClock:
		return &Nothing{}
	case ExtendDeadline:
		return &ExtendBody{Kind: pick(w, DueRespond, DueReview, NoticeUntil), Until: DateOf(w.now.AddDate(0, 0, 30), w.now.Location()), Reason: "agreed"}
	case SetSecrecy:
		return &SecrecyBody{Kind: pick(w, SecrecyKinds...), Basis: "order", Until: pick(w, Date(""), DateOf(w.now.AddDate(0, 2, 0), w.now.Location()))}
	case ExtendPreservation:
		return &PreservationBody{Reason: "renewed"}
	case Restrict:
		return &RestrictBody{Members: []string{"olivia", "rosa", "rafael"}, Reason: "delicate"}
	case Assign:
		return &AssignBody{To: "olivia"}
	case Comment:
		return &CommentBody{Text: "noted"}
	case Attach:
		return &AttachBody{Name: "letter.pdf", File: Document{Ref: "uploads/b"}}
	case LinkCase:
		return &LinkBody{Case: "LR-2026-000002", Relation: Related}
	case Close:
		return &CloseBody{Resolution: pick(w, ResolvedRefused, ResolvedDuplicate), Reason: "done"}
	}
	return reason
}

// reviewBody answers as determined, or otherwise, now and then beyond what is allowed.
func (w *walk) reviewBody() Body {
	b := &ReviewBody{Reason: "considered"}
	if w.c.Determination == nil {
		return b
	}
	for _, a := range w.c.Determination.Answers {
		answer := a.Answer
		if answer == Escalate || w.r.IntN(6) == 0 {
			answer = pick(w, Permit, RefuseIt, Refer, Object)
		}
		b.Answers = append(b.Answers, DecisionAnswer{Data: a.Data, Answer: answer})
	}
	for _, a := range w.c.Determination.Actions {
		b.Answers = append(b.Answers, DecisionAnswer{Action: a.Action, Answer: pick(w, RefuseIt, Refer)})
	}
	return b
}

func (w *walk) approveBody() Body {
	if w.c.Decision == nil || w.r.IntN(10) == 0 {
		return &ApproveBody{Decision: "another"}
	}
	return &ApproveBody{Decision: w.c.Decision.SHA256}
}

// category is one that is asked; where none is, one that is not.
func (w *walk) category() Data {
	if len(w.c.Request.Demand.Data) == 0 {
		return Subscriber
	}
	return pick(w, w.c.Request.Demand.Data...)
}

func (w *walk) challengeBody() Body {
	b := &ChallengeBody{Kind: pick(w, ChallengeKinds...), Court: "D. Mass."}
	if b.Kind != SecrecyOnly && w.r.IntN(2) == 0 {
		b.Data = []Data{w.category()}
	}
	if w.r.IntN(2) == 0 {
		b.HearingOn = DateOf(w.now, time.UTC).AddDays(w.r.IntN(30) - 3)
	}
	if n := len(w.c.Challenges); n > 0 && w.r.IntN(3) == 0 {
		b.Challenge, b.Kind, b.Data = n, w.c.Challenges[n-1].Kind, nil
	}
	return b
}

func (w *walk) readyManifest() string {
	for _, d := range w.c.Disclosures {
		if d.Status == ParcelReady {
			return d.ManifestSHA256
		}
	}
	return "none"
}
