package casework

import (
	"encoding/json"
	"time"
)

// Event is one ledger entry: what happened to a case, when, by whom. Sequence, Prev and Leaf are given by the registry
// when it stores the event; Proof is "pending" until the ledger's tree has taken the leaf in.
type Event struct {
	Sequence int             `json:"sequence"`
	At       time.Time       `json:"at"`
	Actor    Actor           `json:"actor"`
	Verb     Verb            `json:"verb"`
	Old      json.RawMessage `json:"old"`
	New      json.RawMessage `json:"new"`
	Prev     string          `json:"prev"`
	Leaf     string          `json:"leaf"`
	Proof    json.RawMessage `json:"proof,omitempty"`
}

// Verb is what an event says was done.
type Verb string

// The verbs.
const (
	Received              Verb = "received"
	Acknowledged          Verb = "acknowledged"
	Evaluated             Verb = "evaluated"
	Resolved              Verb = "resolved"
	Verified              Verb = "verified"
	Rejected              Verb = "rejected"
	ClarificationAsked    Verb = "clarification_asked"
	ClarificationReceived Verb = "clarification_received"
	Corrected             Verb = "corrected"
	Reviewed              Verb = "reviewed"
	Approved              Verb = "approved"
	SentBack              Verb = "sent_back"
	NoticeWasSent         Verb = "notice_sent"
	NoticeDidBounce       Verb = "notice_bounced"
	Objected              Verb = "objected"
	ObjectionResolved     Verb = "objection_resolved"
	ChallengeFiled        Verb = "challenge_filed"
	RulingRecorded        Verb = "ruling_recorded"
	Referred              Verb = "referred"
	MLATOutcomeRecorded   Verb = "mlat_outcome_recorded"
	HoldCleared           Verb = "hold_cleared"
	Collected             Verb = "collected"
	RecordsAdded          Verb = "records_added"
	Sealed                Verb = "sealed"
	Released              Verb = "released"
	Delivered             Verb = "delivered"
	Downloaded            Verb = "downloaded"
	ReceiptConfirmed      Verb = "receipt_confirmed"
	ExpiredUnread         Verb = "expired_unread"
	Redelivered           Verb = "redelivered"
	ErrorReported         Verb = "error_reported"
	WasWithdrawn          Verb = "withdrawn"
	ClockPaused           Verb = "clock_paused"
	ClockResumed          Verb = "clock_resumed"
	DeadlineSet           Verb = "deadline_set"
	DeadlineExtended      Verb = "deadline_extended"
	DeadlineWarned        Verb = "deadline_warned"
	DeadlineBreached      Verb = "deadline_breached"
	SecrecySet            Verb = "secrecy_set"
	SecrecyLifted         Verb = "secrecy_lifted"
	SecrecyEnded          Verb = "secrecy_ended"
	PreservationStarted   Verb = "preservation_started"
	PreservationExtended  Verb = "preservation_extended"
	PreservationEnded     Verb = "preservation_ended"
	Assigned              Verb = "assigned"
	Commented             Verb = "commented"
	Attached              Verb = "attached"
	Linked                Verb = "linked"
	Restricted            Verb = "restricted"
	Unrestricted          Verb = "unrestricted"
	Held                  Verb = "held"
	Unheld                Verb = "unheld"
	Viewed                Verb = "viewed"
	Closed                Verb = "closed"
	Purged                Verb = "purged"
	Reminded              Verb = "reminded"
	SecrecyEndAsked       Verb = "secrecy_end_asked"
	LetterSent            Verb = "letter_sent"
	Resumed               Verb = "resumed"
	Rebuilt               Verb = "rebuilt"
	AuthorityChanged      Verb = "authority_changed"
	SettingsChanged       Verb = "settings_changed"
)

// Verbs lists the vocabulary.
var Verbs = []Verb{
	Received, Acknowledged, Evaluated, Resolved, Verified, Rejected, ClarificationAsked, ClarificationReceived, Corrected, Reviewed, Approved,
	SentBack, NoticeWasSent, NoticeDidBounce, Objected, ObjectionResolved, ChallengeFiled, RulingRecorded, Referred, MLATOutcomeRecorded,
	HoldCleared, Collected, RecordsAdded, Sealed, Released, Delivered, Downloaded, ReceiptConfirmed, ExpiredUnread, Redelivered, ErrorReported,
	WasWithdrawn, ClockPaused, ClockResumed, DeadlineSet, DeadlineExtended, DeadlineWarned, DeadlineBreached, SecrecySet, SecrecyLifted,
	SecrecyEnded, PreservationStarted, PreservationExtended, PreservationEnded, Assigned, Commented, Attached, Linked, Restricted, Unrestricted,
	Held, Unheld, Viewed, Closed, Purged, Reminded, SecrecyEndAsked, LetterSent, Resumed, Rebuilt, AuthorityChanged, SettingsChanged,
}

// Valid reports whether v is in the vocabulary.
func (v Verb) Valid() bool { return known(v, Verbs) }
