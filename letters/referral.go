package letters

import (
	"strconv"

	"dueprocess/casework"
)

// ReferralFacts is what sends an authority to mutual legal assistance. Kept are the categories that are preserved,
// between two days; ExtendBy is by how many days that can be made longer.
type ReferralFacts struct {
	Head

	Way       Way
	Data      []casework.Data
	Actions   []casework.DemandedAction
	Reasons   []casework.Reason // each once
	Kept      []casework.Data
	KeptFrom  casework.Date
	KeptUntil casework.Date
	ExtendBy  int
}

// Way is how a country's authorities ask the United States for evidence: by a treaty, agreement or arrangement, with the
// day since when (empty: not known) and through whom; Form is empty where there is none.
type Way struct {
	Country          string // its name
	Form             string // treaty, agreement, arrangement
	Since            casework.Date
	Unverified       bool // the day is not confirmed
	CentralAuthority string
}

// WriteReferral names the way, says what is kept meanwhile and until when, and promises nothing.
func WriteReferral(f ReferralFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(f.Way.Country != "", "way.country")
	n.need(len(f.Data)+len(f.Actions) > 0, "data")
	if len(f.Kept) > 0 {
		n.need(f.KeptFrom != "", "kept_from")
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterReferral, english, f.Head, "Please ask by way of mutual legal assistance")
	if len(f.Data) > 0 {
		d.text("We cannot give you directly what the process named above asks for: " + series(d.tongue, f.Data) + ".")
	}
	for _, r := range f.Reasons {
		d.text(cited(r))
	}
	if len(f.Actions) > 0 {
		d.text("The process also asks for action on our service: " + series(d.tongue, f.Actions) + ". We take none on this request.")
	}
	d.way(f.Way)
	d.kept(f)
	d.heading("What this letter does not say")
	d.text("It promises nothing. It does not say that we hold what was asked for, that the United States will take your request up, or that a court will " +
		"grant it. Process of a United States court that reaches us later is a new request, and is judged as such.")
	d.close()
	return d.done(), nil
}

func (d *draft) way(w Way) {
	d.heading("The way")
	if w.Form == "" {
		d.text("We know of no treaty on mutual legal assistance in force between " + w.Country + " and the United States. A court of yours can ask a court of " +
			"the United States by letters rogatory, through the diplomatic channel (28 USC 1782).")
		return
	}
	d.text("Between " + w.Country + " and the United States there is " + indefinite(w.Form) + " on mutual legal assistance in criminal matters" + d.since(w) + ".")
	through := "your central authority"
	if w.CentralAuthority != "" {
		through += ", " + w.CentralAuthority + ","
	}
	d.items(
		"Send your request to "+through+" as your law provides.",
		"Your central authority sends it to the United States Department of Justice, Criminal Division, Office of International Affairs.",
		"If that office takes the request up, a court of the United States can be asked for the process that the law requires (18 USC 3512). "+
			"That process is served on us.",
	)
}

func (d *draft) since(w Way) string {
	switch {
	case w.Since == "":
		return "; we have not verified since when it is in force"
	case w.Unverified:
		return ", in force, as far as we know, since " + d.day(w.Since) + " (we have not verified the day)"
	}
	return ", in force since " + d.day(w.Since)
}

func indefinite(form string) string {
	if form[0] == 'a' {
		return "an " + form
	}
	return "a " + form
}

func (d *draft) kept(f ReferralFacts) {
	d.heading("What we keep meanwhile")
	if len(f.Kept) == 0 {
		d.text("Nothing is being kept on this request. What we hold is deleted when its ordinary time is over.")
		return
	}
	until := "until we are told that it is no longer needed"
	if f.KeptUntil != "" {
		until = "until the end of " + d.day(f.KeptUntil)
	}
	d.text("So that nothing is lost while you ask, we keep unchanged, since " + d.day(f.KeptFrom) + " and " + until + ", what we hold and the request " +
		"describes of: " + series(d.tongue, f.Kept) + ". It is disclosed to nobody on this request, and the customer cannot see that it is kept.")
	if f.KeptUntil != "" && f.ExtendBy > 0 {
		d.text("If you show us before that day that the request is under way, we keep it " + days(f.ExtendBy) + " longer. Otherwise it is deleted.")
	}
}

func days(n int) string {
	if n == 1 {
		return "one day"
	}
	return strconv.Itoa(n) + " days"
}
