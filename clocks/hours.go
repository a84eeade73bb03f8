package clocks

import (
	"fmt"
	"time"

	"dueprocess/casework"
)

// Hours counts n hours from an instant: every hour counts, on every day, and nothing is shifted.
func Hours(from time.Time, n int, zone *time.Location) casework.Deadline {
	return Elapsed(from, time.Duration(n)*time.Hour, zone)
}

// USHours counts n hours as FRCrP 45(a)(2) and FRCP 6(a)(2) do: at once and every hour, and an end on a day that is no
// working day may run on to the same time of the next that is. The shift names that day; its time is in the steps.
func USHours(from time.Time, n int, zone *time.Location, c *Calendar) casework.Deadline {
	d := Hours(from, n, zone)
	d.Shifted = shift(c, d.Date, "FRCrP 45(a)(2)(C); FRCP 6(a)(2)(C)")
	if d.Shifted == nil {
		d.Computed += c.beyond(d.Date)
		return d
	}
	later := sameTime(d.Due, d.Shifted.Date, zone)
	d.Computed += fmt.Sprintf("; the rule may allow %s: %s (%s)", moment(later, zone), d.Shifted.Rule, c.name) + c.beyond(d.Date, d.Shifted.Date)
	return d
}

// sameTime is the instant on another day at which the zone's clocks show what they show at t.
func sameTime(t time.Time, on casework.Date, zone *time.Location) time.Time {
	local, other := t.In(zone), midnight(on)
	return time.Date(other.Year(), other.Month(), other.Day(), local.Hour(), local.Minute(), local.Second(), 0, zone)
}

// EUHours counts n hours of an act of the Union. Regulation (EEC, Euratom) 1182/71 leaves the hour of the event out (Art.
// 3(1)) and ends the period with its last hour (3(2)(a)), on whatever day that is (3(3); 3(4) excepts hours). The deadline
// counts that hour all the same, so that no alarm is late; the steps say to when the rule itself runs.
func EUHours(from time.Time, n int, zone *time.Location) casework.Deadline {
	d := Hours(from, n, zone)
	rule := hourAfter(from, zone).Add(time.Duration(n) * time.Hour)
	d.Computed += fmt.Sprintf("; the hour of the event is not counted, so the rule itself runs to %s: Regulation (EEC, Euratom) 1182/71 Art. 3(1), 3(2)(a), 3(3)", moment(rule, zone))
	return d
}

// hourAfter is when the next hour of the zone's clocks begins.
func hourAfter(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	into := time.Duration(local.Minute())*time.Minute + time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	return t.Add(time.Hour - into)
}

// Elapsed counts a length of time from an instant: every second counts, on every day.
func Elapsed(from time.Time, length time.Duration, zone *time.Location) casework.Deadline {
	due := from.UTC().Add(length).Truncate(time.Second)
	return casework.Deadline{
		Date: casework.DateOf(due, zone), Due: due, Zone: zone.String(),
		Computed: fmt.Sprintf("%s and %s: %s", moment(from, zone), span(length), moment(due, zone)),
	}
}

// TimeOfDay says what became of the time of day of a deadline that was moved by a pause: a pause gives back the time that
// passed, so where the zone's clocks changed in between, the deadline stands at another time of the day, perhaps on
// another day. Empty: they did not.
func TimeOfDay(was, is casework.Deadline) string {
	zone, err := time.LoadLocation(is.Zone)
	if err != nil {
		return ""
	}
	before, after := was.Due.In(zone), is.Due.In(zone)
	_, old := before.Zone()
	_, now := after.Zone()
	if old == now {
		return ""
	}
	return fmt.Sprintf("the pause gives back the time that passed; the clocks went %s in between, so what was due on %s is due on %s",
		direction(time.Duration(now-old)*time.Second), moment(before, zone), moment(after, zone))
}

func direction(by time.Duration) string {
	if by < 0 {
		return "back by " + span(-by)
	}
	return "forward by " + span(by)
}

func moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Monday 2006-01-02 15:04:05 MST")
}

func span(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return count(int(d/time.Hour), "hour")
	case d%time.Minute == 0:
		return count(int(d/time.Minute), "minute")
	}
	return d.String()
}

// count is a number of things: 1 hour, 8 hours.
func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
