package casework

import "slices"

// Matter is the offence, where, and about whom.
type Matter struct {
	Reference       string    `json:"reference"`
	Offence         string    `json:"offence"`
	OffenceCode     string    `json:"offence_code"`
	MaxPenaltyYears *int      `json:"max_penalty_years"`
	SentenceMonths  *int      `json:"sentence_months"`
	ListedOffence   bool      `json:"listed_offence"`
	OffenceCountry  string    `json:"offence_country"`
	Consent         bool      `json:"consent"`
	Subject         Subject   `json:"subject"`
	Concerns        []Concern `json:"concerns"`
}

// Subject is the person whom the matter is about, as the authority describes them.
type Subject struct {
	Nationality  string   `json:"nationality"`
	Residence    string   `json:"residence"`
	LocatedIn    string   `json:"located_in"`
	USPerson     USPerson `json:"us_person"`
	Organisation bool     `json:"organisation"`
}

// USPerson says whether the subject is a United States person (18 USC 2523(a)(2)).
type USPerson string

// The answers.
const (
	IsUSPerson      USPerson = "yes"
	NotUSPerson     USPerson = "no"
	USPersonUnknown USPerson = "unknown"
)

// USPersons lists the vocabulary.
var USPersons = []USPerson{IsUSPerson, NotUSPerson, USPersonUnknown}

// Concern is what makes a matter touch more than an ordinary offence.
type Concern string

// The concerns.
const (
	Dissent         Concern = "dissent"
	Press           Concern = "press"
	Political       Concern = "political"
	Religion        Concern = "religion"
	Separatism      Concern = "separatism"
	Privilege       Concern = "privilege"
	Whistleblower   Concern = "whistleblower"
	AnonymousSpeech Concern = "anonymous_speech"
	LawfulCare      Concern = "lawful_care"
	NoticeHarm      Concern = "notice_harm"
)

// Concerns lists the vocabulary.
var Concerns = []Concern{
	Dissent, Press, Political, Religion, Separatism, Privilege, Whistleblower, AnonymousSpeech, LawfulCare, NoticeHarm,
}

// Touches reports whether one of the concerns is raised.
func (m Matter) Touches(concerns ...Concern) bool {
	return slices.ContainsFunc(m.Concerns, func(c Concern) bool { return slices.Contains(concerns, c) })
}

func (m Matter) faults(f *faults) {
	oneOf(f, "matter.subject.us_person", m.Subject.USPerson, USPersons)
	eachOf(f, "matter.concerns", m.Concerns, Concerns)
	if m.MaxPenaltyYears != nil && *m.MaxPenaltyYears < 0 {
		f.add("matter.max_penalty_years", "must not be negative")
	}
	if m.SentenceMonths != nil && *m.SentenceMonths < 0 {
		f.add("matter.sentence_months", "must not be negative")
	}
}
