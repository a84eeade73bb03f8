package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"dueprocess/deploy/local/demo"
	"dueprocess/deploy/local/mailcatcher"
	"dueprocess/deploy/local/oidcserver"
	"dueprocess/deploy/local/temporalserver"
)

const (
	loopback      = "127.0.0.1"
	headerWait    = 10 * time.Second // a client that sends no request is let go
	shutdownGrace = 5 * time.Second  // open requests may finish
)

// temporalCommand runs the workflow server alone.
type temporalCommand struct {
	Dir    string `help:"Folder to keep data in; by default that of LOCAL_DIR." placeholder:"FOLDER"`
	Port   int    `help:"Port of the workflow service; 0 for a free one." default:"0"`
	UIPort int    `help:"Port of its web pages; 0 for a free one." default:"0" name:"ui-port"`
	NoUI   bool   `help:"No web pages." name:"no-ui"`
}

// Run serves until it is interrupted.
func (c temporalCommand) Run(around surroundings) error {
	kept := around.settings.inDir(c.Dir)
	server, err := temporalserver.Start(around.ctx, temporalserver.Options{
		File: kept.temporalFile(), LogFile: kept.temporalLog(), Port: c.Port, UIPort: c.UIPort, NoUI: c.NoUI,
	})
	if err != nil {
		return err
	}
	defer server.Stop()
	return announce(around, map[string]string{"address": server.Address(), "ui": server.UIAddress()})
}

// mailCommand runs the mail catcher alone.
type mailCommand struct {
	Dir      string `help:"Folder to keep data in; by default that of LOCAL_DIR." placeholder:"FOLDER"`
	Port     int    `help:"Port that takes mail; 0 for a free one." default:"0"`
	HTTPPort int    `help:"Port of /dev/mail; 0 for a free one." default:"0" name:"http-port"`
}

// Run serves until it is interrupted.
func (c mailCommand) Run(around surroundings) error {
	catcher, smtp, err := startMail(around.settings.inDir(c.Dir), c.Port)
	if err != nil {
		return err
	}
	defer func() { _ = catcher.Close() }() // the process ends
	web, err := serveHTTP(around.ctx, c.HTTPPort, catcher.Handler())
	if err != nil {
		return err
	}
	defer web.stop()
	return announce(around, map[string]string{"smtp": smtp, "http": web.address})
}

// oidcCommand runs the demonstration's identity provider alone.
type oidcCommand struct {
	Port int    `help:"Port of the provider; 0 for a free one." default:"0"`
	Desk string `help:"Address of the pages that people are signed in for." default:"http://127.0.0.1:8080"`
}

// Run serves until it is interrupted.
func (c oidcCommand) Run(around surroundings) error {
	listener, err := listen(around.ctx, c.Port)
	if err != nil {
		return err
	}
	issuer := "http://" + listener.Addr().String()
	provider, err := identityProvider(issuer, c.Desk)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	web := serveOn(listener, provider)
	defer web.stop()
	return announce(around, map[string]string{"issuer": issuer, "client_id": oidcserver.Client, "groups_claim": oidcserver.GroupsClaim, "roles": demo.GroupRoles()})
}

func startMail(kept settings, port int) (*mailcatcher.Catcher, string, error) {
	catcher, err := mailcatcher.Open(kept.mailFolder())
	if err != nil {
		return nil, "", err
	}
	address, err := catcher.Listen(port)
	return catcher, address, err
}

// announce prints the addresses as one line of JSON and returns when the process is interrupted.
func announce(around surroundings, addresses map[string]string) error {
	if err := json.NewEncoder(around.out).Encode(addresses); err != nil {
		return err
	}
	<-around.ctx.Done()
	return nil
}

// site is a running HTTP server.
type site struct {
	address string
	server  *http.Server
}

// serveHTTP serves on the loopback address at port, or a free one for 0.
func serveHTTP(ctx context.Context, port int, handler http.Handler) (*site, error) {
	listener, err := listen(ctx, port)
	if err != nil {
		return nil, err
	}
	return serveOn(listener, handler), nil
}

func serveOn(listener net.Listener, handler http.Handler) *site {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerWait}
	go func() { _ = server.Serve(listener) }() // ends with stop
	return &site{address: listener.Addr().String(), server: server}
}

// stop lets open requests finish, for a while.
func (s *site) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownGrace)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		_ = s.server.Close()
	}
}

// parts are what has been started, to be stopped in the opposite order.
type parts struct{ stops []func() }

func (p *parts) add(stop func()) { p.stops = append(p.stops, stop) }

func (p *parts) stop() {
	for len(p.stops) > 0 {
		last := len(p.stops) - 1
		p.stops[last]()
		p.stops = p.stops[:last]
	}
}

// ignoreClosed is closer without its answer, for parts.
func ignoreClosed(closer io.Closer) func() {
	return func() { _ = closer.Close() }
}
