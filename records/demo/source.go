// Package demo is a made-up provider: 5,000 accounts with two years of records, all of them computed from a seed when
// they are asked for and none of them stored. The local mode and the end-to-end tests look things up in it. Its people,
// names, numbers and texts are invented; its domains and addresses are those that are reserved for documentation.
package demo

import (
	"context"
	"iter"
	"slices"
	"time"

	"dueprocess/casework"
)

// Accounts is how many accounts there are.
const Accounts = 5000

// HarborLights is the account that is always there, with records on most days.
const HarborLights = "harbor.lights@example.net"

// years is how far back the records reach.
const years = 2

// Source answers casework.Records. It is safe for concurrent use.
type Source struct {
	seed    uint64
	now     func() time.Time
	people  []person
	byName  map[string][]int // e-mail address and account number
	byOther map[other][]int
	changes changes
}

// other is a target's type and normal value.
type other struct {
	kind  casework.TargetType
	value string
}

var _ casework.Records = (*Source)(nil)

// New makes the source of a seed: the same seed has the same accounts, and the same records on the same days. now is
// asked at every look-up, and nothing is later than it.
func New(seed uint64, now func() time.Time) *Source {
	s := &Source{seed: seed, now: now, people: make([]person, Accounts), byName: map[string][]int{}, byOther: map[other][]int{}}
	s.changes.erased, s.changes.seen = map[string][]erasure{}, map[string][]LogEntry{}
	for i := range s.people {
		s.people[i] = s.born(i)
	}
	for i, p := range s.people {
		s.byName[p.email] = append(s.byName[p.email], i)
		s.byName[p.number] = append(s.byName[p.number], i)
		for _, o := range []other{{casework.Domain, p.domain}, {casework.Phone, p.phone}, {casework.PaymentID, p.payment}} {
			s.byOther[o] = append(s.byOther[o], i)
		}
	}
	return s
}

// Name is the source's name in manifests.
func (s *Source) Name() string { return "demo" }

// Holder reads an account's address and language.
func (s *Source) Holder(_ context.Context, account string) (casework.AccountHolder, error) {
	p, err := s.person(account)
	if err != nil {
		return casework.AccountHolder{}, err
	}
	return p.holder(), nil
}

func (s *Source) person(account string) (*person, error) {
	if found := s.byName[account]; len(found) == 1 {
		return &s.people[found[0]], nil
	}
	return nil, casework.Refuse(casework.NotFound, "There is no such account.")
}

// Columns are the columns of a category; the live ones have those of the stored, and never a row.
func (s *Source) Columns(d casework.Data) []string {
	switch d {
	case casework.Subscriber:
		return []string{"account", "field", "at", "value"}
	case casework.Identification:
		return []string{"account", "at", "ip", "port"}
	case casework.Traffic, casework.LiveTraffic:
		return []string{"account", "at", "ip", "method", "host", "path_bytes", "status", "bytes"}
	case casework.Content, casework.LiveContent:
		return []string{"account", "at", "kind", "subject", "body"}
	}
	return nil
}

// Look streams one category of one account: what has no date first, then day by day.
func (s *Source) Look(ctx context.Context, q casework.Query) iter.Seq2[casework.Row, error] {
	return s.left(q, func(yield func(casework.Row, error) bool) {
		p, err := s.person(q.Account)
		if err != nil {
			yield(casework.Row{}, err)
			return
		}
		if q.Data == casework.Subscriber && !each(p.record(), q, yield) {
			return
		}
		s.lookDays(ctx, p, q, yield)
	})
}

// lookDays goes through the days of the range, and stops when the context does.
func (s *Source) lookDays(ctx context.Context, p *person, q casework.Query, yield func(casework.Row, error) bool) {
	rowsOf, dated := byDay[q.Data]
	if !dated {
		return
	}
	q = s.bounded(q)
	for day := q.From.Truncate(24 * time.Hour); day.Before(q.Until); day = day.AddDate(0, 0, 1) {
		if err := ctx.Err(); err != nil {
			yield(casework.Row{}, err)
			return
		}
		if !each(rowsOf(s, p, day), q, yield) {
			return
		}
	}
}

// bounded narrows a query to the two years that there are.
func (s *Source) bounded(q casework.Query) casework.Query {
	now := s.now().UTC()
	if start := now.AddDate(-years, 0, 0); q.From.Before(start) {
		q.From = start
	}
	if q.Until.IsZero() || q.Until.After(now) {
		q.Until = now
	}
	q.From, q.Until = q.From.UTC(), q.Until.UTC()
	return q
}

// each yields the rows that the query names; false: no more are wanted.
func each(rows []casework.Row, q casework.Query, yield func(casework.Row, error) bool) bool {
	for _, row := range rows {
		if asked(row, q) && !yield(row, nil) {
			return false
		}
	}
	return true
}

func asked(row casework.Row, q casework.Query) bool {
	if len(q.Fields) > 0 && !slices.Contains(q.Fields, row.Field) {
		return false
	}
	return row.At.IsZero() || !row.At.Before(q.From) && row.At.Before(q.Until)
}
