package casework

import "time"

// Case is our handling of one Request: what people see of it (View), and what the machinery still has to do (Work).
// It is a value: Apply returns a new one and never changes the old.
type Case struct {
	View
	Work Work `json:"work"`
}

// View is the case as pages and the API show it (vocabulary.md, "The case").
type View struct {
	ID             string         `json:"case_id"`
	Version        int            `json:"version"`
	Stage          Stage          `json:"stage"`
	WaitingOn      WaitingOn      `json:"waiting_on"`
	Resolution     *Resolution    `json:"resolution"`
	SLA            SLA            `json:"sla"`
	Assignee       string         `json:"assignee"`
	Restricted     bool           `json:"restricted"`
	Held           bool           `json:"held"`
	ReceivedAt     time.Time      `json:"received_at"`
	PurgedAt       *time.Time     `json:"purged_at,omitempty"` // since when all is gone but its number, dates, stage and resolution
	Request        Request        `json:"request"`
	Determination  *Determination `json:"determination"`
	Accounts       []Account      `json:"accounts"`
	Decision       *Decision      `json:"decision"`
	Approvals      Approvals      `json:"approvals"`
	Deadlines      []Deadline     `json:"deadlines"`
	Pauses         []Pause        `json:"pauses"`
	Secrecy        Secrecy        `json:"secrecy"`
	Notices        []Notice       `json:"notices"`
	Objections     []Objection    `json:"objections"`
	Challenges     []Challenge    `json:"challenges"`
	Referral       *Referral      `json:"referral"`
	Preservation   *Preservation  `json:"preservation"`
	Disclosures    []Disclosure   `json:"disclosures"`
	Documents      []Document     `json:"documents"`
	Letters        []Letter       `json:"letters"`
	Links          []Link         `json:"links"`
	AllowedActions []Action       `json:"allowed_actions"`
}

// WithLists is the view with an empty list wherever there is none: programs that read it find a list.
func (v View) WithLists() View {
	v.Accounts, v.Deadlines, v.Pauses = filled(v.Accounts), filled(v.Deadlines), filled(v.Pauses)
	v.Notices, v.Objections, v.Challenges = filled(v.Notices), filled(v.Objections), filled(v.Challenges)
	v.Disclosures, v.Documents, v.Letters, v.Links = filled(v.Disclosures), filled(v.Documents), filled(v.Letters), filled(v.Links)
	v.AllowedActions, v.Approvals.Given = filled(v.AllowedActions), filled(v.Approvals.Given)
	r := &v.Request
	r.Documents, r.Demand.Actions, r.Demand.Targets, r.Demand.Data = filled(r.Documents), filled(r.Demand.Actions), filled(r.Demand.Targets), filled(r.Demand.Data)
	r.Matter.Concerns, r.Instrument.LegalBasis = filled(r.Matter.Concerns), filled(r.Instrument.LegalBasis)
	return v
}

func filled[E any](list []E) []E {
	if list == nil {
		return []E{}
	}
	return list
}

// Stage is where a case is in its life.
type Stage string

// The stages.
const (
	InReceipt        Stage = "receipt"
	InLegalReview    Stage = "legal_review"
	InCustomerNotice Stage = "customer_notice"
	InChallenge      Stage = "challenge"
	InMLATReferral   Stage = "mlat_referral"
	InDisclosure     Stage = "disclosure"
	InClosed         Stage = "closed"
)

// Stages lists the vocabulary, in the order of a case's life.
var Stages = []Stage{InReceipt, InLegalReview, InCustomerNotice, InChallenge, InMLATReferral, InDisclosure, InClosed}

// Valid reports whether s is in the vocabulary.
func (s Stage) Valid() bool { return known(s, Stages) }

// WaitingOn is who must act next.
type WaitingOn string

// Who may be waited for.
const (
	OnLegalOps         WaitingOn = "legal_ops"
	OnReviewer         WaitingOn = "reviewer"
	OnApprover         WaitingOn = "approver"
	OnAuthority        WaitingOn = "authority"
	OnCustomer         WaitingOn = "customer"
	OnCourt            WaitingOn = "court"
	OnCentralAuthority WaitingOn = "central_authority"
	OnSystem           WaitingOn = "system"
	OnNobody           WaitingOn = "nobody"
)

