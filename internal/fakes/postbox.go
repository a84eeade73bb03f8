package fakes

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"dueprocess/activities"
)

// Postbox takes letters and keeps them by their identification, as a mail server does; addresses in Bounces are refused
// for good.
type Postbox struct {
	Bounces map[string]bool

	mu      sync.Mutex
	letters []activities.Letter
	ids     map[string]bool
}

// Send keeps a letter; the same case, step and copy again is the same letter.
func (p *Postbox) Send(_ context.Context, l activities.Letter) (string, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := fmt.Sprintf("<%s.%d.%d@test>", l.Case, l.Step, l.Copy)
	if p.Bounces[l.To] {
		return id, true, nil
	}
	if p.ids == nil {
		p.ids = map[string]bool{}
	}
	if !p.ids[id] {
		p.ids[id] = true
		p.letters = append(p.letters, l)
	}
	return id, false, nil
}

// Kinds are the kinds of the letters taken, in order.
func (p *Postbox) Kinds() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := []string{}
	for _, l := range p.letters {
		out = append(out, l.Kind)
	}
	return out
}

// To are the letters taken for an address.
func (p *Postbox) To(address string) []activities.Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := []activities.Letter{}
	for _, l := range p.letters {
		if l.To == address {
			out = append(out, l)
		}
	}
	return out
}

// All are the letters taken, in order.
func (p *Postbox) All() []activities.Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.letters)
}
