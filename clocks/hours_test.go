package clocks

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

// FRCrP 45(a)(2), FRCP 6(a)(2).
func TestUSHoursRunOnToTheSameTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from  string
		n     int
		due   string
		later casework.Date
		says  string
	}{
		"a working day":                       {"2026-12-15T15:00:00Z", 24, "2026-12-16T15:00:00Z", "", ""},
		"the first hour counts from its part": {"2026-12-15T15:59:59Z", 1, "2026-12-15T16:59:59Z", "", ""},
		"Christmas":                           {"2026-12-24T15:00:00Z", 24, "2026-12-25T15:00:00Z", "2026-12-28", "Monday 2026-12-28 10:00:00 EST"},
		"a Saturday":                          {"2026-11-20T20:30:00Z", 24, "2026-11-21T20:30:00Z", "2026-11-23", "Monday 2026-11-23 15:30:00 EST"},
		"through a weekend, every hour":       {"2026-11-20T15:00:00Z", 72, "2026-11-23T15:00:00Z", "", ""},
		"the day is the zone's, not UTC's":    {"2026-11-20T15:00:00Z", 12, "2026-11-21T03:00:00Z", "", ""},
		"over the change to summer time":      {"2027-03-13T15:00:00Z", 4, "2027-03-13T19:00:00Z", "2027-03-15", "Monday 2027-03-15 14:00:00 EDT"},
		"Independence kept on Friday":         {"2026-07-02T16:00:00Z", 24, "2026-07-03T16:00:00Z", "2026-07-06", "Monday 2026-07-06 12:00:00 EDT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := USHours(instant(t, c.from), c.n, boston, USFederal)
			assert.Equal(t, c.due, d.Due.Format(time.RFC3339))
			assert.Equal(t, c.later, shifted(d))
			assert.Contains(t, d.Computed, c.says)
			if d.Shifted != nil {
				assert.Equal(t, "FRCrP 45(a)(2)(C); FRCP 6(a)(2)(C)", d.Shifted.Rule)
			}
		})
	}
}

// Regulation (EEC, Euratom) 1182/71 Art. 3(1), 3(2)(a): the alarm counts the hour of the event, the rule does not.
func TestEUHoursSayToWhenTheRuleRuns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from string
		zone *time.Location
		due  string
		says string
	}{
		"half past":                       {"2026-12-31T23:30:00Z", dublin, "2027-01-01T07:30:00Z", "Friday 2027-01-01 08:00:00 GMT"},
		"on the hour":                     {"2026-12-31T23:00:00Z", dublin, "2027-01-01T07:00:00Z", "Friday 2027-01-01 08:00:00 GMT"},
		"a second before":                 {"2026-12-31T22:59:59Z", dublin, "2027-01-01T06:59:59Z", "Friday 2027-01-01 07:00:00 GMT"},
		"a part of a second":              {"2026-12-31T22:59:59.9Z", dublin, "2027-01-01T06:59:59Z", "Friday 2027-01-01 07:00:00 GMT"},
		"the hour is the zone's":          {"2026-12-31T22:50:00Z", Zone("IN", ""), "2027-01-01T06:50:00Z", "Friday 2027-01-01 13:00:00 IST"},
		"a weekend is no excuse":          {"2026-11-20T20:30:00Z", dublin, "2026-11-21T04:30:00Z", "Saturday 2026-11-21 05:00:00 GMT"},
		"through an hour that is skipped": {"2027-03-27T20:15:00Z", dublin, "2027-03-28T04:15:00Z", "Sunday 2027-03-28 06:00:00 IST"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := EUHours(instant(t, c.from), 8, c.zone)
			assert.Equal(t, c.due, d.Due.Format(time.RFC3339))
			assert.Nil(t, d.Shifted, "Art. 3(4) excepts hours")
			assert.Contains(t, d.Computed, "so the rule itself runs to "+c.says+": Regulation (EEC, Euratom) 1182/71 Art. 3(1), 3(2)(a)")
		})
	}
}

// The period begins when the hour of the event is over, by the clocks of the zone: at most an hour after the event.
func TestPropertyEUHoursLeaveTheHourOfTheEventOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, zone := someInstant(t), someZone(t)
		begins := hourAfter(from, zone)
		early := begins.Sub(from)
		assert.True(t, early > 0 && early <= time.Hour)
		assert.Zero(t, begins.In(zone).Minute()+begins.In(zone).Second()+begins.Nanosecond())
	})
}

func TestAPauseOverAChangeOfTheClocksMovesTheTimeOfDay(t *testing.T) {
	t.Parallel()
	moved := func(d casework.Deadline, by time.Duration) casework.Deadline {
		d.Due = d.Due.Add(by)
		return d
	}
	week := 7 * 24 * time.Hour
	assert.Equal(t, "the pause gives back the time that passed; the clocks went forward by 1 hour in between, so what was due on "+
		"Thursday 2027-03-25 23:59:59 GMT is due on Friday 2027-04-02 00:59:59 IST", TimeOfDay(On("2027-03-25", dublin), moved(On("2027-03-25", dublin), week)))
	assert.Contains(t, TimeOfDay(On("2026-10-30", chicago), moved(On("2026-10-30", chicago), week)), "the clocks went back by 1 hour")
	assert.Contains(t, TimeOfDay(On("2027-03-30", mustLoad("Australia/Lord_Howe")), moved(On("2027-03-30", mustLoad("Australia/Lord_Howe")), week)), "back by 30 minutes")
	assert.Empty(t, TimeOfDay(On("2027-01-08", dublin), moved(On("2027-01-08", dublin), week)))
	assert.Empty(t, TimeOfDay(casework.Deadline{Zone: "Nowhere"}, casework.Deadline{Zone: "Nowhere"}))
}

func someInstant(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(1577836800, 1988150400).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "part")).UTC()
}
