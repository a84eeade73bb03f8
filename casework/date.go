package casework

import (
	"encoding/json"
	"time"
)

// Date is a day of the calendar, written 2006-01-02 (RFC 3339 full-date); empty is no date, null in JSON.
// Dates of that form compare as text in the order of time.
type Date string

// DayFormat is how a Date is written.
const DayFormat = "2006-01-02"

// DateOf is the day that t falls on in zone.
func DateOf(t time.Time, zone *time.Location) Date { return Date(t.In(zone).Format(DayFormat)) }

// Valid reports whether d is empty or a day that exists.
func (d Date) Valid() bool {
	if d == "" {
		return true
	}
	_, err := time.Parse(DayFormat, string(d))
	return err == nil
}

// Start is the first instant of the day in zone; the zero time where there is no date. A day whose midnight a change to
// summer time skips (Chile) starts with that change; of two midnights, after summer time (Jordan), the first counts.
func (d Date) Start(zone *time.Location) time.Time {
	t, err := time.ParseInLocation(DayFormat, string(d), zone)
	if err != nil {
		return time.Time{}
	}
	began, ends := t.ZoneBounds()
	if DateOf(t, zone).Before(d) {
		return ends
	}
	if DateOf(t.Add(-time.Second), zone) == d {
		_, now := t.Zone()
		_, before := began.Add(-time.Second).Zone()
		return t.Add(time.Duration(now-before) * time.Second)
	}
	return t
}

// End is the last second of the day in zone: the instant at which a deadline of that day is due.
func (d Date) End(zone *time.Location) time.Time {
	if d == "" || !d.Valid() {
		return time.Time{}
	}
	return d.AddDays(1).Start(zone).Add(-time.Second)
}

// AddDays is the day n calendar days later.
func (d Date) AddDays(n int) Date {
	t, err := time.Parse(DayFormat, string(d))
	if err != nil {
		return ""
	}
	return Date(t.AddDate(0, 0, n).Format(DayFormat))
}

// Before reports whether d is an earlier day than other; no date is before every day.
func (d Date) Before(other Date) bool { return d < other }

// MarshalJSON writes the day, or null.
func (d Date) MarshalJSON() ([]byte, error) { return marshalText(string(d)) }

// UnmarshalJSON reads a day, null or "".
func (d *Date) UnmarshalJSON(b []byte) error { return unmarshalText(b, (*string)(d)) }

// Moment is a day or an instant (RFC 3339); the end of a range given as a day includes that day. Empty is none, null in JSON.
type Moment string

// Valid reports whether m is empty, a day or an instant.
func (m Moment) Valid() bool {
	if Date(m).Valid() {
		return true
	}
	_, err := time.Parse(time.RFC3339, string(m))
	return err == nil
}

// From is the first instant that m includes, days taken in UTC; the zero time where there is none.
func (m Moment) From() time.Time {
	if t, err := time.Parse(time.RFC3339, string(m)); err == nil {
		return t.UTC()
	}
	return Date(m).Start(time.UTC)
}

// Until is the first instant after m, days taken in UTC: a range [From, Until) includes a last day whole. Zero where there is none.
func (m Moment) Until() time.Time {
	if t, err := time.Parse(time.RFC3339, string(m)); err == nil {
		return t.UTC().Add(time.Second)
	}
	if m == "" {
		return time.Time{}
	}
	return Date(m).AddDays(1).Start(time.UTC)
}

// Day is the day of m, in UTC.
func (m Moment) Day() Date {
	if t := m.From(); !t.IsZero() {
		return DateOf(t, time.UTC)
	}
	return ""
}

// MarshalJSON writes the moment, or null.
func (m Moment) MarshalJSON() ([]byte, error) { return marshalText(string(m)) }

// UnmarshalJSON reads a moment, null or "".
func (m *Moment) UnmarshalJSON(b []byte) error { return unmarshalText(b, (*string)(m)) }

func marshalText(s string) ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(s)
}

func unmarshalText(b []byte, s *string) error {
	if string(b) == "null" {
		*s = ""
		return nil
	}
	return json.Unmarshal(b, s)
}

// Truncate brings an instant to the form in which everything is stored: UTC, whole microseconds.
func Truncate(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
