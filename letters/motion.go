package letters

import (
	"strings"

	"dueprocess/casework"
)

// FilingFacts is what a paper for a court is drafted from. What counsel alone can know is left open for them.
type FilingFacts struct {
	Head

	Court    string // empty: left open
	Asks     string // who obtained the process
	Data     []casework.Data
	IssuedOn casework.Date
	Respond  casework.Date // the return day
	FileBy   casework.Date // the last day for the motion, where the law sets one
	Grounds  []casework.Reason
	Kept     casework.Date // until when records are kept; empty: they are not, or no day is set
}

// open marks what counsel fills in.
func open(what string) string { return "[counsel: " + what + "]" }

// or is the text, or what counsel fills in.
func or(text, what string) string {
	if text == "" {
		return open(what)
	}
	return text
}

const draftNote = "Draft, made from the case as it stands. Counsel reads, completes and signs it; nothing of it is filed by itself."

// powers are what a court's power to set the process aside rests on.
var powers = map[casework.InstrumentType]string{
	casework.CourtOrder:        "18 USC 2703(d), last sentence: a court may quash or modify an order on a motion made promptly by the service provider",
	casework.TrialSubpoena:     "Fed. R. Crim. P. 17(c)(2): on motion made promptly, a court may quash or modify a subpoena if compliance would be unreasonable or oppressive",
	casework.GrandJurySubpoena: "Fed. R. Crim. P. 17(c)(2): on motion made promptly, a court may quash or modify a subpoena if compliance would be unreasonable or oppressive",
	casework.CivilSubpoena:     "Fed. R. Civ. P. 45(d)(3): on timely motion, a court must quash or modify a subpoena that reaches protected matter or burdens unduly",
}

func power(i casework.InstrumentType) string {
	if p, ok := powers[i]; ok {
		return p
	}
	return "the court's power over its own process " + open("name the rule or statute")
}

func (f FilingFacts) check() *needs {
	n := f.Head.check()
	n.need(f.Instrument != "", "instrument")
	n.need(f.Received != "", "received")
	n.need(f.Asks != "", "asks")
	return n
}

// WriteMotion drafts a motion to quash the process, or to modify it.
func WriteMotion(f FilingFacts, modify bool) (Letter, error) {
	n := f.check()
	n.need(len(f.Data) > 0, "data")
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	kind, verb := casework.LetterMotionToQuash, "quash"
	if modify {
		kind, verb = casework.LetterMotionToModify, "modify"
	}
	d := plain(kind, f.Head, "Motion of "+f.Provider+" to "+verb+" "+process(f.Instrument))
	d.caption(f)
	d.heading("Motion")
	d.text(f.Provider + " moves the court to " + verb + " the process named above. The court's power: " + power(f.Instrument) + ".")
	d.happened(f)
	d.grounds(f.Grounds)
	d.heading("What we ask of the court")
	if modify {
		d.items("That the process be modified so that it does not reach: "+series(d.tongue, f.Data)+", or reaches it only in this: "+open("the narrower scope")+".",
			"That production of what is contested wait until the court has ruled.", "Such other relief as is just.")
	} else {
		d.items("That the process be quashed as to: "+series(d.tongue, f.Data)+".", "In the alternative, that it be modified as the grounds require.",
			"That production of what is contested wait until the court has ruled.", "Such other relief as is just.")
	}
	d.meanwhile(f)
	d.counsel()
	return d.done(), nil
}

// process is an instrument as a title names it.
func process(i casework.InstrumentType) string {
	w := instrument(i)
	if strings.ContainsRune("aeiou", rune(strings.ToLower(w)[0])) && i != casework.EPOC && i != casework.EPOCPR {
		return "an " + w
	}
	return "a " + w
}

// caption is what stands above every paper of a court.
func (d *draft) caption(f FilingFacts) {
	d.text(draftNote)
	d.pairs(
		Pair{"Court", or(f.Court, "name of the court")}, Pair{"In the matter of", strings.TrimSpace(instrument(f.Instrument) + " " + f.Number)},
		Pair{"Obtained by", f.Asks}, Pair{"Movant", f.Provider}, Pair{"Docket number", open("if one is assigned")}, Pair{"Our reference", f.Case},
	)
}

func (d *draft) happened(f FilingFacts) {
	d.heading("What happened")
	issued := ""
	if f.IssuedOn != "" {
		issued = ", issued on " + d.day(f.IssuedOn) + ","
	}
	list := []string{"The process" + issued + " reached " + f.Provider + " on " + d.day(f.Received) + "."}
	if len(f.Data) > 0 {
		list = append(list, "What is contested of what it asks for: "+series(d.tongue, f.Data)+".")
	}
	if f.Respond != "" {
		list = append(list, "It is to be answered by "+d.day(f.Respond)+".")
	}
	if f.FileBy != "" {
		list = append(list, "This motion is to be filed by "+d.day(f.FileBy)+".")
	}
	d.items(list...)
}

func (d *draft) grounds(list []casework.Reason) {
	d.heading("Grounds")
	out := []string{}
	for _, r := range list {
		out = append(out, cited(r))
	}
	d.items(append(out, open("the grounds, with argument and authorities"))...)
}

func (d *draft) meanwhile(f FilingFacts) {
	d.heading("Meanwhile")
	kept := "What is contested is not produced."
	if f.Kept != "" {
		kept += " What is held of it is kept unchanged until the end of " + d.day(f.Kept) + ", and longer if the court so orders."
	} else {
		kept += " What is held of it is kept unchanged until the court has ruled."
	}
	d.text(kept)
}

func (d *draft) counsel() {
	d.sign("Counsel for "+d.l.From, Pair{"Name and bar number", ""}, Pair{"Address", ""}, Pair{"Date", ""}, Pair{"Signature", ""})
}
