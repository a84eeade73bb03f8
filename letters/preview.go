package letters

import "dueprocess/casework"

// Preview is a letter of the kind with invented facts, as the settings page shows what goes out. An unknown kind, or a
// language that the kind does not have, is refused.
func Preview(k Kind, language string) (Letter, error) {
	write, ok := samples[k]
	if !ok {
		return Letter{}, casework.Refuse(casework.NotFound, "There is no kind of letter %q.", string(k))
	}
	if LanguageFor(k, language) != language {
		return Letter{}, casework.Refuse(casework.NotFound, "There is no letter of the kind %s in the language %q.", k, language)
	}
	return write(language)
}

// samples write each kind from invented facts.
var samples = map[Kind]func(language string) (Letter, error){
	casework.LetterAcknowledgement: func(string) (Letter, error) { return WriteAcknowledgement(sampleAcknowledgement()) },
	casework.LetterClarification:   func(string) (Letter, error) { return WriteClarification(sampleClarification()) },
	casework.LetterAnswer:          func(string) (Letter, error) { return WriteAnswer(sampleAnswer()) },
	casework.LetterRefusal:         func(string) (Letter, error) { return WriteAnswer(sampleRefusal()) },
	casework.LetterReferral:        func(string) (Letter, error) { return WriteReferral(sampleReferral()) },
	casework.LetterObjection:       func(string) (Letter, error) { return WriteObjection(sampleObjection()) },
	casework.LetterMotionToQuash:   func(string) (Letter, error) { return WriteMotion(sampleFiling(), false) },
	casework.LetterMotionToModify:  func(string) (Letter, error) { return WriteMotion(sampleFiling(), true) },
	casework.LetterComityMotion:    func(string) (Letter, error) { return WriteComityMotion(sampleComity()) },
	casework.LetterSecrecyObjection: func(string) (Letter, error) {
		return WriteSecrecyObjection(sampleSecrecy())
	},
	casework.LetterNSLNotice:       func(string) (Letter, error) { return WriteNSLNotice(sampleNSL()) },
	casework.LetterAnnexIII:        func(string) (Letter, error) { return WriteAnnexIII(sampleAnnex()) },
	casework.LetterNotice:          func(l string) (Letter, error) { return WriteNotice(sampleNotice(), l) },
	casework.LetterDelayedNotice:   func(l string) (Letter, error) { return WriteDelayedNotice(sampleDelayed(), l) },
	casework.LetterPreservation:    func(string) (Letter, error) { return WritePreservation(samplePreservation()) },
	casework.LetterPreservationEnd: func(string) (Letter, error) { return WritePreservationEnd(samplePreservationEnd()) },
	casework.LetterDelivery:        func(string) (Letter, error) { return WriteDelivery(sampleDelivery()) },
	casework.LetterCertificate:     func(string) (Letter, error) { return WriteCertificate(sampleCertificate()) },
	casework.LetterCostStatement:   func(string) (Letter, error) { return WriteCostStatement(sampleCosts()) },
}
