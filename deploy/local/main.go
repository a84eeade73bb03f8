// Command local runs Dueprocess on one machine with nothing else set up, or one of the servers that it leans on.
//
//	local run        the whole product, until Ctrl-C
//	local temporal   the workflow server alone
//	local mail       the mail catcher alone
//	local oidc       the demonstration's identity provider alone
//
// A server alone prints its ports as one line of JSON and runs until it is interrupted; tests and benchmarks start it
// as a process. The LOCAL_… variables of the environment say where things are kept and on which ports they listen.
// This package only wires: no rule of the product is in it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit statuses beside 0.
const (
	exitFailed = 1
	exitUsage  = 2 // wrong usage or settings
)

// commands are the command line.
type commands struct {
	Run      runCommand      `cmd:"" help:"Run the whole product, until Ctrl-C."`
	Temporal temporalCommand `cmd:"" help:"Run the workflow server alone; prints its addresses as JSON."`
	Mail     mailCommand     `cmd:"" help:"Run the mail catcher alone; prints its addresses as JSON."`
	OIDC     oidcCommand     `cmd:"" help:"Run the demonstration's identity provider alone; prints its address as JSON." name:"oidc"`
}

// surroundings are what a command is given.
type surroundings struct {
	ctx      context.Context //nolint:containedctx // a command runs once; ends when the process is interrupted
	settings settings
	out      io.Writer
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, cancel) // a second Ctrl-C ends the process at once
	os.Exit(local(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr))
}

// local runs one command and answers the exit status.
func local(ctx context.Context, arguments, environment []string, out, complaints io.Writer) int {
	chosen, err := parse(arguments, out, complaints)
	if err != nil {
		return complain(complaints, err, exitUsage)
	}
	found, err := readSettings(environment)
	if err != nil {
		return complain(complaints, err, exitUsage)
	}
	if err := chosen.Run(surroundings{ctx: ctx, settings: found, out: out}); err != nil {
		return complain(complaints, err, exitFailed)
	}
	return 0
}

func parse(arguments []string, out, complaints io.Writer) (*kong.Context, error) {
	parser, err := kong.New(&commands{}, kong.Name("local"), kong.Writers(out, complaints),
		kong.Description("Dueprocess on one machine. Settings: "+variables+"."))
	if err != nil {
		return nil, err
	}
	return parser.Parse(arguments)
}

func complain(complaints io.Writer, err error, status int) int {
	_, _ = fmt.Fprintln(complaints, "local:", err) // nobody is left to be told
	return status
}
