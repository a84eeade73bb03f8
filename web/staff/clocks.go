package staff

import (
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// deadlineRow is a deadline with its clock in words.
type deadlineRow struct {
	casework.Deadline
	Clock ui.Clock
}

// deadlineRows are a case's deadlines, the next first, those that are done with last.
func deadlineRows(c casework.Case, now time.Time) []deadlineRow {
	out := []deadlineRow{}
	for _, d := range c.Deadlines {
		out = append(out, deadlineRow{d, clockOf(c, d, now)})
	}
	slices.SortStableFunc(out, func(a, b deadlineRow) int {
		if done := settled(a) - settled(b); done != 0 {
			return done
		}
		return a.Due.Compare(b.Due)
	})
	return out
}

func settled(d deadlineRow) int {
	if d.State == casework.Met || d.State == casework.Missed {
		return 1
	}
	return 0
}

// clockOf says of one deadline how long there is; of an end or a barrier that has passed, that it has.
func clockOf(c casework.Case, d casework.Deadline, now time.Time) ui.Clock {
	clock := ui.Clock{Words: ui.Left(d.Due, now), State: d.State, Due: d.Due}
	switch {
	case d.State == casework.Met || d.State == casework.Missed || d.State == casework.Paused:
		clock.Words = ui.Words(d.State)
	case d.Due.IsZero():
		clock.Words = "no end is known"
	case c.Stage == casework.InClosed && d.Kind.IsOurs():
		clock.Words, clock.State = "closed", ""
	case !d.Kind.IsOurs() && now.After(d.Due):
		clock.Words, clock.State = "over", ""
	case now.After(d.Due):
		clock.State = casework.Breached
	}
	return clock
}
