package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"dueprocess/casework"
)

// sheet writes aligned columns, and remembers the first thing that went wrong.
type sheet struct{ *tabwriter.Writer }

func newSheet(out io.Writer) sheet { return sheet{tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)} }

func (s sheet) line(columns ...string) {
	for i := range columns {
		columns[i] = oneLine(columns[i])
	}
	_, _ = fmt.Fprintln(s, strings.Join(columns, "\t")) // Flush says
}

// oneLine keeps a text of a request from breaking the page, or from steering the terminal.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return ' '
		}
		return r
	}, text)
}

// steers reports what a terminal obeys instead of showing it: controls, other line ends, marks of direction.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}

// eachOneLine is oneLine for every line of a text that is ours, and may have several.
func eachOneLine(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = oneLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

func printList(out io.Writer, list casework.CaseList) error {
	s := newSheet(out)
	s.line("CASE", "STAGE", "WAITING ON", "SLA", "ASSIGNED TO", "RECEIVED")
	for _, c := range list.Cases {
		s.line(c.ID, stageOf(c.View), string(c.WaitingOn), string(c.SLA), orDash(c.Assignee), instant(c.ReceivedAt))
	}
	if err := s.Flush(); err != nil {
		return err
	}
	if list.NextCursor != nil {
		_, err := fmt.Fprintf(out, "%d of %d; the next page: --cursor %s\n", len(list.Cases), list.Total, *list.NextCursor)
		return err
	}
	return nil
}

func stageOf(c casework.View) string {
	if c.Resolution != nil {
		return string(c.Stage) + " (" + string(*c.Resolution) + ")"
	}
	return string(c.Stage)
}

func printCase(out io.Writer, c casework.View) error {
	s := newSheet(out)
	r := c.Request
	s.line(c.ID, "version "+strconv.Itoa(c.Version))
	s.line("Stage", stageOf(c))
	s.line("Waiting on", string(c.WaitingOn))
	s.line("Clocks", string(c.SLA))
	s.line("Assigned to", orDash(c.Assignee))
	s.line("Received", instant(c.ReceivedAt))
	if c.PurgedAt != nil {
		s.line("Purged", instant(*c.PurgedAt)+"; what it held is erased, its history stays")
		return s.Flush()
	}
	s.line("Authority", r.Authority.Name+" ("+r.Authority.Country+")")
	s.line("Instrument", string(r.Instrument.Type)+" "+r.Instrument.Number)
	s.line("Asked", strings.TrimSpace(joined(r.Demand.Data)+" "+joined(r.Demand.Actions)))
	printDetermination(s, c.Determination)
	printDecision(s, c)
	printClocks(s, c.Deadlines)
	s.line("You may", orDash(joined(c.AllowedActions)))
	return s.Flush()
}

func printDetermination(s sheet, d *casework.Determination) {
	if d == nil {
		s.line("Determination", "not yet")
		return
	}
	s.line("Determination", string(d.Outcome)+" (rulebook "+d.Rulebook.Version+")")
	for _, a := range d.Answers {
		s.line("  "+string(a.Data), string(a.Answer)+because(a.Reasons))
	}
	for _, a := range d.Actions {
		s.line("  "+string(a.Action), string(a.Answer)+because(a.Reasons))
	}
	for _, f := range d.Findings {
		s.line("  "+string(f.Severity), f.Path+": "+f.Sentence)
	}
}

func because(reasons []casework.Reason) string {
	if len(reasons) == 0 {
		return ""
	}
	return ": " + reasons[0].Sentence + " (" + reasons[0].Citation + "; " + reasons[0].Rule + ")"
}

func printDecision(s sheet, c casework.View) {
	if c.Decision == nil {
		return
	}
	s.line("Decision", string(c.Decision.Outcome)+" by "+c.Decision.By+", "+instant(c.Decision.At))
	for _, a := range c.Decision.Answers {
		s.line("  "+string(a.Data)+string(a.Action), strings.TrimSpace(string(a.Answer)+" "+a.Reason))
	}
	for _, g := range c.Approvals.Given {
		s.line("  approved by", g.By+", "+instant(g.At))
	}
	s.line("  sha256", c.Decision.SHA256)
}

func printClocks(s sheet, deadlines []casework.Deadline) {
	for _, d := range deadlines {
		s.line("Deadline "+string(d.Kind), instant(d.Due)+" "+string(d.State)+": "+d.Computed)
	}
}

func printEvents(out io.Writer, events []casework.Event) error {
	s := newSheet(out)
	for _, e := range events {
		s.line(strconv.Itoa(e.Sequence), instant(e.At), e.Actor.Name, string(e.Verb), string(e.New))
	}
	return s.Flush()
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func joined[W ~string](words []W) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
