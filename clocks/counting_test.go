package clocks

import (
	"testing"
	"time"

	"dueprocess/casework"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var (
	dublin  = Zone("IE", "")
	boston  = Zone("US", "US-MA")
	chicago = Zone("US", "US-IL")
)

// shifted is the later day that a rule may allow; empty: none.
func shifted(d casework.Deadline) casework.Date {
	if d.Shifted == nil {
		return ""
	}
	return d.Shifted.Date
}

// The worked dates of law.md, section 8.3, and their neighbours.
func TestWorkedDates(t *testing.T) {
	for name, c := range map[string]struct {
		got         casework.Deadline
		date, later casework.Date
	}{
		"EPOC received on a Friday":                         {EUDays("2026-11-13", 10, dublin, Ireland), "2026-11-23", ""},
		"EPOC received before Christmas ends on a Sunday":   {EUDays("2026-12-17", 10, dublin, Ireland), "2026-12-27", "2026-12-28"},
		"EPOC on the first day of application":              {EUDays("2026-08-18", 10, dublin, Ireland), "2026-08-28", ""},
		"warrant for content: day after Thanksgiving works": {USDays("2026-11-13", 14, boston, USFederal), "2026-11-27", ""},
		"served so that it ends on Christmas":               {USDays("2026-12-11", 14, boston, USFederal), "2026-12-25", "2026-12-28"},
		"2703(f): ninety days":                              {USDays("2026-11-23", 90, boston, USFederal), "2027-02-21", "2027-02-22"},
		"2703(f): renewed":                                  {USDays("2027-02-21", 90, boston, USFederal), "2027-05-22", "2027-05-24"},
		"EPOC-PR: sixty days":                               {EUDays("2026-11-23", 60, dublin, Ireland), "2027-01-22", ""},
		"EPOC-PR: thirty more":                              {EUDays("2027-01-22", 30, dublin, Ireland), "2027-02-21", "2027-02-22"},
		"notice to the customer: seven days":                {Days("2026-11-20", 7, boston), "2026-11-27", ""},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.date, c.got.Date)
			assert.Equal(t, c.later, shifted(c.got))
		})
	}
}

// FRCrP 45(a)(1), FRCP 6(a)(1): every legal holiday, the day on which it is kept too, and weekends.
func TestUSDaysRunOn(t *testing.T) {
	for name, c := range map[string]struct{ last, later casework.Date }{
		"a working day":                        {"2026-11-24", ""},
		"a Saturday":                           {"2026-11-21", "2026-11-23"},
		"a Sunday":                             {"2026-11-22", "2026-11-23"},
		"New Year's Day":                       {"2027-01-01", "2027-01-04"},
		"Martin Luther King, 3rd Monday":       {"2026-01-19", "2026-01-20"},
		"Saturday before Martin Luther King":   {"2026-01-17", "2026-01-20"},
		"Washington, 3rd Monday":               {"2026-02-16", "2026-02-17"},
		"Memorial, last Monday":                {"2026-05-25", "2026-05-26"},
		"Juneteenth":                           {"2026-06-19", "2026-06-22"},
		"Independence kept on Friday":          {"2026-07-03", "2026-07-06"},
		"Independence on a Saturday":           {"2026-07-04", "2026-07-06"},
		"Labor, 1st Monday":                    {"2026-09-07", "2026-09-08"},
		"Columbus, 2nd Monday":                 {"2026-10-12", "2026-10-13"},
		"Veterans":                             {"2026-11-11", "2026-11-12"},
		"Thanksgiving, 4th Thursday":           {"2026-11-26", "2026-11-27"},
		"Christmas":                            {"2026-12-25", "2026-12-28"},
		"Christmas on a Sunday, kept Monday":   {"2022-12-26", "2022-12-27"},
		"the day after Thanksgiving is no day": {"2026-11-27", ""},
		"Election day is none":                 {"2026-11-03", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := USDays(c.last.AddDays(-14), 14, boston, USFederal)
			require.Equal(t, c.last, d.Date, "the day of the event is left out, every other counts")
			assert.Equal(t, c.later, shifted(d))
			if d.Shifted != nil {
				assert.Equal(t, "FRCrP 45(a)(1)(C); FRCP 6(a)(1)(C)", d.Shifted.Rule)
				assert.Contains(t, d.Computed, "US federal holidays, cal v")
			}
		})
	}
}

