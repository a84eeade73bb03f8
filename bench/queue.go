package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dueprocess/casework"
)

// question is one thing asked of the queue; what depends on the day is asked by its office's.
type question struct {
	name string
	ask  casework.CaseQuery
	due  time.Duration // before how long after the newest case something is due
}

// questions are one of each filter, sort and search, and what is bad for an index: rare values, several together, an
// order that is not the filter's.
var questions = []question{
	{name: "no filter"},
	{name: "stage", ask: casework.CaseQuery{Stage: casework.InLegalReview}},
	{name: "waiting on", ask: casework.CaseQuery{WaitingOn: casework.OnReviewer}},
	{name: "assignee", ask: casework.CaseQuery{Assignee: "rosa"}},
	{name: "country", ask: casework.CaseQuery{Country: "DE"}},
	{name: "rare country", ask: casework.CaseQuery{Country: "FI"}},
	{name: "instrument", ask: casework.CaseQuery{Instrument: casework.SearchWarrant}},
	{name: "SLA", ask: casework.CaseQuery{SLA: casework.Breached}},
	{name: "resolution", ask: casework.CaseQuery{Resolution: casework.ResolvedRefused}},
	{name: "open", ask: casework.CaseQuery{Open: true}},
	{name: "waiting on us", ask: casework.CaseQuery{WaitingOnUs: true, Sort: "due"}},
	{name: "unassigned", ask: casework.CaseQuery{Unassigned: true, Open: true, Sort: "due"}},
	{name: "emergency", ask: casework.CaseQuery{Emergency: true, Open: true, Sort: "due"}},
	{name: "emergency, open or closed", ask: casework.CaseQuery{Emergency: true}},
	{name: "due in three days", ask: casework.CaseQuery{Open: true, Sort: "due"}, due: 72 * time.Hour},
	{name: "two filters", ask: casework.CaseQuery{Country: "US", Assignee: "rosa"}},
	{name: "two filters, few hits", ask: casework.CaseQuery{Country: "FI", Assignee: "rosa"}},
	{name: "two filters, no hit", ask: casework.CaseQuery{Country: "US", Instrument: casework.EPOC}},
	{name: "two frequent filters, few hits", ask: casework.CaseQuery{Instrument: casework.ForeignOrder, Resolution: casework.ResolvedRefused}},
	{name: "three filters", ask: casework.CaseQuery{Country: "DE", Instrument: casework.ForeignOrder, Resolution: casework.ResolvedReferred}},
	{name: "three filters, no hit", ask: casework.CaseQuery{Country: "JP", Instrument: casework.EPOC, SLA: casework.Missed}},
	{name: "oldest first", ask: casework.CaseQuery{Sort: "received_at"}},
	{name: "oldest first, country", ask: casework.CaseQuery{Sort: "received_at", Country: "DE"}},
	{name: "by due", ask: casework.CaseQuery{Sort: "due"}},
	{name: "by due, last first", ask: casework.CaseQuery{Sort: "-due"}},
	{name: "by due, stage", ask: casework.CaseQuery{Sort: "due", Stage: casework.InLegalReview}},
	{name: "by due, country", ask: casework.CaseQuery{Sort: "due", Country: "DE"}},
	{name: "by due, rare country", ask: casework.CaseQuery{Sort: "due", Country: "FI"}},
	{name: "by due, resolution", ask: casework.CaseQuery{Sort: "due", Resolution: casework.ResolvedRefused}},
	{name: "by number", ask: casework.CaseQuery{Sort: "case_id"}},
	{name: "by number, last first", ask: casework.CaseQuery{Sort: "-case_id"}},
	{name: "by number, rare country", ask: casework.CaseQuery{Sort: "case_id", Country: "FI"}},
	{name: "search, one word", ask: casework.CaseQuery{Q: "bureau"}},
	{name: "search, two words", ask: casework.CaseQuery{Q: "prosecutor harbor"}},
	{name: "search, two frequent words", ask: casework.CaseQuery{Q: "police court"}},
	{name: "search, one letter", ask: casework.CaseQuery{Q: "p"}},
	{name: "search, nothing found", ask: casework.CaseQuery{Q: "zyzzyva"}},
	{name: "search, filter", ask: casework.CaseQuery{Q: "bureau", Assignee: "rosa"}},
	{name: "search, filter, few hits", ask: casework.CaseQuery{Q: "bureau", Stage: casework.InLegalReview, Sort: "due"}},
	{name: "case number", ask: casework.CaseQuery{Q: "LR-2025-000007"}},
}

// queue is what the lists cost: a page with its total.
func queue() ([]figure, error) {
	all, shut, err := offices()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	defer shut()
	plain, err := beside(all, readPage)
	if err != nil {
		return nil, err
	}
	var out []figure
	for _, q := range questions {
		shown := map[*office]int{}
		took, err := beside(all, func(o *office) (err error) { shown[o], err = q.page(o); return err })
		if err != nil {
			return nil, err
		}
		out = append(out, pageFigures(q.name, all, took, plain)...)
		grown, err := q.growth(all, took, shown[all[0]], shown[all[len(all)-1]])
		if err != nil {
			return nil, err
		}
		out = append(out, grown...)
	}
	return out, nil
}

// growth compares pages of the same length: one that is not full in the smallest office is asked for anew, no longer than
// it is there.
func (q question) growth(all []*office, took []taken, least, most int) ([]figure, error) {
	name := "queue: " + q.name
	if least == most || least == 0 {
		return growth(name, all, took), nil
	}
	q.ask.Limit = least
	took, err := beside(all, func(o *office) error { _, err := q.page(o); return err })
	return growth(fmt.Sprintf("%s, pages of %d", name, least), all, took), err
}

// page asks for a page with its total, and says how many cases are on it.
func (q question) page(o *office) (shown int, err error) {
	if q.due > 0 {
		q.ask.DueBefore = o.now.Add(q.due)
	}
	list, err := o.Cases(context.Background(), q.ask, reader)
	return len(list.Cases), err
}

// pageFigures are one question's, in each office beside a plain page.
func pageFigures(name string, all []*office, took, plain []taken) []figure {
	var out []figure
	for i, o := range all {
		out = append(out, figure{
			What: o.of("queue: "+name, took[i]), Unit: "ms", Value: milliseconds(took[i].p95), Baseline: milliseconds(plain[i].p95), Against: "SELECT … LIMIT 50",
			Ratio: ratio(took[i].p95, plain[i].p95), Aim: "≤ 50 ms", Met: took[i].p95 <= 50*time.Millisecond,
		})
	}
	return out
}

// growth is what a question takes in the largest office beside what it takes in the smallest: half the time at least.
func growth(name string, all []*office, took []taken) []figure {
	if len(all) < 2 {
		return nil
	}
	small, large := took[0].p50, took[len(took)-1].p50
	return []figure{{
		What: name + ", growth of the p50", Unit: "ms", Value: milliseconds(large), Baseline: milliseconds(small), Against: "the smallest database",
		Ratio: ratio(large, small), Aim: "≤ 1.5 ×", Met: ratio(large, small) <= 1.5,
	}}
}

func ratio(a, b time.Duration) float64 { return a.Seconds() / b.Seconds() }

// readPage is fifty rows by the index that the queue uses, and nothing else.
func readPage(o *office) (err error) {
	rows, err := o.db.QueryContext(context.Background(), "SELECT case_id, projection FROM cases ORDER BY received_at DESC, case_id DESC LIMIT 50")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id, projection string
		if err := rows.Scan(&id, &projection); err != nil {
			return err
		}
	}
	return rows.Err()
}
