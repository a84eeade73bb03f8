package wire

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"dueprocess/casework"
	"dueprocess/registry"
)

// Addresses are where the front desk listens: host:port each.
type Addresses struct {
	Staff  string // pages and API
	Portal string // what officers and customers reach
	Ops    string // metrics and health
}

const (
	headerWait    = 10 * time.Second // a client that sends no request is let go
	idleWait      = 2 * time.Minute
	shutdownGrace = 10 * time.Second // open requests may finish
	sweepPause    = 5 * time.Second
)

// Serve runs the front desk until the context ends. It listens at once, and opens when its database is seen to be its own.
// SIGHUP takes the rulebook in again.
func Serve(ctx context.Context, s Settings, at Addresses, now func() time.Time) error {
	o, err := Open(ctx, s, now)
	if err != nil {
		return err
	}
	c, err := o.Dial("", Logger())
	if err != nil {
		return errors.Join(err, o.Close())
	}
	defer c.Close()
	f, d := o.Front(c), &door{}
	f.behind(d, o.Rules().Profile().Name)
	err = serveAll(ctx, f.on(at), func(ctx context.Context) error {
		if err := o.untilOurs(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		o.PassLost(ctx, c) // before anybody is given a number
		d.open.Store(true)
		o.reloadOnHangup(ctx)
		f.Desk.SweepEvery(ctx, sweepPause, Complain)
		return nil
	})
	return errors.Join(err, o.Close())
}

// Complain logs what went wrong beside the calls.
func Complain(err error) {
	slog.Warn("registered cases could not be started; it is tried again", "code", casework.CodeOf(err), "cause", casework.Logged(err))
}

// ComplainOfFollowers logs that cases did not hear of a change.
func ComplainOfFollowers(err error) {
	slog.Warn("open cases could not be told that the rulebook or the contact book has changed; it is tried again", "code", casework.CodeOf(err), "cause", casework.Logged(err))
}

// ComplainOfRetention logs that closed cases were not purged.
func ComplainOfRetention(err error) {
	slog.Warn("closed cases could not be purged; it is tried again", "code", casework.CodeOf(err), "cause", casework.Logged(err))
}

// ComplainOfWatch logs that it is not known whether runs of cases can go on.
func ComplainOfWatch(err error) {
	slog.Warn("the workflow server could not be asked which cases cannot go on; it is asked again", "code", casework.CodeOf(err), "cause", casework.Logged(err))
}

// WatchPause is how often is asked which runs cannot go on.
const WatchPause = 15 * time.Second

// RetentionPause is how often is looked for closed cases whose time of retention has run out.
const RetentionPause = time.Hour

// FollowPause is how often is looked for open cases that a changed rulebook or contact book concerns.
const FollowPause = 30 * time.Second

// serveAll serves each handler on its address, and does what is done beside that, until the context ends or something of it
// fails.
func serveAll(ctx context.Context, handlers map[string]*http.ServeMux, beside func(context.Context) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var running []*http.Server
	for address, handler := range handlers {
		listener, err := Listen(ctx, address)
		if err != nil {
			return errors.Join(err, shutAll(ctx, running))
		}
		server := NewServer(handler)
		running = append(running, server)
		go func() {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				stop(err)
			}
		}()
	}
	if err := beside(ctx); err != nil {
		stop(err)
	}
	<-ctx.Done()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return errors.Join(err, shutAll(ctx, running))
	}
	return shutAll(ctx, running)
}

// Listen takes an address, or says that it cannot be had.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, casework.Refuse(casework.Invalid, "The address %s cannot be listened on; is another program there already?", address).Because(err)
	}
	return listener, nil
}

// NewServer is a server that lets go of clients who send nothing.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: headerWait, IdleTimeout: idleWait}
}

// shutAll lets open requests finish, for a while, though the context may have ended.
func shutAll(ctx context.Context, servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	var failed []error
	for _, s := range servers {
		failed = append(failed, s.Shutdown(ctx))
	}
	return errors.Join(failed...)
}

// Migrate brings a database's schema forward.
func Migrate(ctx context.Context, database string) error {
	if database == "" {
		return casework.Faulty([]casework.Fault{{Path: prefix + "DATABASE_URL", Message: "is missing: postgres://… or sqlite:PATH"}})
	}
	r, err := registry.Open(ctx, database, registry.Options{})
	if err != nil {
		return err
	}
	return errors.Join(r.Migrate(ctx), r.Close())
}
