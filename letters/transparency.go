package letters

import (
	"fmt"

	"dueprocess/casework"
	"dueprocess/transparency"
)

// reportTitles are what the tables of a transparency report are called in print.
var reportTitles = map[string]string{
	"by_instrument": "Requests by instrument", "by_country": "Requests by country", "emergency": "Emergency requests", "preservation": "Preservation",
	"national_security": "National security process", "notice": "Notice to customers", "challenges": "Requests that we contested",
}

// ReportTitle is what a table of the report is called.
func ReportTitle(name string) string { return reportTitles[name] }

// WriteTransparencyReport prints what is published of a period.
func WriteTransparencyReport(r transparency.Report) (Letter, error) {
	n := &needs{}
	n.need(r.Provider != "", "provider")
	n.need(r.Period != "", "period")
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin("", english, Head{Provider: r.Provider, At: r.GeneratedAt}, "Transparency report, "+r.Period)
	d.l.Case, d.l.References, d.l.Across = d.l.Title, nil, true
	d.pairs(Pair{"Period", d.day(r.From) + " to " + d.day(r.To)}, Pair{"As of", d.day(casework.Date(r.GeneratedAt.UTC().Format(casework.DayFormat)))},
		Pair{"Rules", r.Rulebook.Version})
	for _, t := range r.Tables {
		d.reportTable(t)
	}
	if len(r.Canaries) > 0 {
		d.heading("What we have never done")
		for _, c := range r.Canaries {
			d.text(fmt.Sprintf("%s Attested by %s, accurate as of %s.", c.Text, c.AttestedBy, d.day(c.AttestedOn)))
		}
	}
	d.heading("How to read these numbers")
	d.items(r.Notes...)
	return d.done(), nil
}

func (d *draft) reportTable(t transparency.Table) {
	out := Table{Caption: reportTitles[t.Name]}
	for i, column := range t.Columns {
		out.Head = append(out.Head, d.headed(words(column)))
		if i > 0 {
			out.Numbers = append(out.Numbers, i)
		}
	}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, d.reportLine(t, row))
	}
	if len(t.Rows) == 0 {
		d.heading(out.Caption)
		d.text(t.Nothing())
		return
	}
	if total, ok := t.Summed(); ok {
		out.Rows = append(out.Rows, d.reportLine(t, total))
	}
	d.table(out)
}

func (d *draft) reportLine(t transparency.Table, row transparency.Row) []string {
	line := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		line[i] = fmt.Sprint(row[column])
	}
	line[0] = d.headed(words(line[0]))
	return line
}
