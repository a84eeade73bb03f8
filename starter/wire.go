package main

import (
	"errors"
	"os"
	"time"

	"dueprocess/internal/wire"
)

// serveCommand runs the front desk.
type serveCommand struct {
	Staff    string `help:"Address of staff pages and API." default:"127.0.0.1:8080" placeholder:"ADDR"`
	Portal   string `help:"Address of what officers and customers reach." default:"127.0.0.1:8081" placeholder:"ADDR"`
	Ops      string `help:"Address of metrics and health." default:"127.0.0.1:9090" placeholder:"ADDR"`
	Rulebook string `help:"A folder with the rulebook; left out, the default one." placeholder:"DIR"`
}

// Run serves until it is interrupted.
func (c serveCommand) Run(s *surroundings) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	return wire.Serve(s.ctx, settings, wire.Addresses{Staff: c.Staff, Portal: c.Portal, Ops: c.Ops}, time.Now)
}

func (c serveCommand) settings() (wire.Settings, error) {
	settings, err := wire.FromEnvironment(os.Environ())
	if c.Rulebook != "" {
		settings.Rulebook = c.Rulebook
	}
	return settings, errors.Join(mustBeFolder("--rulebook", c.Rulebook), err)
}

// faults are those of the settings, all at once.
func (c serveCommand) faults() error {
	_, err := c.settings()
	return err
}

// migrateCommand brings the schema forward.
type migrateCommand struct {
	Database string `help:"postgres://… or sqlite:PATH." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
}

func (c migrateCommand) faults() error {
	if c.Database == "" {
		return wire.Named("")
	}
	return nil
}

// Run migrates; a schema that is current stays as it is.
func (c migrateCommand) Run(s *surroundings) error {
	if err := wire.Migrate(s.ctx, c.Database); err != nil || !s.json {
		return err
	}
	return printValue(s.out, map[string]string{"schema": "current"})
}
