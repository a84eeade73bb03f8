package registry

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/ledger"
)

// factsOf is what every event of a change says of its case for the counts: nothing in it names a person, so it stays
// when the rest is purged. A case's last event of a change has the case as it then was.
func factsOf(c casework.Case) ledger.Facts {
	r := c.Request
	f := ledger.Facts{
		"instrument":     list(r.Instrument.Types()),
		"country":        r.Authority.Country,
		"authority_kind": string(r.Authority.Kind),
		"channel":        string(r.Channel),
		"data":           list(r.Demand.Data),
		"actions":        list(r.Demand.Actions),
		"emergency":      yes(r.Emergency.Claimed),
		"secrecy":        string(c.Secrecy.Kind),
		"received_on":    dayOf(c.ReceivedAt),
		"stage":          string(c.Stage),
		"resolution":     resolution(c.View),
		"outcome":        outcome(c.View),
		"accounts":       count(len(found(c.Accounts))),
		"domains":        count(domains(c.View)),
		"notices":        count(len(c.Notices)),
		"objections":     count(len(c.Objections)),
		"challenges":     count(len(c.Challenges)),
		"preservation":   preservation(c.Preservation),
		"disclosed":      list(disclosed(c.Disclosures)),
	}
	maps.Copy(f, referral(c))
	return pruned(f)
}

// referral is when a case was sent to the treaty route, by which, and what became of that when: its outcome closes the case.
func referral(c casework.Case) ledger.Facts {
	if c.Referral == nil {
		return nil
	}
	f := ledger.Facts{"route": string(c.Referral.Route), "referred_on": dayOf(c.Referral.At)}
	if c.Referral.Outcome != nil && c.Work.ClosedAt != nil {
		f["mlat_outcome"], f["mlat_on"] = string(*c.Referral.Outcome), dayOf(*c.Work.ClosedAt)
	}
	return f
}

func dayOf(at time.Time) string { return string(casework.DateOf(at, time.UTC)) }

func list[W ~string](words []W) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, " ")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func outcome(v casework.View) string {
	if v.Decision == nil {
		return ""
	}
	return string(v.Decision.Outcome)
}

func found(accounts []casework.Account) []string {
	var names []string
	for _, a := range accounts {
		if a.Match != casework.MatchNone && !slices.Contains(names, a.Account) {
			names = append(names, a.Account)
		}
	}
	return names
}

// domains is how many domains were asked about and found to be ours.
func domains(v casework.View) int {
	var names []string
	for _, a := range v.Accounts {
		if a.Match == casework.MatchNone || a.Target < 0 || a.Target >= len(v.Request.Demand.Targets) {
			continue
		}
		if t := v.Request.Demand.Targets[a.Target]; t.Type == casework.Domain && !slices.Contains(names, t.Value) {
			names = append(names, t.Value)
		}
	}
	return len(names)
}

func preservation(p *casework.Preservation) string {
	if p == nil {
		return ""
	}
	return string(p.Status)
}

// disclosed are the categories that left the house.
func disclosed(parcels []casework.Disclosure) []casework.Data {
	out := []casework.Data{}
	for _, p := range parcels {
		switch p.Status {
		case casework.ParcelReleased, casework.ParcelDelivered, casework.ParcelExpired, casework.ParcelReceived:
			out = append(out, p.Data...)
		case casework.ParcelCollecting, casework.ParcelReady, casework.ParcelDropped:
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// pruned leaves out what is not there.
func pruned(f ledger.Facts) ledger.Facts {
	for name, value := range f {
		if value == "" {
			delete(f, name)
		}
	}
	return f
}
