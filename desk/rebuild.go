package desk

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// Kept is what the registry keeps of cases for runs to be rebuilt from.
type Kept interface {
	// Unpurged lists cases after one: those that wait for something, or those that rest until they are purged.
	Unpurged(ctx context.Context, resting bool, after string) ([]string, error)
	// Progress is the key of a case, the last step that is stored of it (0: only its registration), and how many changes
	// after a step.
	Progress(ctx context.Context, id string, after int) (key string, last, later int, err error)
	// Rebuilt writes that a new run begins, and why.
	Rebuilt(ctx context.Context, id string, actor casework.Actor, why string, at time.Time) error
	// PurgedAgain erases a case whose data key was destroyed after the instant that the registry was restored to.
	PurgedAgain(ctx context.Context, id string, at time.Time) error
	// Unknown lists those of some ids under which there is no case.
	Unknown(ctx context.Context, ids []string) ([]string, error)
	// KeysAlone lists the ids of which there is a data key and no case.
	KeysAlone(ctx context.Context) ([]string, error)
	// LastNumbers are the running numbers that were given last, by year.
	LastNumbers(ctx context.Context) (map[int]int, error)
	// PassNumbers sees to it that none of these numbers is given again.
	PassNumbers(ctx context.Context, ids []string) error
}

// Rebuilder begins runs of cases anew from what the registry keeps. The registry is right: a run that differs from it is
// ended. It needs no worker; the new runs wait for one.
type Rebuilder struct {
	Desk   *Desk
	Kept   Kept
	Read   func(caseID string, payloads *common.Payloads, into any) error // decrypts what is in a run's history
	Settle time.Duration                                                  // how long a run may take to note what it stored; 0: twelve seconds
}

// Differs is how a case's run differs from what the registry keeps of it.
type Differs string

// The differences.
const (
	Agrees  Differs = ""
	Missing Differs = "missing" // there is no run
	Ended   Differs = "closed"  // the run is over, the case is not
	Behind  Differs = "behind"  // the registry has changes that the run does not know
	Ahead   Differs = "ahead"   // the run has stored changes that the registry does not have
	Foreign Differs = "foreign" // the run is that of another case, which had the number before
	Lost    Differs = "lost"    // the workflow server has the case, the registry does not
	KeyOnly Differs = "key"     // nothing but a data key is left of the case
)

// Done is what became of a case that differs.
type Done string

// What may become of it.
const (
	NothingDone Done = ""
	WasRebuilt  Done = "rebuilt"
	WasPurged   Done = "purged" // its data key was destroyed already: what was restored of it is erased again
	WasEnded    Done = "ended"  // a lost case's run, which would go on acting; and its number is passed
	WasPassed   Done = "passed" // a lost case's number: it is not given again
)

// Rebuild begins a new run of a case where its run differs from the registry, or, forced, in any case. A run that agrees
// is a conflict, and so is a case that was purged.
func (b *Rebuilder) Rebuild(ctx context.Context, id string, by casework.Actor, force bool) (Differs, Done, error) {
	found, err := b.Compare(ctx, id)
	switch {
	case err != nil:
		return found, NothingDone, err
	case found == Agrees && !force:
		return found, NothingDone, casework.Refuse(casework.Conflict, "The run of the case %s is open and agrees with the registry: there is nothing to rebuild.", id)
	}
	done, err := b.rebuild(ctx, id, found, by)
	return found, done, err
}

// rebuild writes the event first: a run that nobody ordered is never begun.
func (b *Rebuilder) rebuild(ctx context.Context, id string, found Differs, by casework.Actor) (Done, error) {
	c, err := b.Desk.Store.Load(ctx, id)
	switch {
	case err != nil && b.Kept.PurgedAgain(ctx, id, b.Desk.Now()) == nil:
		return WasPurged, b.end(ctx, id, "the case was purged before the registry was restored")
	case err != nil:
		return NothingDone, err
	case c.Work.Purged:
		return NothingDone, casework.Refuse(casework.Conflict, "The case was purged: nothing is left to rebuild it from.")
	}
	if err := b.Kept.Rebuilt(ctx, id, by, reasons[found], b.Desk.Now()); err != nil {
		return NothingDone, err
	}
	return WasRebuilt, b.begin(ctx, c, found)
}

var reasons = map[Differs]string{
	Agrees: "it was asked for", Missing: "there was no run", Ended: "the run was over", Behind: "the run was behind the registry", Ahead: "the run was ahead of the registry",
	Foreign: "the run was that of another case",
}

// begin starts the run, which loads the rest itself. One that is open is ended in the same call, unless there was none
// when it was looked for: then somebody else has begun it meanwhile.
func (b *Rebuilder) begin(ctx context.Context, c casework.Case, found Differs) error {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	open := enums.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING
	if found == Missing || found == Ended {
		open = enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING
	}
	_, err := b.Desk.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: c.ID, TaskQueue: workflows.TaskQueue, WorkflowIDConflictPolicy: open, WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		TypedSearchAttributes: temporal.NewSearchAttributes(workflows.StageKey.ValueSet(string(c.Stage))),
	}, workflows.CaseWorkflow, workflows.Start{Case: c.ID})
	if err != nil {
		return away(err)
	}
	return nil
}

func away(err error) error {
	return casework.Refuse(casework.Unavailable, "The workflow server does not answer just now. Try again in a moment.").Because(err)
}

// end ends a run that is open; one that is not is as it should be.
func (b *Rebuilder) end(ctx context.Context, id, why string) error {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	err := b.Desk.Temporal.TerminateWorkflow(ctx, id, "", why)
	var gone *serviceerror.NotFound
	if err == nil || errors.As(err, &gone) {
		return nil
	}
	return away(err)
}
