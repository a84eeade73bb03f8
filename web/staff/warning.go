package staff

import (
	"fmt"
	"strings"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// warning says of an act that sends something out what goes to whom; empty where nothing leaves the house by it.
func warning(a casework.Action, c casework.Case) string {
	officer := c.Request.Officer.Email
	switch a {
	case casework.Release:
		d := readyParcel(c)
		return fmt.Sprintf("Parcel %d goes to %s, %s: %s; %d rows in %d files; manifest %s.", d.N, officer, c.Request.Authority.Name, categories(d.Data), d.Rows, d.Files, ui.Short(d.ManifestSHA256))
	case casework.AskClarification:
		return "Your question goes to " + officer + "."
	case casework.Redeliver:
		return "A new link to the parcel goes to " + officer + ", or to the new address."
	case casework.ReferToMLAT:
		return "Once approved, a letter with the treaty route goes to " + officer + "."
	case casework.Renotify:
		return "A notice goes to the customer at the address that you give."
	case casework.Approve:
		return "You approve the decision " + ui.Short(decisionHash(c)) + " of " + decidedBy(c) + "."
	}
	return ""
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
