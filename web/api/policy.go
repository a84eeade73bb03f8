package api

import (
	"net/http"
	"time"

	"dueprocess/casework"
	"dueprocess/intake"
)

// determine is a dry run of the policy: nothing is stored.
func (a *api) determine(w http.ResponseWriter, r *http.Request, _ casework.Actor) error {
	on := casework.Date(r.URL.Query().Get("on"))
	if !on.Valid() {
		return casework.Faulty([]casework.Fault{{Path: "on", Message: "must be a date that exists, such as 2026-11-20"}})
	}
	sent, err := a.read(w, r, "request")
	if err != nil {
		return err
	}
	defer a.drop(r.Context(), sent.files)
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
