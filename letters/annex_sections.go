package letters

import (
	"slices"

	"dueprocess/casework"
)

// certificate is sections A to C: which certificate, of whom, to whom.
func (d *draft) certificate(f AnnexFacts) {
	d.heading("A. The certificate")
	d.items(tick(f.Instrument == casework.EPOC, "European Production Order Certificate (EPOC)"),
		tick(f.Instrument == casework.EPOCPR, "European Preservation Order Certificate (EPOC-PR)"))
	d.heading("B. The authorities")
	enforcing := "not notified, as far as the certificate says"
	if f.EnforcingNotified {
		enforcing = "notified"
		if f.Enforcing != "" {
			enforcing += ": " + f.Enforcing
		}
	}
	d.pairs(
		Pair{"Issuing authority", f.IssuingAuthority}, Pair{"Issuing State", f.IssuingState}, Pair{"Its file number", or(f.Number, "file number")},
		Pair{"Validating authority", f.Validating}, Pair{"Date of issue", d.day(f.IssuedOn)}, Pair{"Date of receipt", d.day(f.Received)},
		Pair{"Enforcing authority", enforcing},
	)
	d.heading("C. The addressee")
	d.pairs(Pair{"Addressee", f.Provider}, Pair{"Addressee's file number", f.Case})
}

// reasons is section D.
func (d *draft) reasons(f AnnexFacts) {
	d.heading("D. Why the certificate cannot be executed, or not in time")
	list := []string{}
	for _, r := range AnnexReasons {
		list = append(list, tick(slices.Contains(f.Reasons, r), string(r)))
	}
	d.items(list...)
	if f.Explanation != "" {
		d.text("Explanation: " + f.Explanation)
	}
}

// conflict is section E.
func (d *draft) conflict(c Conflict) {
	d.heading("E. Conflicting obligations under the law of a third country")
	d.pairs(
		Pair{"Title of the law", c.Law}, Pair{"Provision", c.Provision}, Pair{"Nature of the obligation", c.Nature}, Pair{"Why it applies", c.Applies},
		Pair{"Why there is a conflict", c.Conflicts}, Pair{"Link to the third country", c.Link}, Pair{"Consequences of complying", c.Consequences},
		Pair{"Further information", c.Other},
	)
	d.text("If the order is to be upheld, the competent court of the issuing State is to be asked for a review; execution is suspended until it has decided " +
		"(Art. 17(3)).")
}

// preserved is section G.
func (d *draft) preserved(f AnnexFacts) {
	d.heading("G. Preservation")
	kept := "the data is preserved until it is produced, or until the issuing or enforcing authority says that this is no longer needed"
	if f.PreservedUntil != "" {
		kept = "the data is preserved until the end of " + d.day(f.PreservedUntil)
	}
	not := "the data is not preserved"
	if !f.Preserved {
		not += ", because " + f.WhyNotPreserved
	}
	d.items(tick(f.Preserved, kept), tick(!f.Preserved, not))
}

func tick(is bool, s string) string {
	if is {
		return "[x] " + s
	}
	return "[ ] " + s
}
