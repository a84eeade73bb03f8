package transparency

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

var later = time.Date(2027, 3, 1, 9, 30, 0, 0, time.UTC)

func half(t *testing.T) Period {
	t.Helper()
	p, err := ParsePeriod("period", "2026-H1")
	require.NoError(t, err)
	return p
}

func tallied(i casework.InstrumentType, country string, r casework.Resolution, cases int) casework.Tally {
	return casework.Tally{Instruments: []casework.InstrumentType{i}, Country: country, Resolution: r, Class: r.ReportClass(), Cases: cases}
}

// made is a report of tallies, which are those of its half-year too.
func made(t *testing.T, s Settings, all ...casework.Tally) Report {
	t.Helper()
	return Make(half(t), Counts{Tallies: all, Halves: map[string][]casework.Tally{"2026-H1": all}}, s, casework.Rulebook{Version: "2026.1"}, later)
}

func table(t *testing.T, r Report, name string) Table {
	t.Helper()
	i := slices.IndexFunc(r.Tables, func(x Table) bool { return x.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return r.Tables[i]
}

// The published figures of 2013 (law.md 6.2): received is not answered plus in process, since sixteen were withdrawn.
func TestReceivedNeedNotBeAnsweredPlusInProcess(t *testing.T) {
	answered := tallied(casework.GrandJurySubpoena, "US", casework.ResolvedDisclosed, 1)
	answered.Domains, answered.Accounts = 17, 1
	r := made(t, Settings{}, answered, tallied(casework.GrandJurySubpoena, "US", "", 1), tallied(casework.GrandJurySubpoena, "US", casework.ResolvedWithdrawn, 16))
	require.Equal(t, []Row{{
		"instrument": "grand_jury_subpoena", "received": 18, "answered": 1, "in_process": 1, "refused": 0, "referred": 0, "withdrawn": 16, "no_data": 0,
		"domains_affected": 17, "accounts_affected": 1,
	}}, table(t, r, "by_instrument").Rows)
}

func TestWhatAResolutionCountsAs(t *testing.T) {
	for resolution, column := range map[casework.Resolution]string{
		casework.ResolvedDisclosed: "answered", casework.ResolvedDisclosedInPart: "answered", casework.ResolvedNoData: "no_data", casework.ResolvedRefused: "refused",
		casework.ResolvedQuashed: "refused", casework.ResolvedNotAuthentic: "refused", casework.ResolvedNotClarified: "refused", casework.ResolvedReferred: "referred",
		casework.ResolvedWithdrawn: "withdrawn", casework.ResolvedExpired: "withdrawn", "": "in_process",
	} {
		x := tallied(casework.SearchWarrant, "US", resolution, 3)
		x.Accounts, x.Domains = 5, 2
		by := table(t, made(t, Settings{}, x), "by_instrument")
		require.Equal(t, 3, by.Total["received"], resolution)
		require.Equal(t, 3, by.Total[column], resolution)
		require.Equal(t, column == "answered", by.Total["accounts_affected"] == 5, "affected are those of answered requests only: %s", resolution)
	}
}

func TestADuplicateCountsNowhereAndWhatWasOnlyPreservedInOneTable(t *testing.T) {
	kept := tallied(casework.PreservationRequest, "US", casework.ResolvedPreservedOnly, 2)
	kept.Preservation = casework.PreservationRunning
	twice := tallied(casework.SearchWarrant, "US", casework.ResolvedDuplicate, 4)
	twice.Emergency, twice.Challenged, twice.Preservation = true, true, casework.PreservationOver
	r := made(t, Settings{}, kept, twice)
	for _, name := range []string{"by_instrument", "by_country", "emergency", "notice", "challenges"} {
		require.Empty(t, table(t, r, name).Rows, name)
	}
	require.Equal(t, []Row{{"instrument": "preservation_request", "received": 2, "preserved": 2, "running": 2, "ended": 0, "preserved_only": 2}}, table(t, r, "preservation").Rows)
}

func TestNationalSecurityIsBandedAndNowhereElse(t *testing.T) {
	letter := tallied(casework.NationalSecurityLetter, "US", casework.ResolvedDisclosed, 251)
	letter.Accounts, letter.Emergency, letter.Noticed, letter.Challenged, letter.Preservation = 900, true, true, true, casework.PreservationRunning
	mixed := tallied(casework.SearchWarrant, "US", casework.ResolvedRefused, 1)
	mixed.Instruments = append(mixed.Instruments, casework.FISAOrder)
	r := made(t, Settings{}, letter, mixed)
	require.Equal(t, []Row{{"period": "2026-H1", "received": "250-499", "selectors": "750-999"}}, table(t, r, "national_security").Rows)
	for _, x := range r.Tables {
		if x.Name != "national_security" {
			require.Empty(t, x.Rows, x.Name)
		}
	}
	require.Equal(t, "0-249", table(t, made(t, Settings{}), "national_security").Rows[0]["received"], "nothing is in the first band: there is no exact zero")
	require.Equal(t, r.Notes, made(t, Settings{}).Notes, "the notes do not tell whether there was any")
}

// A shorter period, or a half that is not over, would say more than the law lets be said.
func TestNationalSecurityIsOfWholeHalvesThatAreOver(t *testing.T) {
	for name, want := range map[string][]string{"2026": {"2026-H1", "2026-H2"}, "2026-H2": {"2026-H2"}, "2026-Q1": {}, "2026-06": {}, "2027-H1": {}, "2027": {}} {
		p, err := ParsePeriod("period", name)
		require.NoError(t, err)
		got := []string{}
		for _, row := range table(t, Make(p, Counts{}, Settings{}, casework.Rulebook{}, later), "national_security").Rows {
			got = append(got, row["period"].(string)) //nolint:forcetypeassert // we wrote it
		}
		require.Equal(t, want, got, name)
	}
	require.NotContains(t, Table{Name: security}.Nothing(), "none", "that there is no row does not say that there was none")
	require.Equal(t, "There was none.", Table{Name: "notice"}.Nothing())
}

func TestTheCustomerWasToldOrNot(t *testing.T) {
	told, silent := tallied(casework.CourtOrder, "US", casework.ResolvedDisclosed, 5), tallied(casework.CourtOrder, "US", casework.ResolvedDisclosedInPart, 2)
	told.Noticed = true
	refused := tallied(casework.CourtOrder, "US", casework.ResolvedRefused, 9)
	sum, ok := table(t, made(t, Settings{}, told, silent, refused), "notice").Summed()
	require.True(t, ok)
	require.Equal(t, Row{"instrument": "total", "answered": 7, "notified": 5, "not_notified": 2}, sum)
	_, ok = table(t, made(t, Settings{}), security).Summed()
	require.False(t, ok)
	require.Equal(t, []Row{{"instrument": "court_order", "answered": 7, "notified": 5, "not_notified": 2}}, table(t, made(t, Settings{}, told, silent, refused), "notice").Rows)
}

func TestWhatCameOfWhatWeContested(t *testing.T) {
	all := []casework.Tally{}
	for r, n := range map[casework.Resolution]int{casework.ResolvedQuashed: 1, casework.ResolvedDisclosed: 2, "": 3, casework.ResolvedRefused: 4} {
		x := tallied(casework.EPOC, "DE", r, n)
		x.Challenged = true
		all = append(all, x, tallied(casework.EPOC, "DE", r, 50))
	}
	require.Equal(t, []Row{{"instrument": "epoc", "challenged": 10, "quashed": 1, "answered": 2, "in_process": 3, "other": 4}}, table(t, made(t, Settings{}, all...), "challenges").Rows)
}

func TestEmergenciesByCountry(t *testing.T) {
	claimed := tallied(casework.InformalRequest, "DE", casework.ResolvedDisclosed, 2)
	claimed.Emergency = true
	r := made(t, Settings{}, claimed, tallied(casework.EmergencyRequest, "US", casework.ResolvedRefused, 1), tallied(casework.SearchWarrant, "US", "", 7))
	require.Equal(t, map[string]int{
		"received": 3, "answered": 2, "in_process": 0, "refused": 1, "referred": 0, "withdrawn": 0, "no_data": 0, "domains_affected": 0, "accounts_affected": 0,
	}, table(t, r, "emergency").Total)
}

func TestCountriesWithTooFewAreOneRow(t *testing.T) {
	of := func(country string, n int) casework.Tally {
		return tallied(casework.ForeignOrder, country, casework.ResolvedReferred, n)
	}
	named := func(fewest int, all ...casework.Tally) (names []string) {
		for _, row := range table(t, made(t, Settings{Fewest: fewest}, all...), "by_country").Rows {
			names = append(names, row["country"].(string)+strconv.Itoa(row["received"].(int))) //nolint:forcetypeassert // we wrote them
		}
		return names
	}
	require.Equal(t, []string{"DE9", "FI1", "FR3"}, named(0, of("DE", 9), of("FI", 1), of("FR", 3)))
	require.Equal(t, []string{"DE9", "other4"}, named(5, of("DE", 9), of("FI", 1), of("FR", 3)))
	require.Equal(t, []string{"DE9", "other4"}, named(2, of("DE", 9), of("FI", 1), of("FR", 3)), "one alone would be known by its absence")
	require.Equal(t, []string{"other1"}, named(2, of("FI", 1)))
	require.Nil(t, named(2))
}

// Whatever is counted: rows add up to the total, the columns of a row to no more than was received, and the tables by
// instrument and by country to the same.
func TestPropertyTablesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(aTally), 0, 40).Draw(rt, "tallies")
		r := made(t, Settings{Fewest: rapid.IntRange(0, 4).Draw(rt, "fewest")}, all...)
		for _, x := range r.Tables {
			for column, total := range x.Total {
				sum := 0
				for _, row := range x.Rows {
					sum += row[column].(int) //nolint:forcetypeassert // what is added up is a number
				}
				require.Equal(rt, total, sum, "%s, %s", x.Name, column)
			}
		}
		byInstrument, byCountry := table(t, r, "by_instrument"), table(t, r, "by_country")
		require.Equal(rt, byInstrument.Total, byCountry.Total)
		for _, row := range slices.Concat(byInstrument.Rows, byCountry.Rows) {
			came := 0
			for _, column := range []string{"answered", "in_process", "refused", "referred", "withdrawn", "no_data"} {
				came += row[column].(int) //nolint:forcetypeassert // a number
			}
			require.Equal(rt, row["received"], came, "here nothing else is received")
		}
	})
}

