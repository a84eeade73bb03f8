package staff

import (
	"dueprocess/web/ui/plot"
)

// sheet is a table of figures with its picture: shown on a page, and given as a CSV.
type sheet struct {
	Name    string // of its section and of its CSV
	Title   string
	Says    string // what is counted
	Empty   string // what is said where there is nothing
	Plot    *plot.Plot
	Columns []column
	Rows    [][]cell
	Foot    []cell // their total; not in the CSV, where it would be added up again
	Table   string // address of the CSV
	Wraps   bool   // names of rows may be long
}

// column is a column of a sheet; in the CSV it has a name of one word.
type column struct {
	Title, Name string
	Number      bool
}

// cell is a figure as people read it, and as a program does.
type cell struct {
	Text string
	Raw  string // empty: as people read it
	Link string
}

// header and lines are what the CSV has.
func (s sheet) header() []string {
	out := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		out[i] = c.Name
	}
	return out
}

func (s sheet) lines() [][]string {
	out := make([][]string, len(s.Rows))
	for i, row := range s.Rows {
		for _, c := range row {
			if c.Raw == "" {
				c.Raw = c.Text
			}
			out[i] = append(out[i], c.Raw)
		}
	}
	return out
}
