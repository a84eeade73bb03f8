package casework

import "time"

// Work is what the machinery carries beside what people see: the effects not yet done, the keys already seen, and the
// facts that later steps need. It is stored with the case, encrypted, so that a run can be rebuilt from it.
type Work struct {
	Key      string    `json:"key"`         // UUIDv7, the case's internal key
	Started  bool      `json:"started"`     // the receipt is stored
	Step     int       `json:"step"`        // the last number given to a thing to store or to do
	At       time.Time `json:"at,omitzero"` // of the last change: a case's events never run backwards
	Pending  []Effect  `json:"pending"`     // ordered and not yet brought back
	Members  []string  `json:"members"`     // inside the case's wall
	Terms    Terms     `json:"terms"`       // the profile's periods, as of receipt
	Language string    `json:"language"`    // the customer's

	AuthorityKnown  bool                      `json:"authority_known"` // in the contact book when the request was received
	VerifiedBy      VerificationMethod        `json:"verified_by"`
	VerifiedAt      *time.Time                `json:"verified_at"`
	AcknowledgedAt  *time.Time                `json:"acknowledged_at"`
	Clarification   *Clarification            `json:"clarification"`
	ResolvedOnce    bool                      `json:"resolved_once"` // targets were looked up for the request as it now is
	Decided         bool                      `json:"decided"`       // decided and approved
	Answered        bool                      `json:"answered"`      // the letter with what was not permitted is ordered
	Referring       bool                      `json:"referring"`     // the pending decision is a referral after the decision
	Ruled           map[Data]Answer           `json:"ruled"`         // what courts made of categories we contested
	HoldRefused     bool                      `json:"hold_refused"`  // the enforcing authority refused
	HoldClearedAt   *time.Time                `json:"hold_cleared_at"`
	NoticeEnds      *time.Time                `json:"notice_ends"` // the customer's period
	NoticeGiven     bool                      `json:"notice_given"`
	SecrecyAsked    bool                      `json:"secrecy_asked"`
	SecrecyOver     bool                      `json:"secrecy_over"` // its end was recorded
	AddedBy         []string                  `json:"added_by"`     // who ran add_records
	Added           []AddedRecords            `json:"added"`
	Agreement       bool                      `json:"agreement"`          // under an agreement in force on the day of receipt and on the last look
	Base            map[DeadlineKind]Deadline `json:"base,omitempty"`     // deadlines as they were set
	Moves           []Move                    `json:"moves,omitempty"`    // what moved them since
	Standing        []DeadlineKind            `json:"standing,omitempty"` // those that the present pause holds
	Rings           []Ring                    `json:"rings,omitempty"`    // alarms that wait to be mailed
	Seen            []string                  `json:"seen,omitempty"`     // keys of acts, for repeats after continue-as-new
	Route           Route                     `json:"route,omitempty"`
	Rulebook        string                    `json:"rulebook,omitempty"` // SHA-256 of the one that last evaluated the case
	ClosedAt        *time.Time                `json:"closed_at"`
	ToldInVain      *time.Time                `json:"told_in_vain,omitempty"`     // when a notice last could not go out: whoever sends it asks a clock of their own
	NoticeTo        string                    `json:"notice_to,omitempty"`        // where notices go since the account's own address failed
	HearingsTold    []HearingTold             `json:"hearings_told,omitempty"`    // reminders that went out
	ReviewReminded  bool                      `json:"review_reminded,omitempty"`  // that the government's days to answer our challenge of a letter's secrecy are over
	Kept            []Kept                    `json:"kept,omitempty"`             // copies of what is preserved
	KeepingReminded Date                      `json:"keeping_reminded,omitempty"` // the end of which the authority was told
	KeepingTold     string                    `json:"keeping_told,omitempty"`     // the end of which the authority knows that it is kept until then
	Purged          bool                      `json:"purged,omitempty"`
}

// Terms are the periods of the provider's profile that the life of a case needs.
type Terms struct {
	NoticeMinimum    Period `json:"notice_minimum"`
	DeliveryDays     int    `json:"delivery_days"`
	Reminders        []int  `json:"reminders"` // days after a clarification was asked
	ClarifyCloses    int    `json:"clarify_closes"`
	AfterEmergency   int    `json:"after_emergency"` // days
	MLATPreserveDays int    `json:"mlat_preserve_days"`
	AskBeforeEnd     int    `json:"ask_before_end"` // days before secrecy ends
	TellAfterwards   bool   `json:"tell_afterwards"`
	Behaviour        int    `json:"behaviour,omitempty"` // of the state machine, settled when the case is received
	Hours            Hours  `json:"hours,omitzero"`      // of the team
}

// Clarification is what we asked of the authority and since when.
type Clarification struct {
	AskedAt  time.Time `json:"asked_at"`
	Items    []Fault   `json:"items"`
	Reminded int       `json:"reminded"`
}

