package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"dueprocess/casework"
)

// Desk is the front desk.
type Desk interface {
	Submit(ctx context.Context, in casework.Intake) (string, error)
	Act(ctx context.Context, id string, act casework.Act) error
}

// Registry reads what the demo waits for.
type Registry interface {
	Load(ctx context.Context, id string) (casework.Case, error)
	Authority(ctx context.Context, r casework.Request, on casework.Date) (casework.BookEntry, bool, error)
}

// Demo makes the cases. What is there already is not made again, so that it goes on where it was cut off.
type Demo struct {
	Desk     Desk
	Registry Registry
	Vault    Vault
	Now      func() time.Time
}

// Make makes all cases; the error names those that could not be brought to where they belong.
func (d Demo) Make(ctx context.Context) error {
	var failed []error
	for n, s := range stories {
		if err := d.tell(ctx, n, s); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", s.scenario, err))
		}
	}
	return errors.Join(failed...)
}

// tell brings one case to where it belongs.
func (d Demo) tell(ctx context.Context, n int, s story) error {
	req, err := request(s.scenario, d.Now())
	if err != nil {
		return err
	}
	numbered(&req, n)
	if err := d.serve(ctx, n, &req); err != nil {
		return err
	}
	key := fmt.Sprintf("demo-%d", n)
	id, err := d.Desk.Submit(ctx, casework.Intake{Request: req, Actor: actor("olivia"), Scope: "demo", Key: key, BodySHA256: s.scenario})
	if err != nil {
		return err
	}
	for i, step := range s.steps {
		if err := d.take(ctx, id, fmt.Sprintf("%s-%d", key, i), step); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	return nil
}

// patience is how long a step waits for the case to come to where it can be taken.
const patience = 30 * time.Second

// take waits until the case is ready for the step, and does it.
func (d Demo) take(ctx context.Context, id, key string, s step) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		c, err := d.Registry.Load(ctx, id)
		if err != nil {
			return err
		}
		if slices.Contains(c.Work.Seen, key) || s.needless != nil && s.needless(c) {
			return nil
		}
		if s.ready(c) {
			return d.act(ctx, c, key, s)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the case stays in %s, waiting on %s", c.Stage, c.WaitingOn)
		case <-ticker.C:
		}
	}
}

func (d Demo) act(ctx context.Context, c casework.Case, key string, s step) error {
	book, _, err := d.Registry.Authority(ctx, c.Request, casework.DateOf(d.Now(), time.UTC))
	if err != nil {
		return err
	}
	return d.Desk.Act(ctx, c.ID, casework.Act{Action: s.action, Actor: actor(s.by(c)), Key: key, At: casework.Truncate(d.Now()), Body: s.body(c, book)})
}
