package main

import (
	"errors"
	"fmt"
	"io"

	"dueprocess/casework"
	"dueprocess/internal/wire"
	"dueprocess/policy"
)

// The exit statuses.
const (
	exitFailed  = 1
	exitWrong   = 2 // wrong usage, faulty input
	exitRefused = 3 // forbidden, conflict
)

// usage is a command line that is no command.
type usage struct{ error }

// complain says what is wrong, every fault on a line of its own, and answers the exit status.
func complain(to io.Writer, err error) int {
	if err == nil {
		return 0
	}
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(to, format+"\n", args...) } // nobody is left to be told
	said := ""
	for _, one := range wire.Each(err) {
		if one.Error() != said { // several may have faults, under the one sentence that says so
			said = one.Error()
			say("starter: %s", sentence(one))
		}
		for _, f := range faultsOf(one) {
			say("  %s", oneLine(f.Path+" "+f.Message))
		}
	}
	if errors.As(err, new(usage)) {
		say("Try: starter --help")
	}
	return statusOf(err)
}

// sentence is what an error says. What a server says is one line.
func sentence(err error) string {
	if _, ok := errors.AsType[*casework.Error](err); ok {
		return oneLine(err.Error())
	}
	return eachOneLine(err.Error())
}

func faultsOf(err error) []casework.Fault {
	if refused, ok := errors.AsType[*casework.Error](err); ok {
		return refused.Faults
	}
	return nil
}

// statusOf is the exit status of an error; of several that of what the command line can put right, if any.
func statusOf(err error) int {
	all := wire.Each(err)
	for _, one := range all {
		if status(one) == exitWrong {
			return exitWrong
		}
	}
	return status(all[0])
}

func status(err error) int {
	var faults policy.Faults
	if errors.As(err, new(usage)) || errors.As(err, &faults) {
		return exitWrong
	}
	switch casework.CodeOf(err) {
	case casework.Invalid, casework.TooLarge:
		return exitWrong
	case casework.Forbidden, casework.Conflict:
		return exitRefused
	case casework.NotFound, casework.Unauthenticated, casework.RateLimited, casework.Unavailable, casework.Internal:
	}
	return exitFailed
}
