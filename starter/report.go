package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/internal/wire"
	"dueprocess/letters"
	"dueprocess/transparency"
)

// reportCommands publish.
type reportCommands struct {
	Transparency transparencyCommand `cmd:"" help:"Say how many requests were received in a period, and what came of them."`
}

// transparencyCommand makes the transparency report of a period.
type transparencyCommand struct {
	Period   string `help:"A year (2013), a half (2026-H1), a quarter (2026-Q3) or a month (2026-01)." required:"" placeholder:"PERIOD"`
	Format   string `help:"json, csv, html or pdf; csv needs --out." enum:"json,csv,html,pdf" default:"json" placeholder:"FORMAT"`
	Out      string `help:"The folder to write into; left out, standard output." placeholder:"DIR"`
	Rederive bool   `help:"First count every case again from its events; what the database holds otherwise is put right there, and named."`
	Database string `help:"postgres://… or sqlite:PATH." env:"DUEPROCESS_DATABASE_URL" placeholder:"URL"`
	Rulebook string `help:"A folder with the rulebook; left out, the default one." env:"DUEPROCESS_RULEBOOK" placeholder:"DIR"`
	Profile  string `help:"The provider's profile, laid over the rulebook's own." env:"DUEPROCESS_PROFILE" placeholder:"FILE"`
}

// Run writes the report.
func (c transparencyCommand) Run(s *surroundings) error {
	if err := c.faults(); err != nil {
		return err
	}
	period, err := transparency.ParsePeriod("--period", c.Period)
	if err != nil {
		return err
	}
	from := wire.Reporting{Database: c.Database, Rulebook: c.Rulebook, Profile: c.Profile, Rederive: c.Rederive}
	report, recount, err := from.Report(s.ctx, period, time.Now())
	if err != nil {
		return err
	}
	if recount != nil {
		_, _ = fmt.Fprintln(s.aside, recounted(*recount))
	}
	files := c.files(report)
	if c.Out == "" {
		return files[0].Write(s.out)
	}
	return writeAll(c.Out, files)
}

// faults are those of the command line, all at once.
func (c transparencyCommand) faults() error {
	_, period := transparency.ParsePeriod("--period", c.Period)
	var out error
	if c.Format == "csv" && c.Out == "" {
		out = usage{errors.New("csv is several files: name a folder with --out")}
	}
	return errors.Join(period, out, mustBeFolder("--rulebook", c.Rulebook), wire.Named(c.Database))
}

// recounted says what was found, and what was done about it: the counts in the database are written anew.
func recounted(r casework.Recount) string {
	said := fmt.Sprintf("Counted again from their events: %d cases, of which %d were counted otherwise", r.Cases, len(r.Differ))
	if len(r.Differ) == 0 {
		return said + "."
	}
	return said + ", and are put right in the database: " + strings.Join(r.Differ, " ")
}

// files are those of the format that was asked for.
func (c transparencyCommand) files(r transparency.Report) []transparency.File {
	if c.Format == "csv" {
		return r.Files()
	}
	form, _ := letters.ReportFormOf(c.Format) // the command line knows no other
	return []transparency.File{{Name: "transparency-" + r.Period + form.Suffix, Write: func(w io.Writer) error { return form.Write(w, r) }}}
}

// writeAll writes files into a folder, none over another.
func writeAll(folder string, files []transparency.File) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return usage{fmt.Errorf("the folder %s cannot be made", folder)}
	}
	for _, f := range files {
		if _, err := os.Lstat(filepath.Join(folder, f.Name)); err == nil {
			return usage{fmt.Errorf("%s is there already; nothing was written", filepath.Join(folder, f.Name))}
		}
	}
	for _, f := range files {
		to, err := os.OpenFile(filepath.Join(folder, f.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644) //nolint:gosec // it is to be published
		if err != nil {
			return usage{fmt.Errorf("%s cannot be written", filepath.Join(folder, f.Name))}
		}
		if err := errors.Join(f.Write(to), to.Close()); err != nil {
			return err
		}
	}
	return nil
}
