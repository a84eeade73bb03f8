package casework

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheTeamsHours(t *testing.T) {
	hours := Hours{Zone: "America/New_York", From: 9 * 60, To: 17*60 + 30, DaysOff: []Date{"2026-11-26"}}
	for given, want := range map[string]string{
		"2026-11-20T13:59:59Z": "2026-11-20T14:00:00Z", // Friday, before nine
		"2026-11-20T14:00:00Z": "2026-11-20T14:00:00Z",
		"2026-11-20T22:29:59Z": "2026-11-20T22:29:59Z",
		"2026-11-20T22:30:00Z": "2026-11-23T14:00:00Z", // half past five: Monday
		"2026-11-26T15:00:00Z": "2026-11-27T14:00:00Z", // Thanksgiving
		"2026-11-22T03:00:00Z": "2026-11-23T14:00:00Z", // Saturday there, Sunday here
		"2027-03-12T23:00:00Z": "2027-03-15T13:00:00Z", // the clocks change on that Sunday
	} {
		at, _ := time.Parse(time.RFC3339, given)
		if got := hours.Next(at).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, not %s", given, got, want)
		}
	}
	at := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	if got := (Hours{}).Next(at); !got.Equal(at) {
		t.Errorf("no hours are always: %s", got)
	}
}

func TestWhoHearsAnAlarm(t *testing.T) {
	staff := []Actor{{Kind: Person, Name: "olivia", Roles: []Role{LegalOps}}, {Kind: Person, Name: "mina", Roles: []Role{Manager}}, {Kind: Person, Name: "max", Roles: []Role{Manager}}}
	for name, x := range map[string]struct {
		assignee  string
		emergency bool
		wall      []string
		mail      MailKind
		want      []string
		duty      bool
	}{
		"a warning":                    {assignee: "olivia", mail: MailWarned, want: []string{"olivia"}},
		"a breach":                     {assignee: "olivia", mail: MailBreached, want: []string{"olivia", "mina", "max"}},
		"nobody has it":                {mail: MailWarned, want: []string{"mina", "max"}},
		"an emergency that is near":    {assignee: "olivia", emergency: true, mail: MailWarned, want: []string{"olivia"}},
		"an emergency that is late":    {assignee: "olivia", emergency: true, mail: MailBreached, want: []string{"olivia", "mina", "max"}, duty: true},
		"behind a wall":                {assignee: "olivia", wall: []string{"olivia", "max"}, mail: MailBreached, want: []string{"olivia", "max"}},
		"a wall with no one to manage": {wall: []string{"rosa"}, mail: MailBreached, want: nil, duty: true},
	} {
		c := Case{View: View{Assignee: x.assignee, Restricted: x.wall != nil, Request: Request{Emergency: Emergency{Claimed: x.emergency}}}, Work: Work{Members: x.wall}}
		got, duty := c.Alarmed(x.mail, staff)
		if !slices.Equal(got, x.want) || duty != x.duty {
			t.Errorf("%s: %v %v", name, got, duty)
		}
	}
}

func TestSeveralAlarmsThatWaitAreOneMail(t *testing.T) {
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) // a Saturday
	turn := &turn{c: Case{View: View{ReceivedAt: at.AddDate(0, 0, -20)}, Work: Work{Terms: Terms{Behaviour: NewestBehaviour, Hours: Hours{Zone: "UTC", From: 9 * 60, To: 17 * 60}}}}, at: at}
	turn.ring(MailWarned, Deadline{Due: at})
	turn.ring(MailWarned, Deadline{Due: at})
	if len(turn.c.Work.Rings) != 1 || turn.c.Work.Rings[0].After.Day() != 30 {
		t.Fatalf("%v", turn.c.Work.Rings)
	}
	turn.ring(MailWarned, Deadline{Due: turn.c.ReceivedAt.Add(time.Hour)})
	if !turn.c.Work.Rings[0].After.Equal(at) {
		t.Fatalf("one that is urgent takes the others along: %v", turn.c.Work.Rings)
	}
	turn.sound()
	if len(turn.c.Work.Pending) != 1 || len(turn.c.Work.Rings) != 0 {
		t.Fatalf("%v", turn.c.Work)
	}
}

// A pause moves exactly the deadlines that may pause, by exactly its length (policy.md, "Deadlines").
func TestAPauseMovesWhatMayPauseByItsLength(t *testing.T) {
	manager := Actor{Kind: Person, Name: "mina", Roles: []Role{Manager}}
	rapid.Check(t, func(t *rapid.T) {
		received := time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC)
		instrument := rapid.SampledFrom([]InstrumentType{SearchWarrant, EPOC, EPOCPR, ForeignOrder}).Draw(t, "instrument")
		basis := rapid.SampledFrom([]string{"profile", "instrument.respond_by", "eu.epoc.respond"}).Draw(t, "basis")
		reason := rapid.SampledFrom(PauseReasons).Draw(t, "reason")
		motion := rapid.SampledFrom([]ChallengeKind{"", Comity, ReasonedObjection, ToQuash}).Draw(t, "motion")
		open := rapid.Bool().Draw(t, "open")
		length := time.Duration(rapid.Int64Range(1, int64(20*24*time.Hour/time.Second)).Draw(t, "length")) * time.Second
		c := Case{View: View{ID: "LR-2026-000001", Stage: InLegalReview, ReceivedAt: received, Request: Request{Instrument: Instrument{Type: instrument}}}}
		for i, kind := range DeadlineKinds {
			c.Deadlines = append(c.Deadlines, Deadline{Kind: kind, Date: "2026-12-24", Due: received.AddDate(0, 1, i), Zone: "Europe/Dublin", Basis: basis, State: OnTrack})
		}
		if motion != "" {
			c.Challenges = []Challenge{{N: 1, Kind: motion, Status: map[bool]ChallengeStatus{true: ChallengeOpen, false: ChallengeDenied}[open]}}
		}
		from := received.Add(time.Hour)
		paused, err := c.Apply(Act{Action: PauseClock, Actor: manager, At: from, Body: &PauseBody{Reason: reason}})
		if err != nil {
			t.Fatal(err)
		}
		resumed, err := paused.Case.Apply(Act{Action: ResumeClock, Actor: manager, At: from.Add(length), Body: &Nothing{}})
		if err != nil {
			t.Fatal(err)
		}
		for i, before := range c.Deadlines {
			want := before.Due
			if movable(before.Kind, reason, instrument, basis, motion != "" && open && motion != ToQuash) && !paused.Case.fulfilled(before) {
				want = want.Add(length)
			}
			if got := resumed.Case.Deadlines[i].Due; !got.Equal(want) {
				t.Fatalf("%s: %s, not %s", before.Kind, got, want)
			}
		}
	})
}

// movable is policy.md, "Deadlines", written down a second time.
func movable(kind DeadlineKind, reason PauseReason, instrument InstrumentType, basis string, motion bool) bool {
	switch kind {
	case DueAcknowledge, DueVerify, DueReview:
		return true
	case DueRespond:
		eu := instrument == EPOC || instrument == EPOCPR || basis == "eu.epoc.respond"
		return reason == AgreedWithAuthority || reason == AwaitingClarification && (eu || basis == "profile") || reason == AwaitingCourt && motion
	}
	return false
}
