package policy

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"

	"github.com/goccy/go-yaml/ast"
)

// Profile is the provider's own part of the rulebook: where it is, its periods, and who may see what.
type Profile struct {
	Name               string
	Home               string // ISO 3166-1
	HomeState          string // ISO 3166-2
	Establishment      string // the State of the establishment designated under Directive (EU) 2023/1544
	Employees          []Presence
	Standards          []Presence
	EdgeRanges         []netip.Prefix
	PublicMail         []string // domains at which anybody can have an address
	NoticePeriod       time.Duration
	NoticeMinimum      time.Duration
	TellAfterwards     bool
	DeliveryDays       int
	ClarifyReminders   []int // days after a clarification was asked
	ClarifyCloses      int   // days
	AfterEmergencyDays int
	MLATPreserveDays   int
	NationalSecurity   []string       // members of the wall around national security cases
	DutyOfficer        string         // mail address
	BusinessHours      casework.Hours // of the team; empty: always
	Retention          map[string]int
	SLA                map[string]Targets
	Publishing         Publishing
}

// Presence is a country for which something holds between two days; an empty day is open.
type Presence struct {
	Country string
	From    casework.Date
	To      casework.Date
}

// Targets are the profile's own times, each for one kind of deadline.
type Targets map[casework.DeadlineKind]Target

// Target is a time of our own: a length, or days, or working days.
type Target struct {
	Length      time.Duration
	Days        int
	WorkingDays int
}

// defaultSLA and emergencySLA are the keys of SLA that are no instruments.
const (
	defaultSLA   = "default"
	emergencySLA = "emergency"
)

// slaKinds are the deadlines that a profile may set.
var slaKinds = []casework.DeadlineKind{casework.DueAcknowledge, casework.DueVerify, casework.DueReview, casework.DueRespond}

// target is the profile's time for a kind of deadline: the emergency's, the instrument's, else the default.
func (p Profile) target(kind casework.DeadlineKind, emergency bool, t casework.InstrumentType) (Target, bool) {
	keys := []string{string(t), defaultSLA}
	if emergency {
		keys = append([]string{emergencySLA}, keys...)
	}
	for _, key := range keys {
		if target, ok := p.SLA[key][kind]; ok {
			return target, true
		}
	}
	return Target{}, false
}

// holds reports whether one of the presences covers the country on the day.
func holds(list []Presence, country string, on casework.Date) bool {
	return slices.ContainsFunc(list, func(p Presence) bool {
		return p.Country == country && p.From <= on && (p.To == "" || on <= p.To)
	})
}

// IsEdge reports whether the address is in the provider's own edge ranges, which many customers share.
func (p Profile) IsEdge(address string) bool {
	ip, err := netip.ParseAddr(strings.TrimSpace(address))
	return err == nil && slices.ContainsFunc(p.EdgeRanges, func(r netip.Prefix) bool { return r.Contains(ip.Unmap()) })
}

// clone keeps a laid-over profile from changing the one beneath.
func (p Profile) clone() Profile {
	p.SLA, p.Retention = maps.Clone(p.SLA), maps.Clone(p.Retention)
	return p
}

// readProfile lays the keys of one YAML file over p.
func (r *reader) readProfile(n ast.Node, p *Profile) {
	var minimum bool
	r.fields(n, map[string]func(ast.Node){
		"name":          func(n ast.Node) { p.Name = r.text(n) },
		"home":          func(n ast.Node) { p.Home = r.country(n) },
		"home_state":    func(n ast.Node) { p.HomeState = r.text(n) },
		"establishment": func(n ast.Node) { p.Establishment = r.country(n) },
		"employees":     func(n ast.Node) { p.Employees = r.presences(n) },
		"standards_met": func(n ast.Node) { p.Standards = r.presences(n) },
		"edge_ranges":   func(n ast.Node) { p.EdgeRanges = r.prefixes(n) },
		"public_mail":   func(n ast.Node) { p.PublicMail = r.texts(n) },
		"notice_period": func(n ast.Node) { p.NoticePeriod = r.length(n) },
		"notice_minimum": func(n ast.Node) {
			p.NoticeMinimum, minimum = r.length(n), true
		},
		"tell_afterwards":      func(n ast.Node) { p.TellAfterwards = r.truth(n) },
		"delivery_days":        func(n ast.Node) { p.DeliveryDays = r.number(n, 1) },
		"clarify_reminders":    func(n ast.Node) { p.ClarifyReminders = r.numbers(n, 1) },
		"clarify_closes":       func(n ast.Node) { p.ClarifyCloses = r.number(n, 1) },
		"after_emergency_days": func(n ast.Node) { p.AfterEmergencyDays = r.number(n, 0) },
		"mlat_preserve_days":   func(n ast.Node) { p.MLATPreserveDays = r.number(n, 0) },
		"national_security":    func(n ast.Node) { p.NationalSecurity = r.wall(n) },
		"duty_officer":         func(n ast.Node) { p.DutyOfficer = r.address(n) },
		"business_hours":       func(n ast.Node) { p.BusinessHours = r.hours(n) },
		"retention":            func(n ast.Node) { r.retention(n, p) },
		"sla":                  func(n ast.Node) { r.sla(n, p) },
		"publishing":           func(n ast.Node) { r.publishing(n, &p.Publishing) },
	})
	if p.NoticePeriod < p.NoticeMinimum && !minimum {
		p.NoticeMinimum = p.NoticePeriod
	}
	if p.NoticePeriod < p.NoticeMinimum {
		r.fault(n, "notice_period is shorter than notice_minimum")
	}
}

