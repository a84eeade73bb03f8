package clocks

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

// overridden is the calendars of the stories: an executive order, a State's own days, a day of mourning, and a country
// that the library does not know.
func overridden(t *testing.T) *Calendars {
	t.Helper()
	calendars, faults := NewCalendars([]Override{
		{Place: "US-MA", Version: "ma-1", Source: "M.G.L. c. 4 s. 7", From: 2027, To: 2027, Closed: []Day{{"2027-04-19", "Patriots' Day"}}, Open: []Day{{"2027-10-11", "Columbus Day, kept no more"}}},
		{Place: "US", Version: "2026-11-01", Source: "Executive Order of 1 November 2026", From: 2026, To: 2027, Closed: []Day{{"2026-12-24", "Christmas Eve"}}},
		{Place: "DE", Version: "2", Source: "Bundestag, 1 February 2027", From: 2027, To: 2027, Closed: []Day{{"2027-02-12", "a day of mourning"}}, Open: []Day{{"2027-05-01", "Labour Day, a Saturday"}, {"2027-05-17", "Whit Monday"}}},
		{Place: "HU", Version: "2027", Source: "Act XCIII of 1990", From: 2027, To: 2027, Closed: []Day{{"2027-03-15", "National Day"}}},
	})
	require.Empty(t, faults)
	return calendars
}

func TestAnOverrideHoldsForItsPlaceAndItsParts(t *testing.T) {
	t.Parallel()
	calendars := overridden(t)
	for what, c := range map[string]struct {
		place string
		day   casework.Date
		works bool
	}{
		"a day that is closed":                       {"US", "2026-12-24", false},
		"the same day of another year":               {"US", "2027-12-23", true},
		"a part that has no calendar of its own":     {"US-CA", "2026-12-24", false},
		"a part with days of its own has both":       {"US-MA", "2026-12-24", false},
		"a part's own day":                           {"US-MA", "2027-04-19", false},
		"which is not the country's":                 {"US", "2027-04-19", true},
		"nor another part's":                         {"US-CA", "2027-04-19", true},
		"a holiday that a part opens":                {"US-MA", "2027-10-11", true},
		"which stays one elsewhere":                  {"US", "2027-10-11", false},
		"a country's day in a part of the library's": {"DE-BY", "2027-02-12", false},
		"the part keeps its own holidays":            {"DE-BY", "2027-01-06", false},
		"a holiday that the country opens":           {"DE-BY", "2027-05-17", true},
		"a Saturday that is opened stays a Saturday": {"DE", "2027-05-01", false},
		"a country that the library does not know":   {"HU", "2027-03-15", false},
		"works on other days":                        {"HU", "2027-03-16", true},
		"and not at weekends":                        {"HU", "2027-03-14", false},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.works, calendars.Of(c.place).Works(c.day))
		})
	}
}

func TestOverridesLeaveTheLibrarysCalendarsAsTheyAre(t *testing.T) {
	t.Parallel()
	calendars := overridden(t)
	require.True(t, Shipped().Of("US").Works("2026-12-24"))
	require.Same(t, Shipped().Of("FR"), calendars.Of("FR"), "what it remembers is shared")
	none, faults := NewCalendars(nil)
	require.Empty(t, faults)
	require.Equal(t, Shipped().All(), none.All())
}

func TestACalendarSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	calendars := overridden(t)
	assert.Equal(t, "US federal holidays, cal v2.1.13", USFederal.Origin().String())
	assert.Equal(t, "US federal holidays, cal v2.1.13, with 2026-11-01", calendars.Of("US").Origin().String())
	assert.Equal(t, Origin{
		Place: "US-MA", Name: "US federal holidays", Version: "cal v2.1.13, with 2026-11-01 and ma-1",
		Source: "github.com/rickar/cal; Executive Order of 1 November 2026; M.G.L. c. 4 s. 7", From: firstYear, To: lastYear,
	}, calendars.Of("US-MA").Origin())
	assert.Equal(t, "public holidays of Germany, BY, cal v2.1.13, with 2", calendars.Of("DE-BY").Origin().String())
	assert.Equal(t, Origin{Place: "HU", Name: "weekends only", Version: "with 2027", Source: "none; Act XCIII of 1990", From: 2027, To: 2027}, calendars.Of("HU").Origin())
	for _, c := range calendars.All() {
		o := c.Origin()
		assert.True(t, o.Place != "" && o.Name != "" && o.Source != "" && o.Version != "" && 0 < o.From && o.From <= o.To, "%+v", o)
		assert.Same(t, c, calendars.Of(o.Place))
	}
	assert.True(t, slices.IsSortedFunc(calendars.All(), cmpPlaces))
	assert.Len(t, calendars.All(), len(library)+2, "US-MA and HU")
}

