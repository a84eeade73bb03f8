package generate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/policy"
)

// paper is what an authority serves, and what is wrong with it, which it may cure when it is asked.
type paper struct {
	request casework.Request
	cured   casework.Request
	forged  bool // the requester is not who they say
}

// newPaper writes one that was received at an instant.
func newPaper(c *chance, at time.Time, rules *policy.Rulebook) paper {
	l := choose(c, lands)
	day := casework.DateOf(at, time.UTC)
	f := choose(c, formsOf(l, day, rules))
	r := casework.Request{Channel: channel(c, f), ReceivedAt: at}
	r.Authority = authority(c, l, f)
	r.Officer = officer(c, l, f, r.Authority)
	r.Instrument = instrument(c, f, r.Authority, day)
	r.Demand = demand(c, f, day)
	r.Matter = matter(c, l)
	r.Secrecy = secrecy(c, f, day)
	emergency(c, f, &r)
	r.Documents = documents(c, f)
	p := paper{request: r, cured: r, forged: c.of(1.6)}
	spoil(c, f, &p.request)
	return p
}

// formsOf are the forms that a country's authorities use on a day.
func formsOf(l land, day casework.Date, rules *policy.Rulebook) []often {
	country, _ := rules.Country(l.code)
	bound := country.EUEvidenceFrom != "" && country.EUEvidenceFrom <= day
	switch {
	case l.isUS():
		return fromUS
	case bound:
		return slices.Concat(fromAbroad, fromUnion, fromUnion)
	case rules.Agreement(l.code, day):
		return slices.Concat(fromAbroad, underAgreement)
	}
	return fromAbroad
}

func channel(c *chance, f form) casework.Channel {
	if f.instrument == casework.EmergencyRequest {
		return one(c, casework.ByPortal, casework.ByPortal, casework.ByEmail, casework.ByHand)
	}
	return choose(c, []weighted[casework.Channel]{
		{50, casework.ByPortal}, {12, casework.ByAPI}, {22, casework.ByEmail}, {8, casework.ByMail}, {5, casework.ByFax}, {3, casework.ByHand},
	})
}

func authority(c *chance, l land, f form) casework.Authority {
	city := one(c, l.cities...)
	a := casework.Authority{Country: l.code, Kind: f.body}
	switch f.body {
	case casework.Prosecutor:
		a.Name = "Public Prosecutor's Office " + city
	case casework.Court:
		a.Name = "Regional Court of " + city
	case casework.Intelligence:
		a.Name, a.Unit = l.police, "National Security Branch"
	case casework.Regulator:
		a.Name, a.Unit = "Office of Market Conduct", city
	case casework.CentralAuthority:
		a.Name = "Central Authority, Ministry of Justice (" + l.code + ")"
	case casework.CivilParty:
		a.Name = one(c, familyNames...) + " & " + one(c, familyNames...) + " LLP"
	default:
		a.Name, a.Unit = l.police, city
	}
	if l.code == "US" {
		a.Subdivision = one(c, "US-MA", "US-IL", "US-CO", "US-FL", "US-CA", "US-AZ", "US-WA", "US-TX")
	}
	return a
}

func officer(c *chance, l land, f form, a casework.Authority) casework.Officer {
	given, family := one(c, givenNames...), one(c, familyNames...)
	domain := fmt.Sprintf("%s.%s.example", strings.ReplaceAll(string(f.body), "_", "-"), strings.ToLower(l.code))
	return casework.Officer{
		Name: given + " " + family, Title: one(c, titles[f.body]...), Badge: c.digits(5), Phone: l.phone + " 555 " + c.digits(4) + " " + c.digits(2),
		Email: strings.ToLower(given[:1]+"."+family) + c.digits(2) + "@" + domain, Address: c.digits(3) + " Court Street, " + a.Unit,
		Supervisor: casework.Supervisor{Name: one(c, givenNames...) + " " + one(c, familyNames...), Phone: l.phone + " 555 " + c.digits(4) + " 00"},
	}
}

func instrument(c *chance, f form, a casework.Authority, day casework.Date) casework.Instrument {
	i := casework.Instrument{
		Type: f.instrument, Number: number(c, f, day), LegalBasis: []string{}, Signed: true, IssuedOn: day.AddDays(-1 - c.IntN(9)), ServedOn: day,
		Issuer: casework.Issuer{Name: issuerName(c, f, a), Role: f.issuer},
	}
	if f.basis != "" {
		i.LegalBasis = []string{f.basis}
	}
	if f.instrument.IsEU() {
		told := true
		i.ViaEstablishment, i.EANotified = "IE", &told
	}
	if f.instrument == casework.AgreementOrder {
		i.UnderAgreement, i.DesignatedAuthority = true, "Designated Authority ("+a.Country+")"
	}
	if a.IsUS() && f.basis != "" && c.of(35) {
		i.RespondBy = day.AddDays(10 + c.IntN(11))
	}
	return i
}

// number is the instrument's, as its courts write it.
func number(c *chance, f form, day casework.Date) string {
	if f.prefix == "" {
		return c.digits(4) + "/" + string(day[2:4])
	}
	return c.digits(1) + ":" + string(day[2:4]) + "-" + f.prefix + "-" + c.digits(5)
}

func issuerName(c *chance, f form, a casework.Authority) string {
	if f.issuer == casework.Judge || f.issuer == casework.IssuingCourt || f.issuer == casework.Clerk {
		return "District Court, Judge " + one(c, familyNames...)
	}
	return a.Name
}

