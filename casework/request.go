package casework

import (
	"strconv"
	"time"
)

// Request is what the authority served: immutable once received.
type Request struct {
	Channel    Channel    `json:"channel"`
	ReceivedAt time.Time  `json:"received_at"`
	Authority  Authority  `json:"authority"`
	Officer    Officer    `json:"officer"`
	Instrument Instrument `json:"instrument"`
	Demand     Demand     `json:"demand"`
	Matter     Matter     `json:"matter"`
	Secrecy    Secrecy    `json:"secrecy"`
	Emergency  Emergency  `json:"emergency"`
	Documents  []Document `json:"documents"`
}

// Channel is the way by which a request came in.
type Channel string

// The channels.
const (
	ByPortal Channel = "portal"
	ByAPI    Channel = "api"
	ByEmail  Channel = "email"
	ByMail   Channel = "mail"
	ByFax    Channel = "fax"
	ByHand   Channel = "manual"
)

// Channels lists the vocabulary.
var Channels = []Channel{ByPortal, ByAPI, ByEmail, ByMail, ByFax, ByHand}

// StampedByServer reports whether received_at is set by the server (portal, api, email) and not by legal ops.
func (c Channel) StampedByServer() bool { return c == ByPortal || c == ByAPI || c == ByEmail }

// Document is one paper served, known by its digest; Ref is where the vault keeps its bytes.
type Document struct {
	N         int    `json:"n,omitempty"`
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	SHA256    string `json:"sha256"`
	Size      int64  `json:"size"`
	Ref       string `json:"ref,omitempty"`
	For       string `json:"for,omitempty"` // ForCustomer: a copy that the customer may see on the notice page
}

// ForCustomer marks a copy of the process, whole or with parts made unreadable, that was made for the customer's eyes.
const ForCustomer = "customer"

// Emergency is the claim that a life is at risk (18 USC 2702(b)(8), (c)(4); Regulation (EU) 2023/1543 Art. 10(4)).
type Emergency struct {
	Claimed      bool   `json:"claimed"`
	Harm         string `json:"harm"`
	PersonAtRisk string `json:"person_at_risk"`
	WhyImminent  string `json:"why_imminent"`
	WhyNecessary string `json:"why_necessary"`
}

// IsEmergency reports whether the request says that a life is at risk: by its claim, or by the kind of paper.
func (r Request) IsEmergency() bool {
	return r.Emergency.Claimed || r.Instrument.Is(EmergencyRequest)
}

// Faults names everything in the request that is out of a vocabulary or is no date; what the law finds wrong with it is
// the policy's business (findings), not this.
func (r Request) Faults() []Fault {
	f := faults{}
	oneOf(&f, "channel", r.Channel, Channels)
	oneOf(&f, "authority.kind", r.Authority.Kind, AuthorityKinds)
	r.Instrument.faults(&f)
	r.Demand.faults(&f)
	r.Matter.faults(&f)
	oneOf(&f, "secrecy.kind", r.Secrecy.Kind, SecrecyKinds)
	f.date("secrecy.until", r.Secrecy.Until)
	return f
}

// faults gathers every fault of one body.
type faults []Fault

func (f *faults) add(path, message string) { *f = append(*f, Fault{path, message}) }

func (f *faults) date(path string, d Date) {
	if !d.Valid() {
		f.add(path, "is not a date; write it as 2026-11-20")
	}
}

func (f *faults) moment(path string, m Moment) {
	if !m.Valid() {
		f.add(path, "is neither a date (2026-11-20) nor an instant (2026-11-20T15:04:05Z)")
	}
}

// oneOf adds a fault where w is not in the vocabulary; the sentence lists what is allowed.
func oneOf[W word](f *faults, path string, w W, words []W) {
	if !known(w, words) {
		f.add(path, "must be one of: "+join(list(words)))
	}
}

// eachOf checks every element of a list against its vocabulary, and that none stands twice.
func eachOf[W word](f *faults, path string, ws, words []W) {
	seen := map[W]bool{}
	for i, w := range ws {
		at := path + "[" + strconv.Itoa(i) + "]"
		oneOf(f, at, w, words)
		if seen[w] {
			f.add(at, "stands here twice")
		}
		seen[w] = true
	}
}
