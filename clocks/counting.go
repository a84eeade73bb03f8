package clocks

import (
	"fmt"
	"time"

	"dueprocess/casework"
)

// USDays counts n days from the day of an event as FRCrP 45(a)(1) and FRCP 6(a)(1) do: the day of the event is left out,
// every day counts, and a last day that is no working day may run on to the next that is.
func USDays(from casework.Date, n int, zone *time.Location) casework.Deadline {
	d := Days(from, n, zone)
	d.Shifted = shift(USFederal, d.Date, "FRCrP 45(a)(1)(C); FRCP 6(a)(1)(C)")
	return explain(d, USFederal)
}

// EUDays counts n days as Regulation (EEC, Euratom) 1182/71 does: the day of the event is left out (Art. 3(1)), a last
// day that is no working day runs on to the next (3(4)), and two days or more hold two working days (3(5)).
func EUDays(from casework.Date, n int, zone *time.Location, c *Calendar) casework.Deadline {
	d := Days(from, n, zone)
	d.Shifted = shift(c, d.Date, "Regulation (EEC, Euratom) 1182/71 Art. 3(4)")
	if later := twoWorkingDays(from, n, c); d.Date < later && (d.Shifted == nil || d.Shifted.Date < later) {
		d.Shifted = &casework.Shift{Date: later, Rule: "Regulation (EEC, Euratom) 1182/71 Art. 3(5)"}
	}
	return explain(d, c)
}

// twoWorkingDays is the second working day after from, where the period must hold two.
func twoWorkingDays(from casework.Date, n int, c *Calendar) casework.Date {
	if n < 2 {
		return from
	}
	first := c.Next(from.AddDays(1))
	return c.Next(first.AddDays(1))
}

// Days counts n days of the calendar; the day of the event is left out and nothing is shifted.
func Days(from casework.Date, n int, zone *time.Location) casework.Deadline {
	d := On(from.AddDays(n), zone)
	d.Computed = fmt.Sprintf("%s and %d days: %s", day(from), n, day(d.Date))
	return d
}

// BusinessDays counts n working days; the day of the event is left out.
func BusinessDays(from casework.Date, n int, zone *time.Location, c *Calendar) casework.Deadline {
	counted := from.Start(time.UTC)
	for range n {
		counted = c.next(counted.AddDate(0, 0, 1))
	}
	last := casework.DateOf(counted, time.UTC)
	d := On(last, zone)
	d.Computed = fmt.Sprintf("%s and %d working days: %s (%s)", day(from), n, day(last), c.name)
	return d
}

// Hours counts n hours from an instant: every hour counts, on every day. The hour of the event, which Regulation (EEC,
// Euratom) 1182/71 Art. 3(1) leaves out, is counted here: the alarm is never late.
func Hours(from time.Time, n int, zone *time.Location) casework.Deadline {
	return Elapsed(from, time.Duration(n)*time.Hour, zone)
}

// Elapsed counts a length of time from an instant: every second counts, on every day.
func Elapsed(from time.Time, length time.Duration, zone *time.Location) casework.Deadline {
	due := from.UTC().Add(length).Truncate(time.Second)
	return casework.Deadline{
		Date: casework.DateOf(due, zone), Due: due, Zone: zone.String(),
		Computed: fmt.Sprintf("%s and %s: %s", moment(from, zone), span(length), moment(due, zone)),
	}
}

// On is a deadline on a day that something names: due when that day ends in the zone.
func On(d casework.Date, zone *time.Location) casework.Deadline {
	return casework.Deadline{Date: d, Due: d.End(zone).UTC(), Zone: zone.String(), Computed: "the end of " + day(d) + " in " + zone.String()}
}

// shift is the next working day where the last day is none.
func shift(c *Calendar, last casework.Date, rule string) *casework.Shift {
	if c.Works(last) {
		return nil
	}
	return &casework.Shift{Date: c.Next(last), Rule: rule}
}

// explain adds the later day to the steps.
func explain(d casework.Deadline, c *Calendar) casework.Deadline {
	if d.Shifted != nil {
		d.Computed += fmt.Sprintf("; the rule may allow %s: %s (%s)", day(d.Shifted.Date), d.Shifted.Rule, c.name)
	}
	return d
}

func day(d casework.Date) string { return d.Start(time.UTC).Format("Monday 2006-01-02") }

func moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Monday 2006-01-02 15:04:05 MST")
}

func span(d time.Duration) string {
	for _, unit := range []struct {
		name   string
		length time.Duration
	}{{"hour", time.Hour}, {"minute", time.Minute}} {
		switch n := d / unit.length; {
		case d%unit.length != 0:
		case n == 1:
			return "1 " + unit.name
		default:
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return d.String()
}
