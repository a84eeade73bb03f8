package wire

import (
	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/letters/writing"
)

// way is what the rulebook's table of countries knows of how a country's authorities ask the United States for evidence.
func (o *Office) way(country string) letters.Way {
	c, _ := o.Rules().Country(country)
	w := letters.Way{Country: c.Name, Form: c.MLATKind, Since: c.MLATFrom, Unverified: c.MLATCertainty == "unverified", CentralAuthority: c.CentralAuthority}
	if w.Country == "" {
		w.Country = country
	}
	return w
}

// Papers is what drafts of letters need.
func (o *Office) Papers() writing.Office {
	return writing.Office{Provider: o.Rules().Profile().Name, KeysURL: o.world().URL + "/api/v1/keys", Way: o.way, Agreement: o.agreementSince}
}

// agreementSince is the day since when an agreement under 18 USC 2523 with the country is in force; empty: there is none.
func (o *Office) agreementSince(country string) casework.Date {
	c, _ := o.Rules().Country(country)
	if today := casework.DateOf(o.Now(), o.zone()); c.AgreementFrom == "" || today.Before(c.AgreementFrom) {
		return ""
	}
	return c.AgreementFrom
}
