package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// Patience of the front desk: how long an act may take to be stored, and how long a submission waits for the policy's
// answer once its receipt is stored.
const (
	actPatience     = 10 * time.Second
	receivePatience = 3 * time.Second
)

// Desk brings people's acts to the workflows.
type Desk struct {
	Temporal client.Client
	Registry casework.CaseRegistry
	Store    casework.CaseStore
	Vault    casework.Vault
	Stuck    casework.StuckCases
	Terms    func() (terms casework.Terms, nationalSecurity []string) // of the profile in force
	Now      func() time.Time
	Patience time.Duration // how long an act may take to be stored; 0: ten seconds
}

// Submit registers a request as a case, starts it, and returns its id once the receipt is stored. The same key with the
// same body returns the first case; with another body, a conflict.
func (d *Desk) Submit(ctx context.Context, in casework.Intake) (string, error) {
	id, err := d.register(ctx, in)
	if err != nil {
		return "", err
	}
	defer d.dropRepeated(ctx, id, in.Request.Documents)
	return id, d.start(ctx, id, in.Actor)
}

func (d *Desk) register(ctx context.Context, in casework.Intake) (string, error) {
	key, err := uuid.NewV7()
	if err != nil {
		return "", casework.Refuse(casework.Internal, "The case could not be numbered.").Because(err)
	}
	in.CaseKey, in.At = key.String(), casework.Truncate(d.Now())
	in.Terms, in.Members = d.Terms()
	return d.Registry.Register(ctx, in)
}

// start sends the case's first update with its start; a case that is already started stays as it is.
func (d *Desk) start(ctx context.Context, id string, actor casework.Actor) error {
	waiting, cancel := context.WithTimeout(ctx, receivePatience)
	defer cancel()
	start := d.Temporal.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: id, TaskQueue: workflows.TaskQueue,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		TypedSearchAttributes:    temporal.NewSearchAttributes(workflows.StageKey.ValueSet(string(casework.InReceipt))),
	}, workflows.CaseWorkflow, workflows.Start{Case: id})
	handle, err := d.Temporal.UpdateWithStartWorkflow(waiting, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start,
		UpdateOptions: client.UpdateWorkflowOptions{
			WorkflowID: id, UpdateID: workflows.ReceiveUpdate, UpdateName: workflows.ReceiveUpdate, WaitForStage: client.WorkflowUpdateStageCompleted,
			Args: []any{casework.Receipt{Actor: actor, At: casework.Truncate(d.Now())}},
		},
	})
	if err == nil {
		err = handle.Get(waiting, nil)
	}
	return d.received(ctx, id, err)
}

// received: the receipt counts once it is stored, whatever else is slow. Where the run has answered, or is over, and
// nothing is stored, it is the run of another case.
func (d *Desk) received(ctx context.Context, id string, err error) error {
	begun, known := d.begun(ctx, id)
	var over *serviceerror.WorkflowExecutionAlreadyStarted
	switch {
	case begun, err == nil && !known:
		return nil
	case known && (err == nil || errors.As(err, &over)):
		return d.taken(ctx, id)
	}
	return unavailable(err)
}

// begun reports whether a case's receipt is stored; it is not known where the case cannot be read.
func (d *Desk) begun(ctx context.Context, id string) (begun, known bool) {
	c, err := d.Store.Load(ctx, id)
	return c.Work.Started || c.Work.Purged, err == nil
}

// taken says that a case cannot be begun, since under its number the workflow server has the run of a case that the
// registry lost when it was restored. Nothing is ended here: somebody decides that, knowing of the restore.
func (d *Desk) taken(ctx context.Context, id string) error {
	err := d.Stuck.Waits(ctx, casework.Stuck{Case: id, What: casework.WaitingStart, Cause: casework.OtherRun, Since: casework.Truncate(d.Now())})
	return casework.Refuse(casework.Unavailable, "The request is kept as %s, but work on it cannot begin: under this number the workflow server has the run of another case, as after a restore. Resume it under stuck work, or run: starter case rebuild %s. Then try again with the same key.", id, id).Because(err)
}

// Act brings an act to its case and returns once it is stored.
func (d *Desk) Act(ctx context.Context, id string, act casework.Act) error {
	if err := d.prepare(ctx, id, &act); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(d.Patience, actPatience))
	defer cancel()
	handle, err := d.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateID: act.Key, UpdateName: string(act.Action), WaitForStage: client.WorkflowUpdateStageCompleted, Args: []any{act},
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	if err != nil && d.isPurged(ctx, id) {
		return casework.Refuse(casework.Conflict, "The case was purged: nothing is left that could be acted on.")
	}
	if err == nil {
		d.dropRepeated(ctx, id, filesOf(act))
	}
	return answer(err)
}

// isPurged reports whether a case's run is over because it was purged.
func (d *Desk) isPurged(ctx context.Context, id string) bool {
	c, err := d.Store.Load(context.WithoutCancel(ctx), id)
	return err == nil && c.Work.Purged
}

// prepare looks up what an act needs of the world: a workflow has only what it is told.
func (d *Desk) prepare(ctx context.Context, id string, act *casework.Act) error {
	if err := d.readBook(ctx, id, act); err != nil {
		return err
	}
	if err := checkSaid(*act); err != nil {
		return err
	}
	if err := d.checkNamed(ctx, *act); err != nil {
		return err
	}
	return d.checkAdded(ctx, id, *act)
}

// readBook gives an act that needs it what the contact book holds of the authority now.
func (d *Desk) readBook(ctx context.Context, id string, act *casework.Act) error {
	if !slices.Contains([]casework.Action{casework.VerifyRequester, casework.Redeliver}, act.Action) {
		return nil
	}
	c, err := d.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	if b, is := act.Body.(*casework.VerifyBody); is && b.Method == casework.ByCallback && c.Request.Officer.HasPhone(b.Phone) {
		return casework.Refuse(casework.Conflict, "The number that was called came with the request; call one of the contact book.")
	}
	entry, ok, err := d.Store.Authority(ctx, c.Request, casework.DateOf(d.Now(), time.UTC))
	if ok {
		act.Book = &entry
	}
	return err
}

// answer turns what the workflow server says into what people are told.
func answer(err error) error {
	var gone *serviceerror.NotFound
	switch refused, ok := workflows.Refused(err); {
	case err == nil:
		return nil
	case ok:
		return refused
	case errors.As(err, &gone):
		return casework.Refuse(casework.NotFound, "There is no such case.").Because(err)
	}
	return unavailable(err)
}

func unavailable(err error) error {
	return casework.Refuse(casework.Unavailable, "It could not be stored in time. Try again with the same key.").Because(err)
}
