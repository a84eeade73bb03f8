package policy

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/clocks"
)

// ordered closes the last day of a comity motion, and days of Ireland and Massachusetts.
const ordered = `calendars:
  - place: US
    version: 2026-11-01
    source: Executive Order of 1 November 2026
    years: [2026, 2027]
    closed: [{date: 2026-12-24, name: Christmas Eve}]
  - place: US-MA
    version: 7
    source: M.G.L. c. 4 s. 7
    years: 2027
    closed: [{date: 2027-04-19, name: "Patriots' Day"}]
    open: [{date: 2027-10-11, name: Columbus Day}]
  - place: IE
    version: 2026-11-20
    source: S.I. No. 1 of 2026
    years: [2026]
    closed: [{date: 2026-11-30, name: a day of mourning}]
`

// withCalendars is the default rulebook with a file of calendars.
func withCalendars(t *testing.T, text string) *Rulebook {
	t.Helper()
	files := shelf(t)
	files[calendarsFile] = &fstest.MapFile{Data: []byte(text)}
	book, err := Load(files)
	require.NoError(t, err)
	return book
}

func TestARulebookOverridesCalendars(t *testing.T) {
	t.Parallel()
	calendars := withCalendars(t, ordered).Calendars()
	assert.False(t, calendars.Of("US").Works("2026-12-24"))
	assert.False(t, calendars.Of("US-MA").Works("2026-12-24"), "a part has its country's")
	assert.False(t, calendars.Of("US-MA").Works("2027-04-19"))
	assert.True(t, calendars.Of("US-MA").Works("2027-10-11"))
	assert.False(t, calendars.Of("IE").Works("2026-11-30"))
	assert.Equal(t, clocks.Origin{
		Place: "US-MA", Name: "US federal holidays", Version: "cal v2.1.13, with 2026-11-01 and 7",
		Source: "github.com/rickar/cal; Executive Order of 1 November 2026; M.G.L. c. 4 s. 7", From: 2020, To: 2033,
	}, calendars.Of("US-MA").Origin())
}

func TestARulebookNeedsNoCalendars(t *testing.T) {
	t.Parallel()
	files := shelf(t)
	require.Contains(t, files, calendarsFile, "the form is explained in an empty one")
	delete(files, calendarsFile)
	book, err := Load(files)
	require.NoError(t, err)
	assert.Same(t, clocks.Shipped(), book.Calendars())
	assert.Equal(t, clocks.Shipped().All(), Default().Calendars().All(), "the embedded one overrides nothing")
}

func TestAChangedCalendarIsAChangedRulebook(t *testing.T) {
	t.Parallel()
	book := withCalendars(t, ordered)
	assert.NotEqual(t, Default().Identity().SHA256, book.Identity().SHA256)
	laid, err := book.WithProfile([]byte("notice_period: 10 days\n"), "p.yaml")
	require.NoError(t, err)
	assert.Same(t, book.Calendars(), laid.Calendars(), "a profile leaves the calendars alone")
}

func TestDeadlinesAreCountedByTheRulebooksCalendars(t *testing.T) {
	t.Parallel()
	book := withCalendars(t, ordered)
	for name, c := range map[string]struct {
		due    due
		change func(*casework.Request)
		date   casework.Date
		later  casework.Date
		says   string
	}{
		"a comity motion that ends on the closed day": {
			due{count: countUSDays, n: 14, from: fromService}, of("US", "US-CA", "2026-12-10"), "2026-12-24", "2026-12-28",
			"(US federal holidays, cal v2.1.13, with 2026-11-01)",
		},
		"the State of a US authority adds its own": {
			due{count: countUSDays, n: 14, from: fromService}, of("US", "US-MA", "2027-04-05"), "2027-04-19", "2027-04-20",
			"(US federal holidays, cal v2.1.13, with 2026-11-01 and 7)",
		},
		"another authority's part does not": {
			due{count: countUSDays, n: 14, from: fromService}, of("DE", "DE-BY", "2027-01-06"), "2027-01-20", "", "14 days",
		},
		"the establishment's State": {
			due{count: countEUDays, n: 10, from: fromService}, served("2026-11-20"), "2026-11-30", "2026-12-01",
			"(Irish public holidays, cal v2.1.13, with 2026-11-20)",
		},
		"its months": {
			due{count: countEUMonths, n: 1, from: fromService}, served("2026-10-30"), "2026-11-30", "2026-12-01", "Friday 2026-10-30 and 1 month",
		},
		"working days at home": {
			due{count: countWorkingDays, n: 2, from: fromService}, served("2026-12-23"), "2026-12-29", "", "with 2026-11-01",
		},
		"months of no law": {
			due{count: countMonths, n: 1, from: fromService}, served("2026-11-24"), "2026-12-24", "", "1 month: Thursday 2026-12-24",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := warrant(t)
			c.change(&req)
			requireDue(t, book, req, c.due, c.date, c.later, c.says)
		})
	}
}

