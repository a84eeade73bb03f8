package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	"dueprocess/casework"
	"dueprocess/workflows"
)

// again is how long a case is left alone that was told of a rulebook and is still of another: an older worker answered.
const again = 10 * time.Minute

// Followers are the open cases that follow a rulebook and the contact book when they change. Of one process; what it
// remembers is only whom it told, so as not to tell them again and again while a release is rolled out.
type Followers struct {
	Desk     *Desk
	Rulebook func() casework.Rulebook // in force
	told     map[string]time.Time
}

// FollowEvery tells cases until the context ends; complain hears what went wrong.
func (f *Followers) FollowEvery(ctx context.Context, every time.Duration, complain func(error)) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if err := f.Follow(ctx); err != nil && ctx.Err() == nil {
			complain(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Follow tells every open case that was last evaluated by another rulebook, or whose authority's entry has changed.
func (f *Followers) Follow(ctx context.Context) error {
	var failed []error
	for last, rules := "", f.Rulebook(); ; {
		stale, err := f.Desk.Registry.EvaluatedOtherwise(ctx, rules.SHA256, last)
		if err != nil || len(stale) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, s := range stale {
			last = s.Case
			failed = append(failed, f.tell(ctx, s, rules))
		}
	}
}

func (f *Followers) tell(ctx context.Context, s casework.Stale, rules casework.Rulebook) error {
	now, what := f.Desk.Now(), s.Case+" "+s.Entry+" "+rules.SHA256
	if at, told := f.told[what]; told && s.Entry == "" && now.Before(at.Add(again)) {
		return nil
	}
	why := casework.Reconsideration{Of: casework.SettingsChanged, New: "rulebook " + rules.Version}
	if s.Entry != "" {
		why = casework.Reconsideration{Of: casework.AuthorityChanged, New: s.Entry}
	}
	if err := f.Desk.Reconsider(ctx, s.Case, why); err != nil {
		return err
	}
	if f.told == nil {
		f.told = map[string]time.Time{}
	}
	f.told[what] = now
	if s.Entry == "" {
		return nil
	}
	return f.Desk.Registry.Reconsidered(ctx, s)
}

// Reconsider has a case evaluated anew, and returns once that is stored as ordered.
func (d *Desk) Reconsider(ctx context.Context, id string, why casework.Reconsideration) error {
	ctx, cancel := context.WithTimeout(ctx, actPatience)
	defer cancel()
	handle, err := d.Temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateID: fmt.Sprintf("%s %s %d", workflows.ReconsiderUpdate, why.New, d.Now().UnixNano()), UpdateName: workflows.ReconsiderUpdate,
		WaitForStage: client.WorkflowUpdateStageCompleted, Args: []any{why},
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	return answer(err)
}