func (r *reader) country(n ast.Node) string {
	s := r.text(n)
	if len(s) != 2 || s != strings.ToUpper(s) {
		r.fault(n, "is not a country; write it as ISO 3166-1 does, in two letters")
	}
	return s
}

func (r *reader) address(n ast.Node) string {
	s := r.text(n)
	if !strings.Contains(s, "@") {
		r.fault(n, "is not a mail address")
	}
	return s
}

// hours reads the team's hours, Monday to Friday: {zone: America/Los_Angeles, from: "09:00", to: "17:30"}.
func (r *reader) hours(n ast.Node) casework.Hours {
	h := casework.Hours{}
	r.fields(n, map[string]func(ast.Node){
		"zone": func(n ast.Node) { h.Zone = r.zone(n) },
		"from": func(n ast.Node) { h.From = r.clock(n) },
		"to":   func(n ast.Node) { h.To = r.clock(n) },
	})
	if h.Zone == "" || h.To <= h.From {
		r.fault(n, "needs a zone, and from before to")
	}
	return h
}

func (r *reader) zone(n ast.Node) string {
	s := r.text(n)
	if _, err := time.LoadLocation(s); err != nil || s == "" {
		r.fault(n, "is not a zone, such as America/Los_Angeles")
	}
	return s
}

// clock reads a time of the day as minutes after midnight.
func (r *reader) clock(n ast.Node) int {
	t, err := time.Parse("15:04", r.text(n))
	if err != nil {
		r.fault(n, "is not a time of the day, such as \"09:00\"")
	}
	return t.Hour()*60 + t.Minute()
}

// presences reads countries, each alone or with the days between which it holds.
func (r *reader) presences(n ast.Node) []Presence {
	var out []Presence
	for _, item := range r.items(n) {
		if _, ok := scalar(item); ok {
			out = append(out, Presence{Country: r.country(item)})
			continue
		}
		p := Presence{}
		r.fields(item, map[string]func(ast.Node){
			"country": func(n ast.Node) { p.Country = r.country(n) },
			"from":    func(n ast.Node) { p.From = r.date(n) },
			"to":      func(n ast.Node) { p.To = r.date(n) },
		})
		r.span(item, p.From, p.To)
		out = append(out, p)
	}
	return out
}

func (r *reader) span(n ast.Node, from, to casework.Date) {
	if to != "" && to < from {
		r.fault(n, "ends before it begins")
	}
}

func (r *reader) prefixes(n ast.Node) []netip.Prefix {
	var out []netip.Prefix
	for _, item := range r.items(n) {
		p, err := netip.ParsePrefix(r.text(item))
		if err != nil {
			r.fault(item, "is not a range of addresses, such as 192.0.2.0/24")
		}
		out = append(out, p)
	}
	return out
}

// length reads a length of time: 48h, 2s, 7 days.
func (r *reader) length(n ast.Node) time.Duration {
	t := r.target(n)
	if t.WorkingDays > 0 {
		r.fault(n, "is counted in hours or days, not in working days")
	}
	return t.Length + time.Duration(t.Days)*24*time.Hour
}

// target reads a time: 30m, 48h, 7 days, 2 working days.
func (r *reader) target(n ast.Node) Target {
	s := r.text(n)
	if d, err := time.ParseDuration(s); err == nil && d > 0 {
		return Target{Length: d}
	}
	number, unit, _ := strings.Cut(s, " ")
	i, err := strconv.Atoi(number)
	switch {
	case err == nil && i > 0 && (unit == "days" || unit == "day"):
		return Target{Days: i}
	case err == nil && i > 0 && (unit == "working days" || unit == "working day"):
		return Target{WorkingDays: i}
	}
	r.fault(n, "is not a time; write it as 30m, 48h, 7 days or 2 working days")
	return Target{}
}

// wall reads the members inside the wall around national security cases: without them nobody could take such a case in
// or decide it, so one of legal operations and two reviewers is the least.
func (r *reader) wall(n ast.Node) []string {
	var ops, reviewers []string
	r.fields(n, map[string]func(ast.Node){
		"legal_ops": func(n ast.Node) { ops = r.texts(n) },
		"reviewer":  func(n ast.Node) { reviewers = r.texts(n) },
	})
	if len(ops) < 1 || len(reviewers) < 2 {
		r.fault(n, "must name at least one legal_ops and two reviewers")
	}
	return append(ops, reviewers...)
}

func (r *reader) retention(n ast.Node, p *Profile) {
	kept := map[string]int{}
	for _, v := range r.pairs(n) {
		key := casework.Resolution(keyOf(v))
		if key != "default" && !slices.Contains(casework.Resolutions, key) {
			r.fault(v.Key, "is no resolution; known: default, %s", join(casework.Resolutions))
		}
		kept[string(key)] = r.number(v.Value, 1)
	}
	p.Retention = kept
}

// sla lays the targets of each instrument, of emergencies and of everything else over those there are.
func (r *reader) sla(n ast.Node, p *Profile) {
	all := map[string]Targets{}
	maps.Copy(all, p.SLA)
	for _, v := range r.pairs(n) {
		key := keyOf(v)
		if key != defaultSLA && key != emergencySLA && !slices.Contains(casework.InstrumentTypes, casework.InstrumentType(key)) {
			r.fault(v.Key, "is no instrument; known beside them: default, emergency")
		}
		targets := Targets{}
		maps.Copy(targets, all[key])
		r.targets(v.Value, targets)
		all[key] = targets
	}
	p.SLA = all
}

func (r *reader) targets(n ast.Node, into Targets) {
	known := map[string]func(ast.Node){}
	for _, kind := range slaKinds {
		known[string(kind)] = func(n ast.Node) { into[kind] = r.target(n) }
	}
	r.fields(n, known)
}
