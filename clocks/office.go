package clocks

import (
	"time"

	"dueprocess/casework"
)

// OfficeHours are when an office works: between two times of the day, on the working days of a calendar. Both ends count:
// who closes at 17:00 still works at 17:00. An office that does not open before it closes always works.
type OfficeHours struct {
	Zone     *time.Location // nil: UTC
	From     int            // minutes after midnight, by the zone's clocks
	To       int
	Calendar *Calendar // nil: weekends only
}

// Next is the first instant not before t at which the office works.
func (h OfficeHours) Next(t time.Time) time.Time {
	if h.To <= h.From {
		return t.UTC()
	}
	for day := casework.DateOf(t, h.zone()); ; day = day.AddDays(1) {
		opens, closes := h.on(day)
		switch {
		case !h.calendar().Works(day) || t.After(closes):
		case t.Before(opens):
			return opens.UTC()
		default:
			return t.UTC()
		}
	}
}

// Add is the instant at which the office has worked for d since t; d is not negative. A time that fills a day ends when the
// office closes, not when it opens again.
func (h OfficeHours) Add(t time.Time, d time.Duration) time.Time {
	if h.To <= h.From {
		return t.UTC().Add(d)
	}
	at := h.Next(t)
	for {
		_, closes := h.on(casework.DateOf(at, h.zone()))
		left := closes.Sub(at)
		if d <= left {
			return at.Add(d)
		}
		d -= left
		at = h.Next(closes.Add(1))
	}
}

// on is when the office opens and closes on a day. The change to summer time makes such a day shorter where it falls into
// office hours, the change back makes it longer.
func (h OfficeHours) on(day casework.Date) (opens, closes time.Time) {
	return h.clock(day, h.From), h.clock(day, h.To)
}

// clock is the instant at which the zone's clocks show so many minutes after midnight; where a change to summer time skips
// that, the instant of the change.
func (h OfficeHours) clock(day casework.Date, minutes int) time.Time {
	date := midnight(day)
	asked := date.Add(time.Duration(minutes) * time.Minute)
	t := time.Date(date.Year(), date.Month(), date.Day(), 0, minutes, 0, 0, h.zone())
	began, ends := t.ZoneBounds()
	switch shown := showing(t); {
	case shown.Before(asked):
		return ends
	case shown.After(asked):
		return began
	}
	return t
}

// showing is what the clocks of t's zone show, as if that were UTC.
func showing(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

func (h OfficeHours) zone() *time.Location {
	if h.Zone == nil {
		return time.UTC
	}
	return h.Zone
}

func (h OfficeHours) calendar() *Calendar {
	if h.Calendar == nil {
		return weekends
	}
	return h.Calendar
}
