package casework

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
