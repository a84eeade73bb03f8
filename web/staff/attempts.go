package staff

import (
	"net"
	"sync"
	"time"

	"dueprocess/casework"
)

// How often one address may begin or end a sign-in; behind a proxy, all of the team are one address.
const (
	mostAttempts  = 60
	attemptWindow = time.Minute
)

// attempts counts sign-ins per address within a window; all are forgotten at its end.
type attempts struct {
	mu    sync.Mutex
	until time.Time
	count map[string]int
}

// take refuses whoever comes too often.
func (a *attempts) take(remote string, now time.Time) error {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !now.Before(a.until) {
		a.until, a.count = now.Add(attemptWindow), map[string]int{}
	}
	if a.count[host]++; a.count[host] > mostAttempts {
		return casework.Refuse(casework.RateLimited, "Too many sign-ins from your address. Wait a minute and try again.")
	}
	return nil
}
