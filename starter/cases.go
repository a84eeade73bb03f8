package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"dueprocess/casework"
)

// caseCommands are about cases that are there.
type caseCommands struct {
	List    listCommand    `cmd:"" help:"List cases."`
	Show    showCommand    `cmd:"" help:"Show a case."`
	Events  eventsCommand  `cmd:"" help:"Show a case's ledger entries."`
	Act     actCommand     `cmd:"" help:"Act on a case."`
	Rebuild rebuildCommand `cmd:"" help:"Begin the run of a case anew from what the registry keeps."`
}

// listCommand lists cases.
type listCommand struct {
	connection

	Stage      string `help:"Only cases in this stage."`
	WaitingOn  string `help:"Only cases that wait on these people."`
	Assignee   string `help:"Only cases of this person."`
	Country    string `help:"Only cases of authorities of this country."`
	Instrument string `help:"Only cases with this instrument."`
	SLA        string `help:"Only cases whose clocks stand so." name:"sla"`
	Resolution string `help:"Only cases closed so."`
	Q          string `help:"Search: case, reference, number, authority."`
	Sort       string `help:"received_at, due or case_id; with a minus before it, the other way round."`
	Limit      int    `help:"How many: 1 to 200."`
	Cursor     string `help:"The next_cursor of the page before."`
}

// Run prints a page of the queue.
func (c listCommand) Run(s *surroundings) error {
	q := url.Values{}
	for name, value := range map[string]string{
		"stage": c.Stage, "waiting_on": c.WaitingOn, "assignee": c.Assignee, "country": c.Country, "instrument": c.Instrument,
		"sla": c.SLA, "resolution": c.Resolution, "q": c.Q, "sort": c.Sort, "cursor": c.Cursor,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if c.Limit != 0 {
		q.Set("limit", strconv.Itoa(c.Limit))
	}
	body, err := c.do(s, call{method: http.MethodGet, path: "/cases", query: q})
	if err != nil || s.json {
		return orPrintJSON(s, body, err)
	}
	var list casework.CaseList
	if err := json.Unmarshal(body, &list); err != nil {
		return err
	}
	return printList(s.out, list)
}

// showCommand shows a case.
type showCommand struct {
	connection

	ID string `arg:"" help:"The case." placeholder:"LR-2026-000123"`
}

// Run prints the case.
func (c showCommand) Run(s *surroundings) error {
	body, err := c.do(s, call{method: http.MethodGet, path: casePath(c.ID)})
	return printCaseOr(s, body, err)
}

// eventsCommand shows a case's ledger entries.
type eventsCommand struct {
	connection

	ID string `arg:"" help:"The case." placeholder:"LR-2026-000123"`
}

// Run prints the entries, one a line.
func (c eventsCommand) Run(s *surroundings) error {
	body, err := c.do(s, call{method: http.MethodGet, path: casePath(c.ID) + "/events"})
	if err != nil || s.json {
		return orPrintJSON(s, body, err)
	}
	var got struct {
		Events []casework.Event `json:"events"`
	}
	if err := json.Unmarshal(body, &got); err != nil {
		return err
	}
	return printEvents(s.out, got.Events)
}

func casePath(id string) string { return "/cases/" + url.PathEscape(id) }

func printCaseOr(s *surroundings, body []byte, err error) error {
	if err != nil || s.json {
		return orPrintJSON(s, body, err)
	}
	var view casework.View
	if err := json.Unmarshal(body, &view); err != nil {
		return err
	}
	return printCase(s.out, view)
}

func orPrintJSON(s *surroundings, body []byte, err error) error {
	if err != nil {
		return err
	}
	return printJSON(s.out, body)
}
