package policy

import "dueprocess/casework"

// Route says how an authority of the country can obtain US process, and the sentence for the letter: by treaty, with
// since when and through whom, or by letters rogatory where there is none.
func (r *Rulebook) Route(country string) (route string, sentence string) {
	c := r.countries[stateOf(country)]
	if !c.hasTreaty() {
		return string(casework.RouteLettersRogatory), "There is no mutual legal assistance treaty in force between " + named(c, country) +
			" and the United States; a court may ask by letters rogatory through the diplomatic channel (28 USC 1782)."
	}
	return string(casework.RouteTreaty), "The request can be made under the mutual legal assistance " + c.MLATKind + " between " + named(c, country) +
		" and the United States" + since(c) + ": " + through(c) +
		" sends it to the U.S. Department of Justice, Criminal Division, Office of International Affairs (18 USC 3512)."
}

func named(c Country, country string) string {
	if c.Name == "" {
		return country
	}
	return c.Name
}

func since(c Country) string {
	switch {
	case c.MLATFrom == "":
		return " (the date of its entry into force is not verified)"
	case c.MLATCertainty == "unverified":
		return ", in force since " + string(c.MLATFrom) + " (date not verified)"
	}
	return ", in force since " + string(c.MLATFrom)
}

func through(c Country) string {
	if c.CentralAuthority == "" {
		return "your central authority"
	}
	return "your central authority (" + c.CentralAuthority + ")"
}

// Country is what the rulebook knows of a country on no particular day; ok is false where it has no row.
func (r *Rulebook) Country(country string) (c Country, ok bool) {
	c, ok = r.countries[stateOf(country)]
	return c, ok
}
