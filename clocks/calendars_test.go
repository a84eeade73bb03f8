package clocks

import (
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// Ten years of every calendar, day by day, against the library that the dates come from; twice, since what was found once
// is remembered.
func TestEveryCalendarAgreesWithItsSource(t *testing.T) {
	t.Parallel()
	require.Greater(t, len(library), 70)
	for code, c := range library {
		theirs := cal.NewBusinessCalendar()
		theirs.AddHoliday(c.holidays.Holidays...)
		free := 0
		for range 2 {
			for day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2034; day = day.AddDate(0, 0, 1) {
				actual, observed, _ := theirs.IsHoliday(day)
				want := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !actual && (!c.observed || !observed)
				require.Equal(t, want, c.Works(casework.DateOf(day, time.UTC)), "%s %s", code, day)
				if actual {
					free++
				}
			}
		}
		require.GreaterOrEqual(t, free, 2*10*4, "%s has holidays in every year", code)
	}
}

func TestAPartHasItsOwnCalendarElseItsCountrys(t *testing.T) {
	t.Parallel()
	epiphany := casework.Date("2027-01-06")
	require.False(t, Shipped().Of("DE-BY").Works(epiphany))
	require.True(t, Shipped().Of("DE-BE").Works(epiphany))
	require.True(t, Shipped().Of("DE").Works(epiphany))
	require.Same(t, USFederal, Shipped().Of("US-MA"))
	require.True(t, Shipped().Of("XX").Works("2026-12-25"), "not known here")
}
