package policy

import (
	"strings"

	"dueprocess/casework"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Facts is what the rules are told beside the request. On empty: the rules of the day of receipt in its governing zone.
type Facts struct {
	On             casework.Date
	AuthorityKnown bool
}

// fact is one name that conditions may use, with its type, its vocabulary where it has one, and its meaning.
type fact struct {
	kind  *cel.Type
	words []string // the closed vocabulary; nil: any text
	about string
	read  func(*view) ref.Val
}

func text(about string, read func(*view) string) fact {
	return fact{cel.StringType, nil, about, func(v *view) ref.Val { return types.String(read(v)) }}
}

func oneOf[W ~string](words []W, about string, read func(*view) W) fact {
	return fact{cel.StringType, strings.Split(join(words), ", "), about, func(v *view) ref.Val { return types.String(read(v)) }}
}

func truth(about string, read func(*view) bool) fact {
	return fact{cel.BoolType, nil, about, func(v *view) ref.Val { return types.Bool(read(v)) }}
}

func number(about string, read func(*view) int64) fact {
	return fact{cel.IntType, nil, about, func(v *view) ref.Val { return types.Int(read(v)) }}
}

func list[W ~string](words []W, about string, read func(*view) []W) fact {
	f := fact{cel.ListType(cel.StringType), nil, about, func(v *view) ref.Val { return textList(read(v)) }}
	if words != nil {
		f.words = strings.Split(join(words), ", ")
	}
	return f
}

func places(about string, read func(*view) []int64) fact {
	return fact{cel.ListType(cel.IntType), nil, about, func(v *view) ref.Val {
		return types.DefaultTypeAdapter.NativeToValue(read(v))
	}}
}

func textList[W ~string](ws []W) ref.Val {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = string(w)
	}
	return types.NewStringList(types.DefaultTypeAdapter, out)
}

