package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// A total of the queue is added up from how many cases there are of each kind, a kind being all that the queue filters by
// and the wall. Whoever changes a case appends what that makes of its kind, in the same transaction (case_moves): nobody
// waits for a counter. Housekeeping adds the moves up (case_sums); a total is the sum of both, in one statement.

// kind is cases that no filter and no wall tells apart; N is not used.
type kind queries.AddMoveParams

func kindOf(s queries.SetCaseParams, members []string) kind {
	return kind{
		Stage: s.Stage, WaitingOn: s.WaitingOn, Assignee: s.Assignee, Country: s.Country, Instrument: s.Instrument, Sla: s.Sla, Resolution: s.Resolution,
		Emergency: s.Emergency, Wall: wallOf(s.Restricted, members),
	}
}

func kindOfKept(k queries.LockCaseRow, members []string) kind {
	return kind{
		Stage: k.Stage, WaitingOn: k.WaitingOn, Assignee: k.Assignee, Country: k.Country, Instrument: k.Instrument, Sla: k.Sla, Resolution: k.Resolution,
		Emergency: k.Emergency, Wall: wallOf(k.Restricted, members),
	}
}

// wallOf names a wall by who is within; empty: there is none.
func wallOf(restricted bool, members []string) string {
	if !restricted {
		return ""
	}
	within := slices.Sorted(slices.Values(members))
	sum := sha256.Sum256([]byte(plain(strings.Join(slices.Compact(within), "\n"))))
	return hex.EncodeToString(sum[:])
}

// times is the kind so many times.
func (k kind) times(n int64) queries.AddMoveParams {
	k.N = n
	return queries.AddMoveParams(k)
}

// come counts a new case.
func (t tx) come(ctx context.Context, s queries.SetCaseParams, members []string) error {
	now := kindOf(s, members)
	return firstOf(t.AddMove(ctx, now.times(1)), t.addWall(ctx, now.Wall, members))
}

// turn counts a case as what it now is, and no longer as what it was.
func (t tx) turn(ctx context.Context, kept queries.LockCaseRow, were []string, c casework.Case) error {
	s, err := row(c)
	if err != nil {
		return err
	}
	old, now := kindOfKept(kept, were), kindOf(s, c.Work.Members)
	if old == now {
		return nil
	}
	return firstOf(t.AddMove(ctx, old.times(-1)), t.AddMove(ctx, now.times(1)), t.addWall(ctx, now.Wall, c.Work.Members))
}

// addWall says who is within a wall.
func (t tx) addWall(ctx context.Context, wall string, members []string) error {
	if wall == "" {
		return nil
	}
	for _, name := range members {
		if err := t.AddWall(ctx, queries.AddWallParams{Name: plain(name), Wall: wall}); err != nil {
			return err
		}
	}
	return nil
}
