package casework

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
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

// VerifyBody says how a requester was verified: Phone is the number that was called, for a call-back.
type VerifyBody struct {
	Remark
	Method   VerificationMethod `json:"method"`
	Evidence string             `json:"evidence"`
	Phone    string             `json:"phone,omitempty"`
}

func (b VerifyBody) check(f *faults) {
	oneOf(f, "method", b.Method, VerificationMethods)
	if b.Method == ByCallback {
		needText(f, "phone", b.Phone)
	}
}

// AskBody asks the authority to clarify; no items: the findings of the determination.
type AskBody struct {
	Remark
	Items []Fault `json:"items"`
}

func (b AskBody) check(f *faults) {
	for i, item := range b.Items {
		needText(f, "items["+strconv.Itoa(i)+"].message", item.Message)
	}
}

// RequestBody carries a corrected request, whole. Reason is needed where we correct our own transcription.
type RequestBody struct {
	Remark
	Request Request `json:"request"`
	Reason  string  `json:"reason,omitempty"`
}

func (b RequestBody) check(f *faults) {
	for _, fault := range b.Request.Faults() {
		f.add("request."+fault.Path, fault.Message)
	}
}

// ReviewBody is a reviewer's decision on every category and action asked.
type ReviewBody struct {
	Remark
	Outcome Outcome          `json:"outcome,omitempty"`
	Answers []DecisionAnswer `json:"answers"`
	Reason  string           `json:"reason,omitempty"`
}

func (b ReviewBody) check(f *faults) {
	if b.Outcome != "" {
		oneOf(f, "outcome", b.Outcome, Outcomes)
	}
	for i, a := range b.Answers {
		a.check(f, "answers["+strconv.Itoa(i)+"]")
	}
}

func (a DecisionAnswer) check(f *faults, path string) {
	switch {
	case (a.Data == "") == (a.Action == ""):
		f.add(path, "must name either data or action")
	case a.Data != "":
		oneOf(f, path+".data", a.Data, DataCategories)
	default:
		oneOf(f, path+".action", a.Action, DemandedActions)
	}
	oneOf(f, path+".answer", a.Answer, Answers)
	if a.Answer == Escalate {
		f.add(path+".answer", "escalate is no decision: a person must decide now")
	}
	if a.Scope != nil {
		eachOf(f, path+".scope.fields", a.Scope.Fields, SubscriberFields)
		f.moment(path+".scope.from", a.Scope.From)
		f.moment(path+".scope.to", a.Scope.To)
	}
}

// ApproveBody names the decision that is approved by its hash.
type ApproveBody struct {
	Remark
	Decision string `json:"decision"`
}

func (b ApproveBody) check(f *faults) { needText(f, "decision", b.Decision) }

// RenotifyBody gives the customer's new address.
type RenotifyBody struct {
	Remark
	Address string `json:"address"`
	Reason  string `json:"reason"`
}

func (b RenotifyBody) check(f *faults) {
	needText(f, "address", b.Address)
	needText(f, "reason", b.Reason)
}

// ObjectionBody is what the customer says; Court and FiledOn once a motion was filed.
type ObjectionBody struct {
	Remark
	Text    string `json:"text"`
	Court   string `json:"court,omitempty"`
	FiledOn Date   `json:"filed_on,omitempty"`
}

func (b ObjectionBody) check(f *faults) { needText(f, "text", b.Text); f.date("filed_on", b.FiledOn) }

// ResolveBody ends an objection; Objection is its number, needed where several are open.
type ResolveBody struct {
	Remark
	Objection int             `json:"objection,omitempty"`
	Outcome   ObjectionStatus `json:"outcome"`
	Reason    string          `json:"reason"`
}

func (b ResolveBody) check(f *faults) {
	oneOf(f, "outcome", b.Outcome, []ObjectionStatus{ObjectionSustained, ObjectionOverruled, ObjectionWithdrawn})
	needText(f, "reason", b.Reason)
}

// ChallengeBody files our own contest, or adds to one that is open: Challenge is then its number.
type ChallengeBody struct {
	Remark
	Kind      ChallengeKind `json:"kind"`
	Data      []Data        `json:"data,omitempty"`
	Court     string        `json:"court"`
	Grounds   []string      `json:"grounds"`
	FiledOn   Date          `json:"filed_on"`
	HearingOn Date          `json:"hearing_on,omitempty"`
	Challenge int           `json:"challenge,omitempty"`
}

func (b ChallengeBody) check(f *faults) {
	oneOf(f, "kind", b.Kind, ChallengeKinds)
	eachOf(f, "data", b.Data, DataCategories)
	f.date("filed_on", b.FiledOn)
	f.date("hearing_on", b.HearingOn)
	if b.Kind == SecrecyOnly && len(b.Data) > 0 {
		f.add("data", "a challenge to secrecy holds no data; leave it out")
	}
}

// RulingBody records what became of a challenge; Challenge is its number, needed where several are open.
type RulingBody struct {
	Remark
	Challenge int             `json:"challenge,omitempty"`
	Outcome   ChallengeStatus `json:"outcome"`
	Reason    string          `json:"reason"`
}

func (b RulingBody) check(f *faults) {
	oneOf(f, "outcome", b.Outcome, []ChallengeStatus{ChallengeUpheld, ChallengeModified, ChallengeDenied})
	needText(f, "reason", b.Reason)
}

// HoldOutcome is what the enforcing authority said.
type HoldOutcome string

