package clocks

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

const nine, five = 9 * 60, 17 * 60

func TestTheOfficeOpensNext(t *testing.T) {
	t.Parallel()
	office := OfficeHours{Zone: boston, From: nine, To: five, Calendar: USFederal}
	for name, c := range map[string]struct{ at, next string }{
		"in office hours":                {"2026-11-23T16:00:00Z", "2026-11-23T16:00:00Z"},
		"before they begin":              {"2026-11-23T10:00:00Z", "2026-11-23T14:00:00Z"},
		"when they begin":                {"2026-11-23T14:00:00Z", "2026-11-23T14:00:00Z"},
		"when they end":                  {"2026-11-23T22:00:00Z", "2026-11-23T22:00:00Z"},
		"a second after":                 {"2026-11-23T22:00:01Z", "2026-11-24T14:00:00Z"},
		"over a weekend":                 {"2026-11-20T23:00:00Z", "2026-11-23T14:00:00Z"},
		"over Thanksgiving":              {"2026-11-25T23:00:00Z", "2026-11-27T14:00:00Z"},
		"over the change to summer time": {"2027-03-12T23:00:00Z", "2027-03-15T13:00:00Z"},
		"over the change back":           {"2026-10-30T23:00:00Z", "2026-11-02T14:00:00Z"},
		"the day is the zone's":          {"2026-11-24T02:00:00Z", "2026-11-24T14:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.next, office.Next(instant(t, c.at)).Format(time.RFC3339))
		})
	}
}

func TestOfficeTimeIsAdded(t *testing.T) {
	t.Parallel()
	weekly := OfficeHours{Zone: boston, From: nine, To: five, Calendar: USFederal}
	night := OfficeHours{Zone: boston, From: 1 * 60, To: 4 * 60, Calendar: always}
	skipped := OfficeHours{Zone: boston, From: 2*60 + 15, To: 2*60 + 45, Calendar: always}
	for name, c := range map[string]struct {
		office OfficeHours
		from   string
		d      time.Duration
		want   string
	}{
		"within a day":                            {weekly, "2026-11-23T16:00:00Z", 2 * time.Hour, "2026-11-23T18:00:00Z"},
		"to its end":                              {weekly, "2026-11-23T14:00:00Z", 8 * time.Hour, "2026-11-23T22:00:00Z"},
		"from its end":                            {weekly, "2026-11-23T22:00:00Z", time.Hour, "2026-11-24T15:00:00Z"},
		"nothing, outside":                        {weekly, "2026-11-23T10:00:00Z", 0, "2026-11-23T14:00:00Z"},
		"over Thanksgiving":                       {weekly, "2026-11-25T21:00:00Z", 2 * time.Hour, "2026-11-27T15:00:00Z"},
		"over Christmas and the weekend":          {weekly, "2026-12-24T14:00:00Z", 10 * time.Hour, "2026-12-28T16:00:00Z"},
		"a week":                                  {weekly, "2026-11-30T14:00:00Z", 40 * time.Hour, "2026-12-04T22:00:00Z"},
		"a night of two hours":                    {night, "2027-03-14T05:00:00Z", 150 * time.Minute, "2027-03-15T05:30:00Z"},
		"a night of four hours":                   {night, "2026-11-01T04:00:00Z", 210 * time.Minute, "2026-11-01T08:30:00Z"},
		"hours that summer time skips altogether": {skipped, "2027-03-14T05:00:00Z", 10 * time.Minute, "2027-03-15T06:25:00Z"},
		"opening in an hour that Berlin skips":    {OfficeHours{Zone: Zone("DE", ""), From: 2*60 + 15, To: 4 * 60, Calendar: always}, "2027-03-28T00:30:00Z", 10 * time.Minute, "2027-03-28T01:10:00Z"},
		"opening in an hour that Sydney skips":    {OfficeHours{Zone: Zone("AU", ""), From: 2*60 + 15, To: 4 * 60, Calendar: always}, "2026-10-03T15:30:00Z", 10 * time.Minute, "2026-10-03T16:10:00Z"},
		"over a night of twenty minutes":          {OfficeHours{Zone: boston, From: 10, To: 23*60 + 50}, "2026-11-24T04:40:00Z", 11 * time.Minute, "2026-11-24T05:11:00Z"},
		"always open":                             {OfficeHours{}, "2026-11-21T03:00:00Z", 3 * time.Hour, "2026-11-21T06:00:00Z"},
		"no zone and no calendar":                 {OfficeHours{From: nine, To: five}, "2026-12-25T16:00:00Z", 2 * time.Hour, "2026-12-28T10:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, c.office.Add(instant(t, c.from), c.d).Format(time.RFC3339))
		})
	}
}

