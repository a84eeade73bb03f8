package casework

import (
	"encoding/json"
	"fmt"
	"time"
)

// NoticeDuty is what is owed to the customer, and when.
type NoticeDuty string

// The duties.
const (
	BeforeDisclosure   NoticeDuty = "before_disclosure"
	AfterSecrecyEnds   NoticeDuty = "after_secrecy_ends"
	AfterEmergency     NoticeDuty = "after_emergency"
	ByIssuingAuthority NoticeDuty = "by_issuing_authority" // Regulation (EU) 2023/1543 Art. 13
	NoticeProhibited   NoticeDuty = "prohibited"
	NoNotice           NoticeDuty = "none"
	Afterwards         NoticeDuty = "afterwards" // kind of a sent notice only: nothing was owed before
)

// NoticeDuties lists the vocabulary of the determination.
var NoticeDuties = []NoticeDuty{BeforeDisclosure, AfterSecrecyEnds, AfterEmergency, ByIssuingAuthority, NoticeProhibited, NoNotice}

// Notice is one message to the customer and what became of it.
type Notice struct {
	N       int          `json:"n"`
	Kind    NoticeDuty   `json:"kind"`
	SentAt  *time.Time   `json:"sent_at"`
	Status  NoticeStatus `json:"status"`
	Address string       `json:"address,omitempty"` // a new address given by legal ops; empty: the account's own
}

// NoticeStatus is what became of a notice; empty: not yet sent.
type NoticeStatus string

// The statuses.
const (
	NoticeSent    NoticeStatus = "sent"
	NoticeBounced NoticeStatus = "bounced"
)

// Objection is the customer's answer to a notice.
type Objection struct {
	N       int             `json:"n"`
	By      string          `json:"by"`
	At      time.Time       `json:"at"`
	Text    string          `json:"text"`
	Court   string          `json:"court"`
	FiledOn Date            `json:"filed_on"`
	Status  ObjectionStatus `json:"status"`
}

// ObjectionStatus is what became of an objection.
type ObjectionStatus string

// The statuses: open holds disclosure.
const (
	ObjectionOpen      ObjectionStatus = "open"
	ObjectionSustained ObjectionStatus = "sustained"
	ObjectionOverruled ObjectionStatus = "overruled"
	ObjectionWithdrawn ObjectionStatus = "withdrawn"
	ObjectionLapsed    ObjectionStatus = "lapsed"
)

// Period is a length of time, written as Go does: "168h0m0s" is read, "168h" is shown.
type Period time.Duration

// Days are the whole days of the period, rounded up.
func (p Period) Days() int { return int((time.Duration(p) + 24*time.Hour - 1) / (24 * time.Hour)) }

// String writes whole hours as hours.
func (p Period) String() string {
	d := time.Duration(p)
	if d%time.Hour == 0 {
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return d.String()
}

// MarshalJSON writes the period as text.
func (p Period) MarshalJSON() ([]byte, error) { return json.Marshal(p.String()) }

// UnmarshalJSON reads a period; "" and null are none.
func (p *Period) UnmarshalJSON(b []byte) error {
	var s string
	if err := unmarshalText(b, &s); err != nil || s == "" {
		return err
	}
	d, err := time.ParseDuration(s)
	*p = Period(d)
	return err
}
