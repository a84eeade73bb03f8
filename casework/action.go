package casework

// Action is what somebody may do to a case (lifecycle.md, "Actions").
type Action string

// The actions.
const (
	VerifyRequester      Action = "verify_requester"
	RejectRequester      Action = "reject_requester"
	CorrectRequest       Action = "correct_request"
	AskClarification     Action = "ask_clarification"
	ReceiveClarification Action = "receive_clarification"
	Review               Action = "review"
	Approve              Action = "approve"
	SendBack             Action = "send_back"
	Renotify             Action = "renotify"
	RecordObjection      Action = "record_objection"
	ResolveObjection     Action = "resolve_objection"
	FileChallenge        Action = "file_challenge"
	RecordRuling         Action = "record_ruling"
	ReferToMLAT          Action = "refer_to_mlat"
	RecordMLATOutcome    Action = "record_mlat_outcome"
	ClearHold            Action = "clear_hold"
	AddRecords           Action = "add_records"
	Release              Action = "release"
	Redeliver            Action = "redeliver"
	ConfirmReceipt       Action = "confirm_receipt"
	ReportError          Action = "report_error"
	Withdraw             Action = "withdraw"
	PauseClock           Action = "pause_clock"
	ResumeClock          Action = "resume_clock"
	ExtendDeadline       Action = "extend_deadline"
	SetSecrecy           Action = "set_secrecy"
	LiftSecrecy          Action = "lift_secrecy"
	ExtendPreservation   Action = "extend_preservation"
	EndPreservation      Action = "end_preservation"
	Restrict             Action = "restrict"
	Unrestrict           Action = "unrestrict"
	Hold                 Action = "hold"
	Unhold               Action = "unhold"
	Assign               Action = "assign"
	Comment              Action = "comment"
	Attach               Action = "attach"
	LinkCase             Action = "link"
	Close                Action = "close"

	// Download is the officer's taking of the parcel through the delivery link; it is no call of the API.
	Download Action = "download"
)

// Actions lists the actions of the API, in the order in which pages show them.
var Actions = []Action{
	VerifyRequester, RejectRequester, CorrectRequest, AskClarification, ReceiveClarification, Review, Approve, SendBack, Renotify,
	RecordObjection, ResolveObjection, FileChallenge, RecordRuling, ReferToMLAT, RecordMLATOutcome, ClearHold, AddRecords, Release, Redeliver,
	ConfirmReceipt, ReportError, Withdraw, PauseClock, ResumeClock, ExtendDeadline, SetSecrecy, LiftSecrecy, ExtendPreservation, EndPreservation,
	Restrict, Unrestrict, Hold, Unhold, Assign, Comment, Attach, LinkCase, Close,
}

// Valid reports whether a is an action of the API.
func (a Action) Valid() bool { return known(a, Actions) }

// VerificationMethod is how a requester was verified.
type VerificationMethod string

// The methods.
const (
	ByOfficialDomain VerificationMethod = "official_domain"
	ByContactBook    VerificationMethod = "contact_book"
	ByCallback       VerificationMethod = "callback"
)

// VerificationMethods lists the vocabulary.
var VerificationMethods = []VerificationMethod{ByOfficialDomain, ByContactBook, ByCallback}