// always works on the weekends of these stories too, since the clocks change on Sundays.
var always = everyDay()

func everyDay() *Calendar {
	c := calendar(Origin{Name: "every day", To: 9999}, weekends.holidays)
	for _, day := range []casework.Date{"2026-10-31", "2026-11-01", "2027-03-13", "2027-03-14", "2027-03-28", "2026-10-04"} {
		c.known.Store(midnight(day).Unix(), true)
	}
	return c
}

func someOffice(t *rapid.T) OfficeHours {
	from := rapid.IntRange(0, 23*60).Draw(t, "from")
	return OfficeHours{Zone: someZone(t), From: from, To: rapid.IntRange(from+1, 24*60-1).Draw(t, "to"), Calendar: someCalendar(t)}
}

// somewhen is near the changes of the clocks as often as not.
func somewhen(t *rapid.T) time.Time {
	change := rapid.SampledFrom([]string{"2026-03-29T01:00:00Z", "2026-11-01T06:00:00Z", "2026-12-24T12:00:00Z", "2027-03-14T10:00:00Z"}).Draw(t, "near")
	return instant(t, change).Add(time.Duration(rapid.IntRange(-10*24*60, 10*24*60).Draw(t, "minutes")) * time.Minute)
}

func someLength(t *rapid.T, name string) time.Duration {
	return time.Duration(rapid.IntRange(0, 5*24*60).Draw(t, name)) * time.Minute
}

func TestPropertyOfficeTimeAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, at, a, b := someOffice(t), somewhen(t), someLength(t, "a"), someLength(t, "b")
		require.Equal(t, h.Add(at, a+b), h.Add(h.Add(at, a), b))
	})
}

func TestPropertyOfficeTimeEndsInTheOffice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, at, a := someOffice(t), somewhen(t), someLength(t, "a")
		for _, got := range []time.Time{h.Next(at), h.Add(at, a)} {
			opens, closes := h.on(casework.DateOf(got, h.Zone))
			require.False(t, got.Before(at) || got.Before(opens) || got.After(closes), "%s", got)
			require.True(t, h.Calendar.Works(casework.DateOf(got, h.Zone)))
			require.Equal(t, got, h.Next(got))
		}
	})
}

func TestPropertyOfficeTimeIsMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, at, a, more := someOffice(t), somewhen(t), someLength(t, "a"), someLength(t, "more")
		require.False(t, h.Next(at.Add(more)).Before(h.Next(at)))
		require.False(t, h.Add(at.Add(more), a).Before(h.Add(at, a)))
		require.False(t, h.Add(at, a+more).Before(h.Add(at, a)))
	})
}

// Minute by minute, counted by the clock on the wall: the office has worked for exactly what was added.
func TestPropertyOfficeTimeIsCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, at, a := someOffice(t), somewhen(t), someLength(t, "a")
		worked := time.Duration(0)
		end := h.Add(at, a)
		for m := at; m.Before(end); m = m.Add(time.Minute) {
			local := m.In(h.Zone)
			shown := local.Hour()*60 + local.Minute()
			if h.From <= shown && shown < h.To && h.Calendar.Works(casework.DateOf(m, h.Zone)) {
				worked += time.Minute
			}
		}
		require.Equal(t, a, worked)
	})
}
