// Command bench measures what the product costs on this machine, each figure beside a baseline of the same run, since
// machines differ. `make bench` prints a table; BENCH_JSON=FILE writes it as JSON too.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// figure is one thing measured. Ratio is Value over Baseline; Aim is what quality.md wants.
type figure struct {
	What     string  `json:"what"`
	Unit     string  `json:"unit"`
	Value    float64 `json:"value"`
	Baseline float64 `json:"baseline,omitempty"`
	Against  string  `json:"against,omitempty"`
	Ratio    float64 `json:"ratio,omitempty"`
	Aim      string  `json:"aim"`
	Met      bool    `json:"met"`
}

// measures are all that is measured, in the order of the table; BENCH_ONLY names some.
var measures = []struct {
	name string
	do   func() ([]figure, error)
}{
	{"policy", determination}, {"parcel", sealing}, {"queue", queue}, {"actions", actions}, {"counts", counts}, {"pages", pages}, {"sla", slaPages}, {"report", tallies}, {"leaves", leaves}, {"clocks", sleeping},
}

func main() {
	if err := bench(); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

func bench() error {
	only := strings.Fields(os.Getenv("BENCH_ONLY"))
	var all []figure
	for _, m := range measures {
		if len(only) > 0 && !slices.Contains(only, m.name) {
			continue
		}
		found, err := m.do()
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	if err := table(all); err != nil {
		return err
	}
	return writeJSON(os.Getenv("BENCH_JSON"), all)
}

func table(all []figure) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "WHAT\tVALUE\tBASELINE\tRATIO\tAIM\t") // Flush says
	for _, f := range all {
		_, _ = fmt.Fprintf(w, "%s\t%s %s\t%s\t%s\t%s\t%s\n", f.What, short(f.Value), f.Unit, against(f), short(f.Ratio), f.Aim, met(f.Met))
	}
	return w.Flush()
}

func against(f figure) string {
	if f.Against == "" {
		return ""
	}
	return short(f.Baseline) + " " + f.Unit + " (" + f.Against + ")"
}

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "NOT MET"
}

func short(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

func writeJSON(path string, all []figure) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o600) //nolint:gosec // whoever measures names the file
}
