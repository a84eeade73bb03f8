package winding

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/workflowservice/v1"

	"dueprocess/workflows"
)

// visible is how long it may take until the workflow server lists a run that has begun.
const visible = time.Minute

// CatchUpEvery brings runs to where the clock is that other programs have begun, such as starter case rebuild: they know
// nothing of it. It ends with the context.
func (w Winder) CatchUpEvery(ctx context.Context, pause time.Duration, complain func(error)) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	since := time.Time{}
	for {
		began := time.Now()
		if err := w.catchUp(ctx, since); err == nil {
			since = began.Add(-visible)
		} else if ctx.Err() == nil {
			complain(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// catchUp winds the open runs that have begun since then.
func (w Winder) catchUp(ctx context.Context, since time.Time) error {
	w.Clock.one.Lock()
	defer w.Clock.one.Unlock()
	if w.Clock.Wound() <= 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	query := "WorkflowType = '" + workflows.CaseWorkflow + "' AND ExecutionStatus = 'Running' AND StartTime >= '" + since.UTC().Format(time.RFC3339) + "'"
	var failed []error
	for token, first := []byte(nil), true; first || len(token) > 0; first = false {
		page, err := w.Temporal.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Query: query, NextPageToken: token})
		if err != nil {
			return err
		}
		for _, run := range page.GetExecutions() {
			failed = append(failed, w.forward(ctx, run.GetExecution().GetWorkflowId()))
		}
		token = page.GetNextPageToken()
	}
	return errors.Join(failed...)
}