// Regulation (EEC, Euratom) 1182/71 Art. 3 with the Irish calendar.
func TestEUDaysRunOn(t *testing.T) {
	for name, c := range map[string]struct {
		from  casework.Date
		n     int
		date  casework.Date
		later casework.Date
		rule  string
	}{
		"a working day":                             {"2026-11-13", 10, "2026-11-23", "", ""},
		"a Saturday, 3(4)":                          {"2026-11-11", 10, "2026-11-21", "2026-11-23", "3(4)"},
		"St Patrick":                                {"2027-03-07", 10, "2027-03-17", "2027-03-18", "3(4)"},
		"Easter Monday":                             {"2027-03-19", 10, "2027-03-29", "2027-03-30", "3(4)"},
		"Good Friday is no public holiday there":    {"2027-03-16", 10, "2027-03-26", "", ""},
		"the October holiday, last Monday":          {"2026-10-16", 10, "2026-10-26", "2026-10-27", "3(4)"},
		"two days over a weekend, 3(5)":             {"2026-11-20", 2, "2026-11-22", "2026-11-24", "3(5)"},
		"two days that hold two working days":       {"2026-11-23", 2, "2026-11-25", "", ""},
		"two days from Thursday end on Saturday":    {"2026-11-19", 2, "2026-11-21", "2026-11-23", "3(4)"},
		"three days from Friday hold but one, 3(5)": {"2026-11-20", 3, "2026-11-23", "2026-11-24", "3(5)"},
		"one day over a weekend, 3(5) is silent":    {"2026-11-20", 1, "2026-11-21", "2026-11-23", "3(4)"},
		"Christmas and St Stephen":                  {"2026-12-24", 2, "2026-12-26", "2026-12-29", "3(5)"},
	} {
		t.Run(name, func(t *testing.T) {
			d := EUDays(c.from, c.n, dublin, Ireland)
			assert.Equal(t, c.date, d.Date)
			assert.Equal(t, c.later, shifted(d))
			if d.Shifted != nil {
				assert.Equal(t, "Regulation (EEC, Euratom) 1182/71 Art. "+c.rule, d.Shifted.Rule)
			}
		})
	}
}

// A day is due when it ends where the authority is, whatever the clocks did that day.
func TestADayEndsInItsZone(t *testing.T) {
	for name, c := range map[string]struct {
		country, subdivision string
		day                  casework.Date
		due                  string
	}{
		"winter in Boston":                    {"US", "US-MA", "2026-12-04", "2026-12-05T04:59:59Z"},
		"summer in Boston":                    {"US", "US-MA", "2026-07-01", "2026-07-02T03:59:59Z"},
		"the day Boston's clocks go forward":  {"US", "US-MA", "2026-03-08", "2026-03-09T03:59:59Z"},
		"the day Boston's clocks go back":     {"US", "US-MA", "2026-11-01", "2026-11-02T04:59:59Z"},
		"Arizona keeps its time":              {"US", "US-AZ", "2026-07-01", "2026-07-02T06:59:59Z"},
		"Hawaii":                              {"US", "US-HI", "2026-07-01", "2026-07-02T09:59:59Z"},
		"a federal body has the capital's":    {"US", "", "2026-12-04", "2026-12-05T04:59:59Z"},
		"Dublin in winter":                    {"IE", "", "2026-11-30", "2026-11-30T23:59:59Z"},
		"Dublin in summer":                    {"IE", "", "2026-08-28", "2026-08-28T22:59:59Z"},
		"the day Dublin's clocks go forward":  {"IE", "", "2027-03-28", "2027-03-28T22:59:59Z"},
		"the day Dublin's clocks go back":     {"IE", "", "2026-10-25", "2026-10-25T23:59:59Z"},
		"India is half an hour off":           {"IN", "", "2026-11-30", "2026-11-30T18:29:59Z"},
		"Sydney is ahead":                     {"AU", "", "2026-12-01", "2026-12-01T12:59:59Z"},
		"Perth has a zone of its own":         {"AU", "AU-WA", "2026-12-01", "2026-12-01T15:59:59Z"},
		"Beirut's midnight is skipped":        {"LB", "", "2026-03-28", "2026-03-28T21:59:59Z"},
		"an unknown subdivision: the capital": {"DE", "DE-NW", "2026-12-01", "2026-12-01T22:59:59Z"},
		"an unknown country: UTC":             {"ZZ", "", "2026-12-01", "2026-12-01T23:59:59Z"},
		"a territory":                         {"PR", "", "2026-07-01", "2026-07-02T03:59:59Z"},
	} {
		t.Run(name, func(t *testing.T) {
			zone := Zone(c.country, c.subdivision)
			d := On(c.day, zone)
			assert.Equal(t, c.due, d.Due.Format(time.RFC3339))
			assert.Equal(t, c.day, d.Date)
			assert.Equal(t, zone.String(), d.Zone)
		})
	}
}

