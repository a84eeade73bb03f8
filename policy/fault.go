package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with a rulebook and where it stands.
type Fault struct {
	File    string
	Line    int
	Column  int
	Message string
}

// String is the fault as a compiler would print it.
func (f Fault) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
}

// Faults is everything wrong with a rulebook, in the order of files and lines; it is the error of Load and WithProfile.
type Faults []Fault

// Error lists every fault, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return "the rulebook has faults:\n" + strings.Join(lines, "\n")
}

// place is where something stands in a file.
type place struct {
	file         string
	line, column int
}

// faultList gathers the faults of one load.
type faultList struct{ all Faults }

func (l *faultList) add(at place, format string, args ...any) {
	l.all = append(l.all, Fault{at.file, at.line, at.column, fmt.Sprintf(format, args...)})
}

// err is every fault in order, or nil.
func (l *faultList) err() error {
	if len(l.all) == 0 {
		return nil
	}
	slices.SortStableFunc(l.all, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Message, b.Message))
	})
	return l.all
}
