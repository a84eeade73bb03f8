package transparency

import (
	"cmp"
	"time"

	"dueprocess/casework"
)

// Report is what is published of one period.
type Report struct {
	Period      string            `json:"period"`
	From        casework.Date     `json:"from"`
	To          casework.Date     `json:"to"` // the last day
	GeneratedAt time.Time         `json:"generated_at"`
	Rulebook    casework.Rulebook `json:"rulebook"`
	Tables      []Table           `json:"tables"`
	Canaries    []Canary          `json:"canaries"`
	Notes       []string          `json:"notes"`

	Provider string `json:"-"` // whose report it is, for its printed form
}

// Table is rows under columns. The first column says of what a row is; the others are numbers, or bands. Total is of the
// columns that can be added up.
type Table struct {
	Name    string         `json:"name"`
	Columns []string       `json:"columns"`
	Rows    []Row          `json:"rows"`
	Total   map[string]int `json:"total"`
}

// Summed is the row of the total, named so; ok is false of a table without one.
func (t Table) Summed() (row Row, ok bool) {
	row = Row{t.Columns[0]: "total"}
	for column, n := range t.Total {
		row[column] = n
	}
	return row, len(t.Total) > 0
}

// Nothing is what is said of a table without rows. Of national security process that says nothing about whether there was
// any.
func (t Table) Nothing() string {
	if t.Name == security {
		return "Not reported for this period: it has no half-year that is over."
	}
	return "There was none."
}

// Row has a value for each column of its table: a number, or a text.
type Row map[string]any

// Canary is something that the provider has never done. Somebody says so on a day; it is never said anew by itself.
type Canary struct {
	Text       string        `json:"text"`
	AttestedBy string        `json:"attested_by"`
	AttestedOn casework.Date `json:"attested_on"`
}

// Settings are the provider's own. Band is the width of bands, at least that of the law. Countries from which fewer than
// Fewest requests came are put together.
type Settings struct {
	Provider string
	Band     int // 0: 250
	Fewest   int // 0: every country has its row
	Canaries []Canary
}

// Counts is what was counted of a period. Halves are the tallies of its half-years, by their names, for what may be
// published of half-years alone.
type Counts struct {
	Tallies   []casework.Tally
	Halves    map[string][]casework.Tally
	Referrals []casework.ReferralTally
}

// Make is the report of a period as on an instant.
func Make(p Period, c Counts, s Settings, rulebook casework.Rulebook, at time.Time) Report {
	open := outsideSecurity(c.Tallies)
	return Report{
		Period: p.Name, From: p.From, To: p.To, GeneratedAt: casework.Truncate(at), Rulebook: rulebook, Provider: s.Provider,
		Tables: []Table{
			byInstrument(open), byCountry("by_country", open, s.Fewest), byCountry("emergency", only(open, isEmergency), s.Fewest), preservation(open),
			nationalSecurity(p, c.Halves, cmp.Or(s.Band, usualBand), at), notice(open), challenges(open),
		},
		Canaries: append([]Canary{}, s.Canaries...),
		Notes:    notes(p, s, c.Referrals, at),
	}
}

// outsideSecurity leaves out national security process, and duplicates, which count nowhere.
func outsideSecurity(all []casework.Tally) []casework.Tally {
	return only(all, func(t casework.Tally) bool { return !isSecurity(t) && t.Class != casework.CountsNowhere })
}