// Hours run on through nights, weekends and changes of the clocks.
func TestHours(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		n    int
		zone *time.Location
		due  string
		date casework.Date
	}{
		"eight hours of an emergency":          {"2026-11-20T15:04:05Z", 8, dublin, "2026-11-20T23:04:05Z", "2026-11-20"},
		"into the next day of the zone":        {"2026-08-20T15:04:05Z", 8, dublin, "2026-08-20T23:04:05Z", "2026-08-21"},
		"through a weekend":                    {"2026-11-21T20:00:00Z", 8, dublin, "2026-11-22T04:00:00Z", "2026-11-22"},
		"through an hour that is skipped":      {"2026-03-08T06:30:00Z", 8, boston, "2026-03-08T14:30:00Z", "2026-03-08"},
		"through an hour that comes twice":     {"2026-11-01T04:30:00Z", 8, boston, "2026-11-01T12:30:00Z", "2026-11-01"},
		"one hour of a removal order":          {"2026-12-25T23:30:00Z", 1, chicago, "2026-12-26T00:30:00Z", "2026-12-25"},
		"a part of a second is not given":      {"2026-11-20T15:04:05.9Z", 1, dublin, "2026-11-20T16:04:05Z", "2026-11-20"},
		"an instant given with another zone's": {"2026-11-20T10:04:05-05:00", 8, dublin, "2026-11-20T23:04:05Z", "2026-11-20"},
	} {
		t.Run(name, func(t *testing.T) {
			from, err := time.Parse(time.RFC3339, c.from)
			require.NoError(t, err)
			d := Hours(from, c.n, c.zone)
			assert.Equal(t, c.due, d.Due.Format(time.RFC3339))
			assert.Equal(t, c.date, d.Date)
			assert.Nil(t, d.Shifted, "hours do not run on")
		})
	}
}

func TestBusinessDays(t *testing.T) {
	for name, c := range map[string]struct {
		from casework.Date
		n    int
		c    *Calendar
		want casework.Date
	}{
		"over a weekend":              {"2026-11-20", 2, USFederal, "2026-11-24"},
		"over Thanksgiving":           {"2026-11-20", 7, USFederal, "2026-12-02"},
		"from a Saturday":             {"2026-11-21", 1, USFederal, "2026-11-23"},
		"over Christmas in Ireland":   {"2026-12-24", 1, Ireland, "2026-12-28"},
		"over Christmas in the US":    {"2026-12-24", 1, USFederal, "2026-12-28"},
		"where no holidays are known": {"2026-12-24", 1, Shipped().Of("XK"), "2026-12-25"},
		"none":                        {"2026-11-20", 0, USFederal, "2026-11-20"},
	} {
		t.Run(name, func(t *testing.T) {
			d := BusinessDays(c.from, c.n, boston, c.c)
			assert.Equal(t, c.want, d.Date)
			assert.Nil(t, d.Shifted)
		})
	}
}

func TestCalendarOf(t *testing.T) {
	assert.Same(t, USFederal, Shipped().Of("US"))
	assert.Same(t, Ireland, Shipped().Of("IE"))
	assert.False(t, Shipped().Of("XK").Works("2026-11-21"), "a Saturday")
	assert.True(t, Shipped().Of("XK").Works("2026-12-25"))
}

