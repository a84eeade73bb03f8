package demo

import (
	"slices"

	"dueprocess/casework"
)

// story is one case: the scenario it is made from, and what people have done to it so far.
type story struct {
	scenario string
	steps    []step
}

// step is an act by somebody, once the case is ready for it, unless the case has gone on without it.
type step struct {
	by       func(casework.Case) string
	action   casework.Action
	needless func(casework.Case) bool
	ready    func(casework.Case) bool
	body     func(casework.Case, casework.BookEntry) casework.Body
}

// stories are the twelve cases: each stage is among them, and what waits on each of the people.
var stories = []story{
	{"us_subpoena_subscriber", nil},
	{"us_emergency", []step{verify, review("rosa")}},
	{"us_warrant_all", []step{verify, review("rosa"), approve}},
	{"us_subpoena_content", []step{verify}},
	{"secrecy_requested", []step{verify, review("rafael"), approve}},
	{"face_unsigned", []step{ask}},
	{"foreign_content", []step{verify, review("rosa"), approve}},
	{"eu_epoc_content", []step{verify, review("rafael"), approve}},
	{"eu_epoc_subscriber_prosecutor", []step{verify, review("rosa"), approve}},
	{"us_preservation", []step{verify, review("rosa"), approve}},
	{"foreign_no_employees", []step{verify, review("rafael"), approve}},
	{"secrecy_order", []step{verify, review("rosa"), approve, release, receipt}},
}

var verify = step{by: who("olivia"), action: casework.VerifyRequester, ready: in(casework.InReceipt), body: func(_ casework.Case, book casework.BookEntry) casework.Body {
	phone := ""
	if len(book.Phones) > 0 {
		phone = book.Phones[0]
	}
	return &casework.VerifyBody{Method: casework.ByCallback, Evidence: "called the number in the contact book", Phone: phone}
}}

var ask = step{by: who("olivia"), action: casework.AskClarification, ready: evaluated, body: func(casework.Case, casework.BookEntry) casework.Body {
	return &casework.AskBody{}
}}

// review answers as the policy does; where it wants a person to decide, this one refuses.
func review(by string) step {
	return step{by: who(by), action: casework.Review, ready: in(casework.InLegalReview), body: func(c casework.Case, _ casework.BookEntry) casework.Body {
		answers := []casework.DecisionAnswer{}
		for _, a := range c.Determination.Answers {
			answer, reason := decided(a.Answer)
			answers = append(answers, casework.DecisionAnswer{Data: a.Data, Answer: answer, Reason: reason})
		}
		for _, a := range c.Determination.Actions {
			answer, reason := decided(a.Answer)
			answers = append(answers, casework.DecisionAnswer{Action: a.Action, Answer: answer, Reason: reason})
		}
		return &casework.ReviewBody{Answers: answers, Reason: "as determined"}
	}}
}

func decided(a casework.Answer) (answer casework.Answer, reason string) {
	if a == casework.Escalate {
		return casework.RefuseIt, "the paper does not carry it"
	}
	return a, ""
}

// approve is a second reviewer's approval, where one is needed.
var approve = step{by: theOther, action: casework.Approve, needless: decidedAlready, ready: reviewed, body: func(c casework.Case, _ casework.BookEntry) casework.Body {
	return &casework.ApproveBody{Decision: c.Decision.SHA256}
}}

var release = step{by: who("rafael"), action: casework.Release, ready: parcel(casework.ParcelReady), body: func(c casework.Case, _ casework.BookEntry) casework.Body {
	return &casework.ReleaseBody{Confirm: c.ID, Manifest: c.Disclosures[0].ManifestSHA256}
}}

var receipt = step{by: who("olivia"), action: casework.ConfirmReceipt, ready: parcel(casework.ParcelDelivered), body: func(casework.Case, casework.BookEntry) casework.Body {
	return &casework.ReceiptBody{}
}}

func who(name string) func(casework.Case) string { return func(casework.Case) string { return name } }

// theOther is the reviewer who did not review.
func theOther(c casework.Case) string {
	if c.Decision.By == "rosa" {
		return "rafael"
	}
	return "rosa"
}

func decidedAlready(c casework.Case) bool { return c.Decision != nil && c.Work.Decided }

func evaluated(c casework.Case) bool { return c.Determination != nil && len(c.Accounts) > 0 }

func in(stage casework.Stage) func(casework.Case) bool {
	return func(c casework.Case) bool { return c.Stage == stage && evaluated(c) }
}

func reviewed(c casework.Case) bool { return c.Decision != nil }

func parcel(status casework.DisclosureStatus) func(casework.Case) bool {
	return func(c casework.Case) bool {
		return slices.ContainsFunc(c.Disclosures, func(d casework.Disclosure) bool { return d.Status == status })
	}
}
