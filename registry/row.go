package registry

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// status is how far a case is for the machinery.
type status string

const (
	starting status = "starting" // registered, its receipt not yet stored
	opened   status = "open"
	closed   status = "closed"
)

func statusOf(c casework.Case) status {
	switch {
	case c.Stage == casework.InClosed:
		return closed
	case c.Work.Started:
		return opened
	}
	return starting
}

// summary is the view without what only one case's page shows; lists read it alone.
type summary struct {
	casework.View
	Request        *struct{} `json:"request,omitempty"`
	Determination  *struct{} `json:"determination,omitempty"`
	Documents      *struct{} `json:"documents,omitempty"`
	AllowedActions *struct{} `json:"allowed_actions,omitempty"`
}

// details is the rest of it.
type details struct {
	Request       casework.Request        `json:"request"`
	Determination *casework.Determination `json:"determination"`
	Documents     []casework.Document     `json:"documents"`
}

// written is a case's two texts.
type written struct{ projection, details string }

func texts(v casework.View) (written, error) {
	s, err := json.Marshal(summary{View: v})
	if err != nil {
		return written{}, err
	}
	d, err := json.Marshal(details{v.Request, v.Determination, v.Documents})
	return written{string(s), string(d)}, err
}

func (w written) view() (casework.View, error) {
	var v casework.View
	var d details
	if err := firstOf(json.Unmarshal([]byte(w.projection), &v), json.Unmarshal([]byte(w.details), &d)); err != nil {
		return v, err
	}
	v.Request, v.Determination, v.Documents = d.Request, d.Determination, d.Documents
	return v, nil
}

// due is the first instant by which something of ours is still due whose clock runs; never where there is none, as in a
// closed case.
func due(v casework.View) stamp.Time {
	if next, ok := v.NextRunning(); ok && v.Stage != casework.InClosed && next.Due.Before(stamp.Never.Time) {
		return stamp.Of(next.Due)
	}
	return stamp.Never
}

// row is the case as its table keeps it, but for what the ledger and the key ring add.
func row(c casework.Case) (queries.SetCaseParams, error) {
	w, err := texts(c.View)
	return queries.SetCaseParams{
		CaseID: c.ID, Status: string(statusOf(c)), Version: int64(c.Version), Step: int64(c.Work.Step), Stage: string(c.Stage), WaitingOn: string(c.WaitingOn),
		Resolution: resolution(c.View), Sla: string(c.SLA), Assignee: plain(c.Assignee), Restricted: c.Restricted, Held: c.Held,
		ReceivedAt: stamp.Of(c.ReceivedAt), DueAt: due(c.View), Authority: plain(authority(c.Request.Authority)),
		Country: plain(c.Request.Authority.Country), Instrument: string(c.Request.Instrument.Type), Number: plain(c.Request.Instrument.Number),
		Reference: plain(c.Request.Matter.Reference), Projection: w.projection, Details: w.details,
		Rulebook: c.Work.Rulebook, Counted: counted(c), EndedAt: ended(c), Emergency: c.Request.IsEmergency(),
	}, err
}

// ended is since when a case is closed with nothing left to wait for; never before.
func ended(c casework.Case) stamp.Time {
	at := c.Work.At
	if _, waits := c.Wakes(at); c.Stage != casework.InClosed || waits || len(c.Work.Pending) > 0 {
		return stamp.Never
	}
	return stamp.Of(at)
}

func resolution(v casework.View) string {
	if v.Resolution == nil {
		return ""
	}
	return string(*v.Resolution)
}

func authority(a casework.Authority) string { return strings.TrimSpace(a.Name + " " + a.Unit) }

// plain is text that both databases keep: PostgreSQL takes neither NUL nor broken UTF-8.
func plain(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// first is a case as registered, before its receipt.
func first(in casework.Intake, id string) casework.Case {
	walled := in.Request.Instrument.IsNationalSecurity()
	c := casework.Case{View: casework.View{
		ID: id, Stage: casework.InReceipt, WaitingOn: casework.OnSystem, SLA: casework.OnTrack, Restricted: walled,
		ReceivedAt: receivedAt(in), Request: in.Request,
	}}
	c.Work.Key, c.Work.Terms = in.CaseKey, in.Terms
	if walled {
		c.Work.Members = slices.Sorted(slices.Values(in.Members))
	}
	return c
}

func receivedAt(in casework.Intake) time.Time {
	if in.Request.ReceivedAt.IsZero() {
		return casework.Truncate(in.At)
	}
	return casework.Truncate(in.Request.ReceivedAt)
}
