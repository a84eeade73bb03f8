package casework

import (
	"encoding/json"
	"slices"
	"strings"
)

// Authority is the body that asks.
type Authority struct {
	Name        string   `json:"name"`
	Unit        string   `json:"unit"`
	Country     string   `json:"country"`
	Subdivision string   `json:"subdivision"`
	Kind        BodyKind `json:"kind"`
}

// BodyKind is what kind of body an authority is.
type BodyKind string

// The kinds of authority.
const (
	LawEnforcement   BodyKind = "law_enforcement"
	Prosecutor       BodyKind = "prosecutor"
	Court            BodyKind = "court"
	Intelligence     BodyKind = "intelligence"
	Regulator        BodyKind = "regulator"
	CentralAuthority BodyKind = "central_authority"
	CivilParty       BodyKind = "civil_party"
)

// AuthorityKinds lists the vocabulary.
var AuthorityKinds = []BodyKind{LawEnforcement, Prosecutor, Court, Intelligence, Regulator, CentralAuthority, CivilParty}

// territories count as the state that they belong to, though they have codes of their own (those of the US: 18 USC 2711(4),
// 2510(3)).
var territories = map[string]string{
	"PR": "US", "GU": "US", "VI": "US", "AS": "US", "MP": "US",
	"GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "AX": "FI",
}

// StateOf is the state that a country's code stands for: that of a territory is the state that it belongs to.
func StateOf(country string) string {
	if state, ok := territories[country]; ok {
		return state
	}
	return country
}

// IsUS reports whether the authority is a governmental entity of the United States, a State or a territory (18 USC
// 2711(4)). A civil party is neither US nor non-US.
func (a Authority) IsUS() bool {
	return a.Kind != CivilParty && StateOf(a.Country) == "US"
}

// IsForeign reports whether the authority is a government's, but not of the United States.
func (a Authority) IsForeign() bool {
	return a.Kind != CivilParty && StateOf(a.Country) != "US"
}

// Officer is the person who acts for the authority.
type Officer struct {
	Name         string     `json:"name"`
	Title        string     `json:"title"`
	Badge        string     `json:"badge"`
	Email        string     `json:"email"`
	Phone        string     `json:"phone"`
	Address      string     `json:"address"`
	Supervisor   Supervisor `json:"supervisor"`
	AgeRecipient string     `json:"age_recipient"`
}

// Supervisor is whom to call about the officer.
type Supervisor struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Domain is the domain of the officer's e-mail, in lower case.
func (o Officer) Domain() string {
	_, domain, _ := strings.Cut(o.Email, "@")
	return strings.ToLower(domain)
}

// Phones are the numbers that came with the request: none of them may verify it.
func (o Officer) Phones() []string { return []string{o.Phone, o.Supervisor.Phone} }

// HasPhone reports whether a number came with the officer, however it is written.
func (o Officer) HasPhone(phone string) bool {
	return slices.ContainsFunc(o.Phones(), func(p string) bool { return SamePhone(p, phone) })
}

// BookEntry is an authority as the contact book knows it: identity verified apart from the paper.
type BookEntry struct {
	ID        string        `json:"id"`
	Version   int           `json:"version"`
	Name      string        `json:"name"`
	Unit      string        `json:"unit"`
	Country   string        `json:"country"`
	Kind      BodyKind      `json:"kind"`
	Domains   []string      `json:"domains"`
	Phones    []string      `json:"phones"`
	Evidence  string        `json:"evidence"`
	ExpiresOn Date          `json:"expires_on"`
	Officers  []BookOfficer `json:"officers"`
}

// BookOfficer is a person whom the contact book knows at an authority.
type BookOfficer struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Phone string `json:"phone"`
}

// MarshalJSON writes an entry with its lists, also where they are empty.
func (b BookEntry) MarshalJSON() ([]byte, error) {
	type plain BookEntry
	b.Domains, b.Phones, b.Officers = filled(b.Domains), filled(b.Phones), filled(b.Officers)
	return json.Marshal(plain(b))
}

// Matches reports whether the entry is that of the request's authority: country, and domain of the officer's e-mail.
func (b BookEntry) Matches(r Request) bool {
	return b.Country == r.Authority.Country && slices.Contains(b.Domains, r.Officer.Domain())
}

// Knows reports whether the officer's address is in the entry.
func (b BookEntry) Knows(email string) bool {
	return slices.ContainsFunc(b.Officers, func(o BookOfficer) bool { return strings.EqualFold(o.Email, email) })
}

// HasPhone reports whether the number is one of the entry's or of its officers', digit for digit: one that only ends like
// the book's may be another country's.
func (b BookEntry) HasPhone(phone string) bool {
	return slices.ContainsFunc(b.Phones, func(p string) bool { return sameDigits(p, phone) }) ||
		slices.ContainsFunc(b.Officers, func(o BookOfficer) bool { return sameDigits(o.Phone, phone) })
}

func join(words []string) string { return strings.Join(words, ", ") }

// Valid reports whether k is in the vocabulary.
func (k BodyKind) Valid() bool { return known(k, AuthorityKinds) }
