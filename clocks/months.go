package clocks

import (
	"fmt"
	"time"

	"dueprocess/casework"
)

// Months counts n months of the calendar: to the same date of the last month or, where that has none, to its last day, as
// Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c) does. Nothing is shifted.
func Months(from casework.Date, n int, zone *time.Location) casework.Deadline {
	last, clamped := monthsLater(from, n)
	d := On(last, zone)
	d.Computed = fmt.Sprintf("%s and %s: %s", day(from), count(n, "month"), day(last))
	if clamped {
		d.Computed += ", the last day of that month: Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c)"
	}
	return d
}

// EUMonths counts n months as that Regulation does: a last day that is no working day runs on to the next (Art. 3(4)).
func EUMonths(from casework.Date, n int, zone *time.Location, c *Calendar) casework.Deadline {
	d := Months(from, n, zone)
	d.Shifted = shift(c, d.Date, "Regulation (EEC, Euratom) 1182/71 Art. 3(4)")
	return explain(d, c)
}

// monthsLater is the same date n months later, and whether the month had to be cut short.
func monthsLater(from casework.Date, n int) (casework.Date, bool) {
	start := midnight(from)
	first := time.Date(start.Year(), start.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	on := first.AddDate(0, 0, min(start.Day(), last)-1)
	return casework.DateOf(on, time.UTC), start.Day() > last
}
