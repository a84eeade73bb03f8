package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"dueprocess/casework"
)

// Options are named policies: how long an activity may take, and how patiently it is tried again. Nothing is ever given
// up: what cannot be done now waits, and the stuck page shows it.

// storing is for the short idempotent write of a change, done within the workflow's own task.
func storing(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: 5 * time.Second,
		RetryPolicy:            &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: time.Second},
	})
}

// patient is for everything that waits until the other side is back: a database, a mail server, a source of records.
func patient(ctx workflow.Context, longest time.Duration) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: longest,
		HeartbeatTimeout:    min(longest, heartbeatTimeout),
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: time.Minute},
	})
}

// heartbeatTimeout is how soon the server gives an activity to another worker, where the one that has it says no more.
const heartbeatTimeout = 10 * time.Second

// errand says which activity carries out an effect, and how long one try of it may take.
func errand(e casework.Effect) (activity string, longest time.Duration) {
	switch e.Kind {
	case casework.DoEvaluate:
		return activityEvaluate, 10 * time.Second
	case casework.DoResolve:
		return activityResolve, time.Minute
	case casework.DoMail:
		return activityMail, time.Minute
	case casework.DoCollect:
		return activityCollect, time.Hour
	case casework.DoSeal:
		return activitySeal, time.Hour
	case casework.DoPreserve:
		return activityPreserve, time.Hour
	case casework.DoForget:
		return activityForget, time.Minute
	default:
		return activityDeliver, time.Minute
	}
}
