package letters

import "dueprocess/casework"

// SecrecyFacts is what an objection to a duty of secrecy is drafted from. Until is empty where it has no end.
type SecrecyFacts struct {
	FilingFacts

	Kind  casework.SecrecyKind
	Basis string
	Until casework.Date
}

// WriteSecrecyObjection drafts a motion to end or to narrow a duty not to tell the customer.
func WriteSecrecyObjection(f SecrecyFacts) (Letter, error) {
	n := f.check()
	if !f.Kind.HasForce() {
		n.fault("kind", "has no force: there is nothing to contest")
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := plain(casework.LetterSecrecyObjection, f.Head, "Motion of "+f.Provider+" to end or narrow a duty of secrecy")
	d.caption(f.FilingFacts)
	d.heading("Motion")
	d.text(f.Provider + " moves the court to end the duty not to tell its customer of the process named above, or to narrow it. It does not contest the process " +
		"itself in this motion, and discloses or contests what is asked as if this motion were not made.")
	d.heading("The duty")
	d.pairs(Pair{"Kind", words(f.Kind)}, Pair{"Basis", or(f.Basis, "the statute or order")}, Pair{"Ends", d.endOf(f.Until)})
	d.grounds(f.Grounds)
	d.heading("What we ask of the court")
	d.items(
		"That the duty be ended.",
		"In the alternative, that it end on a day that the facts shown to the court carry, and that any extension be asked for anew on facts of its own.",
		"In the alternative, that the provider may tell the customer that a request exists, leaving out what would endanger a person or an inquiry.",
		"That the provider may count the process in its public report.",
	)
	d.heading("Meanwhile")
	d.text("The provider keeps the secret until the court has ruled. When the duty ends the customer is told.")
	d.counsel()
	return d.done(), nil
}

func (d *draft) endOf(until casework.Date) string {
	if until == "" {
		return "no end is named"
	}
	return d.day(until)
}

// NSLFacts is what the notice to the Government is drafted from. ApplyBy is the last of its thirty days, counted from the
// day of the notice.
type NSLFacts struct {
	Head

	ApplyBy casework.Date
}

// WriteNSLNotice tells the Government that we want a court to review a letter's duty of secrecy.
func WriteNSLNotice(f NSLFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(f.ApplyBy != "", "apply_by")
	if f.Instrument != casework.NationalSecurityLetter && f.Instrument != "" {
		n.fault("instrument", "is no national security letter")
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterNSLNotice, english, f.Head, "Notice under 18 USC 3511(b)(1)(A): we ask for judicial review of secrecy")
	d.text("A duty of secrecy came with the letter named above (18 USC 2709(c)). We notify the Government that we wish to have a court review it.")
	d.heading("What follows from this notice")
	d.items(
		"Not later than thirty days after it receives this notice the Government applies to a district court for an order that forbids the disclosure "+
			"(18 USC 3511(b)(1)(B)). Counted from the day of this notice these days end on "+d.day(f.ApplyBy)+".",
		"We keep the secret while that is pending, as the law requires.",
		"If no application is made, we ask the court ourselves to set the duty aside.",
	)
	d.heading("What we ask of you")
	d.text("Tell us in writing when you apply, to which court, and under which number; or that the duty is lifted. This notice does not concern what the letter " +
		"asks for, which is answered apart.")
	d.close()
	return d.done(), nil
}
