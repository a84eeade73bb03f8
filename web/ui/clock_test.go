package ui

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// The clock of a case is that of what falls due next: a deadline that stands still hides none that runs.
func TestTheClockOfACaseIsTheOneThatRuns(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	still := casework.Deadline{Kind: casework.DueReview, Due: now.Add(time.Hour), State: casework.Paused}
	runs := casework.Deadline{Kind: casework.DueRespond, Due: now.Add(4 * time.Hour), State: casework.DueSoon}
	waits := []casework.Pause{{From: now, Reason: casework.AwaitingClarification}}
	for name, x := range map[string]struct {
		v    casework.View
		want Clock
	}{
		"both":       {casework.View{Deadlines: []casework.Deadline{still, runs}, Pauses: waits}, Clock{Words: Left(runs.Due, now), What: Words(runs.Kind), State: casework.DueSoon, Due: runs.Due}},
		"none runs":  {casework.View{Deadlines: []casework.Deadline{still}, Pauses: waits}, Clock{Words: "paused: " + Words(casework.AwaitingClarification), What: Words(still.Kind), State: casework.Paused, Due: still.Due, Paused: true}},
		"there none": {casework.View{}, Clock{Words: "nothing due"}},
		"closed":     {casework.View{Stage: casework.InClosed, Deadlines: []casework.Deadline{runs}}, Clock{Words: "closed"}},
	} {
		require.Equal(t, x.want, ClockOf(x.v, now), name)
	}
}
