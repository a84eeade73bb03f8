package letters

import (
	"strings"
	"time"

	"dueprocess/casework"
)

// What follows is invented: no such person, account or proceeding exists.

const (
	sampleProvider = "Example Provider, Inc."
	sampleDigest   = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

var sampleDay = time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)

// sampleHead is that of a letter about a warrant of a court of the United States.
func sampleHead() Head {
	return Head{
		Provider: sampleProvider, Case: "LR-2026-000123", At: sampleDay,
		To:    []string{"Special Agent Dana Example", "Federal Bureau of Investigation, Boston Field Office", "201 Example Place, Chelsea, MA"},
		Yours: "BS-2026-00417", Instrument: casework.SearchWarrant, Number: "1:26-mj-04417", Received: "2026-11-20",
	}
}

// sampleForeign is that of a letter to an authority abroad.
func sampleForeign() Head {
	h := sampleHead()
	h.To = []string{"Inspectora Inés Ejemplo", "Fiscalía General del Estado", "Madrid"}
	h.Yours, h.Instrument, h.Number = "DP 1234/2026", casework.ForeignOrder, "77/2026"
	return h
}

func sampleAcknowledgement() AcknowledgementFacts {
	return AcknowledgementFacts{Head: sampleHead(), RespondBy: "2026-12-04", Documents: []ServedDocument{
		{"warrant.pdf", sampleDigest}, {"attachment-a.pdf", strings.Repeat("fedcba9876543210", 4)},
	}}
}

func sampleClarification() ClarificationFacts {
	return ClarificationFacts{Head: sampleHead(), ClosesOn: "2026-12-23", Preserved: true, Items: []casework.Fault{
		{Path: "instrument.signed", Message: "The warrant that reached us bears no signature of the judge."},
		{Path: "demand.targets[0].to", Message: "The range of time has no end. Please name one; we look for nothing beyond it."},
		{Message: "The attachment that the warrant mentions did not reach us."},
	}}
}

func sampleAnswer() AnswerFacts {
	return AnswerFacts{Head: sampleHead(), PreservedUntil: "2027-02-18", Parts: []AnsweredPart{
		{Data: casework.Subscriber, Answer: casework.Permit, Fields: []casework.SubscriberField{casework.FieldName, casework.FieldNetworkAddresses, casework.FieldPayment}, Reasons: []casework.Reason{
			{Rule: "us.subscriber.process", Citation: "18 USC 2703(c)(2)", Sentence: "A warrant compels the subscriber's record."},
		}},
		{Data: casework.Traffic, Answer: casework.Object, Reasons: []casework.Reason{
			{Rule: "scope.range", Citation: "18 USC 2703(d)", Sentence: "The range of eleven years is unusually voluminous."},
		}},
		{Data: casework.Content, Answer: casework.RefuseIt, Reasons: []casework.Reason{
			{Rule: "us.content.warrant", Citation: "18 USC 2703(a)", Sentence: "Stored content is disclosed on a warrant that describes it particularly."},
		}},
		{Action: casework.Block, Answer: casework.RefuseIt, Reasons: []casework.Reason{
			{Rule: "actions.none", Sentence: "Nothing in the process orders us to act on the service."},
		}},
	}}
}

func sampleRefusal() AnswerFacts {
	f := AnswerFacts{Head: sampleForeign(), Parts: []AnsweredPart{
		{Data: casework.Subscriber, Answer: casework.RefuseIt, Reasons: []casework.Reason{
			{Rule: "foreign.presence", Citation: "policy of the provider", Sentence: "The offence was not committed in your country, nor by its citizen."},
		}},
		{Data: casework.Content, Answer: casework.RefuseIt, Reasons: []casework.Reason{
			{Rule: "foreign.content", Citation: "18 USC 2702(a)", Sentence: "The law of the United States forbids us to give the contents of communications to you."},
		}},
	}}
	return f
}

func sampleReferral() ReferralFacts {
	return ReferralFacts{
		Head: sampleForeign(), Way: Way{Country: "Spain", Form: "treaty", Since: "1993-06-30", Unverified: true, CentralAuthority: "Ministry of Justice"},
		Data: []casework.Data{casework.Subscriber, casework.Content}, Actions: []casework.DemandedAction{casework.Redirect},
		Reasons: []casework.Reason{{Rule: "foreign.concerns", Citation: "policy of the provider", Sentence: "A request that touches on political speech is decided only on process of a United States court."}},
		Kept:    []casework.Data{casework.Subscriber}, KeptFrom: "2026-11-20", KeptUntil: "2027-02-18", ExtendBy: 90,
	}
}

func sampleFiling() FilingFacts {
	h := sampleHead()
	h.Instrument, h.Number = casework.CourtOrder, "1:26-mc-91442"
	return FilingFacts{
		Head: h, Court: "United States District Court for the District of Massachusetts", Asks: "Federal Bureau of Investigation",
		Data: []casework.Data{casework.Traffic}, IssuedOn: "2026-11-16", Respond: "2026-12-04", Kept: "2027-02-18",
		Grounds: []casework.Reason{
			{Rule: "scope.range", Citation: "18 USC 2703(d)", Sentence: "The order asks for eleven years of records of every customer behind one shared address; that is unusually voluminous."},
			{Sentence: "Compliance would burden the provider unduly: the records lie in an archive that must be restored by hand."},
		},
	}
}

func sampleObjection() ObjectionFacts {
	f := sampleFiling()
	return ObjectionFacts{Head: f.Head, Challenge: casework.ToModify, Court: f.Court, FiledOn: "2026-11-23", Data: f.Data, Grounds: f.Grounds, Held: true, Kept: f.Kept}
}

func sampleComity() ComityFacts {
	f := sampleFiling()
	f.Instrument, f.Number, f.Data, f.FileBy = casework.SearchWarrant, "1:26-mj-04417", []casework.Data{casework.Content}, "2026-12-04"
	f.Grounds = []casework.Reason{{Rule: "comity.material_risk", Citation: "18 USC 2703(h)(2)", Sentence: "The customer lives in Australia, whose law forbids the disclosure."}}
	return ComityFacts{FilingFacts: f, Country: "Australia", Since: "2024-01-31", Person: "The request says that the subject is an Australian national who lives there"}
}

func sampleSecrecy() SecrecyFacts {
	f := sampleFiling()
	f.Data = nil
	f.Grounds = []casework.Reason{{Rule: "secrecy.over_one_year", Citation: "18 USC 2705(b)", Sentence: "The order has no end, and no facts are shown that would carry secrecy for ever."}}
	return SecrecyFacts{FilingFacts: f, Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)"}
}
