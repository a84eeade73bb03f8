package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// failing finds the runs whose workflow tasks fail again and again: servers since 1.30 keep a search attribute of them.
const failing = "WorkflowType = '" + workflows.CaseWorkflow + "' AND ExecutionStatus = 'Running' AND TemporalReportedProblems IS NOT NULL"

// mostFailing is how many of them are noted: a release that fails on more is called back, not resumed case by case.
const mostFailing = 1000

// Watch finds the cases whose runs cannot go on, and helps those on that are stuck.
type Watch struct {
	Desk      *Desk
	Cases     casework.StuckCases
	Rebuilder *Rebuilder
	Namespace string // of the workflow server; empty: the client's usual one
}

// Every looks until the context ends; complain hears what went wrong.
func (w *Watch) Every(ctx context.Context, every time.Duration, complain func(error)) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if err := w.Look(ctx); err != nil && ctx.Err() == nil {
			complain(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Look notes the runs that cannot go on now. A server that keeps no such attribute has none to tell of.
func (w *Watch) Look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	found, err := w.Desk.Temporal.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Query: failing, PageSize: mostFailing})
	var unknown *serviceerror.InvalidArgument
	switch {
	case errors.As(err, &unknown):
		return nil
	case err != nil:
		return away(err)
	}
	ids := []string{}
	for _, run := range found.GetExecutions() {
		ids = append(ids, run.GetExecution().GetWorkflowId())
	}
	return w.Cases.RunsFail(ctx, ids, w.Desk.Now())
}

// Resume has what is stuck of a case tried again at once: a case that was never begun is begun, a run that cannot go on
// is begun anew from what the registry has, and a step that waits for its next try is tried now. Who ordered it is
// written first.
func (w *Watch) Resume(ctx context.Context, id string, by casework.Actor) error {
	if err := casework.MayCall(casework.ResumeWork, by); err != nil {
		return err
	}
	stuck, err := w.Cases.StuckCase(ctx, id, w.Desk.Now(), by)
	if err != nil {
		return err
	}
	if len(stuck) == 0 {
		return casework.Refuse(casework.Conflict, "The case %s is not stuck: it may have gone on by itself. Nothing was done.", id)
	}
	if err := w.Cases.Resumed(ctx, id, by, causes(stuck), w.Desk.Now()); err != nil {
		return err
	}
	return w.help(ctx, id, stuck, by)
}

// causes are those of what is stuck, each once.
func causes(stuck []casework.Stuck) string {
	out := []string{}
	for _, s := range stuck {
		out = append(out, string(s.Cause))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

func (w *Watch) help(ctx context.Context, id string, stuck []casework.Stuck, by casework.Actor) error {
	is := func(what casework.Waiting) bool {
		return slices.ContainsFunc(stuck, func(s casework.Stuck) bool { return s.What == what })
	}
	switch {
	case is(casework.WaitingStart):
		return w.begin(ctx, id, by, is(casework.WaitingRun))
	case is(casework.WaitingRun):
		_, _, err := w.Rebuilder.Rebuild(ctx, id, by, true)
		return err
	}
	return w.tryNow(ctx, id)
}

// begin begins a case that was never begun. A run under its number that is not its own gives way, and so does, anew, one
// that cannot go on.
func (w *Watch) begin(ctx context.Context, id string, by casework.Actor, anew bool) error {
	found, err := w.Rebuilder.Compare(ctx, id)
	if err == nil && (anew || found != Agrees) {
		_, err = w.Rebuilder.rebuild(ctx, id, found, by)
	}
	if err != nil {
		return err
	}
	return w.Desk.start(ctx, id, casework.TheSystem)
}

// tryNow takes the pause before their next try from the steps that failed.
func (w *Watch) tryNow(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	told, err := w.Desk.Temporal.DescribeWorkflowExecution(ctx, id, "")
	if err != nil {
		return answer(err)
	}
	for _, step := range told.GetPendingActivities() {
		_, err := w.Desk.Temporal.WorkflowService().ResetActivity(ctx, &workflowservice.ResetActivityRequest{
			Namespace: w.namespace(), Execution: told.GetWorkflowExecutionInfo().GetExecution(),
			Activity: &workflowservice.ResetActivityRequest_Id{Id: step.GetActivityId()},
		})
		var gone *serviceerror.NotFound
		if err != nil && !errors.As(err, &gone) { // gone: it has been done meanwhile
			return away(err)
		}
	}
	return nil
}

func (w *Watch) namespace() string {
	if w.Namespace == "" {
		return client.DefaultNamespace
	}
	return w.Namespace
}
