package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
)

// A review that is due on Monday, 30 November 2026, at the end of the day in UTC, and that nobody makes.
func dueReview(r casework.Request, d *casework.Determination) {
	d.Deadlines = []casework.Deadline{fakes.Due(r, casework.DueReview, 10)}
}

// counts is how often each verb stands among a case's events.
func (o *office) counts() map[casework.Verb]int {
	out := map[casework.Verb]int{}
	for _, v := range o.register.Verbs(caseID) {
		out[v]++
	}
	return out
}

// addresses are those to which mail of a kind went, in order.
func (o *office) addresses(kind casework.MailKind) []string {
	out := []string{}
	for _, l := range o.post.All() {
		if l.Kind == string(kind) {
			out = append(out, l.To)
		}
	}
	return out
}

func TestADeadlineWarnsOnceBreachesOnceAndGoesUpTheChain(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), dueReview)
	o.verified()
	o.at(2*time.Hour, func() { o.act(mina, casework.Assign, &casework.AssignBody{To: "rosa"}) })
	c := o.run(40 * day)
	require.Equal(t, casework.Breached, c.SLA)
	require.Equal(t, 1, o.counts()[casework.DeadlineWarned])
	require.Equal(t, 1, o.counts()[casework.DeadlineBreached])
	require.Equal(t, []string{"rosa@office.test"}, o.addresses(casework.MailWarned), "whoever has the case")
	require.Equal(t, []string{"mina@office.test", "rosa@office.test"}, o.addresses(casework.MailBreached), "then the managers too")
	require.Contains(t, o.post.To("rosa@office.test")[0].URL, "http://staff.test/cases/"+caseID)
}

func TestAnAlarmThatNobodyHasGoesToTheManagers(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), dueReview)
	o.verified()
	o.run(40 * day)
	require.Equal(t, []string{"mina@office.test"}, o.addresses(casework.MailWarned))
}

func TestInAnEmergencyTheDutyOfficerHearsOfIt(t *testing.T) {
	t.Parallel()
	r := warrant()
	r.Emergency = casework.Emergency{Claimed: true, Harm: "abduction", PersonAtRisk: "a child", WhyImminent: "tonight", WhyNecessary: "to find her"}
	o := openOffice(t, r, func(r casework.Request, d *casework.Determination) {
		due := r.ReceivedAt.Add(8 * time.Hour)
		d.Deadlines = []casework.Deadline{{Kind: casework.DueReview, Date: casework.DateOf(due, time.UTC), Due: due, Zone: "UTC", Basis: "profile", Computed: "8 hours"}}
	})
	o.terms.Hours = casework.Hours{Zone: "America/Los_Angeles", From: 9 * 60, To: 17 * 60}
	o.verified()
	o.at(5*time.Hour+59*time.Minute, func() { require.Zero(t, o.counts()[casework.DeadlineWarned], "three quarters are not over") })
	o.at(6*time.Hour+time.Minute, func() { require.Equal(t, 1, o.counts()[casework.DeadlineWarned]) })
	o.run(9 * time.Hour)
	require.Equal(t, []string{"duty@office.test", "mina@office.test"}, o.addresses(casework.MailBreached), "whatever the hour")
}

func TestAnAlarmWaitsForTheTeamsHours(t *testing.T) {
	t.Parallel()
	// Due at the end of Monday; two days before is Saturday night, when nobody is there: mailed on Monday at nine.
	o := openOffice(t, warrant(), dueReview)
	o.terms.Hours = casework.Hours{Zone: "America/New_York", From: 9 * 60, To: 17 * 60}
	o.verified()
	monday := time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC)
	o.at(monday.Sub(received)-time.Minute, func() {
		require.Equal(t, 1, o.counts()[casework.DeadlineWarned], "the event is there at once")
		require.Empty(t, o.addresses(casework.MailWarned))
	})
	o.at(monday.Sub(received)+time.Minute, func() { require.Len(t, o.addresses(casework.MailWarned), 1) })
	o.run(11 * day)
}

func TestAPauseAndAnExtensionMoveADeadline(t *testing.T) {
	t.Parallel()
	o := openOffice(t, warrant(), dueReview)
	o.verified()
	o.at(2*day, func() { o.act(mina, casework.PauseClock, &casework.PauseBody{Reason: casework.AgreedWithAuthority}) })
	o.at(3*day, func() { require.Equal(t, casework.Paused, o.now().SLA) })
	o.at(22*day, func() { o.act(mina, casework.ResumeClock, &casework.Nothing{}) })
	o.at(22*day+time.Minute, func() {
		d := o.now().Deadlines[0]
		require.Equal(t, casework.Date("2026-12-20"), d.Date, "twenty days later")
		require.Contains(t, d.Computed, "the clock stood still from 2026-11-22")
		require.Zero(t, o.counts()[casework.DeadlineBreached], "it did not pass while its clock stood still")
	})
	o.at(23*day, func() {
		o.act(mina, casework.ExtendDeadline, &casework.ExtendBody{Kind: casework.DueReview, Until: "2027-01-15", Reason: "counsel is away"})
	})
	o.at(24*day, func() {
		require.Equal(t, casework.Date("2027-01-15"), o.now().Deadlines[0].Date)
		require.Contains(t, o.now().Deadlines[0].Computed, "extended to 2027-01-15")
	})
	o.run(70 * day)
	require.Equal(t, 1, o.counts()[casework.DeadlineWarned])
	require.Equal(t, 1, o.counts()[casework.DeadlineBreached])
}
