package writing

import (
	"slices"
	"strings"

	"dueprocess/casework"
	"dueprocess/letters"
)

// objectionKind is what the authority gets when its process is contested: the form of the Regulation, the notice of 18
// USC 3511, or a letter that a court was asked.
func (p paper) objectionKind() casework.LetterKind {
	x, ok := p.challenge()
	switch eu := p.Request.Instrument.Type.IsEU(); {
	case !ok:
		return ""
	case x.Kind == casework.ReasonedObjection && eu:
		return casework.LetterAnnexIII
	case x.Kind == casework.ReasonedObjection:
		return "" // an answer says that we object
	case x.Kind == casework.SecrecyOnly && p.Request.Instrument.Type == casework.NationalSecurityLetter:
		return casework.LetterNSLNotice
	}
	return casework.LetterObjection
}

func (p paper) objection() (letters.Letter, error) {
	x, ok := p.challenge()
	if !ok {
		return letters.Letter{}, casework.Refuse(casework.Conflict, "Nothing is contested.")
	}
	f := letters.ObjectionFacts{
		Head: p.head(), Challenge: x.Kind, Court: x.Court, FiledOn: x.FiledOn, Grounds: p.grounds(), Held: x.Kind != casework.SecrecyOnly, Kept: p.keptUntil(),
	}
	if f.Held {
		f.Data = p.contested()
	}
	return letters.WriteObjection(f)
}

// filing is what a paper for a court is drafted from.
func (p paper) filing() letters.FilingFacts {
	f := letters.FilingFacts{
		Head: p.head(), Asks: p.asks(), Data: p.contested(), IssuedOn: p.Request.Instrument.IssuedOn, Respond: p.Request.Instrument.RespondBy,
		Grounds: p.grounds(), Kept: p.keptUntil(),
	}
	if x, ok := p.challenge(); ok {
		f.Court = x.Court
	}
	if f.Court == "" && isCourt(p.Request.Instrument.Issuer.Role) {
		f.Court = p.Request.Instrument.Issuer.Name
	}
	return f
}

func isCourt(r casework.IssuerRole) bool {
	return r == casework.Judge || r == casework.IssuingCourt || r == casework.Clerk
}

func (p paper) quash() (letters.Letter, error)  { return letters.WriteMotion(p.filing(), false) }
func (p paper) modify() (letters.Letter, error) { return letters.WriteMotion(p.filing(), true) }

// comity is drafted for the State of which the subject seems to be.
func (p paper) comity() (letters.Letter, error) {
	f := letters.ComityFacts{FilingFacts: p.filing()}
	f.FileBy = p.due(casework.DueComityMotion)
	s := p.Request.Matter.Subject
	for _, country := range []string{s.Nationality, s.Residence, s.LocatedIn} {
		if country != "" && p.Agreement != nil && p.Agreement(country) != "" {
			f.Country, f.Since = p.Way(country).Country, p.Agreement(country)
			break
		}
	}
	f.Person = p.person()
	return letters.WriteComityMotion(f)
}

// person is what the request says of whose data it asks.
func (p paper) person() string {
	s, said := p.Request.Matter.Subject, []string{}
	for _, x := range []struct{ what, value string }{{"nationality", s.Nationality}, {"residence", s.Residence}, {"located in", s.LocatedIn}} {
		if x.value != "" {
			said = append(said, x.what+" "+x.value)
		}
	}
	if len(said) == 0 {
		return ""
	}
	return "as the request says, " + strings.Join(said, ", ")
}

func (p paper) secrecy() (letters.Letter, error) {
	f := letters.SecrecyFacts{FilingFacts: p.filing(), Kind: p.Secrecy.Kind, Basis: p.Secrecy.Basis, Until: p.Secrecy.Until}
	f.Data = nil
	f.Grounds = slices.DeleteFunc(slices.Clone(f.Grounds), func(r casework.Reason) bool {
		return r.Rule != "" && !strings.HasPrefix(r.Rule, "secrecy.")
	})
	return letters.WriteSecrecyObjection(f)
}

// nslNotice counts the Government's thirty days from the day of the notice (18 USC 3511(b)(1)(B)).
func (p paper) nslNotice() (letters.Letter, error) {
	noticed := p.today()
	if x, ok := p.challenge(); ok && x.FiledOn != "" {
		noticed = x.FiledOn
	}
	return letters.WriteNSLNotice(letters.NSLFacts{Head: p.head(), ApplyBy: noticed.AddDays(30)})
}

// annex is the form of Annex III: what is asked of the issuing authority where a clarification is, else our objection.
func (p paper) annex() (letters.Letter, error) {
	i := p.Request.Instrument
	f := letters.AnnexFacts{
		Head: p.head(), IssuingState: p.country(), IssuingAuthority: p.issuer(), IssuedOn: i.IssuedOn, EnforcingNotified: i.EANotified != nil && *i.EANotified,
		Preserved: p.isKept(), PreservedUntil: p.keptUntil(), WhyNotPreserved: "no preservation runs for this certificate",
	}
	if i.ValidatedBy != nil {
		f.Validating = i.ValidatedBy.Name
	}
	if f.EnforcingNotified {
		f.To = append(f.To, "And to the enforcing authority that was notified")
	}
	if q := p.Work.Clarification; q != nil {
		f.Reasons = []letters.AnnexReason{letters.TooLittle}
		for _, x := range q.Items {
			f.Needed = append(f.Needed, x.Message)
		}
		return letters.WriteAnnexIII(f)
	}
	f.Reasons, f.Conflict = []letters.AnnexReason{letters.ConflictingDuty}, letters.OpenConflict()
	if slices.ContainsFunc(p.contested(), casework.Data.IsContent) {
		f.Conflict = letters.ContentConflict(p.Provider, f.IssuingState)
	}
	sentences := []string{}
	for _, r := range p.grounds() {
		sentences = append(sentences, r.Sentence)
	}
	f.Explanation = strings.Join(sentences, " ")
	return letters.WriteAnnexIII(f)
}

func (p paper) issuer() string {
	if name := p.Request.Instrument.Issuer.Name; name != "" {
		return name
	}
	return p.asks()
}