func cmpPlaces(a, b *Calendar) int {
	return slices.Compare([]byte(a.origin.Place), []byte(b.origin.Place))
}

func TestADeadlineBeyondTheYearsOfItsCalendarSaysSo(t *testing.T) {
	t.Parallel()
	const says = "is beyond the years of this calendar"
	for what, d := range map[string]casework.Deadline{
		"before the first year":            USDays("2019-06-03", 14, boston, USFederal),
		"after the last":                   EUDays("2034-06-01", 10, dublin, Ireland),
		"only the shifted day is":          USDays("2033-12-17", 14, boston, USFederal),
		"only the day of the event is":     BusinessDays("2019-12-31", 2, boston, USFederal),
		"hours":                            USHours(instant(t, "2034-06-01T12:00:00Z"), 1, boston, USFederal),
		"hours whose shifted day alone is": USHours(instant(t, "2033-12-31T12:00:00Z"), 1, boston, USFederal),
		"months":                           EUMonths("2033-12-01", 2, dublin, Ireland),
		"Japan, a year before the others":  BusinessDays("2033-06-01", 2, time.UTC, Shipped().Of("JP")),
	} {
		assert.Contains(t, d.Computed, says, what)
	}
	for what, d := range map[string]casework.Deadline{
		"the last day":             USDays("2033-12-16", 14, boston, USFederal),
		"the first":                EUDays("2019-12-22", 10, dublin, Ireland),
		"days need no calendar":    Days("2050-01-01", 10, boston),
		"no holidays at all known": BusinessDays("2050-01-01", 10, boston, Shipped().Of("XK")),
	} {
		assert.NotContains(t, d.Computed, says, what)
	}
}

func TestAPlaceThatOnlyOverridesKnowIsGoodForTheYearsOfAllOfThem(t *testing.T) {
	t.Parallel()
	override := func(version string, from, to int) Override {
		day := Day{casework.DateOf(time.Date(from, 8, 20, 0, 0, 0, 0, time.UTC), time.UTC), "St Stephen"}
		return Override{Place: "HU", Version: version, Source: "a test", From: from, To: to, Closed: []Day{day}}
	}
	calendars, faults := NewCalendars([]Override{override("b", 2027, 2027), override("a", 2025, 2026), override("c", 2028, 2030)})
	require.Empty(t, faults)
	o := calendars.Of("HU").Origin()
	assert.Equal(t, [2]int{2025, 2030}, [2]int{o.From, o.To})
	assert.Equal(t, "with b and a and c", o.Version)
}

// A release that is named must be the one that is built in.
func TestTheLibrarysReleaseIsTheOneOfTheModule(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../go.mod")
	require.NoError(t, err)
	require.Contains(t, string(text), "github.com/rickar/cal/v2 "+release[len("cal "):]+"\n")
}

func TestEveryFaultOfOverridesIsFoundAtOnce(t *testing.T) {
	t.Parallel()
	calendars, faults := NewCalendars([]Override{
		{Place: "XX", Version: "1", Source: "somebody", From: 2026, To: 2026, Closed: []Day{{"2026-12-24", "a"}}},
		{Place: "US", From: 2027, To: 2026, Open: []Day{{"2026-12-25", "b"}}},
		{Place: "US", Version: "2", Source: "s", From: 2026, To: 2027, Closed: []Day{{"2026-12-24", "c"}, {"2028-12-24", "d"}, {"", "e"}}, Open: []Day{{"2026-12-24", "f"}, {"2026-12-25", ""}}},
		{Version: "2", Source: "s"},
		{Place: "US", Version: "2", Source: "s"},
		{Place: "US-MA", Version: "2", Source: "s", From: 2026, To: 2026, Closed: []Day{{"2026-12-24", "another place"}, {"soon", "g"}, {"2026-04-20", "h"}, {"2026-04-20", "h"}}},
	})
	require.Nil(t, calendars)
	assert.Equal(t, []Fault{
		{"[0].place", `"XX" is no place that is known here; write it as ISO 3166 does: US, US-MA`},
		{"[1].source", "the source is missing: which act says so"},
		{"[1].version", "the version is missing: deadlines name it"},
		{"[1].years", "the last year is before the first"},
		{"[2].closed[1].date", "2028-12-24 is outside the years 2026 to 2027"},
		{"[2].closed[2].date", "the day has no date"},
		{"[2].open[0].date", "2026-12-24 is named twice for US"},
		{"[2].open[1].name", "the day has no name"},
		{"[2].open[1].date", "2026-12-25 is named twice for US"},
		{"[3].place", "the place is missing: write it as ISO 3166 does: US, US-MA"},
		{"[3]", "names no day: say closed, open or both"},
		{"[3].years", "the years are missing: the first and the last that it speaks of"},
		{"[4].version", "the version 2 of US stands here twice"},
		{"[4]", "names no day: say closed, open or both"},
		{"[4].years", "the years are missing: the first and the last that it speaks of"},
		{"[5].closed[1].date", "the day has no date"},
		{"[5].closed[3].date", "2026-04-20 is named twice for US-MA"},
	}, faults)
}

