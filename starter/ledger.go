package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"dueprocess/internal/wire"
	"dueprocess/ledger"
)

// ledgerCommands look after the ledger.
type ledgerCommands struct {
	Verify   ledgerVerifyCommand   `cmd:"" help:"Derive the whole ledger again from its events, and compare; or check the evidence of one case."`
	Evidence ledgerEvidenceCommand `cmd:"" help:"Write what proves the history of one case, to be checked without our database."`
}

// ledgerVerifyCommand derives the whole ledger again.
type ledgerVerifyCommand struct {
	Database string `help:"postgres://… or sqlite:PATH." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
	KeyFile  string `help:"The file with the master keys, whose public part checks the checkpoints." env:"DUEPROCESS_KEY_FILE" placeholder:"FILE"`
	Vault    string `help:"The vault's folder, where checkpoints are kept too: what is gone from the database's end shows against them alone. After an older dump was restored it does." placeholder:"DIR"`

	Checkpoint []string `help:"A checkpoint that you kept (the answer of GET /ledger/checkpoint, or its note alone); may be given several times." sep:"none" placeholder:"FILE"`

	Bundle string `help:"Check this evidence instead, which starter ledger evidence wrote; no database is asked." placeholder:"FILE"`
}

// Run prints what was found; a ledger that is not whole is an error.
func (c ledgerVerifyCommand) Run(s *surroundings) error {
	switch {
	case c.Bundle != "" && (c.Vault != "" || len(c.Checkpoint) > 0):
		return usage{errors.New("--vault and --checkpoint are held against a whole ledger, and evidence against the checkpoint in it: leave them out, or leave out --bundle")}
	case c.Bundle != "":
		return c.verifyBundle(s)
	}
	found, err := wire.VerifyLedger(s.ctx, wire.Verifying{Database: c.Database, KeyFile: c.KeyFile, Vault: c.Vault, Checkpoints: c.Checkpoint})
	if err != nil {
		return err
	}
	if s.json {
		found.Faults = append([]ledger.Fault{}, found.Faults...)
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
	if !found.Signed {
		out.line("Signatures", "not checked; name --key-file to check them")
	}
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

// verifyBundle checks the evidence of one case.
func (c ledgerVerifyCommand) verifyBundle(s *surroundings) error {
	from, err := os.Open(c.Bundle)
	if err != nil {
		return usage{fmt.Errorf("there is no evidence %s", c.Bundle)}
	}
	found, err := wire.VerifyEvidence(from, c.KeyFile)
	if err = errors.Join(err, from.Close()); err != nil {
		return err
	}
	if s.json {
		err = printValue(s.out, found)
	} else {
		err = s.evidence(found)
	}
	if !found.Holds() {
		return errors.Join(err, errors.New("the evidence does not hold"))
	}
	return err
}

func (s *surroundings) evidence(found ledger.Report) error {
	out := newSheet(s.out)
	out.line("Case", cmp.Or(found.Case, "not said: its events are from before they said it"))
	out.line("Case key", found.CaseKey)
	out.line("Events", fmt.Sprintf("%d, %d proven, %d purged", found.Events, found.Proven, found.Purged))
	if found.Checkpoint.Size > 0 {
		out.line("Checkpoint", fmt.Sprintf("%d events, signed %s", found.Checkpoint.Size, instant(found.Checkpoint.At)))
	}
	if found.OwnKey {
		out.line("Signature", "checked with the key that came along; name --key-file to check it with your own")
	}
	for _, f := range found.Faults {
		out.line("Fault", f.Error())
	}
	if found.Unproven > 0 {
		out.line("Unproven", fmt.Sprintf("%d, which may never have been: a proof was not there yet, or was taken away. Ask for the evidence anew", found.Unproven))
	}
	if found.Holds() {
		out.line("The evidence holds.")
	}
	return out.Flush()
}

// ledgerEvidenceCommand writes the evidence of one case.
type ledgerEvidenceCommand struct {
	ID       string `arg:"" help:"The case." placeholder:"ID"`
	Out      string `help:"The file to write; left out, ID-evidence.tar." placeholder:"FILE"`
	Database string `help:"postgres://… or sqlite:PATH." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
	KeyFile  string `help:"The file with the master keys, whose public part goes along." env:"DUEPROCESS_KEY_FILE" placeholder:"FILE"`
}

// Run writes the file, which must not be there.
func (c ledgerEvidenceCommand) Run(s *surroundings) error {
	var bundle bytes.Buffer
	if err := wire.WriteEvidence(s.ctx, c.Database, c.KeyFile, c.ID, &bundle); err != nil {
		return err
	}
	name := cmp.Or(c.Out, filepath.Base(c.ID)+"-evidence.tar")
	to, err := os.OpenFile(filepath.Clean(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return usage{fmt.Errorf("%s is there already, or cannot be written; name another file with --out", name)}
	}
	_, err = to.Write(bundle.Bytes())
	if err = errors.Join(err, to.Close()); err != nil {
		return err
	}
	if s.json {
		return printValue(s.out, map[string]string{"file": name})
	}
	_, err = fmt.Fprintln(s.out, name)
	return err
}
