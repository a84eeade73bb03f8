package desk

import (
	"context"
	"errors"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"

	"dueprocess/casework"
)

// How a run's history names what concerns the registry. These names stay as they are for ever (workflows/names.go).
const (
	loading       = "Load"
	storing       = "Store"
	localActivity = "LocalActivity" // a marker of the SDK, with the fields data and result
)

// lived is what a run's history tells of the registry: with which step it began, and how many changes it stored since.
type lived struct {
	loaded bool
	from   int
	stored int
	key    string // of the case that it loaded
	sealed bool   // under another data key than the case has now
}

// reading goes through one history.
type reading struct {
	lived

	id        string
	scheduled map[int64]string // activities under way, by the event that ordered them
	read      func(caseID string, payloads *common.Payloads, into any) error
}

func (b *Rebuilder) lived(ctx context.Context, id, run string) (lived, error) {
	r := reading{id: id, scheduled: map[int64]string{}, read: b.Read}
	for events := b.Desk.Temporal.GetWorkflowHistory(ctx, id, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
		e, err := events.Next()
		if err != nil {
			return r.lived, away(err)
		}
		if err := r.next(e); err != nil {
			return lived{sealed: true}, notRead(err)
		}
	}
	return r.lived, nil
}

// notRead: what cannot be read is sealed for another case, unless it is only that the key cannot be fetched just now.
func notRead(err error) error {
	if casework.CodeOf(err) == casework.Unavailable || errors.Is(err, context.DeadlineExceeded) {
		return casework.Refuse(casework.Unavailable, "The registry does not answer just now. Try again in a moment.").Because(err)
	}
	return nil
}

func (r *reading) next(e *history.HistoryEvent) error {
	ordered, completed, marker := e.GetActivityTaskScheduledEventAttributes(), e.GetActivityTaskCompletedEventAttributes(), e.GetMarkerRecordedEventAttributes()
	switch {
	case ordered != nil:
		r.scheduled[e.GetEventId()] = ordered.GetActivityType().GetName()
	case completed != nil:
		return r.done(r.scheduled[completed.GetScheduledEventId()], completed.GetResult())
	case marker.GetMarkerName() == localActivity && marker.GetFailure() == nil:
		var what struct{ ActivityType string } // the SDK names it so
		if err := r.read(r.id, marker.GetDetails()["data"], &what); err != nil {
			return err
		}
		return r.done(what.ActivityType, marker.GetDetails()["result"])
	}
	return nil
}

func (r *reading) done(activity string, result *common.Payloads) error {
	switch activity {
	case loading:
		var c casework.Case
		if err := r.read(r.id, result, &c); err != nil {
			return err
		}
		r.lived = lived{loaded: true, from: c.Work.Step, key: c.Work.Key}
	case storing:
		r.stored++
	}
	return nil
}
