package records

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
)

var (
	subscriberColumns = []string{"account", "field", "at", "value"}
	trafficColumns    = []string{"account", "at", "host"}
	june              = Scope{Account: "harbor", From: day("2026-06-01"), Until: day("2026-07-01")}
)

func day(s string) time.Time { return casework.Date(s).Start(time.UTC) }

func rowsOf(rows ...casework.Row) iter.Seq2[casework.Row, error] {
	return func(yield func(casework.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func hit(at time.Time, host string) casework.Row {
	return casework.Row{At: at, Cells: []string{"harbor", at.Format(time.RFC3339Nano), host}}
}

func fact(field casework.SubscriberField, at time.Time, value string) casework.Row {
	return casework.Row{At: at, Field: field, Cells: []string{"harbor", string(field), instant(at), value}}
}

func TestWriteCSVWritesWhatLiesWithin(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	var out strings.Builder
	n, err := WriteCSV(&out, trafficColumns, rowsOf(
		hit(day("2026-06-01"), "harbor-lights.example"),
		hit(time.Date(2026, 6, 15, 1, 30, 0, 250e6, zone), `a "quoted", cell`),
		hit(day("2026-07-01").Add(-time.Nanosecond), "two\nlines"),
	), june)
	require.NoError(t, err)
	require.Equal(t, 3, n)
	require.Equal(t, "account,at,host\n"+
		"harbor,2026-06-01T00:00:00Z,harbor-lights.example\n"+
		"harbor,2026-06-14T23:30:00.25Z,\"a \"\"quoted\"\", cell\"\n"+
		"harbor,2026-06-30T23:59:59.999999999Z,\"two\nlines\"\n", out.String())
}

func TestWriteCSVWritesAHeaderWithoutRows(t *testing.T) {
	var out strings.Builder
	n, err := WriteCSV(&out, trafficColumns, rowsOf(), june)
	require.NoError(t, err)
	require.Equal(t, "account,at,host\n", out.String())
	require.Zero(t, n)
}

func TestWriteCSVRefusesWhatTheScopeDoesNotHold(t *testing.T) {
	names := Scope{Account: "harbor", Fields: []casework.SubscriberField{casework.FieldName, casework.FieldSessionTimes}, From: june.From, Until: june.Until}
	for name, c := range map[string]struct {
		columns []string
		row     casework.Row
		within  []Scope
	}{
		"before the range":                 {trafficColumns, hit(day("2026-06-01").Add(-1), "x"), []Scope{june}},
		"at the end of the range":          {trafficColumns, hit(day("2026-07-01"), "x"), []Scope{june}},
		"between two ranges":               {trafficColumns, hit(day("2026-08-15"), "x"), []Scope{june, {Account: "harbor", From: day("2026-09-01")}}},
		"another account":                  {trafficColumns, hit(day("2026-06-02"), "x"), []Scope{{Account: "other"}}},
		"another account's range":          {trafficColumns, hit(day("2026-08-02"), "x"), []Scope{june, {Account: "other"}}},
		"no scope":                         {trafficColumns, hit(day("2026-06-02"), "x"), nil},
		"a scope of nobody":                {trafficColumns, hit(day("2026-06-02"), "x"), []Scope{{}}},
		"another field":                    {subscriberColumns, fact(casework.FieldPayment, time.Time{}, "x"), []Scope{names}},
		"a field outside the range":        {subscriberColumns, fact(casework.FieldSessionTimes, day("2026-07-02"), "x"), []Scope{names}},
		"a session without its date":       {subscriberColumns, fact(casework.FieldSessionTimes, time.Time{}, "x"), []Scope{names}},
		"an address without its date":      {subscriberColumns, fact(casework.FieldNetworkAddresses, time.Time{}, "x"), []Scope{june}},
		"traffic without a date":           {trafficColumns, casework.Row{Cells: []string{"harbor", "", "x"}}, []Scope{june}},
		"traffic without a date, open end": {trafficColumns, casework.Row{Cells: []string{"harbor", "", "x"}}, []Scope{{Account: "harbor", From: june.From}}},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			n, err := WriteCSV(&out, c.columns, rowsOf(c.row), c.within...)
			require.ErrorIs(t, err, ErrBeyondQuery)
			require.Zero(t, n)
			require.NotContains(t, out.String(), "harbor")
		})
	}
}

func TestWriteCSVWritesUndatedFactsWhateverTheRange(t *testing.T) {
	var out strings.Builder
	n, err := WriteCSV(&out, subscriberColumns, rowsOf(
		fact(casework.FieldName, time.Time{}, "Harbor Lights"), fact(casework.FieldSessionTimes, day("2026-06-03"), "12 min"),
	), june)
	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.Contains(t, out.String(), "harbor,name,,Harbor Lights\n")
	_, err = WriteCSV(io.Discard, trafficColumns, rowsOf(casework.Row{Cells: []string{"harbor", "", "x"}}), Scope{Account: "harbor"})
	require.NoError(t, err, "without a range there is nothing that a date could be outside of")
}

func TestWriteCSVRefusesRowsThatContradictThemselves(t *testing.T) {
	at := day("2026-06-02")
	for name, c := range map[string]struct {
		columns []string
		row     casework.Row
	}{
		"a cell too few":           {trafficColumns, casework.Row{At: at, Cells: []string{"harbor", ""}}},
		"no cells and no columns":  {nil, casework.Row{At: at}},
		"another time in the cell": {trafficColumns, casework.Row{At: at, Cells: []string{"harbor", "2020-01-01T00:00:00Z", "x"}}},
		"a time only in the cell":  {trafficColumns, casework.Row{Cells: []string{"harbor", "2020-01-01T00:00:00Z", "x"}}},
		"a time that is none":      {trafficColumns, casework.Row{At: at, Cells: []string{"harbor", "yesterday", "x"}}},
		"a time without a column":  {[]string{"account", "host"}, casework.Row{At: at, Cells: []string{"harbor", "x"}}},
		"another field":            {subscriberColumns, casework.Row{Field: casework.FieldName, Cells: []string{"harbor", "payment", "", "x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := WriteCSV(io.Discard, c.columns, rowsOf(c.row), Scope{Account: "harbor"})
			require.ErrorIs(t, err, ErrMalformed)
		})
	}
}

func TestWriteCSVPassesOnWhatFails(t *testing.T) {
	boom := errors.New("boom")
	failing := func(yield func(casework.Row, error) bool) {
		_ = yield(hit(day("2026-06-02"), "x"), nil) && yield(casework.Row{}, boom)
	}
	n, err := WriteCSV(io.Discard, trafficColumns, failing, june)
	require.ErrorIs(t, err, boom)
	require.Equal(t, 1, n)
	many := slices.Repeat([]casework.Row{hit(day("2026-06-02"), strings.Repeat("x", 5000))}, 3)
	_, err = WriteCSV(full{boom}, trafficColumns, rowsOf(many...), june)
	require.ErrorIs(t, err, boom)
	_, err = WriteCSV(full{boom}, trafficColumns, rowsOf(), june)
	require.ErrorIs(t, err, boom)
	_, err = WriteCSV(full{boom}, []string{strings.Repeat("x", 5000)}, rowsOf(), june)
	require.ErrorIs(t, err, boom)
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestNoCellIsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		`=HYPERLINK("http://x.example")`: `'=HYPERLINK("http://x.example")`,
		"+cmd|' /C calc'!A0":             "'+cmd|' /C calc'!A0",
		"-2+3+cmd":                       "'-2+3+cmd",
		"@SUM(1)":                        "'@SUM(1)",
		"\t=1":                           "'\t=1",
		"\r=1":                           "'\r=1",
		"\n=1":                           "'\n=1",
		"-12.50":                         "-12.50",
		"+16175550100":                   "+16175550100",
		"-12\n":                          "'-12\n",
		"2026-06-01T00:00:00Z":           "2026-06-01T00:00:00Z",
		"":                               "",
		"a=b":                            "a=b",
	} {
		require.Equal(t, want, harmless(cell))
	}
}

// Whatever a source puts into its cells: what a spreadsheet reads back has no formula, and otherwise says the same.
func TestCellsComeBackHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("=+-@\t\n\",'a1. é"))).Draw(t, "cell")
		var out bytes.Buffer
		_, err := WriteCSV(&out, trafficColumns, rowsOf(hit(day("2026-06-02"), cell)), june)
		require.NoError(t, err)
		rows, err := csv.NewReader(&out).ReadAll()
		require.NoError(t, err)
		got := rows[1][2]
		require.True(t, got == "" || !strings.ContainsRune("=@\t\r\n", rune(got[0])))
		require.True(t, got == cell || got == "'"+cell)
	})
}

func TestDescribeSaysWhatWasAsked(t *testing.T) {
	require.Equal(t, "subscriber of harbor fields [name payment] from 2026-06-01T00:00:00Z until before 2026-07-01T00:00:00Z; content of other", Describe(
		casework.Query{Account: "harbor", Data: casework.Subscriber, Fields: []casework.SubscriberField{casework.FieldName, casework.FieldPayment}, From: june.From, Until: june.Until},
		casework.Query{Account: "other", Data: casework.Content},
	))
}

func TestScopeOfIsTheQuery(t *testing.T) {
	require.Equal(t, june, ScopeOf(casework.Query{Account: "harbor", Data: casework.Traffic, From: june.From, Until: june.Until}))
}
