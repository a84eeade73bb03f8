package staff

import (
	"fmt"
	"slices"
	"strings"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// warning says of an act that sends something out, or that cannot be taken back, what goes to whom and what is lost;
// empty where nothing leaves the house by it and nothing is lost.
func warning(a casework.Action, c casework.Case) string {
	officer := c.Request.Officer.Email
	switch a {
	case casework.Release:
		d := readyParcel(c)
		return fmt.Sprintf("Parcel %d goes to %s, %s: %s; %d records in %d files. Its manifest is %s", d.N, c.DeliveryAddress(d.N), c.Request.Authority.Name, categories(d.Data), d.Rows, d.Files, ui.Short(d.ManifestSHA256))
	case casework.Approve:
		return "You approve the decision " + ui.Short(decisionHash(c)) + " of " + decidedBy(c) + ". " + follows(c)
	case casework.EndPreservation:
		return "What is kept for this request is deleted; it cannot be brought back. " + officer + " is told."
	}
	if said, ok := goesOut[a]; ok {
		return strings.ReplaceAll(said, "OFFICER", officer)
	}
	return ""
}

// goesOut is what acts send or end; OFFICER stands for the officer's address.
var goesOut = map[casework.Action]string{
	casework.AskClarification:   "Your question goes to OFFICER.",
	casework.Redeliver:          "A new link to the parcel goes to OFFICER, or to the new address.",
	casework.ReferToMLAT:        "Once approved, a letter with the treaty route goes to OFFICER.",
	casework.Renotify:           "A notice goes to the customer at the address that you give.",
	casework.RejectRequester:    "The case is closed as not authentic, for good. Nothing goes to OFFICER.",
	casework.Withdraw:           "The case is closed for good, and nothing more is disclosed to OFFICER.",
	casework.Close:              "The case is closed for good, and nothing more is disclosed to OFFICER.",
	casework.FileChallenge:      "The letter or form by which we contest the process goes to OFFICER.",
	casework.LiftSecrecy:        "The customer may be told from then on: a notice that waited goes out by itself.",
	casework.ResolveObjection:   "Overruled or withdrawn, disclosure to OFFICER goes on; sustained, the case is reviewed again.",
	casework.RecordRuling:       "Denied, what our challenge held may be disclosed to OFFICER; upheld, it counts as refused.",
	casework.ClearHold:          "Cleared, traffic and content may be released to OFFICER; refused, they count as refused.",
	casework.ExtendPreservation: "The new end goes to OFFICER where they asked us to preserve.",
}

// follows is what goes out once a decision is approved by all who must.
func follows(c casework.Case) string {
	if c.Decision == nil || len(c.Approvals.Given)+2 < c.Approvals.Required {
		return "Nothing goes out until everybody who must has agreed."
	}
	says := []string{}
	permits := slices.ContainsFunc(c.Decision.Answers, func(a casework.DecisionAnswer) bool { return a.Answer == casework.Permit })
	if c.Decision.Outcome != casework.OutcomeDisclose {
		says = append(says, "a letter with what is not permitted goes to "+c.Request.Officer.Email)
	}
	if permits && c.Determination != nil && c.Determination.Notice.Duty == casework.BeforeDisclosure {
		says = append(says, "the customer is told, and may object before anything is disclosed")
	} else if permits {
		says = append(says, "the records are collected, and wait for somebody to release them")
	}
	if len(says) == 0 {
		return ""
	}
	return "With it " + strings.Join(says, "; ") + "."
}

func decidedBy(c casework.Case) string {
	if c.Decision == nil {
		return ""
	}
	return c.Decision.By
}

func categories(data []casework.Data) string {
	out := []string{}
	for _, d := range data {
		out = append(out, ui.Words(d))
	}
	return strings.Join(out, ", ")
}
