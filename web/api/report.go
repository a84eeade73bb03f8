package api

import (
	"cmp"
	"errors"
	"net/http"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/transparency"
)

// reportParameters are what the transparency report takes.
var reportParameters = []string{"period", "format"}

// transparency answers with the report of a period; left out, the format is json.
func (a *api) transparency(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	period, form, err := reportAsked(queryOf(r, reportParameters))
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

func reportAsked(q *query) (p transparency.Period, form letters.ReportForm, err error) {
	p, err = transparency.ParsePeriod("period", q.get("period"))
	if wrong, ok := errors.AsType[*casework.Error](err); ok {
		q.also(wrong.Faults)
	}
	form, _ = letters.ReportFormOf(cmp.Or(oneOf(q, "format", letters.ReportFormNames()), "json"))
	return p, form, q.err()
}
