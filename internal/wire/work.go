package wire

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.temporal.io/sdk/log"
)

// Work runs a worker until the context ends, once its database is seen to be its own. SIGHUP takes the rulebook in again.
func Work(ctx context.Context, s Settings, now func() time.Time) error {
	o, err := Open(ctx, s, now)
	if err != nil {
		return err
	}
	if err := o.untilOurs(ctx); err != nil || ctx.Err() != nil {
		return errors.Join(err, o.Close())
	}
	c, err := o.Dial("", Logger())
	if err != nil {
		return errors.Join(err, o.Close())
	}
	defer c.Close()
	w := o.Worker(c)
	if err := w.Start(); err != nil {
		return errors.Join(err, o.Close())
	}
	o.reloadOnHangup(ctx)
	go o.KeepLedger(ctx)
	go o.Retention(c).RoundEvery(ctx, RetentionPause, ComplainOfRetention)
	go o.Followers(c).FollowEvery(ctx, FollowPause, ComplainOfFollowers)
	go o.Watch(c).Every(ctx, WatchPause, ComplainOfWatch)
	<-ctx.Done()
	w.Stop()
	return o.Close()
}

// Logger writes what operators must know, and nothing of any case but its id.
func Logger() log.Logger {
	return log.NewStructuredLogger(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
}

// reloadOnHangup takes the rulebook in again on SIGHUP; a wrong one is refused as a whole, and the old one stays.
func (o *Office) reloadOnHangup(ctx context.Context) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	go func() {
		defer signal.Stop(hangup)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangup:
				o.reload(ctx)
			}
		}
	}()
}

func (o *Office) reload(ctx context.Context) {
	if err := o.ReloadRules(ctx); err != nil {
		slog.Error("the rulebook was not taken in; the old one stays in force", "fault", err.Error())
		return
	}
	slog.Warn("the rulebook was taken in", "version", o.Rules().Identity().Version)
}
