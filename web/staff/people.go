package staff

import (
	"net/http"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// peoplePage lists who has which role. Roles are given by groups at the identity provider, never here.
type peoplePage struct {
	ui.Frame
	People []casework.KnownPerson
}

var peopleTemplate = ui.Parse(files, "people.html")

func (p *pages) people(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPeople, user); err != nil {
		return err
	}
	people, err := p.Sessions.People(r.Context())
	if err != nil {
		return err
	}
	return peopleTemplate.Render(w, http.StatusOK, peoplePage{p.frame(r, "People and roles", user), people})
}
