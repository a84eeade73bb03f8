package parcel

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// window is [from, until); a zero time is an open end.
type window struct{ from, until time.Time }

// windowsOf are the time ranges of the targets, those that meet made one, in the order of time.
func windowsOf(targets []Target) (out []window, faults []string) {
	for i, t := range targets {
		if !t.From.Valid() || !t.To.Valid() {
			faults = append(faults, fmt.Sprintf("%s: the range of target %d is none", ManifestName, i))
			continue
		}
		out = append(out, window{t.From.From(), t.To.Until()})
	}
	slices.SortFunc(out, func(a, b window) int { return cmp.Compare(unix(a.from), unix(b.from)) })
	return merged(out), faults
}

func unix(t time.Time) int64 { return t.Unix() } // the zero time is before all others

func merged(sorted []window) (out []window) {
	for _, w := range sorted {
		last := len(out) - 1
		if last >= 0 && out[last].reaches(w.from) {
			out[last].until = later(out[last].until, w.until)
			continue
		}
		out = append(out, w)
	}
	return out
}

func (w window) reaches(t time.Time) bool { return w.until.IsZero() || !t.After(w.until) }

// later is the later end, an open one the latest.
func later(a, b time.Time) time.Time {
	if a.IsZero() || b.IsZero() {
		return time.Time{}
	}
	if a.After(b) {
		return a
	}
	return b
}

func (w window) holds(t time.Time) bool {
	return !t.Before(w.from) && (w.until.IsZero() || t.Before(w.until))
}

// span is the first and the last instant of rows that lie in one hour.
type span struct{ first, last time.Time }

// within reports whether one window holds the whole span.
func (s span) within(windows []window) bool {
	return slices.ContainsFunc(windows, func(w window) bool { return w.holds(s.first) && w.holds(s.last) })
}

// days remembers when rows were, without remembering the rows: the manifest with the ranges comes last. An hour with
// rows on both sides of a gap between two ranges counts as outside: never the other way about.
type days struct {
	hours map[int64]span
	full  bool
}

// mostHours bounds the memory: 60 years in which every hour has a row.
const mostHours = 60 * 366 * 24

func (d *days) add(t time.Time) {
	hour := t.Unix() / 3600
	s, seen := d.hours[hour]
	switch {
	case seen && t.Before(s.first):
		s.first = t
	case seen && t.After(s.last):
		s.last = t
	case !seen && len(d.hours) >= mostHours:
		d.full = true
		return
	case !seen:
		s = span{t, t}
	}
	d.hours[hour] = s
}

// outside counts the hours with rows that no window holds.
func (d *days) outside(windows []window) (n int) {
	for _, s := range d.hours {
		if !s.within(windows) {
			n++
		}
	}
	return n
}