func aTally(t *rapid.T) casework.Tally {
	x := tallied(rapid.SampledFrom(casework.InstrumentTypes).Draw(t, "instrument"), rapid.SampledFrom([]string{"US", "DE", "FR", "FI", ""}).Draw(t, "country"),
		rapid.SampledFrom(append([]casework.Resolution{""}, casework.Resolutions...)).Draw(t, "resolution"), rapid.IntRange(1, 300).Draw(t, "cases"))
	x.Emergency, x.Noticed, x.Challenged = rapid.Bool().Draw(t, "emergency"), rapid.Bool().Draw(t, "noticed"), rapid.Bool().Draw(t, "challenged")
	x.Preservation = rapid.SampledFrom([]casework.PreservationStatus{"", casework.PreservationRunning, casework.PreservationOver}).Draw(t, "preservation")
	x.Domains, x.Accounts = rapid.IntRange(0, 9).Draw(t, "domains"), rapid.IntRange(0, 9).Draw(t, "accounts")
	return x
}

func TestPropertyABandHoldsItsNumber(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n, width := rapid.IntRange(0, 1_000_000).Draw(rt, "n"), rapid.SampledFrom([]int{100, 250, 500, 1000}).Draw(rt, "width")
		lower, upper, found := strings.Cut(Band(n, width), "-")
		require.True(rt, found)
		from, err := strconv.Atoi(lower)
		require.NoError(rt, err)
		to, err := strconv.Atoi(upper)
		require.NoError(rt, err)
		require.True(rt, from <= n && n <= to && from%width == 0 && to == from+width-1)
	})
}

