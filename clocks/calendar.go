package clocks

import (
	"strings"
	"sync"
	"time"

	"dueprocess/casework"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/us"
)

// Calendar says which days are no working days somewhere.
type Calendar struct {
	name     string
	holidays *cal.Calendar
	observed bool     // the day on which a holiday is kept counts too
	known    sync.Map // days that were asked: Unix seconds → bool
}

// The calendars. Holiday dates come from rickar/cal; its release is named in the steps of every deadline counted by it.
var (
	// USFederal holds the legal holidays of FRCrP 45(a)(6) and FRCP 6(a)(6). The Rules name the statutory day, federal
	// offices keep the observed one (5 USC 6103(b)); a shifted day is a fallback only, so both are skipped.
	USFederal = calendar("US federal holidays, cal v2.1.13", true, us.Holidays)
	// Ireland holds the public holidays of the addressee's State for the periods of Regulation (EEC) 1182/71.
	Ireland = calendar("Irish public holidays, cal v2.1.13", false, ie.Holidays)
)

func calendar(name string, observed bool, holidays []*cal.Holiday) *Calendar {
	c := &cal.Calendar{Cacheable: false}
	c.AddHoliday(holidays...)
	return &Calendar{name: name, holidays: c, observed: observed}
}

// Works reports whether the day is a working day.
func (c *Calendar) Works(d casework.Date) bool { return c.works(d.Start(time.UTC)) }

// works: what was found once is remembered, since a holiday is laborious to compute and the same days are asked again
// and again; but only days of this century, so that nobody can fill the memory by asking.
func (c *Calendar) works(day time.Time) bool {
	number := day.Unix()
	if works, ok := c.known.Load(number); ok {
		return works == true
	}
	works := c.compute(day)
	if day.Year() >= 2000 && day.Year() < 2100 {
		c.known.Store(number, works)
	}
	return works
}

func (c *Calendar) compute(day time.Time) bool {
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return false
	}
	actual, observed, _ := c.holidays.IsHoliday(day)
	return !actual && (!c.observed || !observed)
}

// Next is the first working day that is not before d.
func (c *Calendar) Next(d casework.Date) casework.Date {
	return casework.DateOf(c.next(d.Start(time.UTC)), time.UTC)
}

func (c *Calendar) next(day time.Time) time.Time {
	for !c.works(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// weekends is the calendar of a place whose holidays are not known here.
var weekends = calendar("weekends only", false, nil)

// CalendarOf is the calendar of a country or of a part of one (US, DE-BY); a part that is not known has its country's,
// and where that is not known either, only weekends are no working days: the steps of a deadline say so.
func CalendarOf(place string) *Calendar {
	country, _, _ := strings.Cut(place, "-")
	for _, code := range []string{place, country} {
		if c, ok := calendars[code]; ok {
			return c
		}
	}
	return weekends
}
