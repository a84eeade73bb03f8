package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// Life is a whole case from its registration on: ID is its number (LR-2026-000123), Intake what Register would be given,
// and Changes what the state machine made of it, each as Store would be given it, in their order.
type Life struct {
	ID      string
	Intake  casework.Intake
	Changes []casework.Change
}

// AddBulk stores many whole cases in one transaction: what Register and Store would have left of each, written with
// COPY in PostgreSQL and with rows by the hundred in SQLite. It differs from them in two things: ids are given, not
// drawn (the running numbers are raised to them), and of the steps only the last is kept, the only one that anybody can
// still repeat. A case that is there already is a conflict, and none of the lives is stored.
func (r *Registry) AddBulk(ctx context.Context, lives []Life) error {
	b := newBulk()
	for _, life := range lives {
		if err := r.gather(ctx, b, life); err != nil {
			return fault(err)
		}
	}
	if err := firstOf(b.markDays(ctx, lives), b.addKinds(ctx)); err != nil {
		return fault(err)
	}
	return fault(r.put(ctx, b))
}

// gather makes a life's rows: they are written by the statements of Register and Store, into memory.
func (r *Registry) gather(ctx context.Context, b *bulk, life Life) error {
	if len(life.Changes) == 0 {
		return casework.Refuse(casework.Invalid, "The case %s has no changes: it was never received.", life.ID)
	}
	t := tx{queries.New(b), nil}
	last := bare(life.Changes[len(life.Changes)-1])
	end, err := t.liveThrough(ctx, life, last.Case)
	if err != nil {
		return err
	}
	state, err := r.sealed(ctx, last.Case)
	if err != nil {
		return err
	}
	if err := firstOf(r.takeKey(ctx, t, life.ID), t.addWhole(ctx, b, life, last.Case, end, state), b.number(life.ID)); err != nil {
		return err
	}
	return firstOf(t.setMembers(ctx, life.ID, nil, last.Case.Work.Members), t.setWords(ctx, last.Case.View), t.setPhones(ctx, last.Case), t.addParticulars(ctx, last.Case.View),
		t.addDeadlines(ctx, last.Case), t.SetCounting(ctx, countingOf(life.ID, factsOf(last.Case))), t.addLastStep(ctx, last))
}

// liveThrough writes the events of every change, and the times in stages between them.
func (t tx) liveThrough(ctx context.Context, life Life, whole casework.Case) (chain, error) {
	end := chain{life.ID, life.Intake.CaseKey, 0, ""}
	s := stay{}
	for _, ch := range life.Changes {
		ch = bare(ch)
		next, err := t.appendEvents(ctx, end, ch.Step, factsOf(ch.Case), ch.Events)
		if err != nil {
			return end, err
		}
		end = next
		if err := s.follow(ctx, t, whole, ch, int64(end.sequence)); err != nil {
			return end, err
		}
	}
	return end, nil
}

// stay is the stage that a case is in, and since when; n is the sequence of the event that began it.
type stay struct {
	stage casework.Stage
	n     int64
	since time.Time
}

// follow does what countStage does, without asking the database where the case was. Rows of all stages name the case as
// it is in the end: so does NameStages.
func (s *stay) follow(ctx context.Context, t tx, whole casework.Case, ch casework.Change, sequence int64) error {
	if s.stage == ch.Case.Stage {
		return nil
	}
	at := lastOf(ch.Events)
	if s.stage != "" && s.stage != casework.InClosed {
		left := queries.LeaveStageParams{CaseID: whole.ID, N: s.n, LeftAt: stamp.Of(at), Seconds: rounded(at.Sub(stamp.Of(s.since).Time))}
		if err := t.LeaveStage(ctx, left); err != nil {
			return err
		}
	}
	*s = stay{ch.Case.Stage, sequence, at}
	if s.stage == casework.InClosed {
		return nil
	}
	whole.Stage = s.stage
	return t.EnterStage(ctx, stageRow(whole, sequence, at))
}

// addWhole writes the case's own row, as registered and then as it is in the end.
func (t tx) addWhole(ctx context.Context, b *bulk, life Life, c casework.Case, end chain, state []byte) error {
	terms, err := json.Marshal(life.Intake.Terms)
	if err != nil {
		return err
	}
	s, err := row(c)
	if err != nil {
		return err
	}
	s.LastSequence, s.PrevLeaf, s.State = int64(end.sequence), end.leaf, state
	b.come(s, c.Work.Members)
	return firstOf(t.AddCase(ctx, queries.AddCaseParams{
		CaseID: s.CaseID, CaseKey: end.caseKey, RegisteredAt: stamp.Of(life.Intake.At), Terms: string(terms),
	}), t.SetCase(ctx, s))
}

func (t tx) addDeadlines(ctx context.Context, c casework.Case) error {
	g := groupingOf(c)
	for _, d := range ourDeadlines(c) {
		if err := t.AddDeadline(ctx, deadlineRow(c.ID, d, g)); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) addLastStep(ctx context.Context, ch casework.Change) error {
	content, err := json.Marshal(ch)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	return t.AddStep(ctx, queries.AddStepParams{CaseID: ch.Case.ID, Step: int64(ch.Step), Digest: hex.EncodeToString(sum[:])})
}

// LastNumbers are the running numbers that were given last, by year: what is to be added follows them.
func (r *Registry) LastNumbers(ctx context.Context) (map[int]int, error) {
	rows, err := r.reader.QueryContext(ctx, "SELECT year, number FROM case_numbers")
	if err != nil {
		return nil, fault(err)
	}
	defer func() { _ = rows.Close() }()
	out := map[int]int{}
	for rows.Next() {
		var year, n int
		if err := rows.Scan(&year, &n); err != nil {
			return nil, fault(err)
		}
		out[year] = n
	}
	return out, fault(rows.Err())
}