// Days that the library itself is told of must come out as days that an override names.
func TestOverridesAgreeWithTheLibraryItself(t *testing.T) {
	t.Parallel()
	for place, shipped := range library {
		theirs := cal.NewBusinessCalendar()
		closed, open := disturbed(shipped, theirs)
		calendars, faults := NewCalendars([]Override{{Place: place, Version: "1", Source: "a test", From: 2024, To: 2033, Closed: closed, Open: open}})
		require.Empty(t, faults)
		for range 2 {
			for day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2034; day = day.AddDate(0, 0, 1) {
				actual, observed, _ := theirs.IsHoliday(day)
				want := !isWeekend(day) && !actual && (!shipped.observed || !observed)
				require.Equal(t, want, calendars.Of(place).Works(casework.DateOf(day, time.UTC)), "%s %s", place, day)
			}
		}
	}
}

// disturbed tells the library of the place's holidays with one more day a year, and without the weekday holidays of one
// month; and returns both as an override says them.
func disturbed(c *Calendar, theirs *cal.BusinessCalendar) (closed, open []Day) {
	holidays := map[*cal.Holiday]*cal.Holiday{}
	for _, h := range c.holidays.Holidays {
		holidays[h] = h.Clone(nil)
	}
	for year := 2024; year < 2034; year++ {
		one := time.Date(year, time.Month(year%12+1), 11+year%7, 0, 0, 0, 0, time.UTC)
		for day := time.Date(year, 5, 1, 0, 0, 0, 0, time.UTC); day.Month() == 5; day = day.AddDate(0, 0, 1) {
			if actual, _, h := c.holidays.IsHoliday(day); actual && !isWeekend(day) && !day.Equal(one) {
				open = append(open, Day{casework.DateOf(day, time.UTC), "opened"})
				for actual { // two holidays may fall on one day
					holidays[original(c, h)].Except = append(holidays[original(c, h)].Except, year)
					actual, h = stillHoliday(c, holidays, day)
				}
			}
		}
		closed = append(closed, Day{casework.DateOf(one, time.UTC), "closed"})
		theirs.AddHoliday(&cal.Holiday{Name: "closed", Month: one.Month(), Day: one.Day(), StartYear: year, EndYear: year, Func: cal.CalcDayOfMonth})
	}
	for _, h := range c.holidays.Holidays {
		theirs.AddHoliday(holidays[h])
	}
	return closed, open
}

func original(c *Calendar, h *cal.Holiday) *cal.Holiday {
	return c.holidays.Holidays[slices.Index(c.holidays.Holidays, h)]
}

// stillHoliday finds the next of the place's holidays that makes the day one.
func stillHoliday(c *Calendar, now map[*cal.Holiday]*cal.Holiday, day time.Time) (bool, *cal.Holiday) {
	for _, h := range c.holidays.Holidays {
		if actual, _ := now[h].Calc(day.Year()); !actual.IsZero() && actual.Month() == day.Month() && actual.Day() == day.Day() {
			return true, h
		}
	}
	return false, nil
}

// someCalendar is one of the library's, or one with days of the test's own laid over it.
func someCalendar(t *rapid.T) *Calendar {
	place := rapid.SampledFrom([]string{"US", "IE", "DE-BY", "JP", "XK"}).Draw(t, "place")
	days := rapid.SliceOfNDistinct(rapid.IntRange(0, 730), 0, 40, rapid.ID).Draw(t, "days")
	o := Override{Place: place, Version: "1", Source: "a test", From: 2026, To: 2028, Closed: []Day{{"2028-12-22", "at least one"}}}
	for i, n := range days {
		d := Day{casework.Date("2026-01-01").AddDays(n), "a day"}
		if i%2 == 0 {
			o.Closed = append(o.Closed, d)
		} else {
			o.Open = append(o.Open, d)
		}
	}
	calendars, faults := NewCalendars([]Override{o})
	require.Empty(t, faults)
	return rapid.SampledFrom([]*Calendar{Shipped().Of(place), calendars.Of(place)}).Draw(t, "overridden")
}
