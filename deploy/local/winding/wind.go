package winding

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	"dueprocess/casework"
	"dueprocess/deploy/local/temporalserver"
)

const (
	mostSkips = 10_000                 // retries must not eat up what a wind may skip
	after     = 5 * time.Second        // an instant is past; and what it wakes is done before the wind's end has passed by itself, else the server skips beyond it
	look      = 20 * time.Millisecond  // between two looks at whether a case has settled
	near      = 100 * time.Millisecond // a run that is no further behind has arrived: asking takes that long
)

// Registry is where the cases are.
type Registry interface {
	Cases(ctx context.Context, q casework.CaseQuery, viewer casework.Actor) (casework.CaseList, error)
	Load(ctx context.Context, id string) (casework.Case, error)
}

// Winder winds the clock and every case with it, but those that were purged: their runs are over.
type Winder struct {
	Clock    *Clock
	Registry Registry
	Temporal client.Client
	Purge    func(ctx context.Context) error // what is due by then
}

// Wind lets every case live through d, and says how many there are. Where the context ends first the error names those that
// have not arrived.
func (w Winder) Wind(ctx context.Context, d time.Duration) (cases int, err error) {
	target := w.Clock.Now().Add(d)
	for {
		all, err := w.cases(ctx)
		if err != nil {
			return 0, err
		}
		next, due := w.nextWake(all, target)
		if err := w.step(ctx, next, due); err != nil {
			return 0, err
		}
		if !next.Before(target) {
			return len(all), w.arrive(ctx, target, all)
		}
	}
}

// step winds the clock to an instant, and with it the cases that wake there.
func (w Winder) step(ctx context.Context, at time.Time, due []string) error {
	if err := w.Clock.to(at.Add(after)); err != nil {
		return err
	}
	for _, id := range due {
		if err := w.forward(ctx, id); err != nil {
			return w.late(ctx, due, err)
		}
	}
	for _, id := range due {
		if err := w.settled(ctx, id); err != nil {
			return w.late(ctx, due, err)
		}
	}
	return nil
}

// arrive brings every case to the end of the wind, and purges those whose time of retention has run out by then.
func (w Winder) arrive(ctx context.Context, target time.Time, all []casework.Case) error {
	if err := w.step(ctx, target, ids(all)); err != nil {
		return err
	}
	return w.Purge(ctx)
}

func (w Winder) cases(ctx context.Context) ([]casework.Case, error) {
	q, out := casework.CaseQuery{Sort: "case_id", Limit: 200}, []casework.Case{}
	for {
		page, err := w.Registry.Cases(ctx, q, casework.TheSystem)
		if err != nil {
			return nil, err
		}
		for _, listed := range page.Cases {
			c, err := w.Registry.Load(ctx, listed.ID)
			if err != nil {
				return nil, err
			}
			if !c.Work.Purged {
				out = append(out, c)
			}
		}
		if page.NextCursor == nil {
			return out, nil
		}
		q.Cursor = *page.NextCursor
	}
}

// nextWake is the next instant, not after the target, at which cases wake, and which do.
func (w Winder) nextWake(all []casework.Case, target time.Time) (time.Time, []string) {
	now, next, due := w.Clock.Now(), target, []string{}
	for _, c := range all {
		at, ok := c.Wakes(now)
		switch {
		case !ok || at.After(next):
		case at.Before(next):
			next, due = at, []string{c.ID}
		default:
			due = append(due, c.ID)
		}
	}
	return next, due
}

func ids(all []casework.Case) []string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.ID
	}
	return out
}

// behind is how much a case's run must be wound to be as far as the clock. The run itself is asked: it may be another than
// the one that was wound last.
func (w Winder) behind(ctx context.Context, id string) (time.Duration, error) {
	now := w.Clock.Now() // before the run is asked, so that none is wound beyond the clock
	run, err := w.Temporal.DescribeWorkflowExecution(ctx, id, "")
	if err != nil {
		return 0, fmt.Errorf("%s cannot be wound: %w", id, err)
	}
	if wound := run.GetWorkflowExtendedInfo().GetTimeSkippingInfo(); wound != nil {
		return now.Sub(wound.GetCurrentTime().AsTime()), nil
	}
	return w.Clock.Wound(), nil
}

// forward winds one case's run as far as the clock, and waits until it is there.
func (w Winder) forward(ctx context.Context, id string) error {
	by, err := w.behind(ctx, id)
	if err != nil || by <= near {
		return err
	}
	name := "wind-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	run := &common.WorkflowExecution{WorkflowId: id}
	skip := &common.TimeSkippingConfig{
		Enabled: true, MaxSessionSkipCount: mostSkips, FastForwardConfig: &common.FastForwardConfig{Id: name, Duration: durationpb.New(by)},
	}
	if err := w.configure(ctx, run, skip); err != nil {
		return err
	}
	if err := w.await(ctx, run, name); err != nil {
		return err
	}
	return w.configure(ctx, run, &common.TimeSkippingConfig{})
}

// configure says how a run skips time. A run that has arrived skips no more: else it might go on to its next timer.
func (w Winder) configure(ctx context.Context, run *common.WorkflowExecution, skip *common.TimeSkippingConfig) error {
	_, err := w.Temporal.WorkflowService().UpdateWorkflowExecutionOptions(ctx, &workflowservice.UpdateWorkflowExecutionOptionsRequest{
		Namespace: temporalserver.Namespace, WorkflowExecution: run,
		WorkflowExecutionOptions: &workflowpb.WorkflowExecutionOptions{TimeSkippingConfig: skip},
		UpdateMask:               &fieldmaskpb.FieldMask{Paths: []string{"time_skipping_config"}},
	})
	if err != nil {
		return fmt.Errorf("%s cannot be wound: %w", run.GetWorkflowId(), err)
	}
	return nil
}

func (w Winder) await(ctx context.Context, run *common.WorkflowExecution, name string) error {
	for {
		answer, err := w.Temporal.WorkflowService().PollWorkflowExecutionTimeSkipping(ctx, &workflowservice.PollWorkflowExecutionTimeSkippingRequest{
			Namespace: temporalserver.Namespace, WorkflowExecution: run, FastForwardId: name,
		})
		switch {
		case ctx.Err() != nil || err != nil:
			return fmt.Errorf("%s has not arrived: %w", run.GetWorkflowId(), cmp.Or(err, ctx.Err()))
		case answer.GetFastForwardPollingResult() == enums.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
			return nil
		case answer.GetFastForwardPollingResult() == enums.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED:
			return fmt.Errorf("%s cannot be wound: %s", run.GetWorkflowId(), answer.GetFailedReason())
		}
	}
}

// settled waits until nothing that was due of a case is still running.
func (w Winder) settled(ctx context.Context, id string) error {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for {
		c, calm, err := w.calm(ctx, id)
		if err != nil || calm {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s has not arrived: %s", id, where(c))
		case <-ticker.C:
		}
	}
}

// calm reports whether nothing that was due of a case is still running.
func (w Winder) calm(ctx context.Context, id string) (casework.Case, bool, error) {
	c, err := w.Registry.Load(ctx, id)
	if err != nil {
		return c, false, err
	}
	ch, err := c.Apply(casework.Tick{At: w.Clock.Now().Add(-after / 2)})
	return c, err == nil && ch.Step == 0 && len(c.Work.Pending) == 0, nil
}

func where(c casework.Case) string {
	return fmt.Sprintf("it is in %s, waiting on %s", c.Stage, c.WaitingOn)
}
