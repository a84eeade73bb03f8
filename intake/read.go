package intake

import (
	"encoding/json"
	"errors"
	"time"

	"dueprocess/casework"
)

// Mode is what a request is read for.
type Mode int

// The modes.
const (
	// Submit reads a request about to become a case: received_at is the server's for portal, api and email.
	Submit Mode = iota
	// DryRun reads a request only to be evaluated: received_at is the body's.
	DryRun
	// Correction reads a request that replaces the one of a case, which keeps its channel and received_at.
	Correction
)

// Read reads a request's JSON strictly and brings it into its normal form. The error is invalid and names every fault.
func Read(raw []byte, now time.Time, mode Mode) (casework.Request, error) {
	var r casework.Request
	shape := decode(raw, &r)
	received := stampReceipt(&r, casework.Truncate(now), mode)
	normalise(&r)
	if err := casework.Faulty(merge(shape, r.Faults(), faultsOf(r), received)); err != nil {
		return casework.Request{}, err
	}
	return r, nil
}

// stampReceipt sets the instant of receipt, or says what is wrong with the one given.
func stampReceipt(r *casework.Request, now time.Time, mode Mode) []casework.Fault {
	switch {
	case mode == Submit && r.Channel.StampedByServer(), mode == DryRun && r.ReceivedAt.IsZero():
		r.ReceivedAt = now
	case mode == Submit && r.ReceivedAt.IsZero():
		return []casework.Fault{{Path: "received_at", Message: "is missing: what came by mail, fax or hand needs the instant of its receipt"}}
	case mode == Submit && r.ReceivedAt.After(now):
		return []casework.Fault{{Path: "received_at", Message: "must not be in the future"}}
	}
	r.ReceivedAt = casework.Truncate(r.ReceivedAt)
	if year := r.ReceivedAt.Year(); year < 0 || year > 9999 { // an offset may lead out of what can be written
		return []casework.Fault{{Path: "received_at", Message: "must be an instant, such as 2026-11-20T15:04:05Z"}}
	}
	return nil
}

// Unwrap takes the request out of an object that carries it under a top-level "request", as the policy's scenarios do;
// anything else comes back as it is.
func Unwrap(raw []byte) []byte {
	var outer map[string]json.RawMessage
	if json.Unmarshal(raw, &outer) != nil || outer["request"] == nil {
		return raw
	}
	return outer["request"]
}

// Act reads an action's body strictly; a request in it is brought into its normal form as Read does. The error is
// invalid and names every fault, or not_found where there is no such action.
func Act(action casework.Action, raw []byte) (casework.Body, error) {
	if action == casework.CorrectRequest || action == casework.ReceiveClarification {
		return corrected(raw)
	}
	body, err := casework.ParseBody(action, raw)
	shape := faultsIn(err)
	if len(shape) == 0 {
		return body, err
	}
	return nil, casework.Faulty(merge(shape, faultsOfSound(action, without(raw, shape))))
}

// faultsOfSound is what is wrong with a body of which only sound places are left.
func faultsOfSound(action casework.Action, raw []byte) []casework.Fault {
	var act casework.Act
	text, err := json.Marshal(map[string]any{"action": action, "body": json.RawMessage(raw)})
	if err != nil || json.Unmarshal(text, &act) != nil || act.Body == nil {
		return nil
	}
	return faultsIn(act.Check())
}

func corrected(raw []byte) (casework.Body, error) {
	var b casework.RequestBody
	shape := decode(raw, &b)
	normalise(&b.Request)
	further := faultsOf(b.Request)
	for i := range further {
		further[i].Path = "request." + further[i].Path
	}
	if err := casework.Faulty(merge(shape, faultsIn(casework.Act{Body: &b}.Check()), further)); err != nil {
		return nil, err
	}
	return &b, nil
}

func faultsIn(err error) []casework.Fault {
	var e *casework.Error
	if !errors.As(err, &e) {
		return nil
	}
	return e.Faults
}