// What a deadline says of itself is what a reader can check by hand.
func TestComputedSaysEveryStep(t *testing.T) {
	from := time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)
	for want, got := range map[string]casework.Deadline{
		"Thursday 2026-12-17 and 10 days: Sunday 2026-12-27; the rule may allow Monday 2026-12-28: " +
			"Regulation (EEC, Euratom) 1182/71 Art. 3(4) (" + Ireland.name + ")": EUDays("2026-12-17", 10, dublin, Ireland),
		"Friday 2026-11-13 and 14 days: Friday 2026-11-27":                                  USDays("2026-11-13", 14, boston, USFederal),
		"Friday 2026-11-20 and 2 working days: Tuesday 2026-11-24 (" + USFederal.name + ")": BusinessDays("2026-11-20", 2, boston, USFederal),
		"Friday 2026-11-20 15:04:05 GMT and 8 hours: Friday 2026-11-20 23:04:05 GMT":        Hours(from, 8, dublin),
		"Friday 2026-11-20 10:04:05 EST and 30 minutes: Friday 2026-11-20 10:34:05 EST":     Elapsed(from, 30*time.Minute, boston),
		"the end of Friday 2026-12-04 in America/New_York":                                  On("2026-12-04", boston),
	} {
		assert.Equal(t, want, got.Computed)
	}
}

func someDate(t *rapid.T) casework.Date {
	return casework.Date("2020-01-01").AddDays(rapid.IntRange(0, 5000).Draw(t, "day"))
}

func someZone(t *rapid.T) *time.Location {
	return Zone(rapid.SampledFrom([]string{"US", "IE", "IN", "AU", "LB", "CL", "WS", "ZZ"}).Draw(t, "zone"), "")
}

// Alarms follow the unshifted day: it is the event's day and n more, the shift is never earlier, and it is a working day.
func TestPropertyShiftsAreLaterWorkingDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, n, zone := someDate(t), rapid.IntRange(1, 120).Draw(t, "n"), someZone(t)
		for calendar, d := range map[*Calendar]casework.Deadline{USFederal: USDays(from, n, zone, USFederal), Ireland: EUDays(from, n, zone, Ireland)} {
			require.Equal(t, from.AddDays(n), d.Date)
			if !calendar.Works(d.Date) {
				require.NotNil(t, d.Shifted, "%s is no working day", d.Date)
			}
			if n > 7 && calendar.Works(d.Date) {
				require.Nil(t, d.Shifted)
			}
			if d.Shifted != nil {
				require.Greater(t, d.Shifted.Date, d.Date)
				require.True(t, calendar.Works(d.Shifted.Date))
			}
		}
	})
}

// A day is due in its last second in the zone: that second is of the day, the next is not.
func TestADayIsDueInItsLastSecondInEveryZone(t *testing.T) {
	for place, zone := range zones {
		for n := range 3 * 366 {
			day := casework.Date("2020-01-01").AddDays(n)
			d := On(day, zone)
			require.Equal(t, day, casework.DateOf(d.Due, zone), place)
			require.Equal(t, day.AddDays(1), casework.DateOf(d.Due.Add(time.Second), zone), place)
		}
	}
}

// Business days: between the event and the last day lie exactly n working days.
func TestPropertyBusinessDaysAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, n := someDate(t), rapid.IntRange(1, 30).Draw(t, "n")
		last := BusinessDays(from, n, boston, USFederal).Date
		worked := 0
		for d := from.AddDays(1); d <= last; d = d.AddDays(1) {
			if USFederal.Works(d) {
				worked++
			}
		}
		require.Equal(t, n, worked)
		require.True(t, USFederal.Works(last))
	})
}

func TestEveryZoneOfTheTablesIsKnown(t *testing.T) {
	for _, table := range []map[string]string{capitals, subdivisions} {
		for place, name := range table {
			assert.Equal(t, name, Zone("", place).String())
		}
	}
	assert.Panics(t, func() { mustLoad("Nowhere/Town") })
}