func TestHoursAreCountedByTheLawThatCountsTheDays(t *testing.T) {
	t.Parallel()
	emergency := func(r *casework.Request) { r.Emergency.Claimed = true }
	calm := func(*casework.Request) {}
	us, eu := "FRCrP 45(a)(2)(C)", "1182/71 Art. 3(1), 3(2)(a)"
	for name, c := range map[string]struct {
		due    due
		change func(*casework.Request)
		says   string
		not    string
	}{
		"US hours":                             {due{count: countUSHours, n: 24}, calm, us, eu},
		"EU hours":                             {due{count: countEUHours, n: 24}, calm, eu, us},
		"hours of no law":                      {due{count: countHours, n: 24}, calm, "24 hours", "Art. 3"},
		"hours of an emergency beside US days": {due{count: countUSDays, n: 14, hours: 24}, emergency, us, eu},
		"beside EU days":                       {due{count: countEUDays, n: 10, hours: 24}, emergency, eu, us},
		"beside EU months":                     {due{count: countEUMonths, n: 1, hours: 24}, emergency, eu, us},
		"beside days of no law":                {due{count: countDays, n: 10, hours: 24}, emergency, "24 hours", "Art. 3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := warrant(t)
			req.ReceivedAt = casework.Date("2026-12-23").Start(utc).Add(17 * time.Hour)
			c.change(&req)
			d, err := c.due.reckon(withCalendars(t, ordered).look(&req, Facts{}).as(req.Instrument.Type, req.Instrument.Type))
			require.NoError(t, err)
			assert.Equal(t, req.ReceivedAt.Add(24*time.Hour), d.Due, "no regime moves the alarm")
			assert.Contains(t, d.Computed, c.says)
			assert.NotContains(t, d.Computed, c.not)
		})
	}
}

func TestAnEmergencyCertificateSaysToWhenTheRuleRuns(t *testing.T) {
	t.Parallel()
	var req casework.Request
	require.Empty(t, casework.Decode(readScenario(t, "testdata/cases/eu_epoc_content.json").Request, &req))
	req.Emergency.Claimed = true
	d := Default().Determine(req, Facts{AuthorityKnown: true})
	for _, kind := range []casework.DeadlineKind{casework.DueRespond, casework.DueObject} {
		due, ok := d.DeadlineOf(kind)
		require.True(t, ok, kind)
		assert.Contains(t, due.Computed, "and 8 hours: ")
		assert.Contains(t, due.Computed, "so the rule itself runs to ")
		assert.Equal(t, req.ReceivedAt.Add(8*time.Hour), due.Due)
	}
}

func TestOurOwnTargetsAreCountedByTheRulebooksCalendars(t *testing.T) {
	t.Parallel()
	req := warrant(t)
	req.ReceivedAt = casework.Date("2026-12-23").Start(utc).Add(17 * time.Hour)
	due, ok := withCalendars(t, ordered).Determine(req, Facts{AuthorityKnown: true}).DeadlineOf(casework.DueAcknowledge)
	require.True(t, ok)
	assert.Equal(t, casework.Date("2026-12-29"), due.Date, "two working days; the 24th is closed")
}

func warrant(t *testing.T) casework.Request {
	t.Helper()
	var req casework.Request
	require.Empty(t, casework.Decode(readScenario(t, "testdata/cases/us_warrant_all.json").Request, &req))
	return req
}

func served(on casework.Date) func(*casework.Request) {
	return func(r *casework.Request) { r.Instrument.ServedOn = on }
}

func of(country, subdivision string, on casework.Date) func(*casework.Request) {
	return func(r *casework.Request) {
		r.Authority.Country, r.Authority.Subdivision, r.Instrument.ServedOn = country, subdivision, on
	}
}

func requireDue(t *testing.T, book *Rulebook, req casework.Request, due due, date, later casework.Date, says string) {
	t.Helper()
	d, err := due.reckon(book.look(&req, Facts{}).as(req.Instrument.Type, req.Instrument.Type))
	require.NoError(t, err)
	require.Equal(t, date, d.Date)
	require.Contains(t, d.Computed, says)
	if later == "" {
		require.Nil(t, d.Shifted)
		return
	}
	require.NotNil(t, d.Shifted)
	require.Equal(t, later, d.Shifted.Date)
}

