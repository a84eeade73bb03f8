// Command worker runs the workflows of cases and the activities that they order. It keeps nothing: copies of it share
// the work. Its settings are DUEPROCESS_… and Temporal's own TEMPORAL_… variables.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"dueprocess/casework"
	"dueprocess/internal/wire"
)

// The exit statuses beside 0.
const (
	exitFailed   = 1
	exitSettings = 2
)

type command struct {
	Queues   []string `help:"The task queues to work on; left out, all: ${queues}." enum:"${queues}" default:"${queues}" placeholder:"QUEUE"`
	Rulebook string   `help:"A folder with the rulebook; left out, the default one." type:"existingdir" placeholder:"DIR"`
	JSON     bool     `help:"For programs: what it logs is JSON in any case."`
}

func main() {
	var c command
	kong.Parse(&c, kong.Name("worker"), kong.Vars{"queues": wire.Queue}, kong.Description("Runs the workflows of cases."), kong.Exit(func(code int) {
		if code != 0 {
			code = exitSettings
		}
		os.Exit(code)
	}))
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	if err := work(ctx, c); err != nil {
		complain(err)
	}
}

// work runs until it is interrupted.
func work(ctx context.Context, c command) error {
	misnamed := wire.Configure()
	if misnamed != nil && !wire.Misnamed(misnamed) {
		return misnamed
	}
	settings, err := wire.FromEnvironment(os.Environ())
	if err := errors.Join(misnamed, err); err != nil {
		return err
	}
	if c.Rulebook != "" {
		settings.Rulebook = c.Rulebook
	}
	return wire.Work(ctx, settings, time.Now)
}

// complain says every fault on a line of its own, and ends the process.
func complain(err error) {
	status := exitFailed
	for _, one := range wire.Each(err) {
		fmt.Fprintln(os.Stderr, "worker:", one)
		var e *casework.Error
		if !errors.As(one, &e) || e.Code != casework.Invalid {
			continue
		}
		status = exitSettings
		for _, f := range e.Faults {
			fmt.Fprintf(os.Stderr, "  %s %s\n", f.Path, f.Message)
		}
	}
	os.Exit(status)
}
