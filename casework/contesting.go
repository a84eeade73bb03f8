package casework

import (
	"maps"
	"slices"
	"time"
)

func contestable(c Case, _ Actor, _ time.Time) *Error {
	if c.Determination == nil {
		return Refuse(Conflict, "The policy's answer is not there yet. Try again in a moment.")
	}
	return nil
}

// fileChallenge: our own contest, before release of what it holds; of secrecy, at any time.
func fileChallenge(t *turn, _ Act, b ChallengeBody) error {
	if b.Challenge != 0 {
		return t.addFiling(b)
	}
	if err := t.mayFile(b); err != nil {
		return err
	}
	ch := Challenge{N: len(t.c.Challenges) + 1, Kind: b.Kind, Data: nonNil(b.Data), Court: b.Court, Grounds: b.Grounds, FiledOn: b.FiledOn, HearingOn: b.HearingOn, Status: ChallengeOpen}
	t.c.Challenges = append(t.c.Challenges, ch)
	t.record(ChallengeFiled, nil, ch)
	t.countReview(ch)
	t.knowHearing()
	t.tellOfChallenge(ch)
	return nil
}

// mayFile: a filing is of today at the latest, and one against secrecy needs secrecy.
func (t *turn) mayFile(b ChallengeBody) error {
	strict := t.c.Work.Terms.Behaviour >= BehaviourLetter
	switch {
	case strict && DateOf(t.at.Add(14*time.Hour), time.UTC).Before(b.FiledOn): // the day has begun nowhere
		return Faulty([]Fault{{"filed_on", "is still to come"}})
	case b.Kind != SecrecyOnly:
		return t.c.mayContest(b)
	case strict && t.c.Secrecy.Kind == NoSecrecy:
		return Refuse(Conflict, "There is no secrecy to challenge: none is asked and none stands.")
	}
	return nil
}

// reviewDays are what the government has, after a recipient's notice, to ask the court for an order (18 USC 3511(b)(1)(B)).
const reviewDays = 30

// countReview counts those days from our notice, which a challenge to a letter's secrecy is: until then they were counted
// from the letter's receipt, as if the notice had gone out at once.
func (t *turn) countReview(x Challenge) {
	old, ok := t.c.deadline(DueNSLReview)
	if t.c.Work.Terms.Behaviour < BehaviourSnapshots || x.Kind != SecrecyOnly || t.c.Secrecy.Kind != Certification || !ok {
		return
	}
	noticed := x.FiledOn
	if noticed == "" {
		noticed = DateOf(t.at, old.zone())
	}
	if until := noticed.AddDays(reviewDays); old.Date.Before(until) {
		t.move(Move{Kind: DueNSLReview, Until: until})
		now, _ := t.c.deadline(DueNSLReview)
		t.record(DeadlineExtended, old, now)
	}
}

// watchReview: when the government's days are over while our challenge of a letter's secrecy is open, our people hear of
// it, since the secrecy then stands on no order.
func (t *turn) watchReview() {
	at, ok := t.c.reviewEnds()
	if !ok || t.at.Before(at) {
		return
	}
	t.c.Work.ReviewReminded = true
	t.record(Reminded, nil, entry{"of": string(DueNSLReview)})
	t.order(Effect{Kind: DoMail, Mail: MailWarned})
}

// reviewEnds is when the government's days end; false where nobody waits for that, or it was said.
func (c Case) reviewEnds() (time.Time, bool) {
	d, ok := c.deadline(DueNSLReview)
	open := slices.ContainsFunc(c.Challenges, func(x Challenge) bool { return x.Kind == SecrecyOnly && x.Status == ChallengeOpen })
	return d.Due, ok && open && c.Work.Terms.Behaviour >= BehaviourSnapshots && !c.Work.ReviewReminded
}

func (c Case) mayContest(b ChallengeBody) error {
	if c.Stage == InClosed {
		return Refuse(Conflict, "The case is closed; only its secrecy can still be challenged.")
	}
	if b.Kind == Comity && !c.mayPleadComity() {
		return Refuse(Conflict, "A comity motion is open only where the subject is known not to be a US person and to reside in a state whose agreement is in force (18 USC 2703(h)(2)); the determination names no such ground.")
	}
	for i, d := range b.Data {
		if !c.Request.Demand.Asks(d) {
			return Faulty([]Fault{{"data[" + itoa(i) + "]", "is not asked by the request"}})
		}
	}
	for _, d := range c.Request.Demand.Data {
		if (len(b.Data) == 0 || slices.Contains(b.Data, d)) && c.releasedData(d) {
			return Refuse(Conflict, "%s has been released; a challenge can no longer hold it.", d)
		}
	}
	return nil
}

