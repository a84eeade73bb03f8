package ui

import (
	"fmt"
	"time"

	"dueprocess/casework"
)

// Left says how long there is until an instant, or how long it is past: "4 h left", "2 d overdue".
func Left(due, now time.Time) string {
	if now.After(due) {
		return length(now.Sub(due)) + " overdue"
	}
	return length(due.Sub(now)) + " left"
}

// Length is how long something took: "4 h", "2 d".
func Length(d time.Duration) string { return length(d) }

func length(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d d", d/(24*time.Hour))
}

// Clock is what a queue says of a case's time.
type Clock struct {
	Words  string
	What   string       // which deadline it is; empty: none
	State  casework.SLA // colours it
	Due    time.Time
	Paused bool
}

// ClockOf is the next thing that we must have done, in words; or why no clock runs.
func ClockOf(v casework.View, now time.Time) Clock {
	if v.Stage == casework.InClosed {
		return Clock{Words: "closed"}
	}
	next, ok := v.NextRunning()
	if ok {
		return Clock{Words: Left(next.Due, now), What: Words(next.Kind), State: stateOf(next, now), Due: next.Due}
	}
	c := Clock{Words: "nothing due"}
	if next, ok = v.NextDue(); ok { // it stands still
		c = Clock{What: Words(next.Kind), State: casework.Paused, Due: next.Due, Words: "paused"}
	}
	for _, p := range v.Pauses {
		if p.To == nil {
			c.Words, c.State, c.Paused = "paused: "+Words(p.Reason), casework.Paused, true
		}
	}
	return c
}

func stateOf(d casework.Deadline, now time.Time) casework.SLA {
	switch {
	case now.After(d.Due):
		return casework.Breached
	case d.State == "":
		return casework.OnTrack
	}
	return d.State
}
