package main

import (
	"errors"
	"fmt"
	"io"

	"dueprocess/casework"
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
	refused, ok := errors.AsType[*casework.Error](err)
	if !ok {
		say("starter: %s", eachOneLine(err.Error()))
	} else {
		say("starter: %s", oneLine(err.Error())) // a server says it
		for _, f := range refused.Faults {
			say("  %s", oneLine(f.Path+" "+f.Message))
		}
	}
	if errors.As(err, new(usage)) {
		say("Try: starter --help")
	}
	return status(err)
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