// mayPleadComity: the motion protects the law of a qualifying foreign government alone (18 USC 2703(h)(1)(A), (2)(A)).
func (c Case) mayPleadComity() bool {
	return c.Work.Terms.Behaviour < BehaviourHearings || slices.ContainsFunc(c.Determination.Grounds, func(g Reason) bool { return g.Rule == comityRule })
}

// comityRule is the rule of policy.md that finds the ground.
const comityRule = "us.comity"

// Holds reports whether an open challenge holds the category: all but one to secrecy, where it names it or names none.
func (x Challenge) Holds(d Data) bool {
	return x.Status == ChallengeOpen && x.Kind != SecrecyOnly && (len(x.Data) == 0 || slices.Contains(x.Data, d))
}

func (c Case) held(d Data) bool {
	return slices.ContainsFunc(c.Challenges, func(x Challenge) bool { return x.Holds(d) })
}

// free lists the permitted categories that no challenge holds.
func (c Case) free() []Data {
	return slices.DeleteFunc(c.permitted(), c.held)
}

// contesting reports whether a challenge to more than secrecy is open.
func (c Case) contesting() bool {
	return slices.ContainsFunc(c.Challenges, func(x Challenge) bool { return x.Status == ChallengeOpen && x.Kind != SecrecyOnly })
}

func challengeIsOpen(c Case, _ Actor, _ time.Time) *Error {
	if !slices.ContainsFunc(c.Challenges, func(x Challenge) bool { return x.Status == ChallengeOpen }) {
		return Refuse(Conflict, "No challenge is open.")
	}
	return nil
}

// recordRuling: upheld counts as refused; modified goes to review; denied goes on, but a foreign court's denial about
// content goes to a reviewer and never by itself to disclosure (rule 3).
func recordRuling(t *turn, _ Act, b RulingBody) error {
	i, err := only(len(t.c.Challenges), b.Challenge, "challenge", func(i int) (int, bool) {
		return t.c.Challenges[i].N, t.c.Challenges[i].Status == ChallengeOpen
	})
	if err != nil {
		return err
	}
	x := t.c.Challenges[i]
	t.c.Challenges[i].Status = b.Outcome
	t.record(RulingRecorded, nil, entry{"challenge": itoa(x.N), "outcome": string(b.Outcome), "reason": b.Reason})
	t.applyRuling(x, b.Outcome)
	return nil
}

func (t *turn) applyRuling(x Challenge, outcome ChallengeStatus) {
	switch {
	case x.Kind == SecrecyOnly && outcome == ChallengeUpheld:
		t.c.Secrecy.LiftedAt = &t.at
		t.record(SecrecyLifted, nil, entry{"reason": "our challenge was upheld"})
		t.secrecyChanged()
	case x.Kind == SecrecyOnly || t.c.Stage == InClosed || t.c.Decision == nil:
	case outcome == ChallengeModified:
		t.backToReview()
	default:
		t.rule(x, outcome)
	}
}

func (t *turn) backToReview() {
	t.dismissDecision()
	t.enter(InLegalReview)
	if d := t.c.Determination; t.c.Work.Rulebook != "" && t.c.Work.Rulebook != d.Rulebook.SHA256 {
		t.order(Effect{Kind: DoEvaluate})
	}
}

// rule writes what the court made of each category that the challenge held.
func (t *turn) rule(x Challenge, outcome ChallengeStatus) {
	ruled := map[Data]Answer{}
	maps.Copy(ruled, t.c.Work.Ruled)
	for _, a := range t.c.Decision.Answers {
		if a.Data == "" || len(x.Data) > 0 && !slices.Contains(x.Data, a.Data) {
			continue
		}
		switch {
		case outcome == ChallengeUpheld:
			ruled[a.Data] = RefuseIt
		case a.Answer == Object && a.Data.IsContent() && t.c.Request.Authority.IsForeign():
			t.backToReview()
			return
		case a.Answer == Object:
			ruled[a.Data] = Permit
		}
	}
	t.c.Work.Ruled = ruled
}

func (c Case) upheld() bool {
	return slices.ContainsFunc(c.Challenges, func(x Challenge) bool { return x.Status == ChallengeUpheld && x.Kind != SecrecyOnly })
}

// leaveChallenge: what nothing holds any more goes on; with nothing left the case closes.
func (t *turn) leaveChallenge() bool {
	switch {
	case len(t.c.undisclosed()) > 0:
		return t.route()
	case t.c.contesting() || t.c.answers(Object):
		return false
	case t.c.disclosed():
		return t.close(t.c.disclosureResolution())
	}
	return t.route()
}
