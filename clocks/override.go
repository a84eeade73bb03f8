package clocks

import (
	"maps"
	"strings"

	"dueprocess/casework"
)

// Override changes the calendar of a place for some years: what an act closes there beside the library's holidays, and
// which of those it opens. What it says of a country holds in the country's parts too.
type Override struct {
	Place    string // ISO 3166-1 or 3166-2
	Version  string // named in the steps of every deadline counted by the calendar
	Source   string // the act, as a lawyer would cite it
	From, To int    // the years that it speaks of
	Closed   []Day  // no working days
	Open     []Day  // holidays of the library's that are none; weekends stay weekends
}

// Day is a day that an override names, and what it is.
type Day struct {
	Date casework.Date
	Name string
}

// NewCalendars are the library's calendars with the overrides laid over them, those of a country beneath those of its
// parts, else in their order. Every fault is found at once; with a fault there are no calendars.
func NewCalendars(overrides []Override) (*Calendars, []Fault) {
	if faults := check(overrides); len(faults) > 0 {
		return nil, faults
	}
	out := &Calendars{of: maps.Clone(library)}
	for _, place := range concerned(overrides) {
		out.of[place] = over(Shipped().Of(place), place, speakingOf(place, overrides))
	}
	return out, nil
}

// concerned are the places whose calendar an override changes: those that they name, and the parts of countries.
func concerned(overrides []Override) []string {
	var out []string
	for _, o := range overrides {
		out = append(out, o.Place)
		for place := range library {
			if countryOf(place) == o.Place {
				out = append(out, place)
			}
		}
	}
	return out
}

// speakingOf are the overrides that bear on a place: its country's, then its own.
func speakingOf(place string, overrides []Override) []Override {
	var ofCountry, own []Override
	for _, o := range overrides {
		switch o.Place {
		case place:
			own = append(own, o)
		case countryOf(place):
			ofCountry = append(ofCountry, o)
		}
	}
	return append(ofCountry, own...)
}

// over lays overrides over a calendar. A place that the library does not know has its days from the overrides alone, so it
// is good for their years only.
func over(base *Calendar, place string, overrides []Override) *Calendar {
	c := &Calendar{origin: base.origin, base: base, changed: map[int64]bool{}}
	c.origin.Place = place
	if base == weekends {
		c.origin.From, c.origin.To = overrides[0].From, overrides[0].To
	}
	var versions []string
	for _, o := range overrides {
		c.change(o)
		versions = append(versions, o.Version)
		c.origin.Source += "; " + o.Source
	}
	c.origin.Version = strings.TrimPrefix(base.origin.Version+", with "+strings.Join(versions, " and "), ", ")
	c.name = c.origin.String()
	return c
}

// change takes in the days of one override.
func (c *Calendar) change(o Override) {
	for _, d := range o.Closed {
		c.changed[midnight(d.Date).Unix()] = false
	}
	for _, d := range o.Open {
		c.changed[midnight(d.Date).Unix()] = true
	}
	if c.base == weekends {
		c.origin.From, c.origin.To = min(c.origin.From, o.From), max(c.origin.To, o.To)
	}
}

// isPlace reports whether the library or the zones know a place.
func isPlace(place string) bool {
	_, inLibrary := library[place]
	_, hasZone := zones[place]
	return inLibrary || hasZone
}

// days are all that the override names, with the list in which each stands.
func (o Override) days() []namedDay {
	var out []namedDay
	for i, d := range o.Closed {
		out = append(out, namedDay{d, "closed", i})
	}
	for i, d := range o.Open {
		out = append(out, namedDay{d, "open", i})
	}
	return out
}

type namedDay struct {
	Day

	list string
	i    int
}

// isIn reports whether the day lies in the override's years.
func (o Override) isIn(d casework.Date) bool {
	year := midnight(d).Year()
	return o.From <= year && year <= o.To
}
