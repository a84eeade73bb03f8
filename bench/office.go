package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
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

// office is a database that starter generate has filled.
type office struct {
	*registry.Registry

	db    *sql.DB
	cases int
	now   time.Time // when the newest case was received
}

// offices opens the databases of BENCH_DATABASE, PostgreSQL, by commas, the smallest first; none: nothing is measured.
func offices() (open []*office, shut func(), err error) {
	shut = func() {
		for _, o := range open {
			_, _ = o.Close(), o.db.Close()
		}
	}
	for address := range strings.FieldsFuncSeq(os.Getenv("BENCH_DATABASE"), func(c rune) bool { return c == ',' }) {
		o, err := openOffice(address)
		if err != nil {
			shut()
			return nil, nil, err
		}
		open = append(open, o)
	}
	return open, shut, nil
}

func openOffice(address string) (*office, error) {
	r, err := registry.Open(context.Background(), address, registry.Options{})
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, err
	}
	o := &office{Registry: r, db: db}
	if err := db.QueryRowContext(context.Background(), "SELECT COUNT(*) FROM cases").Scan(&o.cases); err != nil {
		return nil, err
	}
	newest, err := r.Cases(context.Background(), casework.CaseQuery{Limit: 1}, reader)
	if err == nil && len(newest.Cases) == 0 {
		err = errors.New("there are no cases in " + address)
	}
	if err != nil {
		return nil, err
	}
	o.now = newest.Cases[0].ReceivedAt
	return o, nil
}

var reader = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}

// taken is how long a question took.
type taken struct{ p50, p95 time.Duration }

// beside puts a question to each office in turn, again and again, so that whatever else the machine does falls on all.
func beside(all []*office, ask func(o *office) error) ([]taken, error) {
	return besideUntil(all, func(o *office) (time.Time, error) { err := ask(o); return time.Now(), err })
}

// besideUntil does so where the question itself says when it was answered.
func besideUntil(all []*office, ask func(o *office) (time.Time, error)) ([]taken, error) {
	took := make([][]time.Duration, len(all))
	for range asked + warmUp {
		for i, o := range all {
			began := time.Now()
			answered, err := ask(o)
			if err != nil {
				return nil, err
			}
			took[i] = append(took[i], answered.Sub(began))
		}
	}
	out := make([]taken, len(all))
	for i, t := range took {
		t = t[warmUp:]
		slices.Sort(t)
		out[i] = taken{t[asked/2], t[asked*95/100]}
	}
	return out, nil
}

// of names a question and the office.
func (o *office) of(what string, t taken) string {
	return fmt.Sprintf("%s, %d cases (p50 %.1f ms), p95", what, o.cases, milliseconds(t.p50))
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }
