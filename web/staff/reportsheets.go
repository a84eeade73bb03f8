package staff

import (
	"fmt"
	"net/url"
	"strings"

	"dueprocess/letters"
	"dueprocess/transparency"
	"dueprocess/web/ui"
	"dueprocess/web/ui/plot"
)

// reportSays says what each table of the report counts.
var reportSays = map[string]string{
	"by_instrument":     "Everything that was received in the period, by the first kind of process on the paper, and what came of it.",
	"by_country":        "The same, by the country of the authority.",
	"emergency":         "Of these, the ones that claimed an emergency.",
	"preservation":      "What was asked to be preserved, or was preserved in the course of a request for data.",
	"national_security": "All national security process together, in bands, by half-years that are over. It is in no other table.",
	"notice":            "Of the answered requests: of how many the customer was told, or is to be.",
	"challenges":        "Requests that we contested, and what came of them.",
}

// reportSheets are the tables of a report, with a picture where there are outcomes to see.
func reportSheets(r transparency.Report) []sheet {
	out := []sheet{}
	for _, t := range r.Tables {
		s := sheet{
			Name: t.Name, Title: letters.ReportTitle(t.Name), Says: reportSays[t.Name], Empty: t.Nothing(),
			Table: "/report/" + t.Name + ".csv?" + url.Values{"period": {r.Period}}.Encode(), Wraps: true,
		}
		for i, c := range t.Columns {
			s.Columns = append(s.Columns, column{ui.Title(c), c, i > 0})
		}
		for _, row := range t.Rows {
			s.Rows = append(s.Rows, reportRow(t, row))
		}
		if total, ok := t.Summed(); ok {
			s.Foot = reportRow(t, total)
		}
		if t.Name == "by_instrument" || t.Name == "by_country" {
			s.Plot = outcomesOf(t)
		}
		out = append(out, s)
	}
	return out
}

func reportRow(t transparency.Table, row transparency.Row) []cell {
	cells := []cell{}
	for i, c := range t.Columns {
		text := fmt.Sprint(row[c])
		if i == 0 {
			cells = append(cells, cell{Text: rowName(t, text), Raw: text})
			continue
		}
		cells = append(cells, cell{Text: text})
	}
	return cells
}

// rowName is the name of a row as people read it; countries and half-years stay as they are.
func rowName(t transparency.Table, name string) string {
	if t.Columns[0] == "instrument" || name == strings.ToLower(name) {
		return ui.Title(name)
	}
	return name
}

// outcomesOf is a table's rows as bars that lie under each other.
func outcomesOf(t transparency.Table) *plot.Plot {
	bars := []plot.Bar{}
	for _, row := range t.Rows[:min(len(t.Rows), mostBars)] {
		n := func(column string) float64 { return float64(row[column].(int)) } //nolint:forcetypeassert // these tables have numbers
		bars = append(bars, plot.Bar{Label: rowName(t, fmt.Sprint(row[t.Columns[0]])), Says: fmt.Sprint(row["received"]), Parts: []plot.Part{
			{Class: "good", Value: n("answered")}, {Class: "s1", Value: n("in_process")}, {Class: "bad", Value: n("refused")},
			{Class: "s6", Value: n("referred") + n("withdrawn") + n("no_data")},
		}})
	}
	made := plot.Lying(plot.Plot{
		ID: "plot-" + t.Name, Title: letters.ReportTitle(t.Name), Desc: inWords(bars, "received"),
		Key: []plot.Entry{{Class: "good", Says: "answered"}, {Class: "s1", Says: "in process"}, {Class: "bad", Says: "refused"}, {Class: "s6", Says: "referred, withdrawn, or no data"}},
	}, bars)
	return &made
}
