package letters

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/transparency"
)

func published() transparency.Report {
	p, _ := transparency.ParsePeriod("period", "2026-H1")
	answered := casework.Tally{
		Instruments: []casework.InstrumentType{casework.SearchWarrant}, Country: "US", Resolution: casework.ResolvedDisclosed, Class: casework.CountsAnswered,
		Noticed: true, Cases: 31, Domains: 4, Accounts: 40,
	}
	certificate := casework.Tally{Instruments: []casework.InstrumentType{casework.EPOC}, Country: "FR", Class: casework.CountsInProcess, Challenged: true, Cases: 2}
	all := []casework.Tally{answered, certificate}
	s := transparency.Settings{Provider: "Beispiel Hosting GmbH", Canaries: []transparency.Canary{{Text: "We never gave anybody a key.", AttestedBy: "the general counsel", AttestedOn: "2026-07-01"}}}
	return transparency.Make(p, transparency.Counts{Tallies: all, Halves: map[string][]casework.Tally{p.Name: all}}, s, casework.Rulebook{Version: "2026-08-18"},
		time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC))
}

func TestTheTransparencyReportReadsAsItShould(t *testing.T) {
	l, err := WriteTransparencyReport(published())
	require.NoError(t, err)
	golden(t, "testdata/transparency.txt", l.Text())
	var page, pdf bytes.Buffer
	require.NoError(t, l.HTML(&page))
	require.Contains(t, page.String(), `<td class="number">31</td>`)
	require.NoError(t, l.PDF(&pdf))
	require.Contains(t, textOf(t, pdf.Bytes()), "European Production Order Certificate")
}

func TestAReportOfNobodyIsNone(t *testing.T) {
	r := published()
	r.Provider, r.Period = "", ""
	_, err := WriteTransparencyReport(r)
	require.Equal(t, []casework.Fault{{Path: "provider", Message: "is missing"}, {Path: "period", Message: "is missing"}}, err.(*casework.Error).Faults) //nolint:errorlint // it is one
}
