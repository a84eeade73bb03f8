package transparency

import (
	"fmt"
	"regexp"
	"strconv"

	"dueprocess/casework"
)

// Period is a year, a half, a quarter or a month; From and To are its first and last day (UTC).
type Period struct {
	Name     string
	From, To casework.Date

	months int
}

var periodForm = regexp.MustCompile(`^((?:19|20|21)[0-9]{2})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$`)

// ParsePeriod reads 2013, 2026-H1, 2026-Q3 or 2026-01; anything else is invalid, at the given path.
func ParsePeriod(path, name string) (Period, error) {
	m := periodForm.FindStringSubmatch(name)
	if m == nil {
		return Period{}, casework.Faulty([]casework.Fault{{Path: path, Message: "must be a year (2013), a half (2026-H1), a quarter (2026-Q3) or a month (2026-01)"}})
	}
	first, months := 1, 12
	for i, length := range []int{6, 3, 1} {
		if n, err := strconv.Atoi(m[i+2]); err == nil {
			first, months = 1+(n-1)*length, length
		}
	}
	return period(name, m[1], first, months), nil
}

func period(name, year string, first, months int) Period {
	from := casework.Date(fmt.Sprintf("%s-%02d-01", year, first))
	next := casework.Date(fmt.Sprintf("%s-%02d-01", year, first+months-1)).AddDays(31) // a day of the month after
	return Period{Name: name, From: from, To: casework.Date(string(next)[:8] + "01").AddDays(-1), months: months}
}

// Until is the first day after the period.
func (p Period) Until() casework.Date { return p.To.AddDays(1) }

// Halves are the half-years that lie whole within the period, in their order: none of a quarter or a month.
func (p Period) Halves() []Period {
	year := string(p.From)[:4]
	switch p.months {
	case 12:
		return []Period{period(year+"-H1", year, 1, 6), period(year+"-H2", year, 7, 6)}
	case 6:
		return []Period{p}
	}
	return nil
}
