package casework

import (
	"slices"
	"strconv"
	"time"
)

// Letter is a paper that went out, so that it can be read exactly as it was. Its bytes, a PDF and a page with the same
// text, lie in the vault at LetterRef.
type Letter struct {
	N        int        `json:"n"`
	Kind     LetterKind `json:"kind"`
	Language string     `json:"language"`
	At       time.Time  `json:"at"`
	SHA256   string     `json:"sha256"` // of the PDF
	Step     int        `json:"step"`   // that made it: part of its place in the vault
	Notice   int        `json:"notice,omitempty"`
	Bounced  bool       `json:"bounced,omitempty"` // the message that it went with came back
}

// LetterKind is what a letter is.
type LetterKind string

// The kinds of letter.
const (
	LetterAcknowledgement  LetterKind = "acknowledgement"
	LetterClarification    LetterKind = "clarification"
	LetterAnswer           LetterKind = "answer"  // something is disclosed
	LetterRefusal          LetterKind = "refusal" // nothing is
	LetterReferral         LetterKind = "referral"
	LetterObjection        LetterKind = "objection" // that we contest the process before a court
	LetterMotionToQuash    LetterKind = "motion_to_quash"
	LetterMotionToModify   LetterKind = "motion_to_modify"
	LetterComityMotion     LetterKind = "comity_motion"     // 18 USC 2703(h)
	LetterSecrecyObjection LetterKind = "secrecy_objection" // 18 USC 2705(b) and others
	LetterNSLNotice        LetterKind = "nsl_notice"        // 18 USC 3511(b)(1)(A)
	LetterAnnexIII         LetterKind = "annex_iii"         // Regulation (EU) 2023/1543
	LetterNotice           LetterKind = "notice"
	LetterDelayedNotice    LetterKind = "delayed_notice"
	LetterPreservation     LetterKind = "preservation"
	LetterPreservationEnd  LetterKind = "preservation_end"
	LetterDelivery         LetterKind = "delivery"
	LetterCertificate      LetterKind = "certificate"
	LetterCostStatement    LetterKind = "cost_statement"
)

// LetterKinds lists the vocabulary.
var LetterKinds = []LetterKind{
	LetterAcknowledgement, LetterClarification, LetterAnswer, LetterRefusal, LetterReferral, LetterObjection, LetterMotionToQuash, LetterMotionToModify,
	LetterComityMotion, LetterSecrecyObjection, LetterNSLNotice, LetterAnnexIII, LetterNotice, LetterDelayedNotice, LetterPreservation,
	LetterPreservationEnd, LetterDelivery, LetterCertificate, LetterCostStatement,
}

// Valid reports whether k is in the vocabulary.
func (k LetterKind) Valid() bool { return known(k, LetterKinds) }

// ToCustomer reports whether the letter is for a customer: then secrecy must not bind when it is made or shown.
func (k LetterKind) ToCustomer() bool { return k == LetterNotice || k == LetterDelayedNotice }

// LetterRef is where the vault keeps a letter, as "pdf" or as "html".
func (c Case) LetterRef(l Letter, form string) string {
	return "cases/" + c.ID + "/letters/" + strconv.Itoa(l.Step) + "-" + l.Language + "-" + l.SHA256[:min(16, len(l.SHA256))] + "." + form
}

// LetterOf finds a letter by its number.
func (c Case) LetterOf(n int) (Letter, bool) {
	i := slices.IndexFunc(c.Letters, func(l Letter) bool { return l.N == n })
	if i < 0 {
		return Letter{}, false
	}
	return c.Letters[i], true
}

// LettersToCustomer are the letters of a notice that its customer may see now; none where secrecy has come to bind.
func (c Case) LettersToCustomer(notice int, at time.Time) []Letter {
	if !c.MayTell(at) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Letters), func(l Letter) bool { return !l.Kind.ToCustomer() || l.Notice != notice })
}

// file numbers the letters that a step made and puts them to the case.
func (t *turn) file(e Effect, r Result) []Letter {
	out := []Letter{}
	for _, l := range r.Letters {
		l.N, l.Step, l.Notice, l.Bounced = len(t.c.Letters)+1, e.Step, e.Notice, r.Mail != nil && r.Mail.Bounced
		t.c.Letters = append(t.c.Letters, l)
		out = append(out, l)
	}
	return out
}

// recordLetters writes an event for each letter.
func (t *turn) recordLetters(list []Letter) {
	for _, l := range list {
		t.record(LetterSent, nil, l.said(entry{}))
	}
}

func (l Letter) said(e entry) entry {
	e["kind"], e["number"], e["language"], e["sha256"] = string(l.Kind), itoa(l.N), l.Language, l.SHA256
	return e
}
