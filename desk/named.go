package desk

import (
	"context"
	"slices"
	"strconv"

	"dueprocess/casework"
)

// checkNamed holds the people and cases that an act names against those that there are: a case must not be given to
// nobody, nor be walled in with a name mistyped. A case that the actor may not see is as one that is not there.
func (d *Desk) checkNamed(ctx context.Context, act casework.Act) error {
	switch b := act.Body.(type) {
	case *casework.AssignBody:
		return d.checkPeople(ctx, []string{b.To}, func(int) string { return "to" }, worksOnCases, "is nobody of staff who works on cases")
	case *casework.RestrictBody:
		return d.checkPeople(ctx, b.Members, func(i int) string { return "members[" + strconv.Itoa(i) + "]" }, readsCases, "is nobody of staff who may read cases")
	case *casework.LinkBody:
		return d.checkCase(ctx, b.Case, "case", act.Actor)
	case *casework.MLATBody:
		return d.checkCase(ctx, b.LinkedCase, "linked_case", act.Actor)
	}
	return nil
}

// worksOnCases reports whether somebody is of staff: a case may be theirs.
func worksOnCases(u casework.Actor) bool {
	return u.Has(casework.LegalOps, casework.Reviewer, casework.Manager)
}

// readsCases reports whether somebody may stand within a case's wall: an administrator sees the contents of none.
func readsCases(u casework.Actor) bool { return worksOnCases(u) || u.Has(casework.Auditor) }

func (d *Desk) checkPeople(ctx context.Context, names []string, path func(i int) string, may func(casework.Actor) bool, message string) error {
	users, err := d.Registry.Users(ctx)
	if err != nil {
		return err
	}
	faults := []casework.Fault{}
	for i, name := range names {
		if name != "" && !slices.ContainsFunc(users, func(u casework.Actor) bool { return u.Name == name && may(u) }) {
			faults = append(faults, casework.Fault{Path: path(i), Message: message})
		}
	}
	return casework.Faulty(faults)
}

func (d *Desk) checkCase(ctx context.Context, id, path string, by casework.Actor) error {
	if id == "" {
		return nil
	}
	_, err := d.Registry.Case(ctx, id, by)
	if err != nil && casework.CodeOf(err) == casework.NotFound {
		return casework.Faulty([]casework.Fault{{Path: path, Message: "is no case"}})
	}
	return err
}
