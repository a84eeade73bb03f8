package casework

import (
	"encoding/json"
	"reflect"
	"slices"
	"time"
)

// Body is what an action is given; each action has its own (interfaces.md, "Bodies of the actions").
type Body interface {
	// check adds what is wrong with the body itself, before any case is looked at.
	check(f *faults)
}

// Remark is what every body may carry.
type Remark struct {
	Comment string `json:"comment,omitempty"`
}

func (Remark) check(*faults) {}

func (r Remark) remark() string { return r.Comment }

// remarked is a body that may carry a remark.
type remarked interface{ remark() string }

// Nothing is the body of actions that need none.
type Nothing struct{ Remark }

// WithReason is the body of actions that need a reason and nothing else.
type WithReason struct {
	Remark
	Reason string `json:"reason"`
}

func (b WithReason) check(f *faults) { needText(f, "reason", b.Reason) }

// newBody makes an empty body for an action, as a pointer.
var newBody = map[Action]func() Body{
	VerifyRequester:      func() Body { return &VerifyBody{} },
	RejectRequester:      func() Body { return &WithReason{} },
	CorrectRequest:       func() Body { return &RequestBody{} },
	AskClarification:     func() Body { return &AskBody{} },
	ReceiveClarification: func() Body { return &RequestBody{} },
	Review:               func() Body { return &ReviewBody{} },
	Approve:              func() Body { return &ApproveBody{} },
	SendBack:             func() Body { return &WithReason{} },
	Renotify:             func() Body { return &RenotifyBody{} },
	RecordObjection:      func() Body { return &ObjectionBody{} },
	ResolveObjection:     func() Body { return &ResolveBody{} },
	FileChallenge:        func() Body { return &ChallengeBody{} },
	RecordRuling:         func() Body { return &RulingBody{} },
	ReferToMLAT:          func() Body { return &WithReason{} },
	RecordMLATOutcome:    func() Body { return &MLATBody{} },
	ClearHold:            func() Body { return &HoldBody{} },
	AddRecords:           func() Body { return &AddRecordsBody{} },
	Release:              func() Body { return &ReleaseBody{} },
	Redeliver:            func() Body { return &ParcelBody{} },
	ConfirmReceipt:       func() Body { return &ReceiptBody{} },
	ReportError:          func() Body { return &WithReason{} },
	Withdraw:             func() Body { return &WithReason{} },
	PauseClock:           func() Body { return &PauseBody{} },
	ResumeClock:          func() Body { return &Nothing{} },
	ExtendDeadline:       func() Body { return &ExtendBody{} },
	SetSecrecy:           func() Body { return &SecrecyBody{} },
	LiftSecrecy:          func() Body { return &WithReason{} },
	ExtendPreservation:   func() Body { return &PreservationBody{} },
	EndPreservation:      func() Body { return &WithReason{} },
	Restrict:             func() Body { return &RestrictBody{} },
	Unrestrict:           func() Body { return &WithReason{} },
	Hold:                 func() Body { return &WithReason{} },
	Unhold:               func() Body { return &WithReason{} },
	Assign:               func() Body { return &AssignBody{} },
	Comment:              func() Body { return &CommentBody{} },
	Attach:               func() Body { return &AttachBody{} },
	LinkCase:             func() Body { return &LinkBody{} },
	Close:                func() Body { return &CloseBody{} },
	Download:             func() Body { return &DownloadBody{} },
}

// ParseBody reads an action's body strictly; every fault at once. An unknown action is not_found.
func ParseBody(action Action, raw []byte) (Body, error) {
	empty, ok := newBody[action]
	if !ok {
		return nil, Refuse(NotFound, "There is no action of that name.")
	}
	body := empty()
	if f := Decode(raw, body); len(f) > 0 {
		return nil, Faulty(f)
	}
	f := faults{}
	body.check(&f)
	return body, Faulty(f)
}

// TakesFile says whether an action's body carries a file that the front desk puts into the vault first.
func (a Action) TakesFile() bool { return slices.Contains([]Action{Attach, AddRecords}, a) }

// Act is what somebody does to a case: the action, who, what with, and under which key. Version, where not 0, is the
// version that the actor saw. Book is what the contact book holds of the authority, read by the front desk.
type Act struct {
	Action  Action     `json:"action"`
	Actor   Actor      `json:"actor"`
	Key     string     `json:"key"`
	Version int        `json:"version,omitempty"`
	At      time.Time  `json:"at"`
	Body    Body       `json:"body"`
	Book    *BookEntry `json:"book,omitempty"`
}

// UnmarshalJSON reads an act with the body that its action has. It does not judge the body: what an old history holds
// must be read for ever. Check does.
func (a *Act) UnmarshalJSON(b []byte) error {
	type plain Act
	var outer struct {
		plain
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(b, &outer); err != nil {
		return err
	}
	empty, ok := newBody[outer.Action]
	if !ok {
		return Refuse(NotFound, "There is no action of that name.")
	}
	*a = Act(outer.plain)
	a.Body = empty()
	return json.Unmarshal(outer.Body, a.Body)
}

// Check names everything that is wrong with an act's body by itself.
func (a Act) Check() error {
	f := faults{}
	a.Body.check(&f)
	return Faulty(f)
}

func needText(f *faults, path, s string) {
	if s == "" {
		f.add(path, "is missing")
	}
}

func needDate(f *faults, path string, d Date) {
	if d == "" {
		f.add(path, "is missing; write a date as 2026-11-20")
		return
	}
	f.date(path, d)
}

// BodyType is the type of an action's body, for descriptions; nil where there is no such action.
func BodyType(action Action) reflect.Type {
	if empty, ok := newBody[action]; ok {
		return reflect.TypeOf(empty()).Elem()
	}
	return nil
}