func TestPeriods(t *testing.T) {
	for name, want := range map[string][2]casework.Date{
		"2013": {"2013-01-01", "2013-12-31"}, "2026-H1": {"2026-01-01", "2026-06-30"}, "2026-H2": {"2026-07-01", "2026-12-31"}, "2026-Q1": {"2026-01-01", "2026-03-31"},
		"2026-Q3": {"2026-07-01", "2026-09-30"}, "2026-Q4": {"2026-10-01", "2026-12-31"}, "2026-01": {"2026-01-01", "2026-01-31"}, "2024-02": {"2024-02-01", "2024-02-29"},
		"2026-02": {"2026-02-01", "2026-02-28"}, "2026-12": {"2026-12-01", "2026-12-31"},
	} {
		p, err := ParsePeriod("period", name)
		require.NoError(t, err)
		require.Equal(t, want, [2]casework.Date{p.From, p.To}, name)
		require.Equal(t, name, p.Name)
	}
	for _, wrong := range []string{"", "2026-H3", "2026-Q0", "2026-13", "2026-00", "26-H1", "2026-h1", "2026-H1 ", "x", "0000", "2026-1"} {
		_, err := ParsePeriod("--period", wrong)
		require.Equal(t, casework.Invalid, casework.CodeOf(err), wrong)
		require.Contains(t, err.(*casework.Error).Faults[0].Message, "must be a year (2013), a half") //nolint:errorlint // its code was just seen
	}
}

