package desk

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"

	"dueprocess/casework"
)

const (
	atOnce = 16                     // cases looked at side by side
	settle = 12 * time.Second       // a workflow task whose worker died is given to another after ten
	glance = 250 * time.Millisecond // between two looks
)

// Difference is a case whose run differs from the registry.
type Difference struct {
	Case    string  `json:"case"`
	Differs Differs `json:"differs"`
	Done    Done    `json:"done,omitempty"`
	Fault   string  `json:"fault,omitempty"` // why nothing could be done
}

// Reconciled is what came of going over all cases.
type Reconciled struct {
	Cases  int `json:"cases"`  // looked at
	Differ int `json:"differ"` // of them
	Done   int `json:"done"`   // of these, rebuilt, set aside or purged again
	Failed int `json:"failed"` // and not
}

// Reconcile sets aside the cases that the registry has lost, compares the run of every case that is not purged with the
// registry, those first that wait for something, and rebuilds what differs; dry, it only tells. What cannot be done for
// one case is told with it; that the database or the workflow server is away ends it all.
func (b *Rebuilder) Reconcile(ctx context.Context, dry bool, tell func(Difference)) (Reconciled, error) {
	t := &tally{rebuilder: b, dry: dry, tell: tell}
	if err := t.lost(ctx); err != nil {
		return t.Reconciled, err
	}
	for _, resting := range []bool{false, true} {
		for last := ""; ; {
			ids, err := b.Kept.Unpurged(ctx, resting, last)
			if err != nil {
				return t.Reconciled, err
			}
			if len(ids) == 0 {
				break
			}
			if err := t.page(ctx, ids); err != nil {
				return t.Reconciled, err
			}
			last = ids[len(ids)-1]
		}
	}
	return t.Reconciled, nil
}

// tally counts while many look.
type tally struct {
	Reconciled

	rebuilder *Rebuilder
	dry       bool
	tell      func(Difference)
	mu        sync.Mutex
}

// page looks at cases side by side; the first error that is of no one case ends it.
func (t *tally) page(ctx context.Context, ids []string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	queue, all := make(chan string, len(ids)), sync.WaitGroup{}
	for _, id := range ids {
		queue <- id
	}
	close(queue)
	for range atOnce {
		all.Go(func() {
			for id := range queue {
				if ctx.Err() != nil {
					return
				}
				if err := t.one(ctx, id); err != nil {
					stop(err)
				}
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

func (t *tally) one(ctx context.Context, id string) error {
	d := Difference{Case: id}
	var err error
	if d.Differs, err = t.rebuilder.Compare(ctx, id); err == nil && d.Differs != Agrees && !t.dry {
		d.Done, err = t.rebuilder.rebuild(ctx, id, d.Differs, casework.TheSystem)
	}
	if casework.CodeOf(err) == casework.Unavailable {
		return err
	}
	if told, ok := errors.AsType[*casework.Error](err); ok {
		d.Fault = told.Message
	} else if err != nil {
		d.Fault = "It could not be done."
	}
	t.count(d)
	return nil
}

func (t *tally) count(d Difference) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.Cases++
	if d.Differs == Agrees && d.Fault == "" {
		return
	}
	t.Differ++
	if d.Done != NothingDone {
		t.Done++
	}
	if d.Fault != "" {
		t.Failed++
	}
	t.tell(d)
}

// Compare says how the run of a case differs from what the registry keeps. A run counts the changes that it stored: more
// of them than the registry has were lost with a registry that was restored; fewer, with a workflow server that was,
// unless the run is about to note one. A case that is only registered needs no run: the front desk's sweep starts it.
func (b *Rebuilder) Compare(ctx context.Context, id string) (Differs, error) {
	_, last, _, err := b.Kept.Progress(ctx, id, 0)
	if err != nil {
		return Agrees, err
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(b.Settle, settle)+actPatience)
	defer cancel()
	told, err := b.Desk.Temporal.DescribeWorkflowExecution(ctx, id, "")
	var gone *serviceerror.NotFound
	switch run := told.GetWorkflowExecutionInfo(); {
	case errors.As(err, &gone) && last == 0:
		return Agrees, nil
	case errors.As(err, &gone):
		return Missing, nil
	case err != nil:
		return Agrees, away(err)
	case run.GetStatus() != enums.WORKFLOW_EXECUTION_STATUS_RUNNING:
		return Ended, nil
	default:
		return b.settled(ctx, id, run.GetExecution().GetRunId())
	}
}

// settled compares again and again while the run seems behind.
func (b *Rebuilder) settled(ctx context.Context, id, run string) (Differs, error) {
	ticker, patience := time.NewTicker(glance), time.NewTimer(cmp.Or(b.Settle, settle))
	defer ticker.Stop()
	defer patience.Stop()
	for {
		found, err := b.look(ctx, id, run)
		if err != nil || found != Behind {
			return found, err
		}
		select {
		case <-ctx.Done():
			return found, away(ctx.Err())
		case <-patience.C:
			return Behind, nil
		case <-ticker.C:
		}
	}
}

// look reads the history first: whatever it says is stored, the registry must have by then.
func (b *Rebuilder) look(ctx context.Context, id, run string) (Differs, error) {
	l, err := b.lived(ctx, id, run)
	switch {
	case err != nil:
		return Agrees, err
	case l.sealed:
		return Foreign, nil
	case !l.loaded:
		return Agrees, nil
	}
	key, last, later, err := b.Kept.Progress(ctx, id, l.from)
	switch {
	case err != nil:
		return Agrees, err
	case l.key != "" && l.key != key:
		return Foreign, nil
	case l.from > last || l.stored > later:
		return Ahead, nil
	case l.stored < later:
		return Behind, nil
	}
	return Agrees, nil
}

// NoRuns reports whether the workflow server has never had a run: it is new.
func (b *Rebuilder) NoRuns(ctx context.Context) (bool, error) {
	counted, err := b.Desk.Temporal.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{})
	if err != nil {
		return false, away(err)
	}
	return counted.GetCount() == 0, nil
}
