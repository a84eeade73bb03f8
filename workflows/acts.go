package workflows

import (
	"slices"

	"go.temporal.io/sdk/workflow"

	"dueprocess/casework"
)

// mostWaiting is how many handlers may wait at once: the server holds no more than ten updates in flight.
const mostWaiting = 8

// Acted is what an act answers: the version that it made.
type Acted struct {
	Version int `json:"version"`
}

// receiveActs registers one update per action, and the one that starts the case.
func (r *caseRun) receiveActs(ctx workflow.Context) error {
	for _, action := range append(slices.Clone(casework.Actions), casework.Download) {
		options := workflow.UpdateHandlerOptions{Validator: r.mayAct}
		if err := workflow.SetUpdateHandlerWithOptions(ctx, string(action), r.act, options); err != nil {
			return err
		}
	}
	if err := workflow.SetUpdateHandler(ctx, ReconsiderUpdate, r.reconsider); err != nil {
		return err
	}
	if err := workflow.SetUpdateHandlerWithOptions(ctx, PurgeUpdate, r.purge, workflow.UpdateHandlerOptions{Validator: r.mayPurge}); err != nil {
		return err
	}
	return workflow.SetUpdateHandler(ctx, ReceiveUpdate, r.receive)
}

// mayAct is the validator: it refuses at once, with a sentence, what Case.Apply would refuse, and leaves no trace.
func (r *caseRun) mayAct(ctx workflow.Context, act casework.Act) error {
	if r.waiting >= mostWaiting {
		return refusal(casework.Refuse(casework.Unavailable, "Too much is happening to this case at once. Try again with the same key."))
	}
	if err := act.Check(); err != nil {
		return refusal(err)
	}
	if !r.loaded {
		return nil
	}
	_, err := r.c.Apply(r.stamped(ctx, act))
	return refusal(err)
}

// act applies and waits only until the main coroutine has stored it.
func (r *caseRun) act(ctx workflow.Context, act casework.Act) (Acted, error) {
	r.waiting++
	defer func() { r.waiting-- }()
	if err := workflow.Await(ctx, func() bool { return r.loaded }); err != nil {
		return Acted{}, err
	}
	return r.keep(ctx, func() casework.Input { return r.stamped(ctx, act) })
}

// keep applies an input and waits until what it changed is stored. Where the run has fallen back meanwhile, it is applied
// once more: an act whose key the case has seen changes nothing then.
func (r *caseRun) keep(ctx workflow.Context, in func() casework.Input) (Acted, error) {
	for {
		step, err := r.apply(in())
		if err != nil {
			return Acted{}, refusal(err)
		}
		version, fallen := r.c.Version, r.fallen
		err = workflow.Await(ctx, func() bool { return r.stored >= step || r.fallen != fallen })
		if err != nil || r.fallen == fallen {
			return Acted{Version: version}, err
		}
	}
}

// stamped gives an act its time and its key, both as the workflow knows them.
func (r *caseRun) stamped(ctx workflow.Context, act casework.Act) casework.Act {
	act.At, act.Key = workflow.Now(ctx), workflow.GetCurrentUpdateInfo(ctx).ID
	return act
}

// reconsider has the case evaluated anew, since what the policy's answer rests on has changed; it does not wait for the
// answer.
func (r *caseRun) reconsider(ctx workflow.Context, why casework.Reconsideration) (Acted, error) {
	r.waiting++
	defer func() { r.waiting-- }()
	if err := workflow.Await(ctx, func() bool { return r.loaded }); err != nil {
		return Acted{}, err
	}
	why.At = workflow.Now(ctx)
	return r.keep(ctx, func() casework.Input { return why })
}

// mayPurge refuses at once what may not be purged.
func (r *caseRun) mayPurge(ctx workflow.Context) error {
	if !r.loaded {
		return refusal(casework.Refuse(casework.Unavailable, "The case's run has only begun. Try again in a moment."))
	}
	_, err := r.c.Apply(casework.Purge{At: workflow.Now(ctx)})
	return refusal(err)
}

// purge writes that the case is purged; the run then erases what is left of it, and ends.
func (r *caseRun) purge(ctx workflow.Context) (Acted, error) {
	r.waiting++
	defer func() { r.waiting-- }()
	return r.keep(ctx, func() casework.Input { return casework.Purge{At: workflow.Now(ctx)} })
}

// receive begins the case, and waits until the policy has answered and the targets are looked up, so that whoever
// submitted finds them there; whoever cannot wait so long stops waiting.
func (r *caseRun) receive(ctx workflow.Context, receipt casework.Receipt) (Acted, error) {
	r.waiting++
	defer func() { r.waiting-- }()
	if err := workflow.Await(ctx, func() bool { return r.loaded }); err != nil {
		return Acted{}, err
	}
	if now := workflow.Now(ctx); receipt.At.Before(now) { // a clock that was wound in the local mode is ahead of a run that begins
		receipt.At = now
	}
	if _, err := r.apply(receipt); err != nil {
		return Acted{}, refusal(err)
	}
	err := workflow.Await(ctx, func() bool {
		return len(r.unstored) == 0 && r.c.Determination != nil && r.c.Work.ResolvedOnce
	})
	return Acted{Version: r.c.Version}, err
}

// steps are the keys of a map in order, since a workflow never walks a map.
func steps(m map[int]workflow.CancelFunc) []int {
	out := make([]int, 0, len(m))
	//workflowcheck:ignore sorted below
	for step := range m {
		out = append(out, step)
	}
	slices.Sort(out)
	return out
}
