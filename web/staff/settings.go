package staff

import (
	"net/http"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// settingsPage is the index of what may be set, and by whom it may be seen.
type settingsPage struct {
	ui.Frame
	Entries []setting
}

// setting is an entry of the index.
type setting struct {
	Name, Path, Says string

	calls []casework.Call // any of these opens it; none: everybody
}

// settings are the index, in its order. A page adds its line.
var settings = []setting{
	{"My settings", "/settings/mine", "Your time zone, and whether single keys do something.", nil},
	{"Saved views", "/settings/views", "Your views of the queue, and those that others share.", []casework.Call{casework.KeepViews}},
	{"My API tokens", "/settings/tokens", "What lets your programs act as you.", nil},
	{"Targets and periods", "/settings/targets", "Our own times for each kind of deadline, and the periods of the profile in force.", []casework.Call{casework.ReadPolicy}},
	{"Calendars", "/settings/calendars", "Which days are no working days, where, and who says so.", []casework.Call{casework.ReadPolicy}},
	{"Letters and messages", "/settings/letters", "What each kind of letter and e-mail says, with invented facts.", []casework.Call{casework.ReadPolicy}},
	{"People and roles", "/settings/people", "Who has which role, and when they last signed in.", []casework.Call{casework.ReadPeople}},
}

var settingsTemplate = ui.Parse(files, "settings.html")

func (p *pages) settings(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	page := settingsPage{Frame: p.frame(r, "Settings", user)}
	for _, s := range settings {
		if mayAny(s.calls, user) {
			page.Entries = append(page.Entries, s)
		}
	}
	return settingsTemplate.Render(w, http.StatusOK, page)
}

// mayAny reports whether somebody may make any of the calls; nothing asked is open to all.
func mayAny(calls []casework.Call, user casework.Actor) bool {
	for _, call := range calls {
		if casework.MayCall(call, user) == nil {
			return true
		}
	}
	return len(calls) == 0
}
