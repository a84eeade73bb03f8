// Package writing writes the letters of a case: it knows which facts of a case each kind of letter needs, and which letter
// goes with which message. What letters say is the package letters' business. It changes nothing and knows no clock; the
// activities call it when a letter goes out, the staff's pages when one is drafted.
package writing

import (
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

// Office is what a letter needs of the provider and its rulebook.
type Office struct {
	Provider  string
	KeysURL   string // where the keys that sign packages are
	Way       func(country string) letters.Way
	Agreement func(country string) casework.Date // since when an agreement under 18 USC 2523 is in force; empty: none
}

// paper is a letter that is being written about a case.
type paper struct {
	casework.Case
	Office

	effect   casework.Effect
	at       time.Time
	language string
}

// With writes the letter that goes with a message; false where the message needs none.
func With(c casework.Case, e casework.Effect, o Office, at time.Time, language string) (letters.Letter, bool, error) {
	p := paper{c, o, e, at, language}
	kind := p.kind()
	if kind == "" {
		return letters.Letter{}, false, nil
	}
	l, err := p.write(kind)
	return l, true, err
}

// Draft writes a letter of any kind as it would be now, for somebody to read before it goes out or is filed.
func Draft(c casework.Case, kind casework.LetterKind, o Office, at time.Time, language string) (letters.Letter, error) {
	if c.Determination == nil {
		return letters.Letter{}, casework.Refuse(casework.Conflict, "The policy's answer is not there yet. Try again in a moment.")
	}
	e := casework.Effect{Notice: len(c.Notices), Disclosure: len(c.Disclosures), Challenge: len(c.Challenges)}
	return paper{c, o, e, at, language}.write(kind)
}

// Drafts are the kinds of which a draft helps whoever contests the process of a case.
func Drafts(c casework.Case) []casework.LetterKind {
	out := []casework.LetterKind{}
	switch i := c.Request.Instrument; {
	case i.Type.IsEU():
		out = append(out, casework.LetterAnnexIII)
	case !i.Type.AsksOnlyToPreserve():
		out = append(out, casework.LetterMotionToQuash, casework.LetterMotionToModify)
		if c.Request.Authority.IsUS() && c.Request.Demand.Asks(casework.Content) {
			out = append(out, casework.LetterComityMotion)
		}
	}
	switch {
	case !c.Secrecy.Kind.HasForce():
	case c.Request.Instrument.Type == casework.NationalSecurityLetter:
		out = append(out, casework.LetterNSLNotice)
	default:
		out = append(out, casework.LetterSecrecyObjection)
	}
	return out
}

// kind is the letter that goes with the effect's message.
func (p paper) kind() casework.LetterKind {
	if p.effect.Kind == casework.DoDeliver {
		return casework.LetterDelivery
	}
	switch p.effect.Mail {
	case casework.MailClarify:
		if p.Request.Instrument.Type.IsEU() {
			return casework.LetterAnnexIII // Regulation (EU) 2023/1543 Art. 10(6), 11(5)
		}
	case casework.MailNotice:
		if n, ok := p.notice(); ok && n.Kind != casework.BeforeDisclosure {
			return casework.LetterDelayedNotice
		}
	case casework.MailObjection:
		return p.objectionKind()
	}
	return withMail[p.effect.Mail]
}

var withMail = map[casework.MailKind]casework.LetterKind{
	casework.MailAcknowledge: casework.LetterAcknowledgement, casework.MailClarify: casework.LetterClarification, casework.MailAnswer: casework.LetterAnswer,
	casework.MailReferral: casework.LetterReferral, casework.MailNotice: casework.LetterNotice,
	casework.MailPreservationConfirmed: casework.LetterPreservation, casework.MailPreservationEnded: casework.LetterPreservationEnd,
}

// writers write each kind from the case.
var writers map[casework.LetterKind]func(paper) (letters.Letter, error)

func init() { //nolint:gochecknoinits // what a paper writes asks which kinds there are; Go takes that for a cycle
	writers = map[casework.LetterKind]func(paper) (letters.Letter, error){
		casework.LetterAcknowledgement: paper.acknowledgement, casework.LetterClarification: paper.clarification, casework.LetterAnswer: paper.answer,
		casework.LetterRefusal: paper.answer, casework.LetterReferral: paper.referral, casework.LetterObjection: paper.objection,
		casework.LetterMotionToQuash: paper.quash, casework.LetterMotionToModify: paper.modify, casework.LetterComityMotion: paper.comity,
		casework.LetterSecrecyObjection: paper.secrecy, casework.LetterNSLNotice: paper.nslNotice, casework.LetterAnnexIII: paper.annex,
		casework.LetterNotice: paper.customerNotice, casework.LetterDelayedNotice: paper.delayedNotice, casework.LetterPreservation: paper.preservation,
		casework.LetterPreservationEnd: paper.preservationEnd, casework.LetterDelivery: paper.delivery,
	}
}

func (p paper) write(kind casework.LetterKind) (letters.Letter, error) {
	w, ok := writers[kind]
	if !ok {
		return letters.Letter{}, casework.Refuse(casework.NotFound, "There is no letter of that kind that a case could be the source of.")
	}
	return w(p)
}
