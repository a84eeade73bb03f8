package casework

import (
	"slices"
	"strconv"
)

// scopeFaults: a scope narrows; it never reaches beyond the demand or the determination's limits.
func (c Case) scopeFaults(f *faults, path string, a DecisionAnswer) {
	if a.Answer == Permit && a.Data != "" && c.mustChoose(a) {
		f.add(path+".targets", "a target names several accounts: choose by naming them")
	}
	if a.Scope == nil {
		return
	}
	c.rangeFaults(f, path, *a.Scope)
	if limits := c.determined(a.Data).Limits; len(limits) > 0 && !subset(a.Scope.Fields, limits) {
		f.add(path+".fields", "reach beyond the limits of the determination: "+join(list(limits)))
	}
	if len(a.Scope.Fields) > 0 && a.Data != Subscriber {
		f.add(path+".fields", "belong to subscriber only")
	}
	for i, name := range a.Scope.Targets {
		if !c.namesAccount(name) {
			f.add(path+".targets["+strconv.Itoa(i)+"]", "is none of the case's accounts")
		}
	}
}

// rangeFaults: a range that is the wrong way round, or that reaches beyond what is demanded of every target.
func (c Case) rangeFaults(f *faults, path string, s Scope) {
	if c.Work.Terms.Behaviour < BehaviourLetter {
		return
	}
	if s.From != "" && s.To != "" && !s.From.From().Before(s.To.Until()) {
		f.add(path+".to", "must not be before from")
	}
	targets := c.Request.Demand.Targets
	if s.From != "" && len(targets) > 0 && !slices.ContainsFunc(targets, func(t Target) bool { return t.From == "" || !s.From.From().Before(t.From.From()) }) {
		f.add(path+".from", "reaches beyond the demand: a scope narrows it")
	}
	if s.To != "" && len(targets) > 0 && !slices.ContainsFunc(targets, func(t Target) bool { return t.To == "" || !t.To.Until().Before(s.To.Until()) }) {
		f.add(path+".to", "reaches beyond the demand: a scope narrows it")
	}
}

// cuts reports whether a scope's range leaves out something of what is demanded of some target.
func (c Case) cuts(s Scope) bool {
	if c.Work.Terms.Behaviour < BehaviourLetter {
		return s.From != "" || s.To != ""
	}
	return slices.ContainsFunc(c.Request.Demand.Targets, func(t Target) bool {
		return s.From != "" && t.From.From().Before(s.From.From()) || s.To != "" && (t.To == "" || s.To.Until().Before(t.To.Until()))
	})
}

func subset[T comparable](inner, outer []T) bool {
	return !slices.ContainsFunc(inner, func(x T) bool { return !slices.Contains(outer, x) })
}

func (c Case) namesAccount(name string) bool {
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Account != "" && a.Account == name })
}

func (c Case) mustChoose(a DecisionAnswer) bool {
	several := slices.ContainsFunc(c.Accounts, func(x Account) bool { return x.Match == MatchSeveral })
	return several && (a.Scope == nil || len(a.Scope.Targets) == 0)
}

// narrows reports whether the scope is narrower than the demand within the determination's limits.
func (c Case) narrows(s *Scope, limits []SubscriberField) bool {
	if s == nil {
		return false
	}
	return c.cuts(*s) || len(s.Fields) > 0 && !subset(limits, s.Fields) || len(s.Fields) > 0 && len(limits) == 0 || c.forgoes(s)
}

// forgoes reports whether the scope leaves out every account of some target; to choose one of several is no narrowing.
func (c Case) forgoes(s *Scope) bool {
	if len(s.Targets) == 0 || c.Work.Terms.Behaviour < BehaviourHearings {
		return false
	}
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Match != MatchNone && !c.reaches(s, a.Target) })
}

func (c Case) reaches(s *Scope, target int) bool {
	return slices.ContainsFunc(c.Accounts, func(a Account) bool { return a.Target == target && slices.Contains(s.Targets, a.Account) })
}

// limited is the scope as it binds: the determination's limits where the reviewer named no fields.
func (c Case) limited(a DecisionAnswer) *Scope {
	limits := c.determined(a.Data).Limits
	if a.Answer != Permit || len(limits) == 0 || a.Scope != nil && len(a.Scope.Fields) > 0 {
		return a.Scope
	}
	s := Scope{}
	if a.Scope != nil {
		s = *a.Scope
	}
	s.Fields = limits
	return &s
}
