package policy

import (
	"bytes"
	"encoding/csv"
	"slices"

	"dueprocess/casework"
)

// Country is what the rulebook knows of a country; the zero value is a country without a row: no treaty, no agreement,
// no staff, standards not met.
type Country struct {
	ISO              string        `json:"iso2"`
	Name             string        `json:"name"`
	MLATFrom         casework.Date `json:"mlat_us_from"`
	MLATStatus       string        `json:"mlat_status"`
	MLATCertainty    string        `json:"mlat_certainty"`
	MLATKind         string        `json:"mlat_kind"` // treaty, agreement, arrangement
	AgreementFrom    casework.Date `json:"cloud_agreement_from"`
	EUEvidenceFrom   casework.Date `json:"eu_evidence_from"`
	Budapest         string        `json:"budapest_convention"`
	Employees        bool          `json:"default_employees"`
	Standards        bool          `json:"default_standards_met"`
	CentralAuthority string        `json:"central_authority"`
	Calendar         string        `json:"calendar"`
}

// stateOf is the state of a country's code, also as EU texts write it.
func stateOf(country string) string {
	switch country {
	case "UK":
		return "GB"
	case "EL":
		return "GR"
	}
	return casework.StateOf(country)
}

// hasAgreement reports whether a CLOUD Act agreement (18 USC 2523) with the country was in force on the day.
func (c Country) hasAgreement(on casework.Date) bool {
	return c.AgreementFrom != "" && c.AgreementFrom <= on
}

// isBound reports whether Regulation (EU) 2023/1543 bound the country on the day.
func (c Country) isBound(on casework.Date) bool {
	return c.EUEvidenceFrom != "" && c.EUEvidenceFrom <= on
}

// hasTreaty reports whether the treaty route is open: a treaty, agreement or arrangement that is not known to be
// suspended or not in force. A treaty of unknown date counts.
func (c Country) hasTreaty() bool { return c.MLATKind != "" }

// countryColumns is what each column fills; every one must be there, in any order.
var countryColumns = map[string]func(*Country, string) bool{
	"iso2":                  func(c *Country, v string) bool { c.ISO = v; return len(v) == 2 },
	"name":                  func(c *Country, v string) bool { c.Name = v; return v != "" },
	"mlat_us_from":          func(c *Country, v string) bool { return day(&c.MLATFrom, v) },
	"mlat_status":           func(c *Country, v string) bool { c.MLATStatus = v; return true },
	"mlat_certainty":        func(c *Country, v string) bool { c.MLATCertainty = v; return true },
	"mlat_kind":             func(c *Country, v string) bool { c.MLATKind = v; return slices.Contains(mlatKinds, v) },
	"cloud_agreement_from":  func(c *Country, v string) bool { return day(&c.AgreementFrom, v) },
	"eu_evidence_from":      func(c *Country, v string) bool { return day(&c.EUEvidenceFrom, v) },
	"budapest_convention":   func(c *Country, v string) bool { c.Budapest = v; return true },
	"default_employees":     func(c *Country, v string) bool { return yes(&c.Employees, v) },
	"default_standards_met": func(c *Country, v string) bool { return yes(&c.Standards, v) },
	"central_authority":     func(c *Country, v string) bool { c.CentralAuthority = v; return true },
	"calendar":              func(c *Country, v string) bool { c.Calendar = v; return true },
}

var mlatKinds = []string{"", "treaty", "agreement", "arrangement"}

func day(d *casework.Date, v string) bool { *d = casework.Date(v); return d.Valid() }

func yes(b *bool, v string) bool { *b = v == "yes"; return v == "" || v == "yes" }

// readCountries reads the table of countries strictly.
func readCountries(file string, text []byte, faults *faultList) map[string]Country {
	rows := csv.NewReader(bytes.NewReader(text))
	header, err := rows.Read()
	if err != nil {
		faults.add(place{file, 1, 1}, "the table of countries is empty or is no CSV")
		return nil
	}
	if !checkHeader(place{file, 1, 1}, header, faults) {
		return nil
	}
	countries := map[string]Country{}
	for {
		row, err := rows.Read()
		if row == nil {
			return countries
		}
		line, _ := rows.FieldPos(0)
		if err != nil {
			faults.add(place{file, line, 1}, "is no row of this table: %v", err)
			continue
		}
		readCountry(place{file, line, 1}, header, row, countries, faults)
	}
}

func checkHeader(at place, header []string, faults *faultList) bool {
	before := len(faults.all)
	for _, name := range header {
		if _, ok := countryColumns[name]; !ok {
			faults.add(at, "unknown column %q", name)
		}
	}
	for _, name := range sortedKeys(countryColumns) {
		if !slices.Contains(header, name) {
			faults.add(at, "the column %q is missing", name)
		}
	}
	return len(faults.all) == before
}

func readCountry(at place, header, row []string, countries map[string]Country, faults *faultList) {
	c := Country{}
	for i, name := range header {
		if !countryColumns[name](&c, row[i]) {
			faults.add(at, "the value of %s is not one that it may have", name)
		}
	}
	if _, twice := countries[c.ISO]; twice {
		faults.add(at, "the country %s stands here twice", c.ISO)
	}
	countries[c.ISO] = c
}
