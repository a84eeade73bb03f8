package api

import (
	"net/http"
	"time"

	"dueprocess/casework"
)

// slaParameters are what the figures take: from and to are days, both included; left out, the last thirty.
var slaParameters = []string{"from", "to", "group_by"}

// usualSpan is how many days before the last are looked at where none is named.
const usualSpan = 29

// figures are how the work stands, and where its days are counted.
type figures struct {
	casework.Figures

	Zone zoneName `json:"zone"`
}

// zoneName is the IANA name of a time zone.
type zoneName string

// sla answers with how the work stands.
func (a *api) sla(w http.ResponseWriter, r *http.Request, by casework.Actor) error {
	q, err := a.figuresAsked(queryOf(r, slaParameters))
	if err != nil {
		return err
	}
	found, err := a.Registry.Figures(r.Context(), q, by)
	if err != nil {
		return err
	}
	return give(w, figures{found, zoneName(q.Zone.String())})
}

func (a *api) figuresAsked(q *query) (casework.FiguresQuery, error) {
	asked, faults := casework.FiguresQuery{
		Now: a.Now(), Zone: a.zone(), GroupBy: oneOf(q, "group_by", casework.Groupings),
	}.Between(casework.Date(q.get("from")), casework.Date(q.get("to")), usualSpan)
	q.also(faults)
	return asked, q.err()
}

// zone is where the team's days are counted.
func (a *api) zone() *time.Location {
	if a.Zone == nil {
		return time.UTC
	}
	return a.Zone()
}
