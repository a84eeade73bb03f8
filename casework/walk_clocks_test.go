package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// recount computes every deadline of the determination anew from the case's events alone, and holds the stored one to it.
func (w *walk) recount(events []Event) string {
	for _, e := range events {
		if e.Verb == ClockResumed || e.Verb == DeadlineExtended {
			w.clockEvents = append(w.clockEvents, e)
		}
	}
	for _, base := range w.counted {
		now, ok := w.c.deadline(base.Kind)
		if !ok || base.Kind == PreserveUntil {
			continue
		}
		if want := w.dueByEvents(base); !want.Equal(now.Due) {
			return fmt.Sprintf("rule 10: %s is due %s, by its events %s", base.Kind, now.Due, want)
		}
	}
	return ""
}

// moved: an evaluation that moves a deadline, or takes one away, says so in an event of its own.
func (w *walk) moved(before Case, events []Event) string {
	if !slices.ContainsFunc(events, func(e Event) bool { return e.Verb == Evaluated }) {
		return ""
	}
	for _, old := range before.Deadlines {
		now, is := w.c.deadline(old.Kind)
		told := slices.ContainsFunc(events, func(e Event) bool {
			return e.Verb == DeadlineSet && strings.Contains(string(e.Old), `"kind":"`+string(old.Kind)+`"`)
		})
		if !told && (!is || !now.Due.Equal(old.Due)) {
			return fmt.Sprintf("rule 7: %s was moved without an event", old.Kind)
		}
	}
	return ""
}

func (w *walk) dueByEvents(d Deadline) time.Time {
	for _, e := range w.clockEvents {
		switch e.Verb {
		case ClockResumed:
			d = afterPause(d, e)
		case DeadlineExtended:
			d = afterExtension(d, e)
		}
	}
	return d.Due
}

// afterPause: whoever was named when the clock went on gets the time back.
func afterPause(d Deadline, e Event) Deadline {
	var told struct {
		From      time.Time `json:"from"`
		Deadlines string    `json:"deadlines"`
	}
	_ = json.Unmarshal(e.New, &told)
	if slices.Contains(strings.Split(told.Deadlines, ", "), string(d.Kind)) {
		d.Due = d.Due.Add(e.At.Sub(told.From))
		d.Date = DateOf(d.Due, time.UTC)
	}
	return d
}

func afterExtension(d Deadline, e Event) Deadline {
	var to Deadline
	_ = json.Unmarshal(e.New, &to)
	if to.Kind == d.Kind && d.Date.Before(to.Date) {
		d.Due = d.Due.AddDate(0, 0, daysBetween(d.Date, to.Date))
		d.Date = to.Date
	}
	return d
}
