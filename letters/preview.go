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
	Acknowledgement: func(string) (Letter, error) { return WriteAcknowledgement(sampleAcknowledgement()) },
	Clarification:   func(string) (Letter, error) { return WriteClarification(sampleClarification()) },
	Answer:          func(string) (Letter, error) { return WriteAnswer(sampleAnswer()) },
	Refusal:         func(string) (Letter, error) { return WriteAnswer(sampleRefusal()) },
	Referral:        func(string) (Letter, error) { return WriteReferral(sampleReferral()) },
	MotionToQuash:   func(string) (Letter, error) { return WriteMotion(sampleFiling(), false) },
	MotionToModify:  func(string) (Letter, error) { return WriteMotion(sampleFiling(), true) },
	ComityMotion:    func(string) (Letter, error) { return WriteComityMotion(sampleComity()) },
	SecrecyObjection: func(string) (Letter, error) {
		return WriteSecrecyObjection(sampleSecrecy())
	},
	NSLNotice:       func(string) (Letter, error) { return WriteNSLNotice(sampleNSL()) },
	AnnexIII:        func(string) (Letter, error) { return WriteAnnexIII(sampleAnnex()) },
	CustomerNotice:  func(l string) (Letter, error) { return WriteNotice(sampleNotice(), l) },
	DelayedNotice:   func(l string) (Letter, error) { return WriteDelayedNotice(sampleDelayed(), l) },
	Preservation:    func(string) (Letter, error) { return WritePreservation(samplePreservation()) },
	PreservationEnd: func(string) (Letter, error) { return WritePreservationEnd(samplePreservationEnd()) },
	DeliveryLetter:  func(string) (Letter, error) { return WriteDelivery(sampleDelivery()) },
	Certificate:     func(string) (Letter, error) { return WriteCertificate(sampleCertificate()) },
	CostStatement:   func(string) (Letter, error) { return WriteCostStatement(sampleCosts()) },
}
