package ui

import (
	"net/http"
	"time"
)

// Viewer is how somebody wants to see the pages: kept in cookies of their browser, since nothing of it matters elsewhere.
// The zero value is how everybody sees them first.
type Viewer struct {
	Zone  *time.Location // nil: UTC
	NoKey bool           // single keys do nothing
}

// The cookies of a viewer.
const (
	ZoneCookie = "dueprocess_zone"
	KeysCookie = "dueprocess_keys" // "off"
)

// ViewerOf reads the cookies; what is not understood counts for nothing.
func ViewerOf(r *http.Request) Viewer {
	v := Viewer{}
	if c, err := r.Cookie(ZoneCookie); err == nil {
		v.Zone = ZoneOf(c.Value)
	}
	if c, err := r.Cookie(KeysCookie); err == nil {
		v.NoKey = c.Value == "off"
	}
	return v
}

// ZoneOf is the time zone of that name; nil where there is none, and for UTC.
func ZoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "UTC" || name == "Local" {
		return nil
	}
	return zone
}

// ZoneName is the name of the viewer's zone.
func (v Viewer) ZoneName() string { return v.zone().String() }

func (v Viewer) zone() *time.Location {
	if v.Zone == nil {
		return time.UTC
	}
	return v.Zone
}

// Stamp is an instant in the viewer's zone, with the zone's name; the zero time is nothing.
func (f Frame) Stamp(t time.Time) string { return stamp(t, f.Viewer.zone(), "2 January 2006, 15:04") }

// Brief is Stamp for a table: the month in three letters.
func (f Frame) Brief(t time.Time) string { return stamp(t, f.Viewer.zone(), "2 Jan 2006, 15:04") }

// Date and Hour are Brief in two, for a narrow column.
func (f Frame) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(f.Viewer.zone()).Format("2 Jan 2006")
}

// Hour is the other half of Date.
func (f Frame) Hour(t time.Time) string { return stamp(t, f.Viewer.zone(), "15:04") }

func stamp(t time.Time, zone *time.Location, layout string) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(zone)
	name := t.Format("MST")
	if name[0] == '+' || name[0] == '-' {
		name = "UTC" + name
	}
	return t.Format(layout) + " " + name
}
