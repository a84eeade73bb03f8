package casework

import (
	"slices"
	"strconv"
)

// Demand is what is asked: whose data, which data, which other actions.
type Demand struct {
	Targets     []Target         `json:"targets"`
	Data        []Data           `json:"data"`
	Actions     []DemandedAction `json:"actions"`
	Description string           `json:"description"`
}

// Data is a category of data.
type Data string

// The categories, with their sources in US and EU law.
const (
	Subscriber     Data = "subscriber"     // 18 USC 2703(c)(2)(A)-(F); Art. 3(9)
	Identification Data = "identification" // part of 2703(c)(2)(E); Art. 3(10)
	Traffic        Data = "traffic"        // 18 USC 2703(c)(1); Art. 3(11)
	Content        Data = "content"        // 18 USC 2703(a); Art. 3(12)
	LiveTraffic    Data = "live_traffic"   // 18 USC 3121-3127
	LiveContent    Data = "live_content"   // 18 USC 2510-2522
)

// DataCategories lists the vocabulary.
var DataCategories = []Data{Subscriber, Identification, Traffic, Content, LiveTraffic, LiveContent}

// Valid reports whether d is in the vocabulary.
func (d Data) Valid() bool { return known(d, DataCategories) }

// IsContent reports whether d is what people wrote or said, stored or live.
func (d Data) IsContent() bool { return d == Content || d == LiveContent }

// IsStored reports whether d is there when it is asked, and not still to come.
func (d Data) IsStored() bool { return d != LiveTraffic && d != LiveContent }

// DemandedAction is something asked besides data.
type DemandedAction string

// The demanded actions. Preserve is answered by the preservation rules; each of the others is one more answer.
const (
	Preserve    DemandedAction = "preserve"
	Block       DemandedAction = "block"
	Redirect    DemandedAction = "redirect"
	Remove      DemandedAction = "remove"
	OtherAction DemandedAction = "other"
)

// DemandedActions lists the vocabulary.
var DemandedActions = []DemandedAction{Preserve, Block, Redirect, Remove, OtherAction}

// Answered are the demanded actions that get an answer of their own: all but preserve.
func (d Demand) Answered() []DemandedAction {
	return slices.DeleteFunc(slices.Clone(d.Actions), func(a DemandedAction) bool { return a == Preserve })
}

// Asks reports whether one of the categories is asked.
func (d Demand) Asks(data ...Data) bool {
	return slices.ContainsFunc(d.Data, func(x Data) bool { return slices.Contains(data, x) })
}

// Target is whom or what is asked about, with its time range; Port and Host go with an address.
type Target struct {
	Type  TargetType `json:"type"`
	Value string     `json:"value"`
	From  Moment     `json:"from"`
	To    Moment     `json:"to"`
	Port  *int       `json:"port"`
	Host  string     `json:"host"`
}

// TargetType is what a target's value is.
type TargetType string

// The target types.
const (
	AccountID    TargetType = "account_id"
	AccountEmail TargetType = "account_email"
	Domain       TargetType = "domain"
	IPAddress    TargetType = "ip_address"
	Phone        TargetType = "phone"
	PaymentID    TargetType = "payment_id"
	URL          TargetType = "url"
	OtherTarget  TargetType = "other"
)

// TargetTypes lists the vocabulary.
var TargetTypes = []TargetType{AccountID, AccountEmail, Domain, IPAddress, Phone, PaymentID, URL, OtherTarget}

// SubscriberField is one part of the subscriber record: what limits and scopes name.
type SubscriberField string

// The fields of the subscriber record (18 USC 2703(c)(2)(A)-(F)).
const (
	FieldName             SubscriberField = "name"
	FieldAddress          SubscriberField = "address"
	FieldSessionTimes     SubscriberField = "session_times"
	FieldLengthOfService  SubscriberField = "length_of_service"
	FieldServiceTypes     SubscriberField = "service_types"
	FieldIdentifiers      SubscriberField = "identifiers"
	FieldNetworkAddresses SubscriberField = "network_addresses"
	FieldPayment          SubscriberField = "payment"
)

// SubscriberFields lists the vocabulary.
var SubscriberFields = []SubscriberField{
	FieldName, FieldAddress, FieldSessionTimes, FieldLengthOfService, FieldServiceTypes, FieldIdentifiers, FieldNetworkAddresses, FieldPayment,
}

func (d Demand) faults(f *faults) {
	eachOf(f, "demand.data", d.Data, DataCategories)
	eachOf(f, "demand.actions", d.Actions, DemandedActions)
	for i, t := range d.Targets {
		t.faults(f, "demand.targets["+strconv.Itoa(i)+"]")
	}
	if len(d.Data) == 0 && len(d.Actions) == 0 {
		f.add("demand.data", "asks for nothing: name at least one category of data or one action")
	}
}

func (t Target) faults(f *faults, path string) {
	oneOf(f, path+".type", t.Type, TargetTypes)
	f.moment(path+".from", t.From)
	f.moment(path+".to", t.To)
	if t.From.Valid() && t.To.Valid() && t.From != "" && t.To != "" && t.To.Until().Before(t.From.From()) {
		f.add(path+".to", "is before the start of the range")
	}
	if t.Port != nil && (*t.Port < 0 || *t.Port > 65535) {
		f.add(path+".port", "must be between 0 and 65535")
	}
}