func TestLoadNamesEachFaultOfCalendars(t *testing.T) {
	t.Parallel()
	head := "calendars:\n  - place: US\n    version: 1\n    source: s\n    years: [2026, 2027]\n    "
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"an unknown place":          {"calendars: [{place: XX, version: 1, source: s, years: 2026, closed: {date: 2026-12-24, name: a}}]\n", []string{`calendars.yaml:1:21: "XX" is no place`}},
		"a date outside the years":  {head + "closed: [{date: 2028-12-24, name: a}]\n", []string{"calendars.yaml:6:21: 2028-12-24 is outside the years 2026 to 2027"}},
		"a date closed and open":    {head + "closed: [{date: 2026-12-24, name: a}]\n    open: [{date: 2026-12-24, name: a}]\n", []string{"calendars.yaml:7:19: 2026-12-24 is named twice for US"}},
		"years in the wrong order":  {"calendars:\n  - place: US\n    version: 1\n    source: s\n    years: [2027, 2026]\n    closed: {date: 2026-12-24, name: a}\n", []string{"calendars.yaml:5:12: the last year is before the first"}},
		"three years":               {"calendars:\n  - place: US\n    version: 1\n    source: s\n    years: [2026, 2027, 2028]\n    closed: {date: 2026-12-24, name: a}\n", []string{"calendars.yaml:5:12: is one year, or the first and the last"}},
		"years that are none":       {"calendars:\n  - place: US\n    version: 1\n    source: s\n    years: soon\n    closed: {date: 2026-12-24, name: a}\n", []string{"calendars.yaml:5:12: must be a whole number"}},
		"no years":                  {"calendars:\n  - place: US\n    version: 1\n    source: s\n    years: []\n    closed: {date: 2026-12-24, name: a}\n", []string{"calendars.yaml:5:12: is an empty list"}},
		"nothing that must be said": {"calendars:\n  - closed: [{}]\n", []string{"calendars.yaml:2:5: the place is missing", "calendars.yaml:2:5: the source is missing", "calendars.yaml:2:5: the version is missing", "calendars.yaml:2:5: the years are missing", "calendars.yaml:2:14: the day has no date", "calendars.yaml:2:14: the day has no name"}},
		"an empty source":           {"calendars:\n  - place: US\n    version: 1\n    source: \"\"\n    years: 2026\n    closed: {date: 2026-12-24, name: a}\n", []string{"calendars.yaml:4:13: is empty"}},
		"no date":                   {head + "closed: [{date: soon, name: a}]\n", []string{"calendars.yaml:6:21: is not a date"}},
		"an unknown field":          {head + "shut: [{date: 2026-12-24, name: a}]\n", []string{"calendars.yaml:2:5: names no day", "calendars.yaml:6:5: unknown key \"shut\""}},
		"an unknown field of a day": {head + "closed: [{date: 2026-12-24, name: a, hour: 3}]\n", []string{"calendars.yaml:6:42: unknown key \"hour\""}},
		"an unknown list":           {"holidays: []\n", []string{"calendars.yaml:1:1: unknown key \"holidays\""}},
		"an empty list of days":     {head + "closed: []\n", []string{"calendars.yaml:2:5: names no day", "calendars.yaml:6:13: is an empty list"}},
		"a version twice":           {head + "closed: [{date: 2026-12-24, name: a}]\n  - {place: US, version: 1, source: s, years: 2026, closed: {date: 2026-12-23, name: b}}\n", []string{"calendars.yaml:7:26: the version 1 of US stands here twice"}},
		"no list":                   {"calendars: nothing\n", []string{"calendars.yaml:1:12: must say place, version"}},
		"all at once": {
			"calendars:\n  - {place: US, version: 1, source: s, years: 2026, closed: {date: 2027-12-23, name: b}}\n  - {place: Mars, version: 1, source: s, years: [2027, 2026], open: {date: never, name: b}}\n",
			[]string{"calendars.yaml:2:68: 2027-12-23 is outside", `calendars.yaml:3:13: "Mars" is no place`, "calendars.yaml:3:49: the last year", "calendars.yaml:3:76: is not a date"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := shelf(t)
			files[calendarsFile] = &fstest.MapFile{Data: []byte(c.file)}
			requireFaults(t, files, c.want)
		})
	}
}

func TestLoadChecksHowDeadlinesAreCounted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		deadline string
		want     []string
	}{
		"an unknown regime":           {"{kind: respond, count: fortnights, n: 1}", []string{"x.yaml:5:45: must be one of: us_days, eu_days, days, hours, working_days, us_hours, eu_hours, months, eu_months"}},
		"hours from a day":            {"{kind: respond, count: us_hours, n: 24, from: service}", []string{"x.yaml:5:23: hours are counted from receipt"}},
		"EU hours from a day":         {"{kind: respond, count: eu_hours, n: 8, from: service}", []string{"x.yaml:5:23: hours are counted from receipt"}},
		"hours of an emergency twice": {"{kind: respond, count: eu_hours, n: 8, emergency_hours: 8}", []string{"x.yaml:5:23: emergency_hours stand beside a count of days or months"}},
		"hours beside a day":          {"{kind: respond, on: instrument.respond_by, emergency_hours: 8}", []string{"x.yaml:5:23: emergency_hours stand beside"}},
		"months":                      {"{kind: respond, count: months, n: 2, from: service, emergency_hours: 8}", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := shelf(t)
			files["x.yaml"] = &fstest.MapFile{Data: []byte(oneRule("then: {deadline: " + c.deadline + "}"))}
			if c.want == nil {
				_, err := Load(files)
				require.NoError(t, err)
				return
			}
			requireFaults(t, files, c.want)
		})
	}
}
