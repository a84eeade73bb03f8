package api

import (
	"net/http"
	"slices"
	"time"

	"dueprocess/casework"
)

// slaParameters are what the figures take: from and to are days, both included; left out, the last thirty.
var slaParameters = []string{"from", "to", "group_by"}

// usualSpan is how many days before the last are looked at where none is named.
const usualSpan = 29

// sla answers with how the work stands.
func (a *api) sla(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	q, err := a.figuresOf(r)
	if err != nil {
		return err
	}
	figures, err := a.Registry.Figures(r.Context(), q, by)
	if err != nil {
		return err
	}
	return give(w, figures)
}

func (a *api) figuresOf(r *http.Request) (casework.FiguresQuery, error) {
	values, f := r.URL.Query(), []casework.Fault{}
	q := casework.FiguresQuery{Now: a.Now(), Zone: a.zone()}
	q.GroupBy = oneOf(&f, "group_by", values.Get("group_by"), casework.Groupings)
	to := dayOf(&f, "to", values.Get("to"), casework.DateOf(q.Now, q.Zone))
	from := dayOf(&f, "from", values.Get("from"), to.AddDays(-usualSpan))
	if len(f) == 0 && to.Before(from) {
		f = append(f, casework.Fault{Path: "to", Message: "must not be before from"})
	}
	q.From, q.Until = from.Start(q.Zone), to.AddDays(1).Start(q.Zone)
	for name := range values {
		if !slices.Contains(slaParameters, name) {
			f = append(f, casework.Fault{Path: short(name), Message: "is not a parameter"})
		}
	}
	return q, casework.Faulty(f)
}

func dayOf(f *[]casework.Fault, path, text string, otherwise casework.Date) casework.Date {
	day := casework.Date(text)
	switch {
	case day == "":
		return otherwise
	case !day.Valid():
		*f = append(*f, casework.Fault{Path: path, Message: "must be a date that exists, such as 2026-11-20"})
		return otherwise
	}
	return day
}

// zone is where the team's days are counted.
func (a *api) zone() *time.Location {
	if a.Zone == nil {
		return time.UTC
	}
	return a.Zone()
}
