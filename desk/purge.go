package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// Attic is where closed cases lie until their time of retention has run out.
type Attic interface {
	Ended(ctx context.Context, since time.Time, after string) ([]casework.EndedCase, error)
	PurgedWithKeys(ctx context.Context) ([]string, error)
	DestroyCaseKey(ctx context.Context, caseID string) error
}

// Retention purges cases by the days that a profile gives to each resolution.
type Retention struct {
	Desk   *Desk
	Attic  Attic
	Days   func(casework.Resolution) int
	Forget func(caseID string) // takes a destroyed key out of this process's memory
}

// Purge erases a case for good, through its run; refused where rule 9 or an open end forbids it.
func (d *Desk) Purge(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	handle, err := d.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateID: fmt.Sprintf("%s %d", workflows.PurgeUpdate, d.Now().UnixNano()), UpdateName: workflows.PurgeUpdate,
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	if err != nil && d.isPurged(ctx, id) {
		return nil // meanwhile, and its run is over
	}
	return answer(err)
}

// Round purges what is due, and destroys the keys of purged cases whose run has ended: with a key goes everything that
// was sealed under it, in the workflow server's histories and in copies of the database too.
func (r *Retention) Round(ctx context.Context) error {
	_, err := r.round(ctx)
	return err
}

// RoundThrough makes rounds until everything that is due is erased, with its keys.
func (r *Retention) RoundThrough(ctx context.Context) error {
	ticker := time.NewTicker(glance)
	defer ticker.Stop()
	for {
		if left, err := r.round(ctx); err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return casework.Refuse(casework.Unavailable, "Not every case whose time of retention has run out could be purged in time.").Because(ctx.Err())
		case <-ticker.C:
		}
	}
}

// round says how many cases were not yet erased, or not yet with their keys, when it came to them.
func (r *Retention) round(ctx context.Context) (left int, err error) {
	due, purging := r.purgeDue(ctx)
	sealed, destroying := r.destroyKeys(ctx)
	return due + sealed, errors.Join(purging, destroying)
}

func (r *Retention) purgeDue(ctx context.Context) (due int, err error) {
	var failed []error
	for last, now := "", r.Desk.Now(); ; {
		ended, err := r.Attic.Ended(ctx, now, last)
		if err != nil || len(ended) == 0 {
			return due, errors.Join(append(failed, err)...)
		}
		for _, e := range ended {
			last = e.Case
			if days := r.Days(e.Resolution); days > 0 && !now.Before(e.At.AddDate(0, 0, days)) {
				due++
				failed = append(failed, r.Desk.Purge(ctx, e.Case))
			}
		}
	}
}

// destroyKeys counts those whose run has not ended yet.
func (r *Retention) destroyKeys(ctx context.Context) (left int, err error) {
	ids, err := r.Attic.PurgedWithKeys(ctx)
	failed := []error{err}
	for _, id := range ids {
		over, err := r.Desk.over(ctx, id)
		switch {
		case err == nil && over:
			err = r.Attic.DestroyCaseKey(ctx, id)
			r.Forget(id)
		case err == nil:
			left++
		}
		failed = append(failed, err)
	}
	return left, errors.Join(failed...)
}

// over reports whether a case's run has ended, or was never there.
func (d *Desk) over(ctx context.Context, id string) (bool, error) {
	told, err := d.Temporal.DescribeWorkflowExecution(ctx, id, "")
	var gone *serviceerror.NotFound
	switch {
	case errors.As(err, &gone):
		return true, nil
	case err != nil:
		return false, unavailable(err)
	}
	return told.GetWorkflowExecutionInfo().GetStatus() != enums.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// RoundEvery purges until the context ends; complain hears what went wrong.
func (r *Retention) RoundEvery(ctx context.Context, every time.Duration, complain func(error)) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if err := r.Round(ctx); err != nil && ctx.Err() == nil {
			complain(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
