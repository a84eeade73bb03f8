package demo

import (
	"iter"
	"slices"
	"sync"
	"time"

	"dueprocess/casework"
)

// LogEntry is a line of what a customer sees in their own account. Look-ups of the office are never in it.
type LogEntry struct {
	At   time.Time
	Text string
}

// changes is what customers did to their accounts since the source was made.
type changes struct {
	mu     sync.Mutex
	erased map[string][]erasure
	seen   map[string][]LogEntry
}

// erasure is what a customer deleted.
type erasure struct {
	data        casework.Data
	from, until time.Time
}

// Erase is a customer deleting what their account has of a category in [from, until): it is gone from then on, and they
// see in their account that they did it.
func (s *Source) Erase(account string, data casework.Data, from, until time.Time) error {
	p, err := s.person(account)
	if err != nil {
		return err
	}
	s.changes.mu.Lock()
	defer s.changes.mu.Unlock()
	s.changes.erased[p.email] = append(s.changes.erased[p.email], erasure{data, from, until})
	s.changes.seen[p.email] = append(s.changes.seen[p.email], LogEntry{s.now(), "You deleted " + string(data) + "."})
	return nil
}

// Log is what the customer sees of what happened to their account.
func (s *Source) Log(account string) []LogEntry {
	s.changes.mu.Lock()
	defer s.changes.mu.Unlock()
	return slices.Clone(s.changes.seen[account])
}

// left are the rows that nobody has deleted.
func (s *Source) left(q casework.Query, rows iter.Seq2[casework.Row, error]) iter.Seq2[casework.Row, error] {
	s.changes.mu.Lock()
	gone := slices.Clone(s.changes.erased[q.Account])
	s.changes.mu.Unlock()
	return func(yield func(casework.Row, error) bool) {
		for row, err := range rows {
			erased := slices.ContainsFunc(gone, func(e erasure) bool {
				return e.data == q.Data && !row.At.Before(e.from) && row.At.Before(e.until)
			})
			if (err != nil || !erased) && !yield(row, err) {
				return
			}
		}
	}
}
