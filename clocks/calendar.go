package clocks

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"dueprocess/casework"

	"github.com/rickar/cal/v2"
)

// Origin is where a calendar's days come from and for which years it is good.
type Origin struct {
	Place   string // ISO 3166-1 or 3166-2 (US, DE-BY); empty: any that is not known here
	Name    string // of its holidays, as a lawyer would say it
	Source  string // who says so: the library, and the acts that overrides name
	Version string // the library's release, and the versions of the overrides laid over it
	From    int    // the first year
	To      int    // the last year
}

// String names the calendar in the steps of a deadline: its holidays and their version.
func (o Origin) String() string {
	if o.Version == "" {
		return o.Name
	}
	return o.Name + ", " + o.Version
}

func (o Origin) years() string {
	if o.From == o.To {
		return strconv.Itoa(o.From)
	}
	return fmt.Sprintf("%d to %d", o.From, o.To)
}

// Calendar says which days are no working days somewhere. It is safe for concurrent use.
type Calendar struct {
	origin   Origin
	name     string // the origin's, kept since every deadline says it
	holidays *cal.Calendar
	observed bool     // the day on which a holiday is kept counts too
	known    sync.Map // days that were asked: Unix seconds → bool

	base    *Calendar      // beneath overrides; nil: there are none
	changed map[int64]bool // days that overrides name, as Unix seconds: whether they are open
}

func calendar(o Origin, holidays *cal.Calendar) *Calendar {
	return &Calendar{origin: o, name: o.String(), holidays: holidays}
}

// weekends is the calendar of a place whose holidays are not known here: it is good for every year, and its name says all.
var weekends = calendar(Origin{Name: "weekends only", Source: "none", To: 9999}, &cal.Calendar{})

// Origin says where the calendar's days come from.
func (c *Calendar) Origin() Origin { return c.origin }

// Works reports whether the day is a working day.
func (c *Calendar) Works(d casework.Date) bool { return c.works(midnight(d)) }

// works asks the overrides first: a day that one opens is no holiday, but a weekend it stays.
func (c *Calendar) works(day time.Time) bool {
	if c.base == nil {
		return c.remembered(day)
	}
	if open, ok := c.changed[day.Unix()]; ok {
		return open && !isWeekend(day)
	}
	return c.base.works(day)
}

// remembered: what was found once is remembered, since a holiday is laborious to compute and the same days are asked again
// and again; but only days of this century, so that nobody can fill the memory by asking.
func (c *Calendar) remembered(day time.Time) bool {
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
	if isWeekend(day) {
		return false
	}
	actual, observed, _ := c.holidays.IsHoliday(day)
	return !actual && (!c.observed || !observed)
}

func isWeekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

// Next is the first working day that is not before d.
func (c *Calendar) Next(d casework.Date) casework.Date {
	return casework.DateOf(c.next(midnight(d)), time.UTC)
}

func (c *Calendar) next(day time.Time) time.Time {
	for !c.works(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// beyond says that one of the days lies in a year for which the calendar is not known; empty: none does.
func (c *Calendar) beyond(days ...casework.Date) string {
	for _, d := range days {
		if year := midnight(d).Year(); year < c.origin.From || year > c.origin.To {
			return fmt.Sprintf("; %d is beyond the years of this calendar (%s, for %s): its holidays are to be checked", year, c.name, c.origin.years())
		}
	}
	return ""
}
