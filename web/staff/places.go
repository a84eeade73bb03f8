package staff

import (
	"strings"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// place is a page of the main navigation, shown to those who may call what it shows.
type place struct {
	name, path string
	under      []string // other paths that are of this place
	calls      []casework.Call
}

// places are the main navigation, in its order: queue, intake, approvals, SLA, stuck, report, policy, countries,
// contacts, ledger, settings. A page adds its line where it belongs.
var places = []place{
	{"Queue", "/", []string{"/cases"}, []casework.Call{casework.ReadCases}},
	{"Approvals", "/approvals", nil, []casework.Call{casework.ReadCases}},
	{"SLA", "/sla", nil, []casework.Call{casework.ReadFigures}},
	{"Stuck", "/stuck", nil, []casework.Call{casework.ReadFigures}},
	{"Report", "/report", nil, []casework.Call{casework.ReadPolicy}},
	{"Policy", "/policy", nil, []casework.Call{casework.ReadPolicy}},
	{"Countries", "/jurisdictions", nil, []casework.Call{casework.ReadPolicy}},
	{"Contacts", "/contacts", nil, []casework.Call{casework.ReadCases}},
	{"Ledger", "/ledger", nil, []casework.Call{casework.ReadCases}},
	{"Settings", "/settings", nil, nil},
}

// placesFor are the places that somebody may open, with the one that a path is of marked.
func placesFor(user casework.Actor, path string) []ui.Place {
	out := []ui.Place{}
	if user.Name == "" {
		return out
	}
	for _, x := range places {
		if mayAny(x.calls, user) {
			out = append(out, ui.Place{Name: x.name, Path: x.path, Here: x.holds(path)})
		}
	}
	return out
}

func (x place) holds(path string) bool {
	if path == x.path {
		return true
	}
	for _, under := range append(x.under, x.path) {
		if under != "/" && strings.HasPrefix(path, under+"/") {
			return true
		}
	}
	return false
}
