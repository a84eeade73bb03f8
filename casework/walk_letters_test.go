package casework

import "fmt"

// papers are the messages that a letter goes with, and what the letter is.
var papers = map[MailKind]LetterKind{
	MailAcknowledge: LetterAcknowledgement, MailClarify: LetterClarification, MailAnswer: LetterAnswer, MailReferral: LetterReferral, MailNotice: LetterNotice,
	MailObjection: LetterObjection, MailPreservationConfirmed: LetterPreservation, MailPreservationEnded: LetterPreservationEnd,
}

// lettersFor are what the world makes in a step: a notice in the languages of its readers.
func (w *walk) lettersFor(e Effect) []Letter {
	kind, languages := papers[e.Mail], []string{"en"}
	switch {
	case e.Kind == DoDeliver:
		kind = LetterDelivery
	case kind == "":
		return nil
	case kind == LetterNotice:
		languages = pick(w, languages, []string{"en", "de"})
	}
	out := []Letter{}
	for _, l := range languages {
		out = append(out, Letter{Kind: kind, Language: l, At: w.now, SHA256: fmt.Sprintf("%064d", e.Step)})
	}
	return out
}

// observeLetters: rules 5, 7 and 8 for what went out on paper. What the case knows of it is what the world made: nothing
// is lost, nothing twice, each with its event, and none is shown to a customer while secrecy binds.
func (w *walk) observeLetters() string {
	made := 0
	for step := range w.taken {
		made += len(w.kept[step].Letters)
	}
	seen := map[string]bool{}
	for i, l := range w.c.Letters {
		name := fmt.Sprintf("%d %s", l.Step, l.Language)
		switch {
		case seen[name]:
			return "rule 8: one letter twice"
		case l.N != i+1 || l.At.IsZero() || w.kept[l.Step].Letters == nil:
			return "rule 8: a letter that nobody made"
		case l.Kind.ToCustomer() && !w.saw.noticeSteps[l.Step]:
			return "rule 5: a letter to the customer without a notice"
		}
		seen[name] = true
	}
	if made != len(w.c.Letters) || made != w.saw.letters {
		return fmt.Sprintf("rule 7: %d letters were made, the case knows %d and the events %d", made, len(w.c.Letters), w.saw.letters)
	}
	for _, n := range w.c.Notices {
		if shown := w.c.LettersToCustomer(n.N, w.now); len(shown) > 0 && w.saw.secrecy.Binds(w.now) {
			return "rule 5: a letter is shown to the customer while secrecy binds"
		}
	}
	return ""
}
