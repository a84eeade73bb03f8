package temporalserver

import (
	"context"
	"fmt"
	"io"
	"sync"

	"go.temporal.io/server/temporal"
)

// Options say where the server keeps its data and on which ports it listens.
type Options struct {
	File    string // the SQLite database; created, with its folder, where absent
	Port    int    // of the workflow service on 127.0.0.1; 0 picks a free one
	UIPort  int    // of the web pages on 127.0.0.1; 0 picks a free one
	NoUI    bool   // no web pages, for tests
	LogFile string // takes warnings and errors; standard error where empty
}

// Server is a running Temporal server. Stop it, or the next start finds its file in use.
type Server struct {
	address string
	ui      *pages
	engine  temporal.Server
	lock    io.Closer
	stop    sync.Once
}

// Start brings the server up and returns when it answers in namespace Namespace. Refusals (a file of another version,
// a file or port in use) are sentences for people.
func Start(ctx context.Context, options Options) (*Server, error) {
	lock, err := lockFile(options.File)
	if err != nil {
		return nil, err
	}
	server := &Server{lock: lock}
	if err := server.start(ctx, options); err != nil {
		server.Stop()
		return nil, err
	}
	return server, nil
}

func (s *Server) start(ctx context.Context, options Options) error {
	if err := prepareDatabase(options.File); err != nil {
		return err
	}
	ports, err := choosePorts(ctx, options.Port)
	if err != nil {
		return err
	}
	s.address = loopback(ports.frontend)
	if err := s.startEngine(ctx, options, ports); err != nil {
		return err
	}
	return s.startPages(ctx, options)
}

func (s *Server) startEngine(ctx context.Context, options Options, ports ports) error {
	engine, err := newEngine(options, ports)
	if err != nil {
		return fmt.Errorf("the workflow server cannot be built: %w", err)
	}
	s.engine = engine
	if err := engine.Start(); err != nil {
		return fmt.Errorf("the workflow server does not start: %w", err)
	}
	return awaitFrontend(ctx, s.address)
}

func (s *Server) startPages(ctx context.Context, options Options) (err error) {
	if options.NoUI {
		return nil
	}
	s.ui, err = startPages(ctx, s.address, options.UIPort)
	return err
}

// Address is the workflow service's host and port.
func (s *Server) Address() string { return s.address }

// UIAddress is the address of the web pages, as a URL; empty where there are none.
func (s *Server) UIAddress() string {
	if s.ui == nil {
		return ""
	}
	return s.ui.url
}

// Stop ends the server and lets go of its file. Workers and clients should be gone by then. Safe to call twice.
func (s *Server) Stop() {
	s.stop.Do(func() {
		if s.ui != nil {
			s.ui.server.Stop()
		}
		if s.engine != nil {
			_ = s.engine.Stop() // reports only what its log already says
		}
		_ = s.lock.Close()
	})
}
