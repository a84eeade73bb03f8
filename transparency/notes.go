package transparency

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
)

// notes say how the numbers are to be read, and what cannot stand in a table.
func notes(p Period, s Settings, referrals []casework.ReferralTally, at time.Time) []string {
	out := []string{
		"A request counts in the period in which it was received (UTC), and as what it is when the report is made: one that is still open is in process.",
		"Received need not equal the sum of the other columns of its row, nor answered plus in process: what was preserved and nothing else is in the table " +
			"preservation alone, and a duplicate of another request is in none.",
		"Domains and accounts affected are those of answered requests only.",
		"A paper that carries several kinds of process counts once, as the first of them.",
		ofSecurity(p, cmp.Or(s.Band, usualBand), at),
	}
	if !over(p, at) {
		out = append(out, "The period is not over: these are its first figures.")
	}
	if s.Fewest > 1 {
		out = append(out, fmt.Sprintf("Countries from which fewer than %d requests came are put together as %q.", s.Fewest, others))
	}
	for _, c := range s.Canaries {
		if c.AttestedOn.Before(p.To) {
			out = append(out, fmt.Sprintf("What is said never to have been done was last attested on %s, before the period ended.", c.AttestedOn))
			break
		}
	}
	return append(out, referred(referrals)...)
}

// ofSecurity says how national security process is reported. It says the same whether there was any.
func ofSecurity(p Period, width int, at time.Time) string {
	note := fmt.Sprintf("National security process is reported together, in bands of %d from 0-%d, and appears in no other table (50 USC 1874(a)(3)).", width, width-1)
	switch halves := p.Halves(); {
	case len(halves) == 0:
		return note + " It may be reported for whole half-years only, so that this report has none."
	case !over(halves[len(halves)-1], at):
		return note + " A half-year is reported once it is over."
	}
	return note
}

// referred says what became of requests that were sent to the treaty route, one sentence for each country and route.
func referred(list []casework.ReferralTally) []string {
	out := []string{}
	for _, r := range list {
		parts := []string{fmt.Sprintf("Sent to the treaty route in the period: %s (%s), %d", r.Country, spaced(r.Route), r.Cases), fmt.Sprintf("nothing is known yet of %d", r.Waiting)}
		for _, outcome := range slices.Sorted(maps.Keys(r.Outcomes)) {
			parts = append(parts, fmt.Sprintf("%s: %d", spaced(outcome), r.Outcomes[outcome]))
		}
		if r.Waiting < r.Cases {
			parts = append(parts, fmt.Sprintf("half of those within %d days, nine in ten within %d", r.MedianDays, r.NinetiethDays))
		}
		out = append(out, strings.Join(parts, "; ")+".")
	}
	return out
}

// spaced is a word of a vocabulary as people write it.
func spaced[W ~string](word W) string { return strings.ReplaceAll(string(word), "_", " ") }