// facts are all the names. Those of the request are its own JSON paths; days are texts of the form 2026-11-23, empty
// where there is none, and compare in the order of time.
var facts = map[string]fact{
	"channel":      oneOf(casework.Channels, "the way by which the request came in", func(v *view) casework.Channel { return v.req.Channel }),
	"received.on":  text("the day of receipt in the governing zone", func(v *view) string { return string(v.received) }),
	"service.on":   text("the day of service; without one, of receipt", func(v *view) string { return string(v.service) }),
	"evaluated.on": text("the day whose rules apply", func(v *view) string { return string(v.on) }),

	"authority.class":       oneOf(classes, "us, foreign or civil", func(v *view) class { return v.class }),
	"authority.country":     text("ISO 3166-1, territories as their state", func(v *view) string { return stateOf(v.req.Authority.Country) }),
	"authority.subdivision": text("ISO 3166-2", func(v *view) string { return v.req.Authority.Subdivision }),
	"authority.kind":        oneOf(casework.AuthorityKinds, "what kind of body asks", func(v *view) casework.BodyKind { return v.req.Authority.Kind }),
	"authority.known":       truth("the contact book knew the authority when the request was received", func(v *view) bool { return v.known }),
	"officer.email":         text("", func(v *view) string { return strings.TrimSpace(v.req.Officer.Email) }),
	"officer.domain":        text("the domain of the officer's address", func(v *view) string { return v.req.Officer.Domain() }),
	"officer.public_mail":   truth("a domain at which anybody can have an address", (*view).publicMail),

	"instrument.type": oneOf(casework.InstrumentTypes, "the instrument as it counts", func(v *view) casework.InstrumentType { return v.instrument }),
	"instrument.served_as": oneOf(casework.InstrumentTypes, "the instrument as it was served",
		func(v *view) casework.InstrumentType { return v.served }),
	"instrument.number":               text("", func(v *view) string { return v.req.Instrument.Number }),
	"instrument.legal_basis":          list[string](nil, "", func(v *view) []string { return v.req.Instrument.LegalBasis }),
	"instrument.issuer.name":          text("", func(v *view) string { return strings.TrimSpace(v.req.Instrument.Issuer.Name) }),
	"instrument.issuer.role":          oneOf(casework.IssuerRoles, "", func(v *view) casework.IssuerRole { return v.req.Instrument.Issuer.Role }),
	"instrument.validated_by.role":    oneOf(casework.IssuerRoles, "empty where nobody validated", validator),
	"instrument.signed":               truth("", func(v *view) bool { return v.req.Instrument.Signed }),
	"instrument.issued_on":            text("", func(v *view) string { return string(v.req.Instrument.IssuedOn) }),
	"instrument.served_on":            text("", func(v *view) string { return string(v.req.Instrument.ServedOn) }),
	"instrument.respond_by":           text("", func(v *view) string { return string(v.req.Instrument.RespondBy) }),
	"instrument.under_agreement":      truth("", func(v *view) bool { return v.req.Instrument.UnderAgreement }),
	"instrument.designated_authority": text("", func(v *view) string { return strings.TrimSpace(v.req.Instrument.DesignatedAuthority) }),
	"instrument.via_establishment":    text("", func(v *view) string { return stateOf(v.req.Instrument.ViaEstablishment) }),
	"instrument.via_any_establishment": truth("it came through any establishment of the provider in a bound State",
		(*view).viaEstablishment),
	"instrument.only_preserves": truth("nothing that the paper carries discloses anything", (*view).onlyPreserves),
	"instrument.ea_notified":    oneOf(answers3, "the issuer says that it notified the enforcing authority", notified),

	"demand.data":           list(casework.DataCategories, "", func(v *view) []casework.Data { return v.req.Demand.Data }),
	"demand.actions":        list(casework.DemandedActions, "", func(v *view) []casework.DemandedAction { return v.req.Demand.Actions }),
	"targets.count":         number("", func(v *view) int64 { return int64(len(v.req.Demand.Targets)) }),
	"targets.types":         list(casework.TargetTypes, "", func(v *view) []casework.TargetType { return v.targets.types }),
	"targets.longest_days":  number("days of the longest range; -1 where one has no start or end", func(v *view) int64 { return v.targets.longest }),
	"targets.empty":         places("those without a value", func(v *view) []int64 { return v.targets.empty }),
	"targets.without_range": places("those without a time range", func(v *view) []int64 { return v.targets.withoutRange }),
	"targets.after_service": places("those whose range ends after service", func(v *view) []int64 { return v.targets.afterService }),
	"targets.on_edge": places("addresses in the provider's edge ranges, without host, port and time",
		func(v *view) []int64 { return v.targets.onEdge }),
	"targets.without_time": places("addresses without an instant", func(v *view) []int64 { return v.targets.withoutTime }),

	"matter.offence_country":      text("", func(v *view) string { return stateOf(v.req.Matter.OffenceCountry) }),
	"matter.max_penalty_known":    truth("", func(v *view) bool { return v.req.Matter.MaxPenaltyYears != nil }),
	"matter.max_penalty_years":    number("0 where not known", func(v *view) int64 { return deref(v.req.Matter.MaxPenaltyYears) }),
	"matter.sentence_months":      number("0 where no sentence is executed", func(v *view) int64 { return deref(v.req.Matter.SentenceMonths) }),
	"matter.listed_offence":       truth("an offence of Art. 5(4)", func(v *view) bool { return v.req.Matter.ListedOffence }),
	"matter.consent":              truth("", func(v *view) bool { return v.req.Matter.Consent }),
	"matter.concerns":             list(casework.Concerns, "", func(v *view) []casework.Concern { return v.req.Matter.Concerns }),
	"matter.subject.nationality":  text("", func(v *view) string { return stateOf(v.req.Matter.Subject.Nationality) }),
	"matter.subject.residence":    text("", func(v *view) string { return stateOf(v.req.Matter.Subject.Residence) }),
	"matter.subject.located_in":   text("", func(v *view) string { return stateOf(v.req.Matter.Subject.LocatedIn) }),
	"matter.subject.us_person":    oneOf(casework.USPersons, "", usPerson),
	"matter.subject.organisation": truth("", func(v *view) bool { return v.req.Matter.Subject.Organisation }),

	"secrecy.kind":             oneOf(casework.SecrecyKinds, "", func(v *view) casework.SecrecyKind { return v.req.Secrecy.Kind }),
	"secrecy.until":            text("", func(v *view) string { return string(v.req.Secrecy.Until) }),
	"emergency.claimed":        truth("", func(v *view) bool { return v.req.Emergency.Claimed }),
	"emergency.harm":           text("", func(v *view) string { return strings.TrimSpace(v.req.Emergency.Harm) }),
	"emergency.person_at_risk": text("", func(v *view) string { return strings.TrimSpace(v.req.Emergency.PersonAtRisk) }),
	"emergency.why_imminent":   text("", func(v *view) string { return strings.TrimSpace(v.req.Emergency.WhyImminent) }),
	"emergency.why_necessary":  text("", func(v *view) string { return strings.TrimSpace(v.req.Emergency.WhyNecessary) }),

	"country.employees":             truth("the provider has staff there", (*view).employees),
	"country.standards":             truth("its process meets the standards", (*view).standards),
	"country.agreement":             truth("an agreement under 18 USC 2523 was in force on the day of receipt", func(v *view) bool { return v.country.hasAgreement(v.received) }),
	"country.eu_bound":              truth("Regulation (EU) 2023/1543 bound it on the day of receipt", func(v *view) bool { return v.country.isBound(v.received) }),
	"country.treaty":                truth("the treaty route is open", func(v *view) bool { return v.country.hasTreaty() }),
	"residence.agreement":           truth("as country.agreement, of the State where the subject resides", func(v *view) bool { return v.residence.hasAgreement(v.received) }),
	"provider.home_state":           text("", func(v *view) string { return v.book.profile.HomeState }),
	"provider.seat":                 text("the State of the designated establishment", func(v *view) string { return v.book.profile.Establishment }),
	"provider.after_emergency_days": number("days after an emergency", func(v *view) int64 { return int64(v.book.profile.AfterEmergencyDays) }),
}

var answers3 = []string{"yes", "no", "unknown"}

func notified(v *view) string {
	switch told := v.req.Instrument.EANotified; {
	case told == nil:
		return "unknown"
	case *told:
		return "yes"
	}
	return "no"
}

func validator(v *view) casework.IssuerRole {
	if v.req.Instrument.ValidatedBy == nil {
		return ""
	}
	return v.req.Instrument.ValidatedBy.Role
}

// usPerson: a field left out is not known.
func usPerson(v *view) casework.USPerson {
	if p := v.req.Matter.Subject.USPerson; p != "" {
		return p
	}
	return casework.USPersonUnknown
}

func deref(i *int) int64 {
	if i == nil {
		return 0
	}
	return int64(*i)
}

// ResolveName gives a condition the value of a fact; it makes view a cel.Activation.
func (v *view) ResolveName(name string) (any, bool) {
	f, ok := facts[name]
	if !ok {
		return nil, false
	}
	return f.read(v), true
}

// Parent: no facts lie behind these.
func (v *view) Parent() cel.Activation { return nil }
