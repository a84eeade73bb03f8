package intake

import (
	"encoding/hex"
	"net/mail"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"filippo.io/age"
	"golang.org/x/net/idna"

	"dueprocess/casework"
)

// normalise brings a request into the form in which everything is stored and compared, and fills what may be left out.
// What it cannot read stays as it is; faultsOf names it.
func normalise(r *casework.Request) {
	normaliseAuthority(r)
	normaliseDemand(&r.Demand)
	for _, c := range countriesOf(r) {
		*c.code = Country(*c.code)
	}
	r.Authority.Subdivision = subdivision(r.Authority.Subdivision)
	orElse(&r.Instrument.Issuer.Role, casework.UnknownIssuer)
	orElse(&r.Matter.Subject.USPerson, casework.USPersonUnknown)
	orElse(&r.Secrecy.Kind, casework.NoSecrecy)
}

func normaliseAuthority(r *casework.Request) {
	r.Officer.Email, _ = Email(r.Officer.Email)
	r.Officer.AgeRecipient = strings.TrimSpace(r.Officer.AgeRecipient)
	if v := r.Instrument.ValidatedBy; v != nil && *v == (casework.Issuer{}) {
		r.Instrument.ValidatedBy = nil
	}
}

func normaliseDemand(d *casework.Demand) {
	for i := range d.Targets {
		t := &d.Targets[i]
		t.Value, _ = targetValue(*t)
		t.Host, _ = Domain(t.Host)
	}
}

// orElse fills a word that was left out.
func orElse[W ~string](word *W, unsaid W) {
	if *word == "" {
		*word = unsaid
	}
}

// targetValue is a target's value in the normal form of its type.
func targetValue(t casework.Target) (string, bool) {
	if t.Value == "" {
		return "", true
	}
	switch t.Type {
	case casework.AccountEmail:
		return Email(t.Value)
	case casework.Domain:
		return Domain(t.Value)
	case casework.IPAddress:
		return address(t.Value)
	case casework.AccountID, casework.Phone, casework.PaymentID, casework.URL, casework.OtherTarget:
	}
	return t.Value, true
}

// Email is an e-mail address in its normal form: no display name, lower case, the domain in its ASCII form. ok is false
// where it is none; empty is ok.
func Email(s string) (normal string, ok bool) {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		return "", true
	}
	at := strings.LastIndexByte(trimmed, '@')
	if at <= 0 {
		return s, false
	}
	domain, ok := Domain(trimmed[at+1:])
	plain := strings.ToLower(trimmed[:at]) + "@" + domain
	parsed, err := mail.ParseAddress(plain)
	if !ok || domain == "" || err != nil || parsed.Address != plain || parsed.Name != "" {
		return s, false
	}
	return plain, true
}

// Domain is a domain name in its normal form: lower case, ASCII (IDNA), no dot at the end. Empty is ok.
func Domain(s string) (normal string, ok bool) {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		return "", true
	}
	ascii, err := idna.Lookup.ToASCII(trimmed)
	ascii = strings.TrimSuffix(ascii, ".") // only now: other scripts have dots of their own
	if err != nil || len(ascii) > 253 || slices.ContainsFunc(strings.Split(ascii, "."), isNoLabel) {
		return s, false
	}
	return strings.ToLower(ascii), true
}

func isNoLabel(label string) bool { return label == "" || len(label) > 63 }

func address(s string) (string, bool) {
	ip, err := netip.ParseAddr(strings.TrimSpace(s))
	if err != nil {
		return s, false
	}
	return ip.Unmap().String(), true
}

// faultsOf names what casework cannot know: countries, subdivisions, addresses, and fields that only we fill.
func faultsOf(r casework.Request) []casework.Fault {
	f := []casework.Fault{}
	need := func(ok bool, path, message string) {
		if !ok {
			f = append(f, casework.Fault{Path: path, Message: message})
		}
	}
	for _, c := range countriesOf(&r) {
		need(IsCountry(*c.code) || *c.code == "" && !c.needed, c.path, "must be a country's code (ISO 3166-1 alpha-2)")
	}
	need(!IsCountry(r.Authority.Country) || isSubdivision(r.Authority.Subdivision, r.Authority.Country), "authority.subdivision", "must be a subdivision of the authority's country (ISO 3166-2), such as US-MA")
	need(isEmail(r.Officer.Email), "officer.email", "must be an e-mail address")
	need(isAgeKey(r.Officer.AgeRecipient), "officer.age_recipient", "must be one public key of age (age1…), or empty")
	need(r.Secrecy.LiftedAt == nil, "secrecy.lifted_at", "is not a field of this object")
	targetFaults(r.Demand.Targets, need)
	documentFaults(r.Documents, need)
	return f
}

func targetFaults(targets []casework.Target, need func(bool, string, string)) {
	for i, t := range targets {
		at := "demand.targets[" + strconv.Itoa(i) + "]"
		_, ok := targetValue(t)
		need(ok, at+".value", "must be of the form that the target's type has (an e-mail address, a domain, an IP address)")
		_, ok = Domain(t.Host)
		need(ok, at+".host", "must be a domain")
	}
}

func documentFaults(documents []casework.Document, need func(bool, string, string)) {
	for i, d := range documents {
		at := "documents[" + strconv.Itoa(i) + "]"
		need(d.Ref == "", at+".ref", "is not a field of this object")
		need(d.N == 0, at+".n", "is not a field of this object")
		need(d.Size >= 0, at+".size", "must not be negative")
		sum, err := hex.DecodeString(d.SHA256)
		need(d.SHA256 == "" || err == nil && len(sum) == 32, at+".sha256", "must be a SHA-256 in hexadecimal")
	}
}

func isEmail(s string) bool {
	_, ok := Email(s)
	return ok
}

// isAgeKey: the parcel will be sealed to it, so it must be one that can be sealed to.
func isAgeKey(s string) bool {
	if s == "" {
		return true
	}
	keys, err := age.ParseRecipients(strings.NewReader(s))
	return err == nil && len(keys) == 1
}
