package api

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/transparency"
)

// reportParameters are what the transparency report takes.
var reportParameters = []string{"period", "format"}

// reportForms are the formats of a report: their media type, and how each is written. csv is an archive of its files.
var reportForms = map[string]struct {
	media string
	write func(w io.Writer, r transparency.Report) error
}{
	"json": {"application/json", func(w io.Writer, r transparency.Report) error { return json.NewEncoder(w).Encode(r) }},
	"csv":  {"application/zip", archive},
	"html": {"text/html; charset=utf-8", printed(letters.Letter.HTML)},
	"pdf":  {"application/pdf", printed(letters.Letter.PDF)},
}

// transparency answers with the report of a period; left out, the format is json.
func (a *api) transparency(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	period, format, err := reportAsked(r.URL.Query())
	if err != nil {
		return err
	}
	report, err := a.Reports.Report(r.Context(), period)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", reportForms[format].media)
	return reportForms[format].write(w, report)
}

func reportAsked(v url.Values) (p transparency.Period, format string, err error) {
	faults := []casework.Fault{}
	p, err = transparency.ParsePeriod("period", v.Get("period"))
	if wrong, ok := errors.AsType[*casework.Error](err); ok {
		faults = append(faults, wrong.Faults...)
	}
	if format = v.Get("format"); format == "" {
		format = "json"
	}
	if _, ok := reportForms[format]; !ok {
		faults = append(faults, casework.Fault{Path: "format", Message: "must be one of: json, csv, html, pdf"})
	}
	for name := range v {
		if !slices.Contains(reportParameters, name) {
			faults = append(faults, casework.Fault{Path: short(name), Message: "is not a parameter"})
		}
	}
	return p, format, casework.Faulty(faults)
}

func printed(form func(letters.Letter, io.Writer) error) func(io.Writer, transparency.Report) error {
	return func(w io.Writer, r transparency.Report) error {
		l, err := letters.WriteTransparencyReport(r)
		if err != nil {
			return err
		}
		return form(l, w)
	}
}

func archive(w io.Writer, r transparency.Report) error {
	out := zip.NewWriter(w)
	for _, f := range r.Files() {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: r.GeneratedAt})
		if err != nil {
			return err
		}
		if err := f.Write(to); err != nil {
			return err
		}
	}
	return out.Close()
}
