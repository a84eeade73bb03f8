package registry

import (
	"context"
	"slices"
	"strconv"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// lateStart is how long a registered case may wait for its start before it counts as stuck: the sweep has then tried it
// several times.
const lateStart = time.Minute

// Waits notes that something of a case was tried again in vain; since when, stays.
func (r *Registry) Waits(ctx context.Context, s casework.Stuck) error {
	return r.write(ctx, func(t tx) error {
		if _, err := t.LockCase(ctx, s.Case); err != nil {
			return orNoCase(err)
		}
		return t.PutStuck(ctx, noteOf(s))
	})
}

func noteOf(s casework.Stuck) queries.PutStuckParams {
	return queries.PutStuckParams{
		CaseID: s.Case, What: string(s.What), Step: int64(s.Step), Cause: string(s.Cause), Since: stamp.Of(s.Since), Tries: int64(s.Tries),
	}
}

// unstick takes away what is noted of effects that the case no longer waits for, and that it could not be begun.
func (t tx) unstick(ctx context.Context, c casework.Case) error {
	noted, err := t.StuckEffects(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, n := range noted {
		if slices.ContainsFunc(c.Work.Pending, func(e casework.Effect) bool { return int64(e.Step) == n.Step }) {
			continue
		}
		if err := t.DropStuck(ctx, queries.DropStuckParams{CaseID: c.ID, What: n.What, Step: n.Step}); err != nil {
			return err
		}
	}
	return nil
}

// RunsFail notes the cases whose runs cannot go on, all of them: of those noted before, the others can again.
func (r *Registry) RunsFail(ctx context.Context, ids []string, at time.Time) error {
	noted, err := r.reads.FailingRuns(ctx)
	if err != nil {
		return fault(err)
	}
	if len(noted) == 0 && len(ids) == 0 {
		return nil
	}
	return r.write(ctx, func(t tx) error { return t.runsFail(ctx, noted, ids, at) })
}

func (t tx) runsFail(ctx context.Context, noted, ids []string, at time.Time) error {
	for _, id := range noted {
		if slices.Contains(ids, id) {
			continue
		}
		if err := t.DropStuck(ctx, queries.DropStuckParams{CaseID: id, What: string(casework.WaitingRun)}); err != nil {
			return err
		}
	}
	for _, id := range ids {
		failing := casework.Stuck{Case: id, What: casework.WaitingRun, Cause: casework.RunFails, Since: at}
		if err := t.PutStuck(ctx, noteOf(failing)); err != nil {
			return err
		}
	}
	return nil
}

// waiting selects what cannot go on, with the cases that were never begun, and keeps to the wall.
func waiting(at time.Time, viewer casework.Actor) *selection {
	s := &selection{args: []any{stamp.Of(at.Add(-lateStart)).Text()}}
	if viewer.Kind == casework.Person {
		s.and("(c.restricted = FALSE OR EXISTS (SELECT 1 FROM members m WHERE m.case_id = c.case_id AND m.name = ?))", plain(viewer.Name))
	}
	return s
}

const fromWaiting = ` FROM (
SELECT case_id, what, step, cause, since, tries FROM stuck
UNION ALL SELECT case_id, 'start', 0, 'not_started', registered_at, 0 FROM cases WHERE status = 'starting' AND registered_at < $1
AND NOT EXISTS (SELECT 1 FROM stuck s WHERE s.case_id = cases.case_id AND s.what = 'start')
) AS x JOIN cases c ON c.case_id = x.case_id`

// Stuck lists what cannot go on at an instant, the longest first, and counts the cases.
func (r *Registry) Stuck(ctx context.Context, at time.Time, viewer casework.Actor) (casework.StuckList, error) {
	s := waiting(at, viewer)
	listed, err := r.waitingRows(ctx, s)
	if err != nil {
		return casework.StuckList{}, fault(err)
	}
	out := casework.StuckList{Stuck: listed}
	count := "SELECT COUNT(*) FROM (SELECT DISTINCT x.case_id" + fromWaiting + s.text() + " LIMIT " + strconv.Itoa(exact) + ") AS counted"
	return out, fault(r.reader.QueryRowContext(ctx, count, s.args...).Scan(&out.Cases))
}

// StuckCase lists what of one case cannot go on; not_found as for any case that the viewer may not know of.
func (r *Registry) StuckCase(ctx context.Context, id string, at time.Time, viewer casework.Actor) ([]casework.Stuck, error) {
	if err := r.mayKnow(ctx, id, viewer); err != nil {
		return nil, err
	}
	s := waiting(at, viewer)
	s.and("x.case_id = ?", id)
	out, err := r.waitingRows(ctx, s)
	return out, fault(err)
}

// mayKnow passes whoever may know that there is a case, be it without its contents.
func (r *Registry) mayKnow(ctx context.Context, id string, viewer casework.Actor) error {
	kept, err := r.reads.CaseView(ctx, id)
	if err != nil {
		return orNoCase(err)
	}
	if !kept.Restricted || viewer.Kind != casework.Person {
		return nil
	}
	n, err := r.reads.IsMember(ctx, queries.IsMemberParams{CaseID: id, Name: plain(viewer.Name)})
	if err == nil && n == 0 {
		return noCase()
	}
	return fault(err)
}

func (r *Registry) waitingRows(ctx context.Context, s *selection) (out []casework.Stuck, err error) {
	//nolint:gosec // composed of texts of this file; every value is bound
	rows, err := r.reader.QueryContext(ctx, "SELECT x.case_id, x.what, x.step, x.cause, x.since, x.tries"+fromWaiting+s.text()+
		" ORDER BY x.since, x.case_id, x.what, x.step LIMIT "+strconv.Itoa(casework.MostStuck), s.args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstOf(err, rows.Close()) }()
	for out = []casework.Stuck{}; rows.Next(); {
		var one casework.Stuck
		var since stamp.Time
		if err := rows.Scan(&one.Case, &one.What, &one.Step, &one.Cause, &since, &one.Tries); err != nil {
			return nil, err
		}
		one.Since, one.Sentence = since.Time, one.Cause.Sentence()
		out = append(out, one)
	}
	return out, rows.Err()
}

// Resumed writes that somebody had a case tried again, and what had been stuck. The version stays, since nothing of the
// case changes.
func (r *Registry) Resumed(ctx context.Context, id string, actor casework.Actor, why string, at time.Time) error {
	return r.write(ctx, func(t tx) error { return t.note(ctx, id, casework.Resumed, actor, why, at) })
}
