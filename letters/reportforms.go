package letters

import (
	"archive/zip"
	"encoding/json"
	"io"
	"slices"

	"dueprocess/transparency"
)

// ReportForm is one of the forms in which a transparency report is given: Suffix ends its file's name.
type ReportForm struct {
	Name, Media, Suffix string
	Write               func(w io.Writer, r transparency.Report) error
}

// ReportForms are all of them: csv is an archive of its files.
var ReportForms = []ReportForm{
	{"json", "application/json", ".json", reportJSON},
	{"csv", "application/zip", ".zip", reportArchive},
	{"html", "text/html; charset=utf-8", ".html", reportPrinted(Letter.HTML)},
	{"pdf", "application/pdf", ".pdf", reportPrinted(Letter.PDF)},
}

// ReportFormNames lists the names of the forms.
func ReportFormNames() []string {
	names := []string{}
	for _, f := range ReportForms {
		names = append(names, f.Name)
	}
	return names
}

// ReportFormOf finds a form by its name.
func ReportFormOf(name string) (ReportForm, bool) {
	i := slices.IndexFunc(ReportForms, func(f ReportForm) bool { return f.Name == name })
	if i < 0 {
		return ReportForm{}, false
	}
	return ReportForms[i], true
}

func reportJSON(w io.Writer, r transparency.Report) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(r)
}

func reportPrinted(form func(Letter, io.Writer) error) func(io.Writer, transparency.Report) error {
	return func(w io.Writer, r transparency.Report) error {
		l, err := WriteTransparencyReport(r)
		if err != nil {
			return err
		}
		return form(l, w)
	}
}

func reportArchive(w io.Writer, r transparency.Report) error {
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
