// Command starter is the front desk: it serves the pages and the API, and is the command line to both.
//
//	starter serve, migrate                              runs the front desk; brings the database's schema forward
//	starter generate                                    fills a database with invented cases
//	starter reconcile, case rebuild                     begin runs anew from the registry
//	starter backup, restore                             keep and bring back what the local mode holds
//	starter submit, case list|show|events|act           speak the API of a front desk that runs
//	starter policy evaluate, parcel verify|open         need no server
//	starter ledger verify                               derives the whole ledger again
//
// Exit status: 2 for wrong usage and faulty input, 3 for what is forbidden or does not fit the case, 1 for the rest.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"reflect"
	"syscall"

	"github.com/alecthomas/kong"

	"dueprocess/internal/wire"
)

// commands are the command line.
type commands struct {
	JSON bool `help:"Print JSON, for programs."`

	Serve     serveCommand     `cmd:"" help:"Serve the pages and the API, until interrupted."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database's schema forward."`
	Generate  generateCommand  `cmd:"" help:"Fill a database with invented cases, for benchmarks and demos."`
	Reconcile reconcileCommand `cmd:"" help:"Rebuild the run of every case that differs from the registry."`
	Backup    backupCommand    `cmd:"" help:"Write what the local mode keeps into one file."`
	Restore   restoreCommand   `cmd:"" help:"Make the folder of a local mode from a backup."`
	Submit    submitCommand    `cmd:"" help:"Submit a request; prints the case id."`
	Case      caseCommands     `cmd:"" help:"Look at cases, and act on them."`
	Policy    policyCommands   `cmd:"" help:"Ask the rulebook; touches nothing."`
	Local     localCommands    `cmd:"" help:"The local mode alone."`
	Report    reportCommands   `cmd:"" help:"Publish what was received."`
	Ledger    ledgerCommands   `cmd:"" help:"Check the ledger of everything that was done."`
	Parcel    parcelCommands   `cmd:"" help:"Check or open a disclosure package, without a server."`
}

// surroundings are what a command is given.
type surroundings struct {
	ctx   context.Context //nolint:containedctx // a command runs once, and ends with its process
	in    io.Reader
	out   io.Writer
	aside io.Writer // for what is said beside the output
	json  bool
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, cancel) // a second Ctrl-C ends the process at once
	os.Exit(starter(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// faultsIn are those of the command's own settings, as far as it can tell them before it runs.
func faultsIn(chosen *kong.Context) error {
	command, ok := reflect.TypeAssert[interface{ faults() error }](chosen.Selected().Target.Addr())
	if !ok {
		return nil
	}
	return command.faults()
}

// starter runs one command and answers the exit status.
func starter(ctx context.Context, arguments []string, in io.Reader, out, complaints io.Writer) int {
	misnamed := wire.Configure()
	if misnamed != nil && !wire.Misnamed(misnamed) {
		return complain(complaints, misnamed)
	}
	var all commands
	helped := false
	parser, err := kong.New(&all, kong.Name("starter"), kong.Writers(out, complaints), kong.Exit(func(int) { helped = true }),
		kong.Description("The front desk of Dueprocess."), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return complain(complaints, err)
	}
	chosen, err := parser.Parse(arguments)
	switch {
	case helped:
		return 0
	case err != nil:
		return complain(complaints, errors.Join(misnamed, usage{err}))
	case misnamed != nil:
		return complain(complaints, errors.Join(misnamed, faultsIn(chosen)))
	}
	return complain(complaints, chosen.Run(&surroundings{ctx: ctx, in: in, out: out, aside: complaints, json: all.JSON}))
}
