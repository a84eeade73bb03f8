package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/activity"

	"dueprocess/casework"
)

// Stuck hears what was tried again and again in vain. What an effect brings takes that away.
type Stuck interface {
	Waits(ctx context.Context, s casework.Stuck) error
}

// patience is how often something is tried before the stuck page shows it: two repeats pass unnoticed.
const patience = 3

// waits notes that something of a case failed again, and hands the error on. That it could not be noted changes nothing:
// then the database is away, and pages say so.
func (a *Activities) waits(ctx context.Context, job Job, what casework.Waiting, err error) error {
	tries := tried(ctx)
	if err == nil || tries < patience || a.world.Stuck == nil || errors.Is(err, context.Canceled) {
		return err
	}
	_ = a.world.Stuck.Waits(context.WithoutCancel(ctx), casework.Stuck{
		Case: job.Case, What: what, Step: job.Step, Cause: causeOf(err), Since: casework.Truncate(a.world.Now()), Tries: tries,
	})
	return err
}

// tried is the number of this try; 1 where nobody counts.
func tried(ctx context.Context) int {
	if !activity.IsActivity(ctx) {
		return 1
	}
	return int(activity.GetInfo(ctx).Attempt)
}
