package staff

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/transparency"
	"dueprocess/web/ui"
)

// Reports makes transparency reports.
type Reports interface {
	Report(ctx context.Context, p transparency.Period) (transparency.Report, error)
}

// reportPage is the transparency report of a period, as it would be published today.
type reportPage struct {
	ui.Frame
	Report  transparency.Report
	Asked   string
	Periods []periodGroup
	Sheets  []sheet
	Forms   []choice
	Refused *ui.Refusal
}

// periodGroup are periods of one length to choose from, the newest first.
type periodGroup struct {
	Name    string
	Periods []string
}

var reportTemplate = ui.Parse(files, "report.html", "sheet.html")

func (p *pages) report(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	now := p.Now().UTC()
	page := reportPage{Frame: p.frame(r, "Transparency report", user), Periods: periodsTo(now), Asked: cmp.Or(r.URL.Query().Get("period"), lastHalf(now))}
	var err error
	if page.Report, err = p.reportAsked(r, page.Asked); err != nil {
		if casework.CodeOf(err) != casework.Invalid {
			return err
		}
		page.Refused = ui.Refused("There is no report of that", err)
		return reportTemplate.Render(w, ui.StatusOf(err), page)
	}
	page.Sheets = reportSheets(page.Report)
	for _, f := range letters.ReportForms {
		page.Forms = append(page.Forms, choice{"/report/transparency" + f.Suffix + "?" + url.Values{"period": {page.Asked}}.Encode(), strings.ToUpper(f.Name)})
	}
	return reportTemplate.Render(w, http.StatusOK, page)
}

// reportFile gives the whole report in one of its forms, or one of its tables.
func (p *pages) reportFile(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	report, err := p.reportAsked(r, r.URL.Query().Get("period"))
	if err != nil {
		return err
	}
	for _, f := range letters.ReportForms {
		if r.PathValue("file") == "transparency"+f.Suffix {
			var whole bytes.Buffer
			if err := f.Write(&whole, report); err != nil {
				return err
			}
			ui.Download(w, "transparency-"+report.Period+f.Suffix)
			_, _ = whole.WriteTo(w) // whoever is gone needs no answer
			return nil
		}
	}
	for _, s := range reportSheets(report) {
		if r.PathValue("file") == s.Name+".csv" {
			ui.CSV(w, "transparency-"+report.Period+"-"+s.Name+".csv", s.header(), s.lines())
			return nil
		}
	}
	return casework.Refuse(casework.NotFound, "There is no table of that name.")
}

func (p *pages) reportAsked(r *http.Request, name string) (transparency.Report, error) {
	period, err := transparency.ParsePeriod("period", name)
	if err != nil {
		return transparency.Report{}, err
	}
	return p.Reports.Report(r.Context(), period)
}

// lastHalf is the last half-year that is over.
func lastHalf(now time.Time) string {
	if now.Month() > time.June {
		return fmt.Sprintf("%d-H1", now.Year())
	}
	return fmt.Sprintf("%d-H2", now.Year()-1)
}

// periodsTo are what one chooses from: three years back, as far as they have begun.
func periodsTo(now time.Time) []periodGroup {
	half, quarter := (int(now.Month())+5)/6, (int(now.Month())+2)/3
	out := []periodGroup{{Name: "Half-years"}, {Name: "Quarters"}, {Name: "Years"}}
	for year := now.Year(); year > now.Year()-3; year-- {
		for n := 2; n > 0; n-- {
			if year < now.Year() || n <= half {
				out[0].Periods = append(out[0].Periods, fmt.Sprintf("%d-H%d", year, n))
			}
		}
		for n := 4; n > 0; n-- {
			if year < now.Year() || n <= quarter {
				out[1].Periods = append(out[1].Periods, fmt.Sprintf("%d-Q%d", year, n))
			}
		}
		out[2].Periods = append(out[2].Periods, strconv.Itoa(year))
	}
	return out
}
