package letters

import "dueprocess/casework"

// ObjectionFacts is what the authority is told when its process, or the secrecy that it asked for, is contested before a
// court. Held tells that what is contested is not disclosed meanwhile.
type ObjectionFacts struct {
	Head

	Challenge casework.ChallengeKind
	Court     string
	FiledOn   casework.Date
	Data      []casework.Data // contested; empty: all that is asked
	Grounds   []casework.Reason
	Held      bool
	Kept      casework.Date // until when records are kept; empty: no day is set
}

// contests says what a challenge asks a court for.
var contests = map[casework.ChallengeKind]string{
	casework.ToQuash:     "to quash the process",
	casework.ToModify:    "to modify the process",
	casework.Comity:      "to modify or quash the process, since the law of another state forbids what it asks (18 USC 2703(h))",
	casework.SecrecyOnly: "to end or narrow the duty not to tell our customer",
}

// WriteObjection tells the authority that we contest what it served.
func WriteObjection(f ObjectionFacts) (Letter, error) {
	n := f.aboutProcess()
	if contests[f.Challenge] == "" {
		n.fault("challenge", "is none that a court decides")
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterObjection, english, f.Head, "We contest the process")
	d.text("We have asked a court " + contests[f.Challenge] + ". The papers themselves are served as that court's rules provide.")
	d.pairs(Pair{"Court", f.Court}, Pair{"Filed on", d.day(f.FiledOn)})
	if len(f.Data) > 0 {
		d.text("What is contested: " + series(d.tongue, f.Data) + ".")
	}
	if len(f.Grounds) > 0 {
		d.heading("Grounds")
		list := []string{}
		for _, r := range f.Grounds {
			list = append(list, cited(r))
		}
		d.items(list...)
	}
	d.heading("Meanwhile")
	d.text(f.meanwhile(d))
	d.close()
	return d.done(), nil
}

func (f ObjectionFacts) meanwhile(d *draft) string {
	switch {
	case f.Challenge == casework.SecrecyOnly:
		return "We keep the secret until the court has ruled. What the process asks for is answered apart from this."
	case !f.Held:
		return "What the process asks for is answered apart from this."
	case f.Kept != "":
		return "What is contested is not disclosed until that is decided. What we hold of it is kept unchanged until the end of " + d.day(f.Kept) + ", and longer if the court so orders."
	}
	return "What is contested is not disclosed until that is decided. What we hold of it is kept unchanged."
}
