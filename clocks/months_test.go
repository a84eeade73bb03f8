package clocks

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

// Regulation (EEC, Euratom) 1182/71 Art. 3(2)(c), 3(4).
func TestMonthsEndOnTheSameDateOrTheLastDay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from        casework.Date
		n           int
		date, later casework.Date
	}{
		"the same date":                     {"2026-12-17", 3, "2027-03-17", "2027-03-18"}, // St Patrick's
		"over the end of a year":            {"2026-11-13", 2, "2027-01-13", ""},
		"from 31 January":                   {"2027-01-31", 1, "2027-02-28", "2027-03-01"},
		"from 31 January in a leap year":    {"2028-01-31", 1, "2028-02-29", ""},
		"from a leap day to one":            {"2028-02-29", 48, "2032-02-29", "2032-03-01"},
		"from a leap day":                   {"2028-02-29", 12, "2029-02-28", ""},
		"from the end of a short month":     {"2027-02-28", 1, "2027-03-28", "2027-03-30"}, // Easter
		"2100 is no leap year":              {"2096-02-29", 48, "2100-02-28", "2100-03-01"},
		"none":                              {"2026-11-13", 0, "2026-11-13", ""},
		"from 31 to a month of thirty days": {"2026-08-31", 1, "2026-09-30", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := EUMonths(c.from, c.n, dublin, Ireland)
			assert.Equal(t, c.date, d.Date)
			assert.Equal(t, c.later, shifted(d))
			assert.Equal(t, c.date, Months(c.from, c.n, dublin).Date)
			assert.Nil(t, Months(c.from, c.n, dublin).Shifted)
			assert.Equal(t, c.date.End(dublin).UTC(), d.Due)
		})
	}
}

// n months later is the n-th month after, on the same date or on the last day of a shorter month.
func TestPropertyMonthsAreCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, n := someDate(t), rapid.IntRange(0, 120).Draw(t, "n")
		a, b := from.Start(time.UTC), Months(from, n, time.UTC).Date.Start(time.UTC)
		require.Equal(t, n, (b.Year()-a.Year())*12+int(b.Month())-int(a.Month()))
		if b.Day() != a.Day() {
			require.Less(t, b.Day(), a.Day())
			require.Equal(t, 1, b.AddDate(0, 0, 1).Day(), "the last of its month")
		}
	})
}