// AddedRecords is a file that a person added where a source has no connector.
type AddedRecords struct {
	Data Data      `json:"data"`
	File Document  `json:"file"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// Effect is something to be done in the world, once per Step however often it is tried. It carries no personal data:
// whoever does it reads the case.
type Effect struct {
	Step       int        `json:"step"`
	Kind       EffectKind `json:"kind"`
	Mail       MailKind   `json:"mail,omitempty"`
	Notice     int        `json:"notice,omitempty"`     // the notice that the mail is
	Disclosure int        `json:"disclosure,omitempty"` // the parcel meant
	Challenge  int        `json:"challenge,omitempty"`  // the contest that the mail tells of
}

// EffectKind is what kind of thing is to be done.
type EffectKind string

// The kinds of effect.
const (
	DoEvaluate EffectKind = "evaluate"
	DoResolve  EffectKind = "resolve"
	DoMail     EffectKind = "mail"
	DoCollect  EffectKind = "collect"
	DoSeal     EffectKind = "seal"
	DoDeliver  EffectKind = "deliver"
	DoPreserve EffectKind = "preserve"
	DoForget   EffectKind = "forget"
)

// MailKind is which message is sent. The notice alone goes to the customer; alarms go to our own people.
type MailKind string

// The messages.
const (
	MailAcknowledge   MailKind = "acknowledgement"
	MailClarify       MailKind = "clarification"
	MailRemind        MailKind = "clarification_reminder"
	MailAnswer        MailKind = "answer"
	MailReferral      MailKind = "referral"
	MailNotice        MailKind = "notice"
	MailSecrecyEnding MailKind = "secrecy_ending"
	MailNotClarified  MailKind = "not_clarified"
	MailNotAuthentic  MailKind = "not_authentic"
	MailWithdrawn     MailKind = "withdrawn"
	MailWarned        MailKind = "deadline_warning"
	MailBreached      MailKind = "deadline_breach"

	MailPreservationEnding    MailKind = "preservation_ending"
	MailPreservationConfirmed MailKind = "preservation_confirmed"
	MailPreservationEnded     MailKind = "preservation_ended"
	MailObjection             MailKind = "objection"
)

// ToCustomer reports whether the message goes to the customer: then Clears asks the rules of secrecy.
func (k MailKind) ToCustomer() bool { return k == MailNotice }

// ToStaff reports whether the message goes to our own people.
func (k MailKind) ToStaff() bool { return k == MailWarned || k == MailBreached }

// Result is what an effect brought back; only the part of its kind is set.
type Result struct {
	Step          int            `json:"step"`
	At            time.Time      `json:"at"`
	Dropped       bool           `json:"dropped,omitempty"` // not done: the rules no longer allow it
	Determination *Determination `json:"determination,omitempty"`
	Known         bool           `json:"known,omitempty"`     // the contact book knows the authority
	Agreement     bool           `json:"agreement,omitempty"` // an agreement is in force on the day of receipt and now
	Resolution    *Lookup        `json:"resolution,omitempty"`
	Mail          *MailResult    `json:"mail,omitempty"`
	Collected     *Collection    `json:"collected,omitempty"`
	Sealed        *SealedParcel  `json:"sealed,omitempty"`
	Delivered     *Delivery      `json:"delivered,omitempty"`
	Route         Route          `json:"route,omitempty"`
	Snapshot      *Snapshot      `json:"snapshot,omitempty"`
	Forgotten     bool           `json:"forgotten,omitempty"` // what was preserved is deleted
	Letters       []Letter       `json:"letters,omitempty"`   // made in the step, and in the vault
}

// Snapshot is what a preservation has copied.
type Snapshot struct {
	Kept []Kept `json:"kept"`
}

// Lookup is what the targets were resolved to.
type Lookup struct {
	Accounts []Account `json:"accounts"`
	Language string    `json:"language"`
}

// MailResult is what the mail server said: accepted at an instant, or bounced for good.
type MailResult struct {
	MessageID string    `json:"message_id"`
	SentAt    time.Time `json:"sent_at"`
	Bounced   bool      `json:"bounced"`
}

// Collection is what the look-up of a disclosure brought: counts only, the records are in the vault.
type Collection struct {
	Rows  int `json:"rows"`
	Files int `json:"files"`
}

// SealedParcel is a package in the vault.
type SealedParcel struct {
	ManifestSHA256 string `json:"manifest_sha256"`
	Rows           int    `json:"rows,omitempty"` // in all files, those that were added too
	Files          int    `json:"files,omitempty"`
	ToOfficer      bool   `json:"to_officer"`
}

// Delivery is a delivery link that was mailed.
type Delivery struct {
	MessageID string    `json:"message_id"`
	SentAt    time.Time `json:"sent_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Change is what Apply makes of a case: the new case, the events to store with it in one transaction under Step, and
// (in Case.Work.Pending) the effects still to be done. No events: nothing changed.
type Change struct {
	Case   Case    `json:"case"`
	Step   int     `json:"step"` // 0: nothing changed, there is nothing to store
	Events []Event `json:"events"`
}