// WaitingOns lists the vocabulary.
var WaitingOns = []WaitingOn{OnLegalOps, OnReviewer, OnApprover, OnAuthority, OnCustomer, OnCourt, OnCentralAuthority, OnSystem, OnNobody}

// Resolution is how a case closed.
type Resolution string

// The resolutions.
const (
	ResolvedDisclosed       Resolution = "disclosed"
	ResolvedDisclosedInPart Resolution = "disclosed_in_part"
	ResolvedNoData          Resolution = "no_responsive_data"
	ResolvedRefused         Resolution = "refused"
	ResolvedReferred        Resolution = "referred_to_mlat"
	ResolvedWithdrawn       Resolution = "withdrawn"
	ResolvedQuashed         Resolution = "quashed"
	ResolvedNotAuthentic    Resolution = "not_authentic"
	ResolvedNotClarified    Resolution = "not_clarified"
	ResolvedPreservedOnly   Resolution = "preserved_only"
	ResolvedExpired         Resolution = "expired"
	ResolvedDuplicate       Resolution = "duplicate"
)

// Resolutions lists the vocabulary.
var Resolutions = []Resolution{
	ResolvedDisclosed, ResolvedDisclosedInPart, ResolvedNoData, ResolvedRefused, ResolvedReferred, ResolvedWithdrawn, ResolvedQuashed,
	ResolvedNotAuthentic, ResolvedNotClarified, ResolvedPreservedOnly, ResolvedExpired, ResolvedDuplicate,
}

// Account is what a target was resolved to in the provider's systems; Target is its index in the demand.
type Account struct {
	Target  int    `json:"target"`
	Match   Match  `json:"match"`
	Account string `json:"account"`
}

// Match is how many accounts a target names.
type Match string

// The matches.
const (
	MatchFound   Match = "found"
	MatchNone    Match = "none"
	MatchSeveral Match = "several"
)

// Decision is what a reviewer decided; SHA256 is over everything that an approver approves.
type Decision struct {
	By      string           `json:"by"`
	At      time.Time        `json:"at"`
	Outcome Outcome          `json:"outcome"`
	Answers []DecisionAnswer `json:"answers"`
	SHA256  string           `json:"sha256"`
}

// DecisionAnswer answers one category or one action.
type DecisionAnswer struct {
	Data   Data           `json:"data,omitempty"`
	Action DemandedAction `json:"action,omitempty"`
	Answer Answer         `json:"answer"`
	Reason string         `json:"reason,omitempty"`
	Scope  *Scope         `json:"scope,omitempty"`
}

// Scope narrows an answer; a part left out is as demanded. Targets are indices in the demand or account names.
type Scope struct {
	Fields  []SubscriberField `json:"fields,omitempty"`
	Targets []string          `json:"targets,omitempty"`
	From    Moment            `json:"from,omitempty"`
	To      Moment            `json:"to,omitempty"`
}

// Approvals counts people: Required includes the reviewer, Given are the approvals of others.
type Approvals struct {
	Required int             `json:"required"`
	Given    []GivenApproval `json:"given"`
}

// GivenApproval is one approval.
type GivenApproval struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Challenge is our own contest of the instrument or of its secrecy. Data names the categories it holds; empty: all.
type Challenge struct {
	N         int             `json:"n"`
	Kind      ChallengeKind   `json:"kind"`
	Data      []Data          `json:"data"`
	Court     string          `json:"court"`
	Grounds   []string        `json:"grounds,omitempty"`
	FiledOn   Date            `json:"filed_on"`
	HearingOn Date            `json:"hearing_on,omitempty"` // the next one
	Status    ChallengeStatus `json:"status"`
}

// ChallengeKind is what a challenge asks for.
type ChallengeKind string

