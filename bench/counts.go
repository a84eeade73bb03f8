package main

import (
	"context"
	"fmt"
	"time"

	"dueprocess/casework"
)

// views are what the queue's page counts each time it is shown.
var views = []question{
	{name: "mine", ask: casework.CaseQuery{Assignee: "rosa", Open: true}},
	{name: "unassigned", ask: casework.CaseQuery{Unassigned: true, Open: true}},
	{name: "waiting on us", ask: casework.CaseQuery{WaitingOnUs: true}},
	{name: "due soon", ask: casework.CaseQuery{SLA: casework.DueSoon, Open: true}},
	{name: "overdue", ask: casework.CaseQuery{SLA: casework.Breached, Open: true}},
	{name: "emergencies", ask: casework.CaseQuery{Emergency: true, Open: true}},
	{name: "due in three days", ask: casework.CaseQuery{Open: true}, due: 72 * time.Hour},
	{name: "a country's", ask: casework.CaseQuery{Country: "DE"}},
}

// counts is what the counts of views cost.
func counts() ([]figure, error) {
	all, shut, err := offices()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	defer shut()
	var out []figure
	for _, q := range views {
		took, err := beside(all, q.count)
		if err != nil {
			return nil, err
		}
		for i, o := range all {
			out = append(out, figure{What: o.of("count of a view: "+q.name, took[i]), Unit: "ms", Value: milliseconds(took[i].p95), Aim: "≤ 50 ms", Met: took[i].p95 <= 50*time.Millisecond})
		}
	}
	return out, nil
}

func (q question) count(o *office) error {
	if q.due > 0 {
		q.ask.DueBefore = o.now.Add(q.due)
	}
	_, _, err := o.CountCases(context.Background(), q.ask, reader)
	return err
}

// figuresAsked are the SLA page's: over how many days, grouped by what.
var figuresAsked = []struct {
	days int
	by   casework.Grouping
}{
	{30, ""}, {30, casework.ByInstrument}, {30, casework.ByCountry}, {30, casework.ByAssignee}, {365, ""}, {365, casework.ByInstrument},
	{3 * 365, ""}, {3 * 365, casework.ByInstrument}, {3 * 365, casework.ByCountry}, {3 * 365, casework.ByAssignee},
}

// slaPages is what the SLA page's figures cost.
func slaPages() ([]figure, error) {
	all, shut, err := offices()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	defer shut()
	var out []figure
	for _, asked := range figuresAsked {
		took, err := beside(all, func(o *office) error {
			q := casework.FiguresQuery{From: o.now.AddDate(0, 0, -asked.days), Until: o.now.AddDate(0, 0, 1), Now: o.now, Zone: time.UTC, GroupBy: asked.by}
			_, err := o.Figures(context.Background(), q, reader)
			return err
		})
		if err != nil {
			return nil, err
		}
		for i, o := range all {
			what := fmt.Sprintf("SLA page: %d days, grouped by %q", asked.days, asked.by)
			out = append(out, figure{What: o.of(what, took[i]), Unit: "ms", Value: milliseconds(took[i].p95), Aim: "≤ 300 ms", Met: took[i].p95 <= 300*time.Millisecond})
		}
	}
	return out, nil
}