// The outcomes of a hold.
const (
	HoldIsCleared HoldOutcome = "cleared"
	HoldIsRefused HoldOutcome = "refused"
)

// HoldBody records what the enforcing authority said.
type HoldBody struct {
	Remark
	Outcome HoldOutcome `json:"outcome"`
	Reason  string      `json:"reason"`
}

func (b HoldBody) check(f *faults) {
	oneOf(f, "outcome", b.Outcome, []HoldOutcome{HoldIsCleared, HoldIsRefused})
	needText(f, "reason", b.Reason)
}

// MLATBody records what became of a referral.
type MLATBody struct {
	Remark
	Outcome    MLATOutcome `json:"outcome"`
	LinkedCase string      `json:"linked_case,omitempty"`
}

func (b MLATBody) check(f *faults) { oneOf(f, "outcome", b.Outcome, MLATOutcomes) }

// AddRecordsBody is a file of records of one category; the front desk has put its bytes into the vault.
type AddRecordsBody struct {
	Remark
	Data Data     `json:"data"`
	File Document `json:"file"`
}

func (b AddRecordsBody) check(f *faults) { oneOf(f, "data", b.Data, DataCategories); b.File.check(f) }

// AttachBody is a file added to the case.
type AttachBody struct {
	Remark
	Name string   `json:"name"`
	For  string   `json:"for,omitempty"` // "customer": the notice page shows it; left out: it stays among us
	File Document `json:"file"`
}

func (b AttachBody) check(f *faults) {
	b.File.check(f)
	if b.For != "" && b.For != ForCustomer {
		f.add("for", "must be \"customer\", or left out")
	}
}

func (d Document) check(f *faults) {
	if d.Ref == "" {
		f.add("file", "is missing: send it as a part of a multipart body")
	}
}

// ReleaseBody confirms what goes out.
type ReleaseBody struct {
	Remark
	Confirm  string `json:"confirm"`
	Manifest string `json:"manifest"`
}

func (b ReleaseBody) check(f *faults) {
	needText(f, "confirm", b.Confirm)
	needText(f, "manifest", b.Manifest)
}

// ParcelBody names a parcel by its number, needed where several are delivered; Address is a new one.
type ParcelBody struct {
	Remark
	Disclosure int    `json:"disclosure,omitempty"`
	Address    string `json:"address,omitempty"`
}

// ReceiptBody names a parcel by its number, needed where several are delivered.
type ReceiptBody struct {
	Remark
	Disclosure int `json:"disclosure,omitempty"`
}

// PauseBody says why the clock stands still.
type PauseBody struct {
	Remark
	Reason PauseReason `json:"reason"`
}

func (b PauseBody) check(f *faults) { oneOf(f, "reason", b.Reason, PauseReasons) }

// ExtendBody moves a deadline to a later day.
type ExtendBody struct {
	Remark
	Kind   DeadlineKind `json:"kind"`
	Until  Date         `json:"until"`
	Reason string       `json:"reason"`
}

func (b ExtendBody) check(f *faults) {
	oneOf(f, "kind", b.Kind, DeadlineKinds)
	needDate(f, "until", b.Until)
	needText(f, "reason", b.Reason)
}

// SecrecyBody sets a duty of secrecy.
type SecrecyBody struct {
	Remark
	Kind  SecrecyKind `json:"kind"`
	Basis string      `json:"basis"`
	Until Date        `json:"until"`
}

func (b SecrecyBody) check(f *faults) {
	oneOf(f, "kind", b.Kind, SecrecyKinds)
	f.date("until", b.Until)
	if b.Kind.HasForce() {
		needText(f, "basis", b.Basis)
	}
}

// PreservationBody extends a preservation; UntilProduced for an EPOC-PR's confirmation (Annex V).
type PreservationBody struct {
	Remark
	Reason        string `json:"reason"`
	UntilProduced bool   `json:"until_produced,omitempty"`
}

func (b PreservationBody) check(f *faults) { needText(f, "reason", b.Reason) }

// RestrictBody names who stays inside the case's wall.
type RestrictBody struct {
	Remark
	Members []string `json:"members"`
	Reason  string   `json:"reason"`
}

func (b RestrictBody) check(f *faults) {
	needText(f, "reason", b.Reason)
	if len(b.Members) == 0 {
		f.add("members", "must name at least one person")
	}
}

// AssignBody gives a case to somebody.
type AssignBody struct {
	Remark
	To string `json:"to"`
}

// CommentBody is an internal note.
type CommentBody struct {
	Text string `json:"text"`
	Remark
}

func (b CommentBody) check(f *faults) { needText(f, "text", b.Text) }

// LinkBody relates this case to another.
type LinkBody struct {
	Remark
	Case     string   `json:"case"`
	Relation Relation `json:"relation"`
}

func (b LinkBody) check(f *faults) {
	needText(f, "case", b.Case)
	oneOf(f, "relation", b.Relation, Relations)
}

// CloseBody closes a case by a reviewer's hand.
type CloseBody struct {
	Remark
	Resolution Resolution `json:"resolution"`
	Reason     string     `json:"reason"`
}

func (b CloseBody) check(f *faults) {
	oneOf(f, "resolution", b.Resolution, []Resolution{ResolvedRefused, ResolvedDuplicate, ResolvedNoData, ResolvedNotAuthentic})
	needText(f, "reason", b.Reason)
}

// DownloadBody names the parcel that the officer took.
type DownloadBody struct {
	Remark
	Disclosure int `json:"disclosure"`
}

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
