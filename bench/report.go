package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dueprocess/casework"
)

// tallies is what the transparency report counts, beside a plain count of the same rows.
func tallies() ([]figure, error) {
	all, shut, err := offices()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	defer shut()
	var out []figure
	for _, years := range []int{1, 3} {
		report, err := beside(all, func(o *office) error { _, err := o.Tallies(context.Background(), o.day(-years), o.day(1)); return err })
		if err != nil {
			return nil, err
		}
		plain, err := beside(all, func(o *office) error { return o.groupBy(o.day(-years), o.day(1)) })
		if err != nil {
			return nil, err
		}
		for i, o := range all {
			times := ratio(report[i].p95, plain[i].p95)
			out = append(out, figure{
				What: o.of(fmt.Sprintf("report: counts of %d years", years), report[i]), Unit: "ms", Value: milliseconds(report[i].p95), Baseline: milliseconds(plain[i].p95),
				Against: "GROUP BY", Ratio: times, Aim: "≤ 1.5 ×, ≤ 3 s", Met: times <= 1.5 && report[i].p95 <= 3*time.Second,
			})
		}
	}
	return out, nil
}

// day is a day some years from the newest case's; one year on holds everything.
func (o *office) day(years int) casework.Date {
	return casework.DateOf(o.now.AddDate(years, 0, 0), time.UTC)
}

// groupBy counts the same rows by what the report keeps apart, and nothing else.
func (o *office) groupBy(from, until casework.Date) (err error) {
	rows, err := o.db.QueryContext(context.Background(), "SELECT instrument, country, authority_kind, resolution, emergency, preservation, COUNT(*)"+
		" FROM counting WHERE received_on >= $1 AND received_on < $2 GROUP BY 1, 2, 3, 4, 5, 6", string(from), string(until))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var instrument, country, kind, resolution, preservation string
		var emergency bool
		var n int
		if err := rows.Scan(&instrument, &country, &kind, &resolution, &emergency, &preservation, &n); err != nil {
			return err
		}
	}
	return rows.Err()
}
