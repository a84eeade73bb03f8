package desk

import (
	"context"
	"errors"
	"maps"
	"slices"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// everyRun finds the runs of all cases, open or over.
const everyRun = "WorkflowType = '" + workflows.CaseWorkflow + "'"

// mostListed is how many runs the workflow server lists at once.
const mostListed = 1000

// A case is lost where its number was given and the registry has no such case: it was received after the dump from which
// the registry was restored. Its run may still be there, and so may its data key, since keys are restored from the newest
// dump.

// PassLost sees to it that no number of a lost case is given again, and says how many numbers were passed. It ends no run.
func (b *Rebuilder) PassLost(ctx context.Context) (int, error) {
	given, err := b.Kept.LastNumbers(ctx)
	if err != nil {
		return 0, err
	}
	ids, err := b.lost(ctx, everyRun+later(given))
	ids = slices.DeleteFunc(ids, func(id string) bool { return !isAhead(id, given) })
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return len(ids), b.Kept.PassNumbers(ctx, ids)
}

// later narrows a search to the runs after the last number that was given.
func later(given map[int]int) string {
	if len(given) == 0 {
		return ""
	}
	year := slices.Max(slices.Collect(maps.Keys(given)))
	return " AND WorkflowId > '" + casework.Number{Year: year, N: given[year]}.String() + "'"
}

// isAhead reports whether a number is still to be given.
func isAhead(id string, given map[int]int) bool {
	n, ok := casework.NumberOf(id)
	return ok && n.N > given[n.Year]
}

// lost lists the lost cases among the runs that are searched for, and those of which there is a key, in their order. The
// runs are listed before the registry is asked: a case is registered before it has a run.
func (b *Rebuilder) lost(ctx context.Context, runs string) ([]string, error) {
	out, err := b.Kept.KeysAlone(ctx)
	if err != nil {
		return nil, err
	}
	for token, first := []byte(nil), true; first || len(token) > 0; first = false {
		unknown, next, err := b.lostOf(ctx, runs, token)
		if err != nil {
			return nil, err
		}
		out, token = append(out, unknown...), next
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), isNoNumber), nil
}

func isNoNumber(id string) bool {
	_, ok := casework.NumberOf(id)
	return !ok
}

// lostOf looks at one page of runs.
func (b *Rebuilder) lostOf(ctx context.Context, runs string, token []byte) (unknown []string, next []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	found, err := b.Desk.Temporal.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Query: runs, PageSize: mostListed, NextPageToken: token})
	if err != nil {
		return nil, nil, away(err)
	}
	ids := []string{}
	for _, run := range found.GetExecutions() {
		ids = append(ids, run.GetExecution().GetWorkflowId())
	}
	unknown, err = b.Kept.Unknown(ctx, ids)
	return unknown, found.GetNextPageToken(), err
}

// lost tells of every lost case, and sets aside what differs: a run that is open, a number that would be given again. A
// case that was set aside is still told, since somebody has to ask for it again, but counts no more.
func (t *tally) lost(ctx context.Context) error {
	ids, err := t.rebuilder.lost(ctx, everyRun)
	if err != nil || len(ids) == 0 {
		return err
	}
	given, err := t.rebuilder.Kept.LastNumbers(ctx)
	if err != nil {
		return err
	}
	if err := t.anothers(ctx, len(ids), given); err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.setAside(ctx, id, isAhead(id, given)); err != nil {
			return err
		}
	}
	if t.dry {
		return nil
	}
	return t.rebuilder.Kept.PassNumbers(ctx, ids)
}

// anothers refuses to set runs aside for a registry that never gave a number and has no key: of it every run would be lost.
func (t *tally) anothers(ctx context.Context, runs int, given map[int]int) error {
	if t.dry || len(given) > 0 {
		return nil
	}
	keys, err := t.rebuilder.Kept.KeysAlone(ctx)
	if err != nil || len(keys) > 0 {
		return err
	}
	return casework.Refuse(casework.Conflict, "The registry has never had a case, and the workflow server has runs of %d: one of the two is not this office's. Nothing was done.", runs)
}

func (t *tally) setAside(ctx context.Context, id string, ahead bool) error {
	found, open, err := t.rebuilder.leftOf(ctx, id)
	if err != nil {
		return err
	}
	d := Difference{Case: id, Differs: found}
	switch {
	case !open && !ahead:
		d.Done = WasPassed
		t.tell(d)
		return nil
	case open && !t.dry:
		d.Done, err = WasEnded, t.rebuilder.end(ctx, id, lostRun)
	case !t.dry:
		d.Done = WasPassed
	}
	if err == nil {
		t.count(d)
	}
	return err
}

// lostRun is why the run of a lost case is ended.
const lostRun = "the registry was restored from before this case was received, and does not have it"

// leftOf says what is left of a lost case, and whether its run is open.
func (b *Rebuilder) leftOf(ctx context.Context, id string) (found Differs, open bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	told, err := b.Desk.Temporal.DescribeWorkflowExecution(ctx, id, "")
	var gone *serviceerror.NotFound
	switch {
	case errors.As(err, &gone):
		return KeyOnly, false, nil
	case err != nil:
		return Lost, false, away(err)
	}
	return Lost, told.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}
