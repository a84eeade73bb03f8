package staff

import (
	"net/http"
	"strconv"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// mostExported is how many cases a file of the queue may hold; batch, how many are read at once.
const (
	mostExported = 10_000
	batch        = 200
)

var exportedColumns = []string{
	"case", "stage", "waiting_on", "resolution", "sla", "due", "due_for", "assignee", "country", "authority", "instrument", "emergency", "restricted", "received_at",
}

// export gives the list that was asked for as a file.
func (p *pages) export(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return errNoCases.Because(err)
	}
	a := p.ask(r, r.URL.Query(), user)
	if a.refused != nil {
		return &casework.Error{Code: casework.Invalid, Message: a.refused.Title + ".", Faults: a.refused.Faults}
	}
	a.query.Limit, a.query.Cursor = batch, ""
	rows := [][]string{}
	for {
		list, err := p.Registry.Cases(r.Context(), a.query, user)
		if err != nil {
			return err
		}
		if list.TotalIsMinimum || list.Total > mostExported {
			return casework.Refuse(casework.Invalid, "A file holds at most 10,000 cases, and these are more. Narrow the search, then take the file again.")
		}
		for _, c := range list.Cases {
			rows = append(rows, exported(c))
		}
		if list.NextCursor == nil {
			ui.CSV(w, "queue-"+p.Now().UTC().Format("2006-01-02")+".csv", exportedColumns, rows)
			return nil
		}
		a.query.Cursor = *list.NextCursor
	}
}

func exported(c casework.ListedCase) []string {
	due, what := "", ""
	if next, ok := c.NextRunning(); ok {
		due, what = next.Due.UTC().Format(time.RFC3339), string(next.Kind)
	}
	resolution := ""
	if c.Resolution != nil {
		resolution = string(*c.Resolution)
	}
	return []string{
		c.ID, string(c.Stage), string(c.WaitingOn), resolution, string(c.SLA), due, what, c.Assignee, c.Country, c.Authority, string(c.Instrument),
		strconv.FormatBool(c.Emergency), strconv.FormatBool(c.Restricted), c.ReceivedAt.UTC().Format(time.RFC3339),
	}
}
