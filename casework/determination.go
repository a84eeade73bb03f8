package casework

import "slices"

// Determination is the policy's reasoned answer: per data category, per action, and overall, with every reason.
type Determination struct {
	EvaluatedFor Date           `json:"evaluated_for"`
	Rulebook     Rulebook       `json:"rulebook"`
	Outcome      Outcome        `json:"outcome"`
	Answers      []DataAnswer   `json:"answers"`
	Findings     []Finding      `json:"findings"`
	Notice       NoticeAnswer   `json:"notice"`
	Grounds      []Reason       `json:"challenge_grounds"`
	Approvals    Approval       `json:"approvals"`
	Actions      []ActionAnswer `json:"actions"`
	Deadlines    []Deadline     `json:"deadlines"`
	Verification Verification   `json:"verification"`
}

// Rulebook names the rules that answered.
type Rulebook struct {
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// Outcome is the answer as a whole.
type Outcome string

// The outcomes.
const (
	OutcomeDisclose       Outcome = "disclose"
	OutcomeDiscloseInPart Outcome = "disclose_in_part"
	OutcomePreserve       Outcome = "preserve"
	OutcomeClarify        Outcome = "clarify"
	OutcomeObject         Outcome = "object"
	OutcomeRefer          Outcome = "refer_to_mlat"
	OutcomeRefuse         Outcome = "refuse"
	OutcomeEscalate       Outcome = "escalate"
)

// Outcomes lists the vocabulary.
var Outcomes = []Outcome{
	OutcomeDisclose, OutcomeDiscloseInPart, OutcomePreserve, OutcomeClarify, OutcomeObject, OutcomeRefer, OutcomeRefuse, OutcomeEscalate,
}

// Answer is the answer to one category or action.
type Answer string

// The answers.
const (
	Permit         Answer = "permit"
	RefuseIt       Answer = "refuse"
	Refer          Answer = "refer"
	Object         Answer = "object"
	PreserveAnswer Answer = "preserve"
	Escalate       Answer = "escalate"
)

// Answers lists the vocabulary.
var Answers = []Answer{Permit, RefuseIt, Refer, Object, PreserveAnswer, Escalate}

// DataAnswer answers one category; Limits names the only subscriber fields permitted, empty: unlimited.
type DataAnswer struct {
	Data    Data              `json:"data"`
	Answer  Answer            `json:"answer"`
	Limits  []SubscriberField `json:"limits"`
	Reasons []Reason          `json:"reasons"`
}

// ActionAnswer answers one demanded action.
type ActionAnswer struct {
	Action  DemandedAction `json:"action"`
	Answer  Answer         `json:"answer"`
	Reasons []Reason       `json:"reasons"`
}

// Reason is the rule that spoke, what it rests on, and the sentence that a requester may see.
type Reason struct {
	Rule     string `json:"rule"`
	Citation string `json:"citation"`
	Sentence string `json:"sentence"`
}

// Finding is one defect or doubt on the face of the request.
type Finding struct {
	Rule     string   `json:"rule"`
	Path     string   `json:"path"`
	Severity Severity `json:"severity"`
	Sentence string   `json:"sentence"`
	Citation string   `json:"citation"`
}

// Severity is how much a finding weighs: a defect must be cured, a doubt must be seen.
type Severity string

// The severities.
const (
	Defect Severity = "defect"
	Doubt  Severity = "doubt"
)

// NoticeAnswer is what is owed to the customer.
type NoticeAnswer struct {
	Duty       NoticeDuty `json:"duty"`
	Until      Date       `json:"until"`
	Period     Period     `json:"period"`
	PeriodDays int        `json:"period_days"`
	Reasons    []Reason   `json:"reasons"`
}

// Approval says how many people must agree, the reviewer included, and who may.
type Approval struct {
	Required int      `json:"required"`
	Roles    []Role   `json:"roles"`
	Reasons  []Reason `json:"reasons"`
}

// Verification says how the requester must be verified.
type Verification struct {
	Level   VerificationLevel `json:"level"`
	Reasons []Reason          `json:"reasons"`
}

// VerificationLevel is how sure we must be of who asks.
type VerificationLevel string

// The levels: second_channel accepts only a call-back to a number of the contact book.
const (
	Standard      VerificationLevel = "standard"
	SecondChannel VerificationLevel = "second_channel"
)

// HasDefect reports whether a defect stands on the face of the request.
func (d Determination) HasDefect() bool {
	return slices.ContainsFunc(d.Findings, func(f Finding) bool { return f.Severity == Defect })
}

// DeadlineOf is the determination's deadline of that kind.
func (d Determination) DeadlineOf(kind DeadlineKind) (Deadline, bool) {
	i := slices.IndexFunc(d.Deadlines, func(x Deadline) bool { return x.Kind == kind })
	if i < 0 {
		return Deadline{}, false
	}
	return d.Deadlines[i], true
}

// OutcomeOf says what the parts make together (vocabulary.md): first match wins. preserving: only the preservation
// rules speak. Nothing permitted follows from nothing: an empty list is a refusal.
func OutcomeOf(defect, preserving bool, answers []Answer, limited bool) Outcome {
	some := func(a Answer) bool { return slices.Contains(answers, a) }
	all := func(a Answer) bool {
		return len(answers) > 0 && !slices.ContainsFunc(answers, func(x Answer) bool { return x != a })
	}
	switch {
	case defect:
		return OutcomeClarify
	case some(Escalate):
		return OutcomeEscalate
	case preserving && all(PreserveAnswer):
		return OutcomePreserve
	case all(Permit) && !limited:
		return OutcomeDisclose
	case some(Permit):
		return OutcomeDiscloseInPart
	case some(Object):
		return OutcomeObject
	case some(Refer):
		return OutcomeRefer
	}
	return OutcomeRefuse
}