// The kinds.
const (
	ToQuash           ChallengeKind = "quash"
	ToModify          ChallengeKind = "modify"
	Comity            ChallengeKind = "comity"             // 18 USC 2703(h)
	ReasonedObjection ChallengeKind = "reasoned_objection" // Regulation (EU) 2023/1543 Art. 17
	SecrecyOnly       ChallengeKind = "secrecy"
)

// ChallengeKinds lists the vocabulary.
var ChallengeKinds = []ChallengeKind{ToQuash, ToModify, Comity, ReasonedObjection, SecrecyOnly}

// ChallengeStatus is what became of a challenge.
type ChallengeStatus string

// The statuses, as to our challenge.
const (
	ChallengeOpen     ChallengeStatus = "open"
	ChallengeUpheld   ChallengeStatus = "upheld"
	ChallengeModified ChallengeStatus = "modified"
	ChallengeDenied   ChallengeStatus = "denied"
)

// Referral is the sending of the authority to the treaty route.
type Referral struct {
	At      time.Time    `json:"at"`
	Route   Route        `json:"route"`
	Outcome *MLATOutcome `json:"outcome"`
}

// Route is the way a state asks a state.
type Route string

// The routes.
const (
	RouteTreaty          Route = "treaty"
	RouteLettersRogatory Route = "letters_rogatory"
)

// MLATOutcome is what became of a referral.
type MLATOutcome string

// The outcomes.
const (
	ProcessReceived   MLATOutcome = "process_received"
	ReferralLapsed    MLATOutcome = "lapsed"
	ReferralAbandoned MLATOutcome = "abandoned"
)

// MLATOutcomes lists the vocabulary.
var MLATOutcomes = []MLATOutcome{ProcessReceived, ReferralLapsed, ReferralAbandoned}

// Preservation keeps records unchanged until a date (18 USC 2703(f); Regulation (EU) 2023/1543 Art. 11).
// Until null: until production.
type Preservation struct {
	From   Date               `json:"from"`
	Until  Date               `json:"until"`
	Status PreservationStatus `json:"status"`
}

// PreservationStatus is whether a preservation still runs.
type PreservationStatus string

// The statuses.
const (
	PreservationRunning PreservationStatus = "running"
	PreservationOver    PreservationStatus = "ended"
)

// Disclosure is one parcel: its categories, its manifest, its way to the officer.
type Disclosure struct {
	N              int              `json:"n"`
	Status         DisclosureStatus `json:"status"`
	Data           []Data           `json:"data,omitempty"`
	ManifestSHA256 string           `json:"manifest_sha256"`
	ExpiresAt      *time.Time       `json:"expires_at"`
	ReceivedAt     *time.Time       `json:"received_at"`
	Rows           int              `json:"rows"`
	Files          int              `json:"files"`
	SealedToOwnKey bool             `json:"sealed_to_officer,omitempty"` // age to the officer's own key; else to the vault's
	SealedStep     int              `json:"sealed_step,omitempty"`       // the step that sealed it: part of its place in the vault
	Address        string           `json:"address,omitempty"`           // a new delivery address, verified by second channel
}

// DisclosureStatus is how far a parcel is; empty while its records are still being collected.
type DisclosureStatus string

// The statuses.
const (
	ParcelCollecting DisclosureStatus = ""
	ParcelReady      DisclosureStatus = "ready"
	ParcelReleased   DisclosureStatus = "released"
	ParcelDelivered  DisclosureStatus = "delivered"
	ParcelExpired    DisclosureStatus = "expired"
	ParcelReceived   DisclosureStatus = "received"
	ParcelDropped    DisclosureStatus = "dropped"
)

// Link relates two cases.
type Link struct {
	Case     string   `json:"case"`
	Relation Relation `json:"relation"`
}

// Relation is how two cases are related.
type Relation string

// The relations.
const (
	Follows     Relation = "follows"
	DuplicateOf Relation = "duplicate_of"
	Related     Relation = "related"
)

// Relations lists the vocabulary.
var Relations = []Relation{Follows, DuplicateOf, Related}
