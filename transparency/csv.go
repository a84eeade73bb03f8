package transparency

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// File is one of the files in which a report is published as tables.
type File struct {
	Name  string
	Write func(w io.Writer) error
}

// Files are one CSV for each table, without its total, and the description that lies beside them: a tabular data package
// (Frictionless, datapackage.json).
func (r Report) Files() []File {
	out := []File{}
	for _, t := range r.Tables {
		out = append(out, File{t.Name + ".csv", t.csv})
	}
	return append(out, File{"datapackage.json", r.describe})
}

func (t Table) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(t.Columns) // an error stays and is found by Flush
	for _, row := range t.Rows {
		_ = out.Write(t.line(row))
	}
	out.Flush()
	return out.Error()
}

func (t Table) line(row Row) []string {
	out := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		out[i] = fmt.Sprint(row[column])
	}
	return out
}

// dataPackage describes the files for programs.
type dataPackage struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Created     string     `json:"created"`
	Description string     `json:"description"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Profile  string `json:"profile"`
	Name     string `json:"name"`
	Path     string `json:"path"`
	Format   string `json:"format"`
	Encoding string `json:"encoding"`
	Schema   schema `json:"schema"`
}

type schema struct {
	Fields []field `json:"fields"`
}

type field struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

func (r Report) describe(w io.Writer) error {
	p := dataPackage{
		Profile: "tabular-data-package", Name: "transparency-" + strings.ToLower(r.Period), Title: r.title(), Created: r.GeneratedAt.Format("2006-01-02T15:04:05Z07:00"),
		Description: strings.Join(r.Notes, "\n"),
	}
	for _, t := range r.Tables {
		p.Resources = append(p.Resources, resource{"tabular-data-resource", t.Name, t.Name + ".csv", "csv", "utf-8", t.schema()})
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(p)
}

func (t Table) schema() schema {
	s := schema{Fields: []field{{t.Columns[0], "string"}}}
	for _, column := range t.Columns[1:] {
		kind := "integer"
		if _, adds := t.Total[column]; !adds {
			kind = "string" // a band
		}
		s.Fields = append(s.Fields, field{column, kind})
	}
	return s
}

func (r Report) title() string {
	return strings.TrimSpace(r.Provider+" transparency report") + ", " + r.Period
}
