package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"dueprocess/activities"
	"dueprocess/casework"
)

// Start is what a case's run begins with: the rest is read from the registry.
type Start struct {
	Case string `json:"case"`
}

// Case is the life of one case, from the receipt of its request until nothing is left to wait for.
func Case(ctx workflow.Context, in Start) error {
	r := newRun(in)
	if err := r.receiveActs(ctx); err != nil {
		return err
	}
	return r.run(ctx)
}

// caseRun is one run of a case: the case as it is, what of it is not yet stored, and what is under way.
type caseRun struct {
	id       string
	c        casework.Case
	loaded   bool
	unstored []casework.Change
	stored   int // the last step that the registry has
	fallen   int // how often the run fell back on what the registry has
	waiting  int // handlers that wait for their event to be stored
	underway map[int]workflow.CancelFunc
	brought  []casework.Result
	clock    clock
	stage    casework.Stage // as the server's search attribute has it
}

// clock is the one timer of a case.
type clock struct {
	at     time.Time
	timer  workflow.Future
	cancel workflow.CancelFunc
}

func newRun(in Start) *caseRun {
	return &caseRun{id: in.Case, underway: map[int]workflow.CancelFunc{}}
}

// run is the table of contents: store what changed, have the effects carried out, take in what they brought, and sleep
// until the next instant that matters or until somebody acts.
func (r *caseRun) run(ctx workflow.Context) error {
	workflow.GetVersion(ctx, changeOfBehaviour, versionFirst, versionNewest)
	if err := r.load(ctx); err != nil {
		return err
	}
	for {
		r.takeIn(ctx)
		r.tick(ctx)
		switch {
		case len(r.unstored) > 0:
			if err := r.store(ctx); err != nil {
				return err
			}
		case r.c.Work.Purged && r.waiting == 0:
			return workflow.ExecuteActivity(patient(ctx, time.Minute), activityPurge, r.id).Get(ctx, nil)
		case r.idle() && workflow.GetInfo(ctx).GetContinueAsNewSuggested():
			return workflow.NewContinueAsNewError(ctx, CaseWorkflow, Start{Case: r.id})
		default:
			r.begin(ctx)
			if err := r.sleep(ctx); err != nil {
				return err
			}
		}
	}
}

// load reads the case as it was last stored.
func (r *caseRun) load(ctx workflow.Context) error {
	if err := workflow.ExecuteLocalActivity(storing(ctx), activityLoad, r.id).Get(ctx, &r.c); err != nil {
		if err := workflow.ExecuteActivity(patient(ctx, 10*time.Second), activityLoad, r.id).Get(ctx, &r.c); err != nil {
			return err
		}
	}
	r.loaded, r.stored, r.stage = true, r.c.Work.Step, r.c.Stage
	return nil
}

// apply puts an input to the case; what it changes waits to be stored.
func (r *caseRun) apply(in casework.Input) (step int, err error) {
	ch, err := r.c.Apply(in)
	if err != nil || ch.Step == 0 {
		return r.stored, err
	}
	r.c = ch.Case
	r.unstored = append(r.unstored, ch)
	return ch.Step, nil
}

// tick brings in what the passing of time has done.
func (r *caseRun) tick(ctx workflow.Context) {
	if r.c.Work.Started {
		_, _ = r.apply(casework.Tick{At: workflow.Now(ctx)}) // a tick is never refused
	}
}

// store writes the oldest change: within the workflow's own task, or patiently where the registry is away.
func (r *caseRun) store(ctx workflow.Context) error {
	ch, kept := r.unstored[0], activities.Stored{}
	if workflow.ExecuteLocalActivity(storing(ctx), activityStore, ch).Get(ctx, &kept) != nil {
		if err := workflow.ExecuteActivity(patient(ctx, 10*time.Second), activityStore, ch).Get(ctx, &kept); err != nil {
			return err
		}
	}
	if kept.Overtaken {
		return r.fallBack(ctx)
	}
	r.unstored, r.stored = r.unstored[1:], ch.Step
	return r.showStage(ctx, ch.Case.Stage)
}

// fallBack goes on from what the registry has, where a worker that died had stored more than the server was told: what
// this run has not stored is put to the case once more by whoever waits for it.
func (r *caseRun) fallBack(ctx workflow.Context) error {
	if err := r.load(ctx); err != nil {
		return err
	}
	r.unstored = nil
	r.fallen++
	return nil
}

// showStage keeps the search attribute: one write per stage.
func (r *caseRun) showStage(ctx workflow.Context, s casework.Stage) error {
	if r.stage == s {
		return nil
	}
	r.stage = s
	return workflow.UpsertTypedSearchAttributes(ctx, StageKey.ValueSet(string(s)))
}

// begin has every effect carried out that is stored and not yet under way, and calls off what is no longer wanted.
func (r *caseRun) begin(ctx workflow.Context) {
	wanted := map[int]bool{}
	for _, e := range r.c.Work.Pending {
		wanted[e.Step] = true
		if r.underway[e.Step] == nil {
			r.carryOut(ctx, e)
		}
	}
	for _, step := range steps(r.underway) {
		if !wanted[step] {
			r.underway[step]()
		}
	}
}

// carryOut has one effect done in the world; what it brings is taken in by the main coroutine.
func (r *caseRun) carryOut(ctx workflow.Context, e casework.Effect) {
	own, cancel := workflow.WithCancel(ctx)
	r.underway[e.Step] = cancel
	name, longest := errand(e)
	workflow.Go(own, func(ctx workflow.Context) {
		result := casework.Result{}
		err := workflow.ExecuteActivity(patient(ctx, longest), name, activities.Job{Case: r.id, Step: e.Step}).Get(ctx, &result)
		delete(r.underway, e.Step)
		if err == nil {
			r.brought = append(r.brought, result)
		}
	})
}

// takeIn applies what the effects brought.
func (r *caseRun) takeIn(ctx workflow.Context) {
	for _, result := range r.brought {
		result.At = workflow.Now(ctx)
		_, _ = r.apply(result) // a result is never refused: one that comes too late changes nothing
	}
	r.brought = nil
}

// sleep waits on one clock, until it rings, somebody has acted, or an effect has brought something.
func (r *caseRun) sleep(ctx workflow.Context) error {
	r.wind(ctx)
	return workflow.Await(ctx, func() bool {
		return len(r.unstored) > 0 || len(r.brought) > 0 || r.clock.timer != nil && r.clock.timer.IsReady() ||
			r.c.Work.Purged && r.waiting == 0 || r.idle() && workflow.GetInfo(ctx).GetContinueAsNewSuggested()
	})
}

// wind sets the clock to the next instant that matters; one that is set right is left alone.
func (r *caseRun) wind(ctx workflow.Context) {
	next, ok := r.c.Wakes(workflow.Now(ctx))
	if ok && r.clock.timer != nil && r.clock.at.Equal(next) && !r.clock.timer.IsReady() {
		return
	}
	if r.clock.cancel != nil {
		r.clock.cancel()
	}
	r.clock = clock{}
	if ok {
		own, cancel := workflow.WithCancel(ctx)
		r.clock = clock{at: next, cancel: cancel, timer: workflow.NewTimer(own, next.Sub(workflow.Now(ctx)))}
	}
}

// idle reports whether the run may be ended and begun anew: all stored, nothing under way, no handler waiting.
func (r *caseRun) idle() bool {
	return len(r.unstored) == 0 && len(r.underway) == 0 && len(r.brought) == 0 && r.waiting == 0 && len(r.c.Work.Pending) == 0
}
