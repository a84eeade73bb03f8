package letters

import "dueprocess/casework"

// PreservationFacts is what is kept unchanged, and until when; no day: until production.
type PreservationFacts struct {
	Head

	Kept  []casework.Data
	From  casework.Date
	Until casework.Date
	Route bool // while mutual legal assistance is being asked for
}

// Of a request to preserve: what it rests on, and how it is made longer.
func (f PreservationFacts) prolonging() string {
	if f.Route {
		return "If you show us before that day that the request for mutual legal assistance is still under way, we keep it longer."
	}
	if f.Instrument == casework.EPOCPR {
		return "The duty to keep it ends sixty days after receipt, unless you confirm within that time that a request for production has been issued " +
			"(Annex V), or ask for thirty days more (Annex VI) (Regulation (EU) 2023/1543 Art. 11)."
	}
	return "On a further request that reaches us before that day we keep it ninety days longer (18 USC 2703(f)(2))."
}

// WritePreservation confirms that records are kept, without saying that there are any.
func WritePreservation(f PreservationFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(len(f.Kept) > 0, "kept")
	n.need(f.From != "", "from")
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterPreservation, english, f.Head, "We keep what your request describes")
	until := "until production"
	if f.Until != "" {
		until = "until the end of " + d.day(f.Until)
	}
	d.text("Since " + d.day(f.From) + " and " + until + " we keep unchanged what we hold of what your request describes:")
	d.items(each(f.Kept)...)
	d.text("It is a copy of what our systems held when it was made. What comes later is not in it. The customer cannot see that it was made.")
	if f.Until != "" {
		d.heading("When this ends")
		d.text(f.prolonging())
		d.text("Without that it is deleted after its last day. We write to you before.")
	}
	d.text("Nothing is disclosed on a request to preserve. This letter does not say that an account exists or that we hold anything.")
	d.close()
	return d.done(), nil
}

// PreservationEndFacts is why a preservation has ended. Ran tells that its time ran out.
type PreservationEndFacts struct {
	Head

	Kept    []casework.Data
	EndedOn casework.Date
	Ran     bool
	Held    bool // something else keeps it
}

// WritePreservationEnd says that nothing is kept any longer on a request.
func WritePreservationEnd(f PreservationEndFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(f.EndedOn != "", "ended_on")
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterPreservationEnd, english, f.Head, "We no longer keep what your request described")
	why := "because it was no longer needed"
	if f.Ran {
		why = "because its time was over and no further request had reached us"
	}
	d.text("The preservation that you had asked for, or that the law had required, ended on " + d.day(f.EndedOn) + ", " + why + ".")
	if len(f.Kept) > 0 {
		d.text("It covered, as far as we held it: " + series(d.tongue, f.Kept) + ".")
	}
	if f.Held {
		d.text("A copy stays under another duty. It can be disclosed only on process that reaches us for it.")
	} else {
		d.text("The copy is deleted. It cannot be restored. What our systems still hold by themselves can be asked for by new process.")
	}
	d.close()
	return d.done(), nil
}

func each[W ~string](list []W) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = words(w)
	}
	return out
}
