package casework

import (
	"slices"
	"time"
)

// hearingDays are when our people are reminded of a hearing: days before it, and one day after it, when its outcome or
// the next date is still not recorded.
var hearingDays = []int{7, 1, -1}

// HearingTold is a reminder of a hearing that went out.
type HearingTold struct {
	Challenge int  `json:"challenge"`
	On        Date `json:"on"`
	Before    int  `json:"before"` // days
}

// hearing is one reminder that is still to come, and when.
type hearing struct {
	HearingTold
	at time.Time
}

// hearings are the reminders to come of every open challenge. The day is the court's, which is taken to be where the
// response is due.
func (c Case) hearings() []hearing {
	out := []hearing{}
	if c.Work.Terms.Behaviour < BehaviourHearings {
		return out
	}
	for _, x := range c.Challenges {
		if x.Status != ChallengeOpen || x.HearingOn == "" {
			continue // every step of every case asks: no zone is read for nothing
		}
		zone := c.zoneOfCourt()
		for _, before := range hearingDays {
			if told := (HearingTold{x.N, x.HearingOn, before}); !slices.Contains(c.Work.HearingsTold, told) {
				out = append(out, hearing{told, x.HearingOn.AddDays(-before).Start(zone)})
			}
		}
	}
	return out
}

func (c Case) zoneOfCourt() *time.Location {
	if d, ok := c.deadline(DueRespond); ok {
		return d.zone()
	}
	return time.UTC
}

// watchHearings: no hearing passes in silence.
func (t *turn) watchHearings() {
	for _, h := range t.c.hearings() {
		if t.at.Before(h.at) {
			continue
		}
		t.c.Work.HearingsTold = append(slices.Clone(t.c.Work.HearingsTold), h.HearingTold)
		t.record(Reminded, nil, entry{"of": "hearing", "challenge": itoa(h.Challenge), "on": string(h.On)})
		t.order(Effect{Kind: DoMail, Mail: MailWarned})
	}
}

// knowHearing: whoever enters a hearing knows of it; what would have been said before now is not said.
func (t *turn) knowHearing() {
	for _, h := range t.c.hearings() {
		if h.Before > 0 && !t.at.Before(h.at) {
			t.c.Work.HearingsTold = append(slices.Clone(t.c.Work.HearingsTold), h.HearingTold)
		}
	}
}

// addFiling adds to an open challenge what came since: another court, a hearing, further grounds. What it contests stays.
func (t *turn) addFiling(b ChallengeBody) error {
	i := slices.IndexFunc(t.c.Challenges, func(x Challenge) bool { return x.N == b.Challenge && x.Status == ChallengeOpen })
	if i < 0 {
		return Refuse(Conflict, "No open challenge has the number %d.", b.Challenge)
	}
	old := t.c.Challenges[i]
	if err := Faulty(old.keeps(b)); err != nil {
		return err
	}
	now := old.with(b)
	t.c.Challenges = slices.Clone(t.c.Challenges)
	t.c.Challenges[i] = now
	t.record(ChallengeFiled, old, now)
	t.countReview(now)
	t.knowHearing()
	return nil
}

// keeps: the kind and the categories of a challenge decide what it holds, so they are not changed under it.
func (x Challenge) keeps(b ChallengeBody) []Fault {
	f := faults{}
	if b.Kind != x.Kind {
		f.add("kind", "is "+string(x.Kind)+" for this challenge; record its ruling and file another to contest something else")
	}
	if len(b.Data) > 0 && !slices.Equal(b.Data, x.Data) {
		f.add("data", "cannot be changed for a challenge that is open; leave it out")
	}
	return f
}

func (x Challenge) with(b ChallengeBody) Challenge {
	if b.Court != "" {
		x.Court = b.Court
	}
	if b.FiledOn != "" {
		x.FiledOn = b.FiledOn
	}
	if b.HearingOn != "" {
		x.HearingOn = b.HearingOn
	}
	x.Grounds = append(slices.Clone(x.Grounds), b.Grounds...)
	return x
}
