// Package stamp is the form in which the registry keeps instants: UTC text of fixed width, the same in PostgreSQL and
// SQLite, so that text order is time order.
package stamp

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Format is the text of an instant.
const Format = "2006-01-02T15:04:05.000000Z"

// Time is an instant in whole microseconds; the zero time is kept as the empty text, which sorts first.
type Time struct{ time.Time }

// Never sorts after every instant.
var Never = Time{time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC)}

// Of brings an instant to the kept form.
func Of(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	return Time{t.UTC().Truncate(time.Microsecond)}
}

// Text is the instant as kept.
func (t Time) Text() string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Truncate(time.Microsecond).Format(Format)
}

// Value gives the database the text.
func (t Time) Value() (driver.Value, error) { return t.Text(), nil }

// Scan reads the text back.
func (t *Time) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return t.read(v)
	case []byte:
		return t.read(string(v))
	}
	return fmt.Errorf("an instant is kept as text, not as %T", src)
}

func (t *Time) read(text string) error {
	if text == "" {
		*t = Time{}
		return nil
	}
	at, err := time.Parse(Format, text)
	if err != nil {
		return fmt.Errorf("an instant is not of the form kept: %w", err)
	}
	t.Time = at.UTC()
	return nil
}
