package clocks

import (
	"fmt"

	"dueprocess/casework"
)

// Fault is one thing wrong with a list of overrides. At is where it stands, as in [0].closed[2].date; the value itself may
// be missing there.
type Fault struct{ At, Message string }

// check finds everything that is wrong with the overrides.
func check(overrides []Override) []Fault {
	f := &checking{days: map[string]bool{}, versions: map[string]bool{}}
	for i, o := range overrides {
		f.at = fmt.Sprintf("[%d]", i)
		f.head(o)
		f.years(o)
		for _, d := range o.days() {
			f.day(o, d)
		}
	}
	return f.all
}

// checking is the overrides being checked: where it is, and what was seen of each place.
type checking struct {
	at             string
	all            []Fault
	days, versions map[string]bool
}

func (f *checking) add(at, format string, args ...any) {
	f.all = append(f.all, Fault{f.at + at, fmt.Sprintf(format, args...)})
}

func (f *checking) head(o Override) {
	switch {
	case o.Place == "":
		f.add(".place", "the place is missing: write it as ISO 3166 does: US, US-MA")
	case !isPlace(o.Place):
		f.add(".place", "%q is no place that is known here; write it as ISO 3166 does: US, US-MA", o.Place)
	}
	if o.Source == "" {
		f.add(".source", "the source is missing: which act says so")
	}
	if o.Version == "" {
		f.add(".version", "the version is missing: deadlines name it")
	}
	if f.versions[o.Place+" "+o.Version] {
		f.add(".version", "the version %s of %s stands here twice", o.Version, o.Place)
	}
	f.versions[o.Place+" "+o.Version] = true
	if len(o.days()) == 0 {
		f.add("", "names no day: say closed, open or both")
	}
}

func (f *checking) years(o Override) {
	switch {
	case o.From == 0:
		f.add(".years", "the years are missing: the first and the last that it speaks of")
	case o.To < o.From:
		f.add(".years", "the last year is before the first")
	}
}

func (f *checking) day(o Override, d namedDay) {
	at := fmt.Sprintf(".%s[%d]", d.list, d.i)
	if d.Name == "" {
		f.add(at+".name", "the day has no name")
	}
	if d.Date == "" || !d.Date.Valid() {
		f.add(at+".date", "the day has no date")
		return
	}
	if o.From > 0 && o.From <= o.To && !o.isIn(d.Date) {
		f.add(at+".date", "%s is outside the years %d to %d", d.Date, o.From, o.To)
	}
	f.once(at, o.Place, d.Date)
}

// once: a day named twice for a place is a mistake, the more so where one opens it and the other closes it.
func (f *checking) once(at, place string, d casework.Date) {
	key := place + " " + string(d)
	if f.days[key] {
		f.add(at+".date", "%s is named twice for %s", d, place)
	}
	f.days[key] = true
}
