package clocks

import (
	"maps"
	"slices"
	"strings"
)

// Calendars are the calendars of every place, perhaps with overrides laid over the library's. They are immutable and safe
// for concurrent use; those that no override names are shared, and so is what they remember.
type Calendars struct{ of map[string]*Calendar }

// Shipped are the library's calendars as they are.
func Shipped() *Calendars { return asShipped }

var asShipped = &Calendars{of: library}

// Of is the calendar of a country or of a part of one (US, DE-BY); a part that is not known has its country's, and where
// that is not known either, only weekends are no working days: the steps of a deadline say so.
func (s *Calendars) Of(place string) *Calendar {
	for _, code := range []string{place, countryOf(place)} {
		if c, ok := s.of[code]; ok {
			return c
		}
	}
	return weekends
}

// All are the calendars in the order of their places.
func (s *Calendars) All() []*Calendar {
	out := make([]*Calendar, 0, len(s.of))
	for _, place := range slices.Sorted(maps.Keys(s.of)) {
		out = append(out, s.of[place])
	}
	return out
}

func countryOf(place string) string {
	country, _, _ := strings.Cut(place, "-")
	return country
}
