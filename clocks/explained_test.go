package clocks

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var update = flag.Bool("update", false, "write the goldens anew; somebody must read them")

// instant reads an instant of a test.
func instant(t require.TestingT, text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at
}

// requireGolden compares with a file that a lawyer can read.
func requireGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile("testdata/"+name, []byte(got), 0o600))
	}
	want, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// What a lawyer reads beside a deadline.
func TestExplanations(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time { return instant(t, text) }
	berlin, ordered := mustLoad("Europe/Berlin"), overridden(t)
	var got strings.Builder
	for _, x := range []struct {
		what string
		d    casework.Deadline
	}{
		{"An EPOC received on 17 December 2026, ten days (Regulation (EU) 2023/1543 Art. 10(2))", EUDays("2026-12-17", 10, dublin, Ireland)},
		{"An emergency EPOC received at 23:30 on New Year's Eve, eight hours (Art. 10(4))", EUHours(at("2026-12-31T23:30:00Z"), 8, dublin)},
		{"One received on the stroke of 22:00 on a Saturday in summer, eight hours", EUHours(at("2027-07-03T21:00:00Z"), 8, dublin)},
		{"A warrant served on Friday 13 November 2026, fourteen days over Thanksgiving", USDays("2026-11-13", 14, boston, USFederal)},
		{"A warrant served a day earlier, fourteen days that end on Thanksgiving", USDays("2026-11-12", 14, boston, USFederal)},
		{"A comity motion, fourteen days from service on 11 December 2026 (18 USC 2703(h))", USDays("2026-12-11", 14, boston, USFederal)},
		{"A subpoena of twenty-four hours, served on Christmas Eve", USHours(at("2026-12-24T15:00:00Z"), 24, boston, USFederal)},
		{"The same on a Tuesday", USHours(at("2026-12-15T15:00:00Z"), 24, boston, USFederal)},
		{"Twelve hours served on the eve of the change to summer time", USHours(at("2027-03-13T23:00:00Z"), 12, boston, USFederal)},
		{"Preservation received on 23 November 2026, ninety days (18 USC 2703(f))", Days("2026-11-23", 90, boston)},
		{"Its renewal, ninety more", Days("2027-02-21", 90, boston)},
		{"Two working days that begin on 29 February 2028", BusinessDays("2028-02-29", 2, boston, USFederal)},
		{"Forty-eight hours over the change to summer time in Boston", Hours(at("2027-03-13T15:00:00Z"), 48, boston)},
		{"Five working days in Bavaria over Epiphany", BusinessDays("2027-01-04", 5, berlin, Shipped().Of("DE-BY"))},
		{"Two working days where no holidays are known", BusinessDays("2026-12-24", 2, time.UTC, Shipped().Of("XK"))},
		{"A month from 31 January 2027", EUMonths("2027-01-31", 1, dublin, Ireland)},
		{"A month from 30 January in a leap year", EUMonths("2028-01-30", 1, dublin, Ireland)},
		{"Three months from 17 December 2026", EUMonths("2026-12-17", 3, dublin, Ireland)},
		{"Twelve months from a leap day, nothing shifted", Months("2028-02-29", 12, dublin)},
		{"Four years from a leap day", Months("2028-02-29", 48, dublin)},
		{"Ten days over a leap day", EUDays("2028-02-21", 10, dublin, Ireland)},
		{"Fourteen days that end on a Christmas Eve closed by executive order", USDays("2026-12-10", 14, boston, ordered.Of("US"))},
		{"A working day in Massachusetts over its own Patriots' Day", BusinessDays("2027-04-16", 1, boston, ordered.Of("US-MA"))},
		{"A day of mourning in Germany, counted in Bavaria", EUDays("2027-02-02", 10, berlin, ordered.Of("DE-BY"))},
		{"Ten days in Hungary, of which only what the rulebook says of 2027 is known", EUDays("2027-03-05", 10, berlin, ordered.Of("HU"))},
		{"The same a year too late", EUDays("2028-03-05", 10, berlin, ordered.Of("HU"))},
		{"Fourteen days that end where the calendar does", USDays("2033-12-20", 14, boston, USFederal)},
		{"Two working days beyond the calendar's years", BusinessDays("2041-12-24", 2, dublin, Ireland)},
	} {
		fmt.Fprintf(&got, "%s:\n  %s\n  due %s (%s)\n", x.what, x.d.Computed, x.d.Due.Format(time.RFC3339), x.d.Zone)
	}
	requireGolden(t, "explained.txt", got.String())
}

// What a lawyer reads where a pause crosses a change of the clocks: the arithmetic is the case's own.
func TestPausesAreExplained(t *testing.T) {
	t.Parallel()
	pacific := mustLoad("America/Los_Angeles")
	var got strings.Builder
	for _, x := range []struct {
		what     string
		d        casework.Deadline
		from, to string
	}{
		{"An EPOC of 15 March 2027, a week awaiting clarification over Ireland's change to summer time", EUDays("2027-03-15", 10, dublin, Ireland), "2027-03-22T12:00:00Z", "2027-03-29T12:00:00Z"},
		{"The same a week earlier: the clocks stay as they are", EUDays("2027-03-08", 10, dublin, Ireland), "2027-03-12T12:00:00Z", "2027-03-19T12:00:00Z"},
		{"Four working days in California, three days agreed over the change to summer time", BusinessDays("2027-03-08", 4, pacific, USFederal), "2027-03-11T20:00:00Z", "2027-03-14T20:00:00Z"},
		{"Four working days in California, three days over the change back", BusinessDays("2026-10-26", 4, pacific, USFederal), "2026-10-29T20:00:00Z", "2026-11-01T20:00:00Z"},
		{"The eight hours of an emergency that end after the change, paused for a day over it", EUHours(instant(t, "2027-03-27T20:15:00Z"), 8, dublin), "2027-03-27T21:00:00Z", "2027-03-28T21:00:00Z"},
	} {
		after := pausedFor(t, x.d, instant(t, x.from), instant(t, x.to))
		fmt.Fprintf(&got, "%s:\n  %s\n  due %s, on %s (%s)\n  the hour: %s\n", x.what, after.Computed, after.Due.Format(time.RFC3339), day(after.Date), after.Zone, orUnchanged(TimeOfDay(x.d, after)))
	}
	requireGolden(t, "paused.txt", got.String())
}

func orUnchanged(hour string) string {
	if hour == "" {
		return "unchanged"
	}
	return hour
}

// pausedFor lays a pause over a deadline as a case does.
func pausedFor(t *testing.T, d casework.Deadline, from, to time.Time) casework.Deadline {
	t.Helper()
	d.Kind, d.State = casework.DueReview, casework.OnTrack
	manager := casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
	c := casework.Case{View: casework.View{ID: "LR-2026-000001", Stage: casework.InLegalReview, ReceivedAt: from.Add(-time.Hour), Deadlines: []casework.Deadline{d}}}
	paused, err := c.Apply(casework.Act{Action: casework.PauseClock, Actor: manager, At: from, Body: &casework.PauseBody{Reason: casework.AgreedWithAuthority}})
	require.NoError(t, err)
	resumed, err := paused.Case.Apply(casework.Act{Action: casework.ResumeClock, Actor: manager, At: to, Body: &casework.Nothing{}})
	require.NoError(t, err)
	require.Equal(t, to.Sub(from), resumed.Case.Deadlines[0].Due.Sub(d.Due))
	return resumed.Case.Deadlines[0]
}
