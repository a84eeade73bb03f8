package intake

import (
	"regexp"
	"slices"
	"strings"

	"dueprocess/casework"
)

// alpha2 are the officially assigned codes of ISO 3166-1.
var alpha2 = strings.Fields(`
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP
MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR
TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`)

// IsCountry reports whether code is assigned in ISO 3166-1 alpha-2.
func IsCountry(code string) bool {
	_, found := slices.BinarySearch(alpha2, code)
	return found
}

// Country is a country's code in its normal form: upper case, the EU's UK and EL as ISO writes them.
func Country(code string) string {
	switch upper := strings.ToUpper(strings.TrimSpace(code)); upper {
	case "UK":
		return "GB"
	case "EL":
		return "GR"
	default:
		return upper
	}
}

// place is a field of a request that holds a country.
type place struct {
	path   string
	code   *string
	needed bool
}

func countriesOf(r *casework.Request) []place {
	s := &r.Matter.Subject
	return []place{
		{"authority.country", &r.Authority.Country, true},
		{"instrument.via_establishment", &r.Instrument.ViaEstablishment, false},
		{"matter.offence_country", &r.Matter.OffenceCountry, false},
		{"matter.subject.nationality", &s.Nationality, false},
		{"matter.subject.residence", &s.Residence, false},
		{"matter.subject.located_in", &s.LocatedIn, false},
	}
}

var shapeOfSubdivision = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)

// subdivision is a subdivision's code in its normal form.
func subdivision(code string) string {
	country, rest, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(code)), "-")
	if !ok {
		return country
	}
	return Country(country) + "-" + rest
}

// isSubdivision reports whether a code is of the country's subdivisions, or of those of the state that it belongs to: Puerto
// Rico is PR, and US-PR.
func isSubdivision(code, country string) bool {
	of, _, _ := strings.Cut(code, "-")
	return code == "" || shapeOfSubdivision.MatchString(code) && (of == country || of == casework.StateOf(country))
}
