package generate

import (
	"sort"
	"time"

	"dueprocess/casework"
)

// calendar says how busy the days were: weekends are quiet, and there is more from year to year.
type calendar struct {
	from time.Time
	sums []float64 // of the days' weights, up to each
}

const (
	weekendWeight = 0.14
	yearlyGrowth  = 0.4
	dayLength     = 24 * time.Hour
)

// hours are shares of a day's requests: before eight, to eighteen, later (UTC).
var hours = []struct{ share, from, to float64 }{{0.07, 0, 8}, {0.83, 8, 18}, {0.10, 18, 24}}

func newCalendar(until casework.Date) calendar {
	end := until.Start(time.UTC)
	c, sum := calendar{from: end.AddDate(-years, 0, 0)}, 0.0
	for day := c.from; day.Before(end); day = day.AddDate(0, 0, 1) {
		weight := 1 + yearlyGrowth*day.Sub(c.from).Hours()/(365*24)
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			weight *= weekendWeight
		}
		sum += weight
		c.sums = append(c.sums, sum)
	}
	return c
}

// until is the instant before which everything happened.
func (c calendar) until() time.Time { return c.from.AddDate(0, 0, len(c.sums)) }

// at is the instant by which a share of all requests, from 0 to below 1, had come.
func (c calendar) at(share float64) time.Time {
	wanted := share * c.sums[len(c.sums)-1]
	day := min(sort.SearchFloat64s(c.sums, wanted), len(c.sums)-1)
	before := 0.0
	if day > 0 {
		before = c.sums[day-1]
	}
	within := (wanted - before) / (c.sums[day] - before)
	at := c.from.AddDate(0, 0, day).Add(time.Duration(hourAt(within) * float64(time.Hour)))
	return casework.Truncate(at).Truncate(time.Millisecond)
}

func hourAt(share float64) float64 {
	for _, h := range hours {
		if share < h.share {
			return h.from + (h.to-h.from)*share/h.share
		}
		share -= h.share
	}
	return 23.99
}
