package writing

import (
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

// Costs is what somebody states of the costs of a case. Law is that of the issuing State, for an EU certificate.
type Costs struct {
	Currency string // ISO 4217
	Items    []letters.CostItem
	Law      string
}

// PaysCosts reports whether the law has the authority of a case pay for what was collected: one of the United States (18
// USC 2706(a)), or one of the EU where its own law does so (Regulation (EU) 2023/1543 Art. 14).
func PaysCosts(c casework.Case) bool {
	return len(c.Disclosures) > 0 && (c.Request.Authority.IsUS() || c.Request.Instrument.Type == casework.EPOC)
}

// StateCosts writes the letter that asks for them. Nothing is kept of it; whoever sends it keeps it with the authority's
// papers.
func StateCosts(c casework.Case, costs Costs, o Office, at time.Time) (letters.Letter, error) {
	if !PaysCosts(c) {
		return letters.Letter{}, casework.Refuse(casework.Conflict,
			"Costs are stated to an authority of the United States, or for an EPOC, once records have been collected.")
	}
	p := paper{Case: c, Office: o, at: at}
	return letters.WriteCostStatement(letters.CostFacts{Head: p.head(), Currency: costs.Currency, Items: costs.Items, Law: costs.Law})
}