func TestNotesSayWhatStandsInNoTable(t *testing.T) {
	referrals := []casework.ReferralTally{{
		Country: "DE", Route: "treaty", Cases: 12, Waiting: 2, Outcomes: map[casework.MLATOutcome]int{"process_received": 9, "lapsed": 1}, MedianDays: 210, NinetiethDays: 400,
	}}
	settings := Settings{Fewest: 5, Canaries: []Canary{{"We never gave anybody a key.", "counsel", "2026-06-01"}}}
	r := Make(half(t), Counts{Referrals: referrals}, settings, casework.Rulebook{}, time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
	for _, want := range []string{
		"The period is not over", "fewer than 5", "last attested on 2026-06-01, before the period ended", "A half-year is reported once it is over.",
		"DE (treaty), 12; nothing is known yet of 2; lapsed: 1; process received: 9; half of those within 210 days, nine in ten within 400.",
	} {
		require.Contains(t, strings.Join(r.Notes, "\n"), want)
	}
}

func TestTheFilesOfAReport(t *testing.T) {
	x := tallied(casework.SearchWarrant, "US", casework.ResolvedDisclosed, 3)
	r := made(t, Settings{Provider: "Example Provider, Inc."}, x)
	files := map[string]string{}
	for _, f := range r.Files() {
		var out bytes.Buffer
		require.NoError(t, f.Write(&out))
		files[f.Name] = out.String()
	}
	require.Len(t, files, len(r.Tables)+1)
	rows, err := csv.NewReader(strings.NewReader(files["by_instrument.csv"])).ReadAll()
	require.NoError(t, err)
	require.Equal(t, [][]string{table(t, r, "by_instrument").Columns, {"search_warrant", "3", "3", "0", "0", "0", "0", "0", "0", "0"}}, rows)
	var described struct {
		Profile   string
		Resources []struct {
			Path   string
			Schema struct{ Fields []struct{ Name, Type string } }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(files["datapackage.json"]), &described))
	require.Equal(t, "tabular-data-package", described.Profile)
	for i, resource := range described.Resources {
		require.Contains(t, files, resource.Path)
		require.Len(t, resource.Schema.Fields, len(r.Tables[i].Columns))
		require.Equal(t, "string", resource.Schema.Fields[0].Type)
		for _, f := range resource.Schema.Fields[1:] {
			require.Equal(t, resource.Path == "national_security.csv", f.Type == "string", "%s of %s", f.Name, resource.Path)
		}
	}
}

func TestTheJSONOfAReport(t *testing.T) {
	text, err := json.Marshal(made(t, Settings{Provider: "Example Provider, Inc."}))
	require.NoError(t, err)
	var keys map[string]any
	require.NoError(t, json.Unmarshal(text, &keys))
	for _, key := range []string{"period", "from", "to", "generated_at", "rulebook", "tables", "canaries", "notes"} {
		require.NotNil(t, keys[key], key)
	}
	require.Len(t, keys, 8)
	require.Equal(t, "2026-06-30", keys["to"])
}
