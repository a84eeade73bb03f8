package api

import (
	"cmp"
	"net/http"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/policy"
)

// determine is a dry run of the policy: nothing is stored.
func (a *api) determine(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	q := queryOf(r, onADay)
	on := q.day("on")
	if err := q.err(); err != nil {
		return err
	}
	sent, err := a.read(w, r, "request")
	if err != nil {
		return err
	}
	defer a.drop(r.Context(), sent.form.Files)
	req, err := intake.Read(intake.Unwrap(sent.json), a.Now(), intake.DryRun)
	if err != nil {
		return err
	}
	_, known, err := a.Book.Authority(r.Context(), req, casework.DateOf(req.ReceivedAt, time.UTC))
	if err != nil {
		return err
	}
	return give(w, a.Rules.Evaluate(req, on, known))
}

// rulebook names the rulebook in force.
func (a *api) rulebook(w http.ResponseWriter, _ *http.Request, _ casework.Actor) error {
	return give(w, a.Rules.Identity())
}

// ruleList is the rules in force on a day.
type ruleList struct {
	On    casework.Date `json:"on"`
	Rules []policy.Rule `json:"rules"`
}

// rules answers with the rules in force on a day; left out: today.
func (a *api) rules(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	on, err := a.day(r)
	if err != nil {
		return err
	}
	return give(w, ruleList{On: on, Rules: a.Rules.Rules(on)})
}

// countryList is what the rulebook knows of countries, with staff and standards as on a day.
type countryList struct {
	On            casework.Date    `json:"on"`
	Jurisdictions []policy.Country `json:"jurisdictions"`
}

// jurisdictions answers with the countries on a day; left out: today.
func (a *api) jurisdictions(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	on, err := a.day(r)
	if err != nil {
		return err
	}
	return give(w, countryList{On: on, Jurisdictions: a.Rules.Countries(on)})
}

// onADay is what calls take that are answered as on a day.
var onADay = []string{"on"}

// day is the query's on, or today.
func (a *api) day(r *http.Request) (casework.Date, error) {
	q := queryOf(r, onADay)
	return cmp.Or(q.day("on"), casework.DateOf(a.Now(), time.UTC)), q.err()
}
