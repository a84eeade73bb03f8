package staff

import (
	"slices"

	"dueprocess/casework"
)

// formGroup is forms of a kind, under a heading.
type formGroup struct {
	Name  string
	Forms []form
}

// beside are the acts that are no step of a case's way, by what they are about.
var beside = []struct {
	name    string
	actions []casework.Action
}{
	{"Notes and people", []casework.Action{casework.Comment, casework.Assign, casework.LinkCase, casework.Attach}},
	{"Time", []casework.Action{casework.PauseClock, casework.ResumeClock, casework.ExtendDeadline}},
	{"Secrecy and who may see it", []casework.Action{casework.SetSecrecy, casework.LiftSecrecy, casework.Restrict, casework.Unrestrict}},
	{"What is kept", []casework.Action{casework.ExtendPreservation, casework.EndPreservation, casework.Hold, casework.Unhold}},
	{"The end of it", []casework.Action{casework.Withdraw, casework.Close, casework.RejectRequester, casework.ReportError}},
}

// grouped puts the steps of the case's way first, and then what stands beside it.
func grouped(forms []form) []formGroup {
	out := []formGroup{{Name: "On its way"}}
	rest := slices.Clone(forms)
	for _, b := range beside {
		within := func(f form) bool { return slices.Contains(b.actions, f.Action) }
		of := formGroup{Name: b.name}
		for _, f := range rest {
			if within(f) {
				of.Forms = append(of.Forms, f)
			}
		}
		rest = slices.DeleteFunc(rest, within)
		out = append(out, of)
	}
	out[0].Forms = rest
	return slices.DeleteFunc(out, func(g formGroup) bool { return len(g.Forms) == 0 })
}

// door is an act that has a page of its own.
type door struct {
	Action casework.Action
	Path   string
}

// rooms are the pages of acts that need more to be seen than a form.
var rooms = map[casework.Action]string{
	casework.Review: "review", casework.Approve: "approve", casework.SendBack: "approve", casework.Release: "release",
}

func hasDoor(a casework.Action) bool { return rooms[a] != "" }

// placeOf is where the form of an action stands.
func placeOf(id string, a casework.Action) string {
	if room := rooms[a]; room != "" {
		return "/cases/" + id + "/" + room + "#" + string(a)
	}
	return "/cases/" + id + "#" + string(a)
}

// doorsOf are the pages of what may be done now; sending back is on the page of approving.
func doorsOf(id string, allowed []casework.Action) []door {
	out := []door{}
	for _, a := range allowed {
		if hasDoor(a) && a != casework.SendBack {
			out = append(out, door{a, "/cases/" + id + "/" + rooms[a]})
		}
	}
	return out
}
