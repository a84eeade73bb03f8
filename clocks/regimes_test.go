package clocks

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

// regime counts n from an instant, by its law's rule.
type regime func(from time.Time, n int, zone *time.Location, c *Calendar) casework.Deadline

// inDays is a regime that counts from the day of the instant.
func inDays(count func(from casework.Date, n int, zone *time.Location, c *Calendar) casework.Deadline) regime {
	return func(from time.Time, n int, zone *time.Location, c *Calendar) casework.Deadline {
		return count(casework.DateOf(from, zone), n, zone, c)
	}
}

var regimes = map[string]regime{
	"days": inDays(func(from casework.Date, n int, zone *time.Location, _ *Calendar) casework.Deadline {
		return Days(from, n, zone)
	}),
	"months": inDays(func(from casework.Date, n int, zone *time.Location, _ *Calendar) casework.Deadline {
		return Months(from, n, zone)
	}),
	"us_days":      inDays(USDays),
	"eu_days":      inDays(EUDays),
	"eu_months":    inDays(EUMonths),
	"working_days": inDays(BusinessDays),
	"us_hours":     USHours,
	"hours": func(from time.Time, n int, zone *time.Location, _ *Calendar) casework.Deadline {
		return Hours(from, n, zone)
	},
	"eu_hours": func(from time.Time, n int, zone *time.Location, _ *Calendar) casework.Deadline {
		return EUHours(from, n, zone)
	},
}

// counted is how much lies between an instant and the deadline, by the regime, counted one by one.
var counted = map[string]func(from time.Time, d casework.Deadline, zone *time.Location, c *Calendar) int{
	"days": daysCounted, "us_days": daysCounted, "eu_days": daysCounted,
	"months": monthsCounted, "eu_months": monthsCounted,
	"hours": hoursCounted, "us_hours": hoursCounted, "eu_hours": hoursCounted,
	"working_days": func(from time.Time, d casework.Deadline, zone *time.Location, c *Calendar) int {
		n := 0
		for day := casework.DateOf(from, zone).AddDays(1); day <= d.Date; day = day.AddDays(1) {
			if c.Works(day) {
				n++
			}
		}
		return n
	},
}

func daysCounted(from time.Time, d casework.Deadline, zone *time.Location, _ *Calendar) int {
	n := 0
	for day := casework.DateOf(from, zone); day < d.Date; day = day.AddDays(1) {
		n++
	}
	return n
}

func monthsCounted(from time.Time, d casework.Deadline, zone *time.Location, _ *Calendar) int {
	a, b := casework.DateOf(from, zone).Start(time.UTC), d.Date.Start(time.UTC)
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
}

func hoursCounted(from time.Time, d casework.Deadline, _ *time.Location, _ *Calendar) int {
	n := 0
	for at := from.Truncate(time.Second); at.Before(d.Due); at = at.Add(time.Hour) {
		n++
	}
	return n
}

// later is the last day that the rule may allow.
func later(d casework.Deadline) casework.Date {
	if d.Shifted != nil {
		return d.Shifted.Date
	}
	return d.Date
}

func eachRegime(t *testing.T, check func(t *rapid.T, name string, count regime)) {
	t.Helper()
	for name, count := range regimes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) { check(t, name, count) })
		})
	}
}

func TestPropertyAddingAndThenCountingGivesTheSame(t *testing.T) {
	t.Parallel()
	eachRegime(t, func(t *rapid.T, name string, count regime) {
		from, n, zone, c := someInstant(t), rapid.IntRange(0, 60).Draw(t, "n"), someZone(t), someCalendar(t)
		require.Equal(t, n, counted[name](from, count(from, n, zone, c), zone, c))
	})
}

func TestPropertyCountingIsMonotone(t *testing.T) {
	t.Parallel()
	eachRegime(t, func(t *rapid.T, _ string, count regime) {
		from, n, zone, c := someInstant(t), rapid.IntRange(0, 60).Draw(t, "n"), someZone(t), someCalendar(t)
		wait, more := time.Duration(rapid.IntRange(0, 60*24).Draw(t, "wait"))*time.Hour, rapid.IntRange(0, 30).Draw(t, "more")
		first := count(from, n, zone, c)
		for _, other := range []casework.Deadline{count(from.Add(wait), n, zone, c), count(from, n+more, zone, c)} {
			require.False(t, other.Due.Before(first.Due), "%s before %s", other.Computed, first.Computed)
			require.GreaterOrEqual(t, later(other), later(first), "%s before %s", other.Computed, first.Computed)
		}
	})
}

// Alarms follow the unshifted day: a shift is never earlier, and is a working day.
func TestPropertyTheShiftedDayIsALaterWorkingDay(t *testing.T) {
	t.Parallel()
	eachRegime(t, func(t *rapid.T, _ string, count regime) {
		from, n, zone, c := someInstant(t), rapid.IntRange(1, 60).Draw(t, "n"), someZone(t), someCalendar(t)
		d := count(from, n, zone, c)
		require.Equal(t, d.Date, casework.DateOf(d.Due, zone))
		if d.Shifted != nil {
			require.Greater(t, d.Shifted.Date, d.Date)
			require.True(t, c.Works(d.Shifted.Date))
		}
	})
}

// Regulation (EEC, Euratom) 1182/71 Art. 3(5).
func TestPropertyTwoDaysOfTheUnionHoldTwoWorkingDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, n, c := someDate(t), rapid.IntRange(2, 20).Draw(t, "n"), someCalendar(t)
		worked := 0
		for day := from.AddDays(1); day <= later(EUDays(from, n, dublin, c)); day = day.AddDays(1) {
			if c.Works(day) {
				worked++
			}
		}
		require.GreaterOrEqual(t, worked, 2)
	})
}
