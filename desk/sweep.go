package desk

import (
	"context"
	"errors"
	"time"

	"dueprocess/casework"
)

// overdue is how long a registered case may wait for its start before the sweep starts it again.
const overdue = 10 * time.Second

// Sweep starts the cases that were registered but whose receipt was not stored: the process died between, or the
// workflow server was away. Starting a case twice does nothing.
func (d *Desk) Sweep(ctx context.Context) error {
	ids, err := d.Registry.Starting(ctx, d.Now().Add(-overdue))
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, d.start(ctx, id, casework.TheSystem))
	}
	return errors.Join(failed...)
}

// SweepEvery sweeps until the context ends; complain hears what went wrong.
func (d *Desk) SweepEvery(ctx context.Context, every time.Duration, complain func(error)) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := d.Sweep(ctx); err != nil && ctx.Err() == nil {
				complain(err)
			}
		}
	}
}
