package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of that name

	"dueprocess/casework"
	"dueprocess/registry"
)

// asked is how often each question is put; the first times do not count.
const (
	asked  = 60
	warmUp = 5
)

// queue is what the lists and the SLA figures cost over a database that starter generate has filled: BENCH_DATABASE, a
// PostgreSQL. Without one nothing is measured.
func queue() ([]figure, error) {
	address := os.Getenv("BENCH_DATABASE")
	if address == "" {
		return nil, nil
	}
	r, err := registry.Open(context.Background(), address, registry.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	plain, err := plainPage(address)
	if err != nil {
		return nil, err
	}
	cases, err := countCases(address)
	if err != nil {
		return nil, err
	}
	out, err := pages(r, cases, plain)
	if err != nil {
		return nil, err
	}
	sla, err := slaPages(r, cases)
	return append(out, sla...), err
}

var reader = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}

// questions are one of each filter, sort and search.
var questions = map[string]casework.CaseQuery{
	"no filter": {}, "stage": {Stage: casework.InLegalReview}, "waiting_on": {WaitingOn: casework.OnReviewer}, "assignee": {Assignee: "rosa"},
	"country": {Country: "DE"}, "instrument": {Instrument: casework.SearchWarrant}, "sla": {SLA: casework.Breached}, "resolution": {Resolution: casework.ResolvedRefused},
	"two filters": {Country: "US", Assignee: "rosa"}, "by due": {Sort: "due"}, "by due, stage": {Sort: "due", Stage: casework.InLegalReview},
	"search, one word": {Q: "bureau"}, "search, two words": {Q: "prosecutor harbor"}, "case id": {Q: "LR-2025-000007"},
}

func pages(r *registry.Registry, cases int, plain time.Duration) ([]figure, error) {
	var out []figure
	for _, name := range sortedKeys(questions) {
		p50, p95, err := percentiles(func() error { _, err := r.Cases(context.Background(), questions[name], reader); return err })
		if err != nil {
			return nil, err
		}
		out = append(out, figure{
			What: fmt.Sprintf("queue of %d cases: %s (p50 %.1f ms), p95", cases, name, milliseconds(p50)), Unit: "ms", Value: milliseconds(p95),
			Baseline: milliseconds(plain), Against: "a plain page", Ratio: p95.Seconds() / plain.Seconds(), Aim: "≤ 50 ms", Met: p95 <= 50*time.Millisecond,
		})
	}
	return out, nil
}

func slaPages(r *registry.Registry, cases int) ([]figure, error) {
	newest, err := r.Cases(context.Background(), casework.CaseQuery{Limit: 1}, reader)
	if err != nil || len(newest.Cases) == 0 {
		return nil, err
	}
	now := newest.Cases[0].ReceivedAt
	var out []figure
	for _, days := range []int{30, 365, 3 * 365} {
		q := casework.FiguresQuery{From: now.AddDate(0, 0, -days), Until: now.AddDate(0, 0, 1), Now: now, Zone: time.UTC, GroupBy: casework.ByInstrument}
		p50, p95, err := percentiles(func() error { _, err := r.Figures(context.Background(), q, reader); return err })
		if err != nil {
			return nil, err
		}
		out = append(out, figure{
			What: fmt.Sprintf("SLA page of %d cases over %d days (p50 %.0f ms), p95", cases, days, milliseconds(p50)), Unit: "ms", Value: milliseconds(p95),
			Aim: "≤ 300 ms", Met: p95 <= 300*time.Millisecond,
		})
	}
	return out, nil
}

// plainPage is fifty rows by the index that the queue uses, and nothing else.
func plainPage(address string) (time.Duration, error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	_, p95, err := percentiles(func() error { return readPage(db) })
	return p95, err
}

func readPage(db *sql.DB) (err error) {
	rows, err := db.QueryContext(context.Background(), "SELECT case_id, projection FROM cases ORDER BY received_at DESC, case_id DESC LIMIT 50")
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

func countCases(address string) (n int, err error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	return n, db.QueryRowContext(context.Background(), "SELECT COUNT(*) FROM cases").Scan(&n)
}

// percentiles puts a question again and again.
func percentiles(do func() error) (p50, p95 time.Duration, err error) {
	took := []time.Duration{}
	for range asked + warmUp {
		began := time.Now()
		if err := do(); err != nil {
			return 0, 0, err
		}
		took = append(took, time.Since(began))
	}
	took = took[warmUp:]
	slices.Sort(took)
	return took[asked/2], took[asked*95/100], nil
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

func sortedKeys(m map[string]casework.CaseQuery) []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
