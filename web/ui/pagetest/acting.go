package pagetest

import (
	"slices"
	"strings"

	"dueprocess/casework"
)

// Acting is one row of lifecycle.md's table of actions, written again: who may ever, and where. Whether more must be so
// is asked of casework; that nothing is ever possible beyond the row is what the row is for.
type Acting struct {
	Who    string // l legal ops, r reviewer, m manager; empty: nobody of staff
	Stages string // the stages' names, or any, or open: all but closed
	Body   func(c casework.Case) map[string]any
}

// Table has a row for each action.
var Table = map[casework.Action]Acting{
	casework.VerifyRequester:      {"l", "receipt", fixed("method", "official_domain", "evidence", "the domain is the agency's own")},
	casework.RejectRequester:      {"l", "receipt", because},
	casework.CorrectRequest:       {"l", "receipt legal_review", corrected},
	casework.AskClarification:     {"lr", "receipt legal_review", fixed("items", []any{map[string]any{"message": "Which account?"}})},
	casework.ReceiveClarification: {"l", "receipt legal_review", corrected},
	casework.Review:               {"r", "legal_review", asDetermined},
	casework.Approve:              {"r", "legal_review", approval},
	casework.SendBack:             {"r", "legal_review", because},
	casework.Renotify:             {"l", "customer_notice", fixed("address", "new@example.net", "reason", "it bounced")},
	casework.RecordObjection:      {"l", "customer_notice disclosure", fixed("text", "I object.")},
	casework.ResolveObjection:     {"r", "open", fixed("outcome", "overruled", "reason", "heard")},
	casework.FileChallenge:        {"r", "any", challenge},
	casework.RecordRuling:         {"r", "any", fixed("outcome", "denied", "reason", "ruled")},
	casework.ReferToMLAT:          {"r", "customer_notice challenge disclosure", because},
	casework.RecordMLATOutcome:    {"r", "mlat_referral", fixed("outcome", "abandoned")},
	casework.ClearHold:            {"lr", "open", fixed("outcome", "cleared", "reason", "they said so")},
	casework.AddRecords:           {"l", "disclosure", fixed("data", "traffic")},
	casework.Release:              {"r", "disclosure", releasing},
	casework.Redeliver:            {"l", "any", nothing},
	casework.ConfirmReceipt:       {"l", "any", nothing},
	casework.Download:             {"", "any", nothing},
	casework.ReportError:          {"lr", "any", because},
	casework.Withdraw:             {"l", "open", because},
	casework.PauseClock:           {"mr", "open", fixed("reason", "awaiting_court")},
	casework.ResumeClock:          {"mr", "open", nothing},
	casework.ExtendDeadline:       {"mr", "open", fixed("kind", "respond", "until", "2027-02-01", "reason", "agreed")},
	casework.SetSecrecy:           {"r", "any", fixed("kind", "requested", "basis", "a letter")},
	casework.LiftSecrecy:          {"r", "any", because},
	casework.ExtendPreservation:   {"l", "any", because},
	casework.EndPreservation:      {"l", "any", because},
	casework.Restrict:             {"mr", "any", fixed("members", []any{"olivia", "rosa", "rafael", "mina", "tess"}, "reason", "delicate")},
	casework.Unrestrict:           {"mr", "any", because},
	casework.Hold:                 {"r", "any", because},
	casework.Unhold:               {"r", "any", because},
	casework.Assign:               {"lrm", "any", fixed("to", "olivia")},
	casework.Comment:              {"lrm", "any", fixed("text", "noted")},
	casework.Attach:               {"lrm", "any", fixed("name", "letter.pdf")},
	casework.LinkCase:             {"lrm", "any", fixed("case", "LR-2026-000001", "relation", "related")},
	casework.Close:                {"r", "open", fixed("resolution", "duplicate", "reason", "served twice")},
}

// Ever reports whether any role of somebody's is in the row.
func (a Acting) Ever(by casework.Actor) bool {
	for role, letter := range map[casework.Role]string{casework.LegalOps: "l", casework.Reviewer: "r", casework.Manager: "m"} {
		if by.Has(role) && strings.Contains(a.Who, letter) {
			return true
		}
	}
	return false
}

// In reports whether a stage is in the row.
func (a Acting) In(stage casework.Stage) bool {
	return a.Stages == "any" || a.Stages == "open" && stage != casework.InClosed || slices.Contains(strings.Fields(a.Stages), string(stage))
}

func nothing(casework.Case) map[string]any { return map[string]any{} }

func because(casework.Case) map[string]any { return map[string]any{"reason": "because"} }

// fixed is a body that is the same for every case: name, value, name, value.
func fixed(pairs ...any) func(casework.Case) map[string]any {
	body := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		body[pairs[i].(string)] = pairs[i+1]
	}
	return func(casework.Case) map[string]any { return body }
}

func corrected(c casework.Case) map[string]any {
	r := c.Request
	r.Matter.Reference, r.Documents = "BOS-26-119", nil // documents are never corrected
	return map[string]any{"request": r, "reason": "a typing error"}
}

func asDetermined(c casework.Case) map[string]any {
	answers := []any{}
	for _, a := range c.Determination.Answers {
		answers = append(answers, map[string]any{"data": string(a.Data), "answer": string(a.Answer)})
	}
	return map[string]any{"answers": answers}
}

// challenge is one that can still be made: of the instrument, or of its secrecy alone.
func challenge(c casework.Case) map[string]any {
	over := func(d casework.Disclosure) bool { return d.Status != casework.ParcelReady }
	if c.Stage == casework.InClosed || slices.ContainsFunc(c.Disclosures, over) {
		return map[string]any{"kind": "secrecy", "court": "D. Mass."}
	}
	return map[string]any{"kind": "quash", "court": "D. Mass."}
}

func approval(c casework.Case) map[string]any {
	if c.Decision == nil {
		return map[string]any{"decision": "none"}
	}
	return map[string]any{"decision": c.Decision.SHA256}
}

func releasing(c casework.Case) map[string]any {
	for _, d := range c.Disclosures {
		if d.Status == casework.ParcelReady {
			return map[string]any{"confirm": c.ID, "manifest": d.ManifestSHA256}
		}
	}
	return map[string]any{"confirm": c.ID, "manifest": "none"}
}
