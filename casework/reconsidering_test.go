package casework

import (
	"slices"
	"testing"
	"time"
)

var evaluatedOn = time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC)

// determinedWith is an answer of the policy that permits traffic, with a response due on a day.
func determinedWith(sha string, respond Date, duty NoticeDuty) Determination {
	return Determination{
		Rulebook: Rulebook{Version: sha, SHA256: sha}, Outcome: OutcomeDisclose, Notice: NoticeAnswer{Duty: duty}, Approvals: Approval{Required: 1},
		Answers:   []DataAnswer{{Data: Traffic, Answer: Permit}},
		Deadlines: []Deadline{{Kind: DueRespond, Date: respond, Due: respond.End(time.UTC), Zone: "UTC", Basis: "profile"}},
	}
}

// evaluatedCase is a case that the policy has answered once.
func evaluatedCase(t *testing.T, stage Stage, adjust func(*Case)) Case {
	t.Helper()
	d := determinedWith("old", "2026-12-04", NoNotice)
	c := Case{View: View{ID: "LR-2026-000001", Stage: stage, ReceivedAt: evaluatedOn, Determination: &d}}
	c.Work.Started, c.Work.ResolvedOnce, c.Work.Rulebook, c.Work.VerifiedAt = true, true, "old", &evaluatedOn
	for _, x := range d.Deadlines {
		turn := &turn{c: c, at: evaluatedOn}
		turn.setDeadline(x)
		c = turn.c
	}
	if adjust != nil {
		adjust(&c)
	}
	return c
}

func decided(c *Case) {
	c.Work.Decided = true
	c.Decision = &Decision{By: "rosa", Answers: []DecisionAnswer{{Data: Traffic, Answer: Permit}}}
	c.Approvals.Required = 1
	c.Disclosures = []Disclosure{{N: 1, Status: ParcelReady, Data: []Data{Traffic}}}
}

func sent(c *Case) {
	decided(c)
	c.Disclosures[0].Status = ParcelReleased
}

// evaluatedAnew tells a case that the rulebook changed and brings it the new answer.
func evaluatedAnew(t *testing.T, c Case, d Determination) (Case, []Event) {
	t.Helper()
	told, err := c.Apply(Reconsideration{At: evaluatedOn.Add(time.Hour), Of: SettingsChanged, New: d.Rulebook.Version})
	if err != nil || len(told.Case.Work.Pending) == 0 {
		t.Fatalf("%v %v", told.Case.Work.Pending, err)
	}
	brought, err := told.Case.Apply(Result{Step: told.Case.Work.Pending[0].Step, At: evaluatedOn.Add(time.Hour), Determination: &d})
	if err != nil {
		t.Fatal(err)
	}
	return brought.Case, brought.Events
}

func verbsOf(events []Event) []Verb {
	out := []Verb{}
	for _, e := range events {
		out = append(out, e.Verb)
	}
	return out
}

func TestANewRulebookMovesADeadlineWithAnEvent(t *testing.T) {
	c, events := evaluatedAnew(t, evaluatedCase(t, InLegalReview, nil), determinedWith("new", "2026-12-07", NoNotice))
	if d, _ := c.deadline(DueRespond); d.Date != "2026-12-07" || c.Determination.Rulebook.SHA256 != "new" {
		t.Fatalf("%v %v", d, c.Determination.Rulebook)
	}
	if !slices.Equal(verbsOf(events), []Verb{Evaluated, DeadlineSet}) {
		t.Fatalf("%v", verbsOf(events))
	}
}

func TestANewRulebookThatMovesNothingSaysNothingOfDeadlines(t *testing.T) {
	_, events := evaluatedAnew(t, evaluatedCase(t, InLegalReview, nil), determinedWith("new", "2026-12-04", NoNotice))
	if !slices.Equal(verbsOf(events), []Verb{Evaluated}) {
		t.Fatalf("%v", verbsOf(events))
	}
}

func TestANewCalendarThatMovesOnlyTheLaterDayIsAnEventToo(t *testing.T) {
	d := determinedWith("new", "2026-12-04", NoNotice)
	d.Deadlines[0].Shifted = &Shift{Date: "2026-12-07", Rule: "a rule"}
	c, events := evaluatedAnew(t, evaluatedCase(t, InLegalReview, nil), d)
	if now, _ := c.deadline(DueRespond); now.Shifted == nil || !slices.Contains(verbsOf(events), DeadlineSet) {
		t.Fatalf("%v %v", now, verbsOf(events))
	}
}

func TestAfterReleaseOnlyDeadlinesAreCountedAnew(t *testing.T) {
	c, events := evaluatedAnew(t, evaluatedCase(t, InDisclosure, sent), determinedWith("new", "2026-12-07", BeforeDisclosure))
	if c.Determination.Rulebook.SHA256 != "old" || c.Work.Rulebook != "new" || c.Stage != InDisclosure {
		t.Fatalf("%v %v %v", c.Determination.Rulebook, c.Work.Rulebook, c.Stage)
	}
	if d, _ := c.deadline(DueRespond); d.Date != "2026-12-07" || !slices.Contains(verbsOf(events), DeadlineSet) {
		t.Fatalf("%v %v", d, verbsOf(events))
	}
}

func TestADecidedCaseOfWhichMoreIsAskedGoesBackToReview(t *testing.T) {
	for name, change := range map[string]func(*Determination){
		"notice":   func(d *Determination) { d.Notice.Duty = BeforeDisclosure },
		"a person": func(d *Determination) { d.Approvals.Required = 2 },
		"a defect": func(d *Determination) { d.Findings = []Finding{{Severity: Defect}} },
		"refusal":  func(d *Determination) { d.Answers = []DataAnswer{{Data: Traffic, Answer: RefuseIt}} },
	} {
		d := determinedWith("new", "2026-12-04", NoNotice)
		change(&d)
		if c, _ := evaluatedAnew(t, evaluatedCase(t, InDisclosure, decided), d); c.Stage != InLegalReview || c.Decision != nil {
			t.Errorf("%s: %s", name, c.Stage)
		}
	}
	if c, _ := evaluatedAnew(t, evaluatedCase(t, InDisclosure, decided), determinedWith("new", "2026-12-04", NoNotice)); c.Stage != InDisclosure {
		t.Errorf("the same answer: %s", c.Stage)
	}
}

func TestAMotionThatTheRulebookNoLongerDatesIsNotDue(t *testing.T) {
	c := evaluatedCase(t, InLegalReview, func(c *Case) {
		c.Deadlines = append(c.Deadlines, Deadline{Kind: DueComityMotion, Date: "2026-12-04", Due: Date("2026-12-04").End(time.UTC), Zone: "UTC", State: OnTrack})
	})
	c, events := evaluatedAnew(t, c, determinedWith("new", "2026-12-04", NoNotice))
	if _, is := c.deadline(DueComityMotion); is || !slices.Contains(verbsOf(events), DeadlineSet) {
		t.Fatalf("%v %v", c.Deadlines, verbsOf(events))
	}
}

func TestAClosedCaseIsNotEvaluatedAnew(t *testing.T) {
	c := evaluatedCase(t, InClosed, nil)
	ch, err := c.Apply(Reconsideration{At: evaluatedOn, Of: SettingsChanged, New: "new"})
	if err != nil || len(ch.Case.Work.Pending) != 0 || slices.Contains(verbsOf(ch.Events), SettingsChanged) {
		t.Fatalf("%v %v", ch, err)
	}
}
