package transparency

import (
	"cmp"
	"slices"
	"time"

	"dueprocess/casework"
)

// security names the table of national security process.
const security = "national_security"

// The columns of the tables that say what came of requests, after the column that names a row.
var outcomes = []string{"received", "answered", "in_process", "refused", "referred", "withdrawn", "no_data", "domains_affected", "accounts_affected"}

// columnOf is where a class counts, beside received.
var columnOf = map[casework.ReportClass]string{
	casework.CountsAnswered: "answered", casework.CountsInProcess: "in_process", casework.CountsRefused: "refused",
	casework.CountsReferred: "referred", casework.CountsWithdrawn: "withdrawn", casework.CountsNoData: "no_data",
}

func only(all []casework.Tally, is func(casework.Tally) bool) []casework.Tally {
	return slices.DeleteFunc(slices.Clone(all), func(t casework.Tally) bool { return !is(t) })
}

func isSecurity(t casework.Tally) bool {
	return slices.ContainsFunc(t.Instruments, casework.InstrumentType.IsNationalSecurity)
}

func isEmergency(t casework.Tally) bool {
	return t.Emergency || slices.Contains(t.Instruments, casework.EmergencyRequest)
}

// instrumentOf is the paper's main instrument, under which it counts.
func instrumentOf(t casework.Tally) string {
	if len(t.Instruments) == 0 {
		return "unknown"
	}
	return string(t.Instruments[0])
}

func countryOf(t casework.Tally) string { return cmp.Or(t.Country, "unknown") }

// byInstrument is what came of the requests of each instrument.
func byInstrument(open []casework.Tally) Table {
	return newSheet("by_instrument", "instrument", outcomes...).fill(open, instrumentOf, countOutcome).table()
}

// byCountry is the same of each country. Countries with too few are one row.
func byCountry(name string, open []casework.Tally, fewest int) Table {
	return newSheet(name, "country", outcomes...).fill(open, countryOf, countOutcome).together(fewest).table()
}

// countOutcome counts what is no mere preservation. Affected are those of answered requests alone.
func countOutcome(t casework.Tally, add func(column string, n int)) {
	if t.Class == casework.CountsPreserved {
		return
	}
	add("received", t.Cases)
	add(columnOf[t.Class], t.Cases)
	if t.Class == casework.CountsAnswered {
		add("domains_affected", t.Domains)
		add("accounts_affected", t.Accounts)
	}
}

// preservation is what was asked to be preserved, or was: also in the course of a request for data.
func preservation(open []casework.Tally) Table {
	s := newSheet("preservation", "instrument", "received", "preserved", "running", "ended", "preserved_only")
	return s.fill(open, instrumentOf, countPreserved).table()
}

func countPreserved(t casework.Tally, add func(column string, n int)) {
	if t.Preservation == "" && (len(t.Instruments) == 0 || !t.Instruments[0].AsksOnlyToPreserve()) && t.Class != casework.CountsPreserved {
		return
	}
	add("received", t.Cases)
	switch t.Preservation {
	case casework.PreservationRunning:
		add("preserved", t.Cases)
		add("running", t.Cases)
	case casework.PreservationOver:
		add("preserved", t.Cases)
		add("ended", t.Cases)
	}
	if t.Class == casework.CountsPreserved {
		add("preserved_only", t.Cases)
	}
}

// nationalSecurity is all national security process together, in bands, for whole half-years that are over (50 USC
// 1874(a)(3)). Its selectors are the accounts and domains that the targets were found to be.
func nationalSecurity(p Period, halves map[string][]casework.Tally, width int, at time.Time) Table {
	t := Table{Name: security, Columns: []string{"period", "received", "selectors"}, Rows: []Row{}, Total: map[string]int{}}
	for _, half := range p.Halves() {
		if !over(half, at) {
			continue
		}
		received, selectors := 0, 0
		for _, x := range only(halves[half.Name], isSecurity) {
			if x.Class != casework.CountsNowhere {
				received, selectors = received+x.Cases, selectors+x.Accounts+x.Domains
			}
		}
		t.Rows = append(t.Rows, Row{"period": half.Name, "received": Band(received, width), "selectors": Band(selectors, width)})
	}
	return t
}

// over reports whether a period has passed.
func over(p Period, at time.Time) bool { return !at.Before(p.Until().Start(time.UTC)) }

// notice is of how many answered requests the customer was told, or is to be.
func notice(open []casework.Tally) Table {
	s := newSheet("notice", "instrument", "answered", "notified", "not_notified")
	return s.fill(only(open, func(t casework.Tally) bool { return t.Class == casework.CountsAnswered }), instrumentOf, countNotice).table()
}

func countNotice(t casework.Tally, add func(column string, n int)) {
	add("answered", t.Cases)
	if t.Noticed {
		add("notified", t.Cases)
		return
	}
	add("not_notified", t.Cases)
}

// challenges is what came of the requests that we contested.
func challenges(open []casework.Tally) Table {
	s := newSheet("challenges", "instrument", "challenged", "quashed", "answered", "in_process", "other")
	return s.fill(only(open, func(t casework.Tally) bool { return t.Challenged }), instrumentOf, countChallenge).table()
}

func countChallenge(t casework.Tally, add func(column string, n int)) {
	add("challenged", t.Cases)
	switch {
	case t.Resolution == casework.ResolvedQuashed:
		add("quashed", t.Cases)
	case t.Class == casework.CountsAnswered || t.Class == casework.CountsInProcess:
		add(columnOf[t.Class], t.Cases)
	default:
		add("other", t.Cases)
	}
}