func demand(c *chance, f form, day casework.Date) casework.Demand {
	d := casework.Demand{Data: slices.Clone(choose(c, f.asks)), Actions: []casework.DemandedAction{}, Description: "Records of the account named"}
	for range 1 + max(0, c.IntN(8)-5) {
		d.Targets = append(d.Targets, target(c, f, day))
	}
	if slices.Contains(d.Data, casework.Identification) {
		d.Targets = []casework.Target{address(c, day)}
	}
	if c.of(2) {
		d.Actions = append(d.Actions, one(c, casework.Block, casework.Redirect, casework.Remove, casework.OtherAction, casework.Preserve))
	}
	return d
}

func target(c *chance, f form, day casework.Date) casework.Target {
	t := casework.Target{Type: casework.AccountEmail, Value: one(c, handles...) + c.digits(4) + "@" + one(c, hosts...)}
	switch n := c.IntN(20); {
	case n < 3:
		t.Type, t.Value = casework.AccountID, "acct-"+c.digits(8)
	case n == 3:
		t.Type, t.Value = casework.Domain, one(c, familyNames[0], "Shop", "Mail")+c.digits(4)+".example"
		t.Value = strings.ToLower(t.Value)
	case n == 4:
		t.Type, t.Value = casework.Phone, "+1 555 "+c.digits(4)+" "+c.digits(2)
	}
	t.From, t.To = casework.Moment(day.AddDays(-60-c.IntN(300))), casework.Moment(day.AddDays(-2-c.IntN(30)))
	if f.instrument == casework.PenRegisterOrder || f.instrument == casework.WiretapOrder {
		t.From, t.To = casework.Moment(day), casework.Moment(day.AddDays(20+c.IntN(40)))
	}
	return t
}

// address is one with its port and exact time, which tells its user.
func address(c *chance, day casework.Date) casework.Target {
	port := 1024 + c.IntN(60000)
	at := casework.Moment(string(day.AddDays(-10-c.IntN(60))) + "T1" + c.digits(1) + ":" + "1" + c.digits(1) + ":00Z")
	return casework.Target{Type: casework.IPAddress, Value: fmt.Sprintf("198.51.100.%d", c.IntN(250)), From: at, To: at, Port: &port, Host: "mail.example.net"}
}

func matter(c *chance, l land) casework.Matter {
	o := one(c, offences...)
	years := o.years
	m := casework.Matter{
		Reference: one(c, "Az.", "Ref", "File", "Op") + " " + c.digits(3) + "-" + c.digits(5), Offence: o.name, OffenceCode: o.code, MaxPenaltyYears: &years,
		OffenceCountry: l.code, Concerns: []casework.Concern{}, Subject: casework.Subject{USPerson: casework.USPersonUnknown},
	}
	if !l.isUS() {
		m.OffenceCode = ""
		m.Subject = casework.Subject{Nationality: l.code, Residence: l.code, USPerson: casework.NotUSPerson}
	}
	if c.of(3) {
		m.Concerns = append(m.Concerns, one(c, casework.Concerns...))
	}
	return m
}

func secrecy(c *chance, f form, day casework.Date) casework.Secrecy {
	switch {
	case f.instrument == casework.NationalSecurityLetter:
		return casework.Secrecy{Kind: casework.Certification, Basis: "18 USC 2709(c)"}
	case f.instrument == casework.FISAOrder || f.instrument == casework.WiretapOrder:
		return casework.Secrecy{Kind: casework.SecrecyByStatute, Basis: f.basis}
	case f.issuer == casework.Judge && c.of(60), f.issuer == casework.IssuingCourt && c.of(60):
		return casework.Secrecy{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: day.AddDays(90 * (1 + c.IntN(4)))}
	case c.of(25):
		return casework.Secrecy{Kind: casework.SecrecyRequested}
	}
	return casework.Secrecy{Kind: casework.NoSecrecy}
}

func emergency(c *chance, f form, r *casework.Request) {
	if f.instrument != casework.EmergencyRequest {
		return
	}
	r.Emergency = casework.Emergency{
		Claimed: true, Harm: one(c, "threat to life", "abduction", "suicide announced"), PersonAtRisk: "a person known to the authority",
		WhyImminent: "a message of the last hours", WhyNecessary: "the place must be found",
	}
}

func documents(c *chance, f form) []casework.Document {
	name := strings.ReplaceAll(string(f.instrument), "_", "-") + ".pdf"
	return []casework.Document{{Name: name, MediaType: "application/pdf", SHA256: c.hash(), Size: int64(20_000 + c.IntN(400_000))}}
}

// spoil makes of a good paper one with a defect, now and then.
func spoil(c *chance, f form, r *casework.Request) {
	switch n := c.Float64() * 100; {
	case n < 3:
		r.Instrument.Signed = false
	case n < 5:
		r.Officer.Email = ""
	case n < 6.5:
		r.Instrument.Issuer = casework.Issuer{Role: casework.UnknownIssuer}
	case n < 7.5 && f.basis != "":
		r.Demand.Targets = nil
	case n < 8.5:
		r.Demand.Targets = slices.Clone(r.Demand.Targets)
		r.Demand.Targets[0].From, r.Demand.Targets[0].To = "", ""
	}
}

// registeredAt is when a request came in front of the office: what was posted or faxed lay a while.
func (p paper) registeredAt(until time.Time) time.Time {
	at := p.request.ReceivedAt
	if p.request.Channel.StampedByServer() {
		return at
	}
	at = at.Add(90 * time.Minute)
	if at.After(until) {
		return until
	}
	return at
}

// receivedBy is who brought it in.
func (p paper) receivedBy() casework.Actor {
	if p.request.Channel.StampedByServer() && p.request.Officer.Email != "" {
		return casework.Actor{Kind: casework.AuthorityKind, Name: p.request.Officer.Email}
	}
	return olivia
}
