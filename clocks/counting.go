package clocks

import (
	"fmt"
	"time"

	"dueprocess/casework"
)

// USDays counts n days from the day of an event as FRCrP 45(a)(1) and FRCP 6(a)(1) do: the day of the event is left out,
// every day counts, and a last day that is no working day may run on to the next that is. The calendar is the federal one,
// with the holidays of the court's State where those are known (FRCP 6(a)(6)(C)).
func USDays(from casework.Date, n int, zone *time.Location, c *Calendar) casework.Deadline {
	d := Days(from, n, zone)
	d.Shifted = shift(c, d.Date, "FRCrP 45(a)(1)(C); FRCP 6(a)(1)(C)")
	return explain(d, c)
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
	d.Computed = fmt.Sprintf("%s and %s: %s", day(from), count(n, "day"), day(d.Date))
	return d
}

// BusinessDays counts n working days; the day of the event is left out.
func BusinessDays(from casework.Date, n int, zone *time.Location, c *Calendar) casework.Deadline {
	counted := midnight(from)
	for range n {
		counted = c.next(counted.AddDate(0, 0, 1))
	}
	last := casework.DateOf(counted, time.UTC)
	d := On(last, zone)
	d.Computed = fmt.Sprintf("%s and %s: %s (%s)", day(from), count(n, "working day"), day(last), c.name) + c.beyond(from, last)
	return d
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

// explain adds the later day to the steps, and that the calendar does not reach so far.
func explain(d casework.Deadline, c *Calendar) casework.Deadline {
	last := d.Date
	if d.Shifted != nil {
		last = d.Shifted.Date
		d.Computed += fmt.Sprintf("; the rule may allow %s: %s (%s)", day(last), d.Shifted.Rule, c.name)
	}
	d.Computed += c.beyond(d.Date, last)
	return d
}

func day(d casework.Date) string { return midnight(d).Format("Monday 2006-01-02") }

// midnight is a day as an instant to reckon with, in no zone of anybody's; zero where there is no day. It is Start in UTC,
// where no midnight is skipped, at a fifth of its cost.
func midnight(d casework.Date) time.Time {
	t, err := time.Parse(casework.DayFormat, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}
