package registry

import (
	"context"
	"encoding/json"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// Unpurged lists up to a thousand cases after one, by their ids: those that wait for something, be it only a notice long
// after they were closed, or those that rest until they are purged.
func (r *Registry) Unpurged(ctx context.Context, resting bool, after string) (ids []string, err error) {
	if resting {
		ids, err = r.reads.RestingCases(ctx, queries.RestingCasesParams{Never: stamp.Never, After: after})
	} else {
		ids, err = r.reads.WaitingCases(ctx, queries.WaitingCasesParams{Never: stamp.Never, After: after})
	}
	return ids, fault(err)
}

// Progress is the key of a case, the last step that is stored of it (0: only its registration), and how many changes are
// stored after a step.
func (r *Registry) Progress(ctx context.Context, id string, after int) (key string, last, later int, err error) {
	row, err := r.reads.Progress(ctx, queries.ProgressParams{CaseID: id, After: int64(after)})
	return row.CaseKey, int(row.Step), int(row.Later), orNoCase(err)
}

// Rebuilt writes that a new run of a case begins from what is kept of it, and what was wrong with the old one. The
// version stays, since nothing of the case changes.
func (r *Registry) Rebuilt(ctx context.Context, id string, actor casework.Actor, why string, at time.Time) error {
	return r.write(ctx, func(t tx) error { return t.note(ctx, id, casework.Rebuilt, actor, why, at) })
}

// PurgedAgain erases a case whose data key was destroyed: it was purged after the instant that this registry was restored
// to. A case whose key is there, or only missing, is refused.
func (r *Registry) PurgedAgain(ctx context.Context, id string, at time.Time) error {
	return r.write(ctx, func(t tx) error {
		key, err := t.CaseKey(ctx, id)
		if err != nil || !key.Destroyed {
			return casework.Refuse(casework.Conflict, "The data key of the case %s was not destroyed: it cannot have been purged.", id)
		}
		if err := t.note(ctx, id, casework.Purged, casework.TheSystem, "its data key was destroyed before the registry was restored", at); err != nil {
			return err
		}
		return t.erase(ctx, id)
	})
}

// note writes an event that belongs to no step.
func (t tx) note(ctx context.Context, id string, verb casework.Verb, actor casework.Actor, why string, at time.Time) error {
	kept, err := t.LockCase(ctx, id)
	if err != nil {
		return orNoCase(err)
	}
	now, err := json.Marshal(map[string]string{"why": plain(why)})
	if err != nil {
		return err
	}
	e := casework.Event{At: casework.Truncate(at), Actor: actor, Verb: verb, New: now}
	end, err := t.appendEvent(ctx, chain{id, kept.CaseKey, int(kept.LastSequence), kept.PrevLeaf}, 0, nil, e)
	if err != nil {
		return err
	}
	return t.SetLastEvent(ctx, queries.SetLastEventParams{CaseID: id, LastSequence: int64(end.sequence), PrevLeaf: end.leaf})
}
