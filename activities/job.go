package activities

import (
	"context"
	"encoding/json"
	"slices"

	"dueprocess/casework"
)

// Job names an effect to be carried out: the case and the effect's step.
type Job struct {
	Case string `json:"case"`
	Step int    `json:"step"`
}

// carry does an effect once: what its step already brought is brought again; what the rules no longer allow is
// dropped; otherwise do is done and what it brings is kept.
func (a *Activities) carry(ctx context.Context, job Job, do func(c casework.Case, e casework.Effect) (casework.Result, error)) (casework.Result, error) {
	what := casework.WaitingRead
	r, err := a.once(ctx, job, func(c casework.Case, e casework.Effect) (casework.Result, error) {
		what = casework.Waiting(e.Kind)
		return do(c, e)
	})
	return r, a.waits(ctx, job, what, err)
}

func (a *Activities) once(ctx context.Context, job Job, do func(c casework.Case, e casework.Effect) (casework.Result, error)) (casework.Result, error) {
	c, err := a.world.Store.Load(ctx, job.Case)
	if err != nil {
		return casework.Result{}, err
	}
	if kept, ok, err := a.kept(ctx, job); err != nil || ok {
		return kept, err
	}
	e, pending := effectOf(c, job.Step)
	if !pending || !c.Clears(e, a.world.Now()) {
		return casework.Result{Step: job.Step, Dropped: true}, nil
	}
	r, err := do(c, e)
	if err != nil {
		return casework.Result{}, err
	}
	r.Step = job.Step
	return a.keep(ctx, job, r)
}

func effectOf(c casework.Case, step int) (casework.Effect, bool) {
	i := slices.IndexFunc(c.Work.Pending, func(e casework.Effect) bool { return e.Step == step })
	if i < 0 {
		return casework.Effect{}, false
	}
	return c.Work.Pending[i], true
}

func (a *Activities) kept(ctx context.Context, job Job) (casework.Result, bool, error) {
	raw, ok, err := a.world.Store.Effect(ctx, job.Case, job.Step)
	if err != nil || !ok {
		return casework.Result{}, false, err
	}
	var r casework.Result
	return r, true, json.Unmarshal(raw, &r)
}

// keep writes what an effect brought; the first writer wins.
func (a *Activities) keep(ctx context.Context, job Job, r casework.Result) (casework.Result, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return r, err
	}
	first, err := a.world.Store.KeepEffect(ctx, job.Case, job.Step, raw)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(first, &r)
}
