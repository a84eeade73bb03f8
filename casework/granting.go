package casework

import (
	"slices"
	"time"
)

// Grant is what a parcel may hold of one account: exactly the approved category, fields and time (rule 2).
type Grant struct {
	Target Target
	Query  Query
}

// Grants lists what may be looked up for a parcel. Nothing outside them is ever asked of a source or put into a parcel.
func (c Case) Grants(n int) []Grant {
	out := []Grant{}
	i := slices.IndexFunc(c.Disclosures, func(d Disclosure) bool { return d.N == n })
	if i < 0 || c.Decision == nil {
		return out
	}
	for _, a := range c.Decision.Answers {
		if a.Data != "" && slices.Contains(c.Disclosures[i].Data, a.Data) && c.effective(a) == Permit {
			out = append(out, c.grantsOf(a)...)
		}
	}
	return out
}

func (c Case) grantsOf(a DecisionAnswer) []Grant {
	out := []Grant{}
	for _, account := range c.Accounts {
		if account.Match == MatchNone || account.Target >= len(c.Request.Demand.Targets) || a.Scope.leavesOut(account) {
			continue
		}
		target := c.Request.Demand.Targets[account.Target]
		q := Query{Account: account.Account, Data: a.Data, From: target.From.From(), Until: c.lastInstant(target)}
		if a.Scope != nil {
			q.Fields = a.Scope.Fields
			q.From = latest(q.From, a.Scope.From.From())
			q.Until = earliest(q.Until, a.Scope.To.Until())
		}
		out = append(out, Grant{Target: target, Query: q})
	}
	return out
}

func (s *Scope) leavesOut(a Account) bool {
	if s == nil || len(s.Targets) == 0 {
		return a.Match == MatchSeveral
	}
	return !slices.Contains(s.Targets, a.Account)
}

// lastInstant is the end of the target's range; stored data ends at service, whatever the range says.
func (c Case) lastInstant(target Target) time.Time {
	served := c.Request.ReceivedAt
	if c.Request.Instrument.ServedOn != "" {
		served = earliest(served, Moment(c.Request.Instrument.ServedOn).Until())
	}
	return earliest(target.To.Until(), served)
}

// earliest is the earlier of two instants, of which zero is none.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
