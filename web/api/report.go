package api

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/transparency"
)

// reportParameters are what the transparency report takes.
var reportParameters = []string{"period", "format"}

// transparency answers with the report of a period; left out, the format is json.
func (a *api) transparency(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	period, form, err := reportAsked(r.URL.Query())
	if err != nil {
		return err
	}
	report, err := a.Reports.Report(r.Context(), period)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", form.Media)
	return form.Write(w, report)
}

func reportAsked(v url.Values) (p transparency.Period, form letters.ReportForm, err error) {
	faults := []casework.Fault{}
	p, err = transparency.ParsePeriod("period", v.Get("period"))
	if wrong, ok := errors.AsType[*casework.Error](err); ok {
		faults = append(faults, wrong.Faults...)
	}
	form, _ = letters.ReportFormOf(cmp.Or(oneOf(&faults, "format", v.Get("format"), letters.ReportFormNames()), "json"))
	for name := range v {
		if !slices.Contains(reportParameters, name) {
			faults = append(faults, casework.Fault{Path: short(name), Message: "is not a parameter"})
		}
	}
	return p, form, casework.Faulty(faults)
}
