package casework

import (
	"slices"
	"time"
)

// Behaviours of the state machine. What a case does by itself is settled by its terms when it is received, so that the
// recorded history of a case begun under an older behaviour replays for ever.
const (
	BehaviourFirst  = 0
	BehaviourAlarms = 1 // alarms are mailed to our own people, and a deadline of hours warns in proportion
	// BehaviourSnapshots: what is preserved is copied into the vault, drawn from later, and deleted in the end.
	BehaviourSnapshots = 2
	// BehaviourHearings: our people are reminded of hearings, a contest of secrecy meets no date of the instrument, and a
	// scope without a target is a narrower one.
	BehaviourHearings = 3
	// BehaviourLetters: the authority hears that what it asked to have kept is kept, that it is kept no longer, and that its
	// process is contested; a letter of referral is an answer.
	BehaviourLetters = 4
	// BehaviourRemarks: what people write with an act stays, as part of what they decided or as a note beside it; secrecy
	// that is set or lifted has its end among the deadlines and is put to the policy; and when it is over the customer is
	// told also of a case that waits for an officer who does not fetch the parcel.
	BehaviourRemarks = 5
	// BehaviourLetter: the outcome of a review follows every instrument of the paper, a pause moves the response only where
	// the law lets it, nobody permits content that the Stored Communications Act keeps from whoever asks, whoever asks to
	// preserve and names no category has everything preserved, and a customer's new address is that of every later notice.
	BehaviourLetter = 6
	// BehaviourWall: whoever has a case and is left outside its wall has it no longer.
	BehaviourWall   = 7
	NewestBehaviour = BehaviourWall
)

// Ring is an alarm that waits to be mailed: until the team's hours, where it is not urgent.
type Ring struct {
	Mail  MailKind  `json:"mail"`
	After time.Time `json:"after"`
}

// Hours are the business hours of a team: minutes after midnight, Monday to Friday, in a zone, but on no day off. None:
// always.
type Hours struct {
	Zone    string `json:"zone"`
	From    int    `json:"from"`
	To      int    `json:"to"`
	DaysOff []Date `json:"days_off,omitempty"` // public holidays, as far ahead as they were known
}

// Next is the first instant not before t that lies in the hours.
func (h Hours) Next(t time.Time) time.Time {
	if h.To <= h.From {
		return t
	}
	zone := Deadline{Zone: h.Zone}.zone()
	for day := t.In(zone); ; day = day.AddDate(0, 0, 1) {
		opens := time.Date(day.Year(), day.Month(), day.Day(), 0, h.From, 0, 0, zone)
		closes := time.Date(day.Year(), day.Month(), day.Day(), 0, h.To, 0, 0, zone)
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		switch off := weekend || slices.Contains(h.DaysOff, DateOf(day, zone)); {
		case off || !t.Before(closes):
		case t.Before(opens):
			return opens.UTC()
		default:
			return t
		}
	}
}

const (
	dayOfHours  = 24 * time.Hour
	longRunning = 8 * dayOfHours
)

// warnAt is when a deadline is due soon: two days before, or when a quarter of its time is left, whichever is later.
func (c Case) warnAt(d Deadline) time.Time {
	if whole := d.Due.Sub(c.ReceivedAt); c.Work.Terms.Behaviour >= BehaviourAlarms && whole < longRunning {
		return Truncate(d.Due.Add(-whole / 4))
	}
	return d.Due.AddDate(0, 0, -2)
}

// alarm: every deadline that comes near or passes is an event; nothing passes in silence (rule 10).
func (t *turn) alarm() {
	for i, d := range t.c.Deadlines {
		if !d.Kind.IsOurs() || t.c.fulfilled(d) || t.c.standsStill(d) {
			continue
		}
		switch {
		case !t.at.Before(d.Due) && d.State != Breached:
			t.c.Deadlines[i].State, t.c.Deadlines[i].Warned = Breached, true
			t.bySystem(DeadlineBreached, nil, entry{"kind": string(d.Kind), "date": string(d.Date)})
			t.ring(MailBreached, d)
		case !t.at.Before(t.c.warnAt(d)) && !d.Warned:
			t.c.Deadlines[i].State, t.c.Deadlines[i].Warned = DueSoon, true
			t.bySystem(DeadlineWarned, nil, entry{"kind": string(d.Kind), "date": string(d.Date)})
			t.ring(MailWarned, d)
		}
	}
	t.sound()
}

// ring has an alarm mailed: at once where a life or hours are at stake, else in the team's hours; several that wait
// together are one mail, since it only says that there is something to look at.
func (t *turn) ring(mail MailKind, d Deadline) {
	if t.c.Work.Terms.Behaviour < BehaviourAlarms {
		return
	}
	after := t.at
	if !t.c.urgent(d) {
		after = t.c.Work.Terms.Hours.Next(t.at)
	}
	i := slices.IndexFunc(t.c.Work.Rings, func(r Ring) bool { return r.Mail == mail })
	if i < 0 {
		t.c.Work.Rings = append(t.c.Work.Rings, Ring{mail, after})
	} else if after.Before(t.c.Work.Rings[i].After) {
		t.c.Work.Rings[i].After = after
	}
}

// sound orders the mails of alarms whose time has come.
func (t *turn) sound() {
	for _, r := range slices.Clone(t.c.Work.Rings) {
		if !t.at.Before(r.After) {
			t.order(Effect{Kind: DoMail, Mail: r.Mail})
			t.bySystem(Reminded, nil, entry{"alarm": string(r.Mail)})
			t.c.Work.Rings = slices.DeleteFunc(t.c.Work.Rings, func(x Ring) bool { return x == r })
		}
	}
}

// urgent: an emergency, or a deadline of hours.
func (c Case) urgent(d Deadline) bool {
	return c.Request.IsEmergency() || d.Due.Sub(c.ReceivedAt) <= dayOfHours
}

// Alarmed says who hears an alarm of the case: whoever it is assigned to; once it is late, and where nobody has it, the
// managers too; in an emergency that is late the duty officer, who also hears what would reach nobody. Those outside the
// case's wall hear nothing of it.
func (c Case) Alarmed(mail MailKind, staff []Actor) (names []string, dutyOfficer bool) {
	for _, p := range staff {
		assigned := p.Name == c.Assignee
		managing := p.Has(Manager) && (mail == MailBreached || c.Assignee == "")
		if (assigned || managing) && !c.WalledOff(p) {
			names = append(names, p.Name)
		}
	}
	return names, len(names) == 0 || mail == MailBreached && c.Request.IsEmergency()
}
