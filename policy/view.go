package policy

import (
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/clocks"
)

// view is a request as the rules see it: under one instrument, on one day, with what the rulebook knows of the country,
// the residence and the targets. It is made once a determination; only the instrument changes.
type view struct {
	req        *casework.Request
	book       *Rulebook
	instrument casework.InstrumentType // as it counts
	served     casework.InstrumentType // as it was served
	class      class
	known      bool // the authority is in the contact book

	on        casework.Date // the day whose rules apply
	received  casework.Date // the day of receipt in the governing zone
	service   casework.Date // the day of service; without one, of receipt
	zone      *time.Location
	country   Country
	residence Country
	targets   targets
}

// class is whom the rules see behind an authority.
type class string

// The classes: a civil party is neither US nor non-US.
const (
	classUS      class = "us"
	classForeign class = "foreign"
	classCivil   class = "civil"
)

var classes = []class{classUS, classForeign, classCivil}

func classOf(a casework.Authority) class {
	switch {
	case a.Kind == casework.CivilParty:
		return classCivil
	case stateOf(a.Country) == "US":
		return classUS
	}
	return classForeign
}

// look makes the view of a request.
func (r *Rulebook) look(req *casework.Request, f Facts) *view {
	v := &view{req: req, book: r, class: classOf(req.Authority), known: f.AuthorityKnown, on: f.On, zone: r.zone(req)}
	v.received = casework.DateOf(req.ReceivedAt, v.zone)
	if v.on == "" {
		v.on = v.received
	}
	v.service = req.Instrument.ServedOn
	if v.service == "" {
		v.service = v.received
	}
	v.country = r.countries[stateOf(req.Authority.Country)]
	v.residence = r.countries[stateOf(req.Matter.Subject.Residence)]
	v.targets = v.lookAtTargets()
	return v
}

// zone governs the day of receipt and the deadlines: for EU certificates, also beside other process, that of the designated
// establishment.
func (r *Rulebook) zone(req *casework.Request) *time.Location {
	if slices.ContainsFunc(req.Instrument.Types(), casework.InstrumentType.IsEU) {
		return clocks.Zone(r.profile.Establishment, "")
	}
	return clocks.Zone(req.Authority.Country, req.Authority.Subdivision)
}

// as is the view under one instrument of the paper.
func (v *view) as(served, counts casework.InstrumentType) *view {
	w := *v
	w.served, w.instrument = served, counts
	return &w
}

// targets is what the rules need to know of the targets; the lists name those concerned by their place.
type targets struct {
	types        []casework.TargetType
	empty        []int64 // without a value
	withoutRange []int64
	afterService []int64 // range ends after service
	onEdge       []int64 // inside the provider's own edge ranges, and not told apart by host, port and time
	withoutTime  []int64 // an address without an instant
	longest      int64   // days of the longest range that counts; -1 where one has no end
}

func (v *view) lookAtTargets() targets {
	out := targets{}
	for i, t := range v.req.Demand.Targets {
		out.types = append(out.types, t.Type)
		mark(&out.empty, i, strings.TrimSpace(t.Value) == "")
		mark(&out.withoutRange, i, t.From == "" || t.To == "")
		mark(&out.afterService, i, t.To.Day() > v.service)
		if t.Type == casework.IPAddress {
			untimed := !isInstant(t.From)
			mark(&out.withoutTime, i, untimed)
			mark(&out.onEdge, i, v.book.profile.IsEdge(t.Value) && (untimed || t.Port == nil || t.Host == ""))
		}
	}
	out.longest = v.longest(out.afterService)
	return out
}

// longest is over all targets; where the paper carries other process besides, which may be for the past, over those that
// reach past service: they are asked about live.
func (v *view) longest(afterService []int64) int64 {
	days := int64(0)
	for i, t := range v.req.Demand.Targets {
		if len(v.req.Instrument.Also) == 0 || len(afterService) == 0 || slices.Contains(afterService, int64(i)) || t.To == "" {
			days = longer(days, rangeOf(t))
		}
	}
	return days
}

func mark(list *[]int64, i int, concerned bool) {
	if concerned {
		*list = append(*list, int64(i))
	}
}

func isInstant(m casework.Moment) bool { return strings.Contains(string(m), "T") }

// rangeOf is the days between the ends of a target's range, -1 where it has no end or no start.
func rangeOf(t casework.Target) int64 {
	if t.From == "" || t.To == "" {
		return -1
	}
	return daysBetween(t.From.Day(), t.To.Day())
}

// longer keeps -1: a range of unknown length is longer than any.
func longer(a, b int64) int64 {
	if a < 0 || b < 0 {
		return -1
	}
	return max(a, b)
}

func daysBetween(from, to casework.Date) int64 {
	return int64(to.Start(time.UTC).Sub(from.Start(time.UTC)).Hours() / 24)
}

// employees reports whether the provider has staff in the authority's country on the day.
func (v *view) employees() bool {
	if list := v.book.profile.Employees; list != nil {
		return holds(list, v.country.ISO, v.on)
	}
	return v.country.Employees
}

// standards reports whether process of the authority's country meets the standards on the day.
func (v *view) standards() bool {
	if list := v.book.profile.Standards; list != nil {
		return holds(list, v.country.ISO, v.on)
	}
	return v.country.Standards
}

// onlyPreserves reports whether every instrument of the paper preserves and discloses nothing.
func (v *view) onlyPreserves() bool {
	return !slices.ContainsFunc(v.req.Instrument.Types(), func(t casework.InstrumentType) bool { return !t.AsksOnlyToPreserve() })
}

// viaEstablishment reports whether the certificate came through an establishment of the provider in a bound State.
func (v *view) viaEstablishment() bool {
	via := stateOf(v.req.Instrument.ViaEstablishment)
	c, ok := v.book.countries[via]
	if !ok || !c.isBound(v.received) {
		return false
	}
	w := *v
	w.country = c
	return via == v.book.profile.Establishment || w.employees()
}

// publicMail reports whether the officer writes from a domain at which anybody can have an address.
func (v *view) publicMail() bool {
	return slices.Contains(v.book.profile.PublicMail, v.req.Officer.Domain())
}

// basisNames: the words of a legal basis are compared without regard to case, spaces, dots and section signs.
func basisNames(basis []string, words string) bool {
	want := squeeze(words)
	return slices.ContainsFunc(basis, func(b string) bool { return strings.Contains(squeeze(b), want) })
}

func squeeze(s string) string {
	s = strings.NewReplacer(" ", "", ".", "", "§", "", "\u00a0", "").Replace(s)
	return strings.ToLower(s)
}
