package main

import (
	"errors"
	"fmt"
	"strconv"

	"dueprocess/internal/wire"
	"dueprocess/ledger"
)

// ledgerCommands look after the ledger.
type ledgerCommands struct {
	Verify ledgerVerifyCommand `cmd:"" help:"Derive the whole ledger again from its events, and compare."`
}

// ledgerVerifyCommand derives the whole ledger again.
type ledgerVerifyCommand struct {
	Database string `help:"postgres://… or sqlite:PATH." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
	KeyFile  string `help:"The file with the master keys, whose public part checks the checkpoints." env:"DUEPROCESS_KEY_FILE" placeholder:"FILE"`
}

// Run prints what was found; a ledger that is not whole is an error.
func (c ledgerVerifyCommand) Run(s *surroundings) error {
	found, err := wire.VerifyLedger(s.ctx, c.Database, c.KeyFile)
	if err != nil {
		return err
	}
	if s.json {
		err = printValue(s.out, found)
	} else {
		err = s.audit(found)
	}
	if !found.Whole() {
		return errors.Join(err, errors.New("the ledger is not whole"))
	}
	return err
}

func (s *surroundings) audit(found ledger.Audit) error {
	out := newSheet(s.out)
	out.line("Cases", strconv.Itoa(found.Cases))
	out.line("Events", fmt.Sprintf("%d in the tree, %d not yet taken in", found.Head.Size, found.Waiting))
	out.line("Root", found.Head.Root.String())
	out.line("Checkpoints", fmt.Sprintf("%d agree", found.Checkpoints))
	for _, f := range found.Faults {
		out.line("Fault", f.Error())
	}
	if found.More > 0 {
		out.line("Fault", fmt.Sprintf("and %d more", found.More))
	}
	if found.Whole() {
		out.line("The ledger is whole.")
	}
	return out.Flush()
}
