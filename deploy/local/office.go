package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"dueprocess/deploy/local/demo"
	"dueprocess/deploy/local/oidcserver"
	"dueprocess/deploy/local/winding"
	"dueprocess/internal/wire"
)

const sweepPause = 5 * time.Second

// startOffice runs worker and front desk in this process, on the listener that pages and mails name.
func startOffice(around surroundings, started *parts, found addresses, mail http.Handler, listener net.Listener) error {
	clock, err := winding.Open(filepath.Join(around.settings.dir, "clock.json"))
	if err != nil {
		return err
	}
	office, err := openOffice(around, found, clock.Now)
	if err != nil {
		return err
	}
	started.add(ignoreClosed(office))
	client, err := office.Dial(found.temporal, wire.Logger(), clock.Starting())
	if err != nil {
		return err
	}
	started.add(client.Close)
	office.PassLost(around.ctx, client)
	inBackground(around, started, office.ReconcileNewServer(around.ctx, client))
	worker := office.Worker(client)
	if err := worker.Start(); err != nil {
		return err
	}
	started.add(worker.Stop)
	front := office.Front(client)
	whole := front.Whole()
	provider, err := identityProvider(found.issuer(), "http://"+found.web)
	if err != nil {
		return err
	}
	whole.Handle(oidcPath+"/", provider)
	retention := office.Retention(client)
	winder := winding.Winder{Clock: clock, Registry: office.Registry, Temporal: client, Purge: retention.RoundThrough}
	whole.Handle("/dev/clock", winder.Handler())
	inBackground(around, started, func(ctx context.Context) { winder.CatchUpEvery(ctx, sweepPause, complainOfClock) })
	site := serveOn(listener, withMail(whole, mail))
	started.add(site.stop)
	inBackground(around, started, func(ctx context.Context) { front.Desk.SweepEvery(ctx, sweepPause, wire.Complain) })
	inBackground(around, started, office.KeepLedger)
	inBackground(around, started, func(ctx context.Context) { retention.RoundEvery(ctx, wire.RetentionPause, wire.ComplainOfRetention) })
	followers := office.Followers(client)
	inBackground(around, started, func(ctx context.Context) { followers.FollowEvery(ctx, wire.FollowPause, wire.ComplainOfFollowers) })
	watch := office.Watch(client)
	inBackground(around, started, func(ctx context.Context) { watch.Every(ctx, wire.WatchPause, wire.ComplainOfWatch) })
	if !around.settings.empty {
		inBackground(around, started, func(ctx context.Context) { makeDemo(ctx, around.settings, office, front) })
	}
	return nil
}

func complainOfClock(err error) {
	slog.Warn("a run could not be brought to where the clock is; it is tried again", "fault", err.Error())
}

// openOffice opens what the office keeps, and seeds the contact book and the people of staff.
func openOffice(around surroundings, found addresses, now func() time.Time) (*wire.Office, error) {
	kept := around.settings
	office, err := wire.Open(around.ctx, wire.Settings{
		Database: "sqlite:" + filepath.Join(kept.dir, "registry.db"), KeyFile: filepath.Join(kept.dir, "keys.json"), Vault: filepath.Join(kept.dir, "vault"),
		SMTP: found.smtp, From: "legal@dueprocess.example", URL: "http://" + found.web, Profile: kept.profile, Records: "demo", Local: true,
		SignIn: wire.SignIn{Issuer: found.issuer(), ClientID: oidcserver.Client, Scopes: "profile " + oidcserver.GroupsClaim, Roles: demo.GroupRoles()},
	}, now)
	if err != nil {
		return nil, err
	}
	return office, seed(around.ctx, kept, found, office)
}

func seed(ctx context.Context, kept settings, found addresses, office *wire.Office) error {
	if err := office.Registry.Migrate(ctx); err != nil {
		return err
	}
	entries, err := demo.Authorities()
	if err != nil {
		return err
	}
	if err := office.Registry.SeedAuthorities(ctx, entries); err != nil {
		return err
	}
	if err := office.Registry.MoveSubjects(ctx, movedTo(found.issuer())); err != nil {
		return err
	}
	return seedPeople(ctx, kept, office.Registry)
}

// makeDemo makes the demo cases, once.
func makeDemo(ctx context.Context, kept settings, office *wire.Office, front *wire.Front) {
	done := filepath.Join(kept.dir, "demo.made")
	if _, err := os.Stat(done); err == nil {
		return
	}
	err := demo.Demo{Desk: front.Desk, Registry: office.Registry, Vault: office.Vault, Now: office.Now}.Make(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		slog.Warn("some demo cases could not be made", "fault", err.Error())
	}
	if err := os.WriteFile(done, []byte("the demo cases were made\n"), 0o600); err != nil {
		slog.Warn("the demo cases will be looked at again at the next start", "fault", err.Error())
	}
}

// inBackground runs work until the parts are stopped, and waits for its end then.
func inBackground(around surroundings, started *parts, work func(ctx context.Context)) {
	ctx, cancel := context.WithCancel(around.ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work(ctx)
	}()
	started.add(func() {
		cancel()
		<-ended
	})
}

// listen takes the port of pages and API before anything is said of it.
func listen(ctx context.Context, port int) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(loopback, strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("port %d cannot be listened on (LOCAL_PORT): is another program there? %w", port, err)
	}
	return listener, nil
}
