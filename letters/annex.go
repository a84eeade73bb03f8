package letters

import "dueprocess/casework"

// AnnexFacts is what the form of Annex III to Regulation (EU) 2023/1543 says: to the authority that issued a certificate,
// and to the enforcing authority where it was notified.
type AnnexFacts struct {
	Head

	IssuingState      string
	IssuingAuthority  string
	Validating        string
	IssuedOn          casework.Date
	EnforcingNotified bool
	Enforcing         string // its name, where it is known
	Reasons           []AnnexReason
	Explanation       string
	Conflict          *Conflict
	Needed            []string // further information from the issuing authority
	Preserved         bool
	PreservedUntil    casework.Date // empty: until production, or until we hear that it is no longer needed
	WhyNotPreserved   string
}

// AnnexReason is a reason of section D.
type AnnexReason string

// The reasons, in the order of the form (Art. 10(5)-(8), 11(4)-(6), 16(4) and (5), 17).
const (
	Incomplete       AnnexReason = "the certificate is incomplete"
	ManifestErrors   AnnexReason = "the certificate contains manifest errors"
	TooLittle        AnnexReason = "the certificate does not contain sufficient information"
	NotStored        AnnexReason = "the data was not stored by or on behalf of the service provider at the time of receipt"
	Impossible       AnnexReason = "other reasons of factual impossibility not due to the addressee"
	NotIssued        AnnexReason = "the order was not issued or validated by an issuing authority as specified in Article 4"
	NotListed        AnnexReason = "the order was not issued for an offence as provided for in Article 5(4)"
	NotCovered       AnnexReason = "the service is not covered by the Regulation"
	Protected        AnnexReason = "the data is protected by immunities or privileges, or by rules on freedom of the press or of expression"
	ConflictingDuty  AnnexReason = "compliance would conflict with the law of a third country (see section E)"
	ManifestlyUnfair AnnexReason = "it is apparent from the certificate alone that it manifestly violates the Charter or is manifestly abusive"
)

// AnnexReasons lists them.
var AnnexReasons = []AnnexReason{
	Incomplete, ManifestErrors, TooLittle, NotStored, Impossible, NotIssued, NotListed, NotCovered, Protected, ConflictingDuty, ManifestlyUnfair,
}

// Conflict is section E: the duty under the law of a third country that forbids what is asked (Art. 17(2)).
type Conflict struct {
	Law, Provision, Nature, Applies, Conflicts, Link, Consequences, Other string
}

// ContentConflict is the conflict with the law of the United States wherever a certificate asks a provider under that law
// for the contents of communications: 18 USC 2702(a), with no exception that a certificate would meet.
func ContentConflict(provider, state string) *Conflict {
	return &Conflict{
		Law: "Stored Communications Act, 18 USC 2701 to 2713 (United States of America)",
		Provision: "18 USC 2702(a)(1) and (2): a provider of an electronic communication service or of a remote computing service to the public shall not knowingly " +
			"divulge the contents of a communication that it stores, carries or maintains to any person or entity, unless an exception of 18 USC 2702(b) applies",
		Nature: "Protection of the fundamental rights of the individuals concerned: the confidentiality of what people write to each other and store",
		Applies: provider + " provides such services to the public and is subject to the law of the United States. The prohibition binds it wherever the data is " +
			"stored and whoever asks; a foreign authority is not a governmental entity within 18 USC 2711(4).",
		Conflicts: "The certificate orders what the provision forbids. Of its exceptions only 18 USC 2702(b)(9) admits an order of a foreign government, and only under an " +
			"executive agreement in force (18 USC 2523). None is in force with " + state + ". No consent and no process of a court of the United States is at hand.",
		Link: provider + " is established and operates in the United States, and its people who would have to act are subject to its courts.",
		Consequences: "Civil action by everybody aggrieved, with actual damages of at least 1,000 US dollars for each, punitive damages and costs " +
			"(18 USC 2707)",
		Other: "The objection does not rest on the absence of similar rules on production orders in the United States, nor on the mere fact that the data is stored there " +
			"(Art. 17(2)). The data can be obtained by way of mutual legal assistance.",
	}
}

// OpenConflict is a conflict that counsel writes.
func OpenConflict() *Conflict {
	return &Conflict{
		Law: open("title of the law"), Provision: open("provision and its text"), Nature: open("fundamental rights of individuals, or fundamental interests of the State"),
		Applies: open("why it applies"), Conflicts: open("why there is a conflict"), Link: open("link between the provider and the third country"),
		Consequences: open("consequences of complying, with penalties"),
	}
}

// WriteAnnexIII writes the form.
func WriteAnnexIII(f AnnexFacts) (Letter, error) {
	if err := f.check().err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterAnnexIII, english, f.Head, "Information on the impossibility of executing an EPOC or an EPOC-PR")
	d.text("Form of Annex III to Regulation (EU) 2023/1543. A box with a cross is ticked.")
	d.certificate(f)
	d.reasons(f)
	if f.Conflict != nil {
		d.conflict(*f.Conflict)
	}
	d.heading("F. Information that is asked of the issuing authority")
	if len(f.Needed) > 0 {
		d.items(f.Needed...)
	} else {
		d.text("None.")
	}
	d.preserved(f)
	d.heading("H. Contact of the addressee")
	d.pairs(Pair{"Name", f.Provider}, Pair{"Our file number", f.Case})
	d.sign("For the addressee", Pair{"Contact person and post", ""}, Pair{"Address, telephone, e-mail", ""}, Pair{"Date", ""}, Pair{"Signature", ""})
	return d.done(), nil
}

func (f AnnexFacts) check() *needs {
	n := f.aboutProcess()
	if f.Instrument != "" && !f.Instrument.IsEU() {
		n.fault("instrument", "is no certificate of Regulation (EU) 2023/1543")
	}
	n.need(f.IssuingAuthority != "", "issuing_authority")
	n.need(len(f.Reasons) > 0, "reasons")
	for i, r := range f.Reasons {
		if r == ConflictingDuty && f.Conflict == nil {
			n.need(false, "conflict")
		}
		n.need(r != "", at("reasons", i))
	}
	if c := f.Conflict; c != nil {
		n.need(c.Law != "" && c.Provision != "" && c.Applies != "" && c.Conflicts != "", "conflict")
	}
	if !f.Preserved {
		n.need(f.WhyNotPreserved != "", "why_not_preserved")
	}
	return n
}
