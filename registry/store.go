package registry

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
)

// Store writes a change's events, projection and encrypted state in one transaction. It is idempotent by case and step:
// the same step again is a success and changes nothing; the same step with other contents is a conflict, and so is a
// step older than what is kept.
func (r *Registry) Store(ctx context.Context, ch casework.Change) error {
	if ch.Step == 0 {
		return nil
	}
	ch = bare(ch)
	content, err := json.Marshal(ch)
	if err != nil {
		return fault(err)
	}
	state, err := r.sealed(ctx, ch.Case)
	if err != nil {
		return fault(err)
	}
	sum := sha256.Sum256(content)
	return r.write(ctx, func(t tx) error { return t.store(ctx, ch, hex.EncodeToString(sum[:]), state) })
}

// lastOf is when the last of a change's events was.
func lastOf(events []casework.Event) (at time.Time) {
	for _, e := range events {
		at = e.At
	}
	return at
}

// bare is the change without what the registry gives, so that a repeat has the same digest.
func bare(ch casework.Change) casework.Change {
	ch.Case.AllowedActions = nil
	events := make([]casework.Event, len(ch.Events))
	for i, e := range ch.Events {
		e.Sequence, e.Prev, e.Leaf, e.Proof = 0, "", "", nil
		events[i] = e
	}
	ch.Events = events
	return ch
}

func (r *Registry) sealed(ctx context.Context, c casework.Case) ([]byte, error) {
	ring, err := r.sealing()
	if err != nil {
		return nil, err
	}
	state, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return ring.Seal(ctx, c.ID, state)
}

func (t tx) store(ctx context.Context, ch casework.Change, digest string, state []byte) error {
	kept, err := t.LockCase(ctx, ch.Case.ID)
	if err != nil {
		return orNoCase(err)
	}
	done, err := t.stored(ctx, ch, digest, kept.Step)
	if err != nil || done {
		return err
	}
	facts := factsOf(ch.Case)
	end, err := t.appendEvents(ctx, chain{kept.CaseID, kept.CaseKey, int(kept.LastSequence), kept.PrevLeaf}, ch.Step, facts, ch.Events)
	if err != nil {
		return err
	}
	if err := t.setRow(ctx, ch.Case, end, state); err != nil {
		return err
	}
	if err := t.follow(ctx, kept, ch.Case, ch.Events); err != nil {
		return err
	}
	if err := t.unstick(ctx, ch.Case); err != nil {
		return err
	}
	if err := t.count(ctx, ch.Case, kept, end.sequence, lastOf(ch.Events)); err != nil {
		return err
	}
	return firstOf(t.SetCounting(ctx, countingOf(ch.Case.ID, facts)),
		t.AddStep(ctx, queries.AddStepParams{CaseID: ch.Case.ID, Step: int64(ch.Step), Digest: digest}))
}

// stored reports whether the step was stored before, and refuses another one under its number.
func (t tx) stored(ctx context.Context, ch casework.Change, digest string, last int64) (bool, error) {
	before, err := t.StepDigest(ctx, queries.StepDigestParams{CaseID: ch.Case.ID, Step: int64(ch.Step)})
	switch {
	case err == nil && before == digest:
		return true, nil
	case err == nil:
		return false, casework.Refuse(casework.Conflict, "Step %d of the case %s is stored already, with other contents.", ch.Step, ch.Case.ID)
	case !errors.Is(err, sql.ErrNoRows):
		return false, err
	case int64(ch.Step) <= last:
		return false, casework.Refuse(casework.Conflict, "A later step than %d of the case %s is stored already.", ch.Step, ch.Case.ID)
	}
	return false, nil
}

func (t tx) setRow(ctx context.Context, c casework.Case, end chain, state []byte) error {
	s, err := row(c)
	if err != nil {
		return err
	}
	s.LastSequence, s.PrevLeaf, s.State = int64(end.sequence), end.leaf, state
	return t.SetCase(ctx, s)
}

// follow brings the tables beside the case up to it, where they changed.
func (t tx) follow(ctx context.Context, kept queries.LockCaseRow, c casework.Case, events []casework.Event) error {
	members, err := t.Members(ctx, c.ID)
	if err != nil {
		return err
	}
	if err := firstOf(t.turn(ctx, kept, members, c), t.setMembers(ctx, c.ID, members, c.Work.Members)); err != nil {
		return err
	}
	if err := firstOf(t.setPhones(ctx, c), t.setParticulars(ctx, c.View)); err != nil {
		return err
	}
	if !slices.ContainsFunc(events, func(e casework.Event) bool { return slices.Contains(renamed, e.Verb) }) {
		return nil
	}
	return t.setWords(ctx, c.View)
}
