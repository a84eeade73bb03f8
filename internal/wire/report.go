package wire

import (
	"context"
	"errors"
	"time"

	"dueprocess/casework"
	"dueprocess/policy"
	"dueprocess/registry"
	"dueprocess/transparency"
)

// Reporting is what a transparency report is made of, for the command: a database, and the rulebook whose profile says how
// it is published.
type Reporting struct {
	Database string
	Rulebook string // a folder; empty: the default one
	Profile  string // a file laid over the rulebook's own; empty: none
	Rederive bool   // the counting facts are first derived again from the events
}

// Report makes the report of a period. Where the facts were derived again, recount says what came of that.
func (rp Reporting) Report(ctx context.Context, p transparency.Period, now time.Time) (report transparency.Report, recount *casework.Recount, err error) {
	rules, noRules := Rules(rp.Rulebook, rp.Profile)
	r, noRegistry := openThere(ctx, rp.Database)
	if err := errors.Join(noRules, noRegistry); err != nil {
		return report, nil, errors.Join(err, closed(r))
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if rp.Rederive {
		again, err := r.Rederive(ctx)
		if err != nil {
			return report, nil, err
		}
		recount = &again
	}
	report, err = reportOf(ctx, r, rules, p, now)
	return report, recount, err
}

// reports makes reports from an office's registry and the rulebook in force.
type reports struct{ *Office }

func (o reports) Report(ctx context.Context, p transparency.Period) (transparency.Report, error) {
	return reportOf(ctx, o.Registry, o.Rules(), p, o.Now())
}

// reportOf counts a period, and the half-years in it.
func reportOf(ctx context.Context, r *registry.Registry, rules *policy.Rulebook, p transparency.Period, now time.Time) (transparency.Report, error) {
	c := transparency.Counts{Halves: map[string][]casework.Tally{}}
	var err error
	if c.Tallies, err = r.Tallies(ctx, p.From, p.Until()); err != nil {
		return transparency.Report{}, err
	}
	for _, half := range p.Halves() {
		if c.Halves[half.Name], err = r.Tallies(ctx, half.From, half.Until()); err != nil {
			return transparency.Report{}, err
		}
	}
	if c.Referrals, err = r.Referrals(ctx, p.From, p.Until()); err != nil {
		return transparency.Report{}, err
	}
	return transparency.Make(p, c, publishing(rules.Profile()), rules.Identity(), now), nil
}

// publishing is how a profile publishes.
func publishing(p policy.Profile) transparency.Settings {
	s := transparency.Settings{Provider: p.Name, Band: p.Publishing.Band, Fewest: p.Publishing.Fewest}
	for _, c := range p.Publishing.Canaries {
		s.Canaries = append(s.Canaries, transparency.Canary(c))
	}
	return s
}
