package policy

import (
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/clocks"
)

// utc is the zone in which days alone are counted.
var utc = time.UTC

// Bases of deadlines that no rule sets.
const (
	basisInstrument = "instrument.respond_by"
	basisProfile    = "profile"
)

// dayOr is the day that the expression names; nil names none.
func (c *condition) dayOr(v *view) (casework.Date, error) {
	if c == nil {
		return "", nil
	}
	return c.day(v)
}

// reckon counts the deadline of a rule for the view.
func (d *due) reckon(v *view) (casework.Deadline, error) {
	if d.on != nil {
		day, err := d.on.day(v)
		if err != nil {
			return casework.Deadline{}, err
		}
		out := clocks.On(day, v.zone)
		out.Kind = d.kind
		return out, nil
	}
	out := d.counted(v)
	out.Kind = d.kind
	return out, nil
}

// counted counts from the instant of receipt or from a day.
func (d *due) counted(v *view) casework.Deadline {
	if d.hours > 0 && v.emergency() {
		return d.inHours(v, d.count.hourly(), d.hours)
	}
	if d.count.inHours() {
		return d.inHours(v, d.count, d.n)
	}
	return d.inDays(v)
}

// hourly is the regime by which the law that counts so counts hours.
func (c counting) hourly() counting {
	switch c {
	case countUSDays:
		return countUSHours
	case countEUDays, countEUMonths:
		return countEUHours
	}
	return countHours
}

func (d *due) inHours(v *view, by counting, n int) casework.Deadline {
	switch by {
	case countUSHours:
		return clocks.USHours(v.req.ReceivedAt, n, v.zone, v.court())
	case countEUHours:
		return clocks.EUHours(v.req.ReceivedAt, n, v.zone)
	}
	return clocks.Hours(v.req.ReceivedAt, n, v.zone)
}

func (d *due) inDays(v *view) casework.Deadline {
	from := v.received
	if d.from == fromService {
		from = v.service
	}
	switch d.count {
	case countUSDays:
		return clocks.USDays(from, d.n, v.zone, v.court())
	case countEUDays:
		return clocks.EUDays(from, d.n, v.zone, v.book.calendars.Of(v.book.profile.Establishment))
	case countMonths:
		return clocks.Months(from, d.n, v.zone)
	case countEUMonths:
		return clocks.EUMonths(from, d.n, v.zone, v.book.calendars.Of(v.book.profile.Establishment))
	case countWorkingDays:
		return clocks.BusinessDays(from, d.n, v.zone, v.book.calendars.Of(v.book.profile.Home))
	}
	return clocks.Days(from, d.n, v.zone)
}

// court is the calendar of the federal courts with what an override adds for the State of the authority, whose holidays
// count in periods that run forward (FRCP 6(a)(6)(C)).
func (v *view) court() *clocks.Calendar {
	if strings.HasPrefix(v.req.Authority.Subdivision, "US-") {
		return v.book.calendars.Of(v.req.Authority.Subdivision)
	}
	return v.book.calendars.Of("US")
}

// deadlines are those of the rules, the response, and our own targets; one of each kind.
func (r *Rulebook) deadlines(v *view, heard []*ruling) []casework.Deadline {
	byKind := map[casework.DeadlineKind]casework.Deadline{}
	for _, h := range heard {
		for _, d := range h.deadlines {
			keepStrictest(byKind, d)
		}
	}
	if by := v.req.Instrument.RespondBy; by != "" {
		d := clocks.On(by, v.zone)
		d.Kind, d.Basis = casework.DueRespond, basisInstrument
		keepStrictest(byKind, d)
	}
	r.ownTargets(v, heard, byKind)
	out := []casework.Deadline{}
	for _, kind := range casework.DeadlineKinds {
		if d, ok := byKind[kind]; ok {
			out = append(out, d)
		}
	}
	return out
}

// keepStrictest keeps the earlier of two days by which something is due, and the later of two before which it may not be.
func keepStrictest(byKind map[casework.DeadlineKind]casework.Deadline, d casework.Deadline) {
	old, ok := byKind[d.Kind]
	if !ok || (isBarrier(d.Kind) && d.Due.After(old.Due)) || (!isBarrier(d.Kind) && d.Due.Before(old.Due)) {
		byKind[d.Kind] = d
	}
}

func isBarrier(kind casework.DeadlineKind) bool {
	return slices.Contains([]casework.DeadlineKind{casework.ReleaseNotBefore, casework.PreserveUntil, casework.SecrecyUntil, casework.NoticeUntil}, kind)
}

// ownTargets adds the profile's times: to acknowledge, verify and review always, to respond where nothing else says.
func (r *Rulebook) ownTargets(v *view, heard []*ruling, byKind map[casework.DeadlineKind]casework.Deadline) {
	for _, kind := range slaKinds {
		if _, ok := byKind[kind]; ok && kind == casework.DueRespond {
			continue
		}
		for _, h := range heard {
			if target, ok := r.profile.target(kind, h.emergency, h.instrument); ok {
				d := r.reckonTarget(v, target)
				d.Kind, d.Basis = kind, basisProfile
				keepStrictest(byKind, d)
			}
		}
	}
}

func (r *Rulebook) reckonTarget(v *view, t Target) casework.Deadline {
	switch {
	case t.WorkingDays > 0:
		return clocks.BusinessDays(v.received, t.WorkingDays, v.zone, r.calendars.Of(r.profile.Home))
	case t.Days > 0:
		return clocks.Days(v.received, t.Days, v.zone)
	}
	return clocks.Elapsed(v.req.ReceivedAt, t.Length, v.zone)
}
