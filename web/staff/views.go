package staff

import (
	"cmp"
	"net/http"
	"net/url"

	"dueprocess/casework"
)

// viewTab is a view of the queue with how many cases it has.
type viewTab struct {
	Name, Address string
	Count         string // empty: it was not counted
	Here          bool
	Shared        string // who shares it; empty: it is one's own, or everybody's
}

// builtIn are the views that everybody has.
var builtIn = []struct{ name, text string }{
	{"Open", openCases}, // where the queue begins
	{"Mine", "assignee:me is:open"},
	{"Unassigned", "is:unassigned is:open"},
	{"Waiting on us", "waiting:us"},
	{"Due soon", "sla:due_soon is:open"},
	{"Overdue", "due:overdue is:open"},
	{"All", "is:any"},
}

// mostCounted is how many saved views are counted at each look.
const mostCounted = 10

// viewTabs are the built-in views and the saved ones; query is what is open now.
func (p *pages) viewTabs(r *http.Request, user casework.Actor, query string) ([]viewTab, error) {
	out := []viewTab{}
	for _, b := range builtIn {
		v := url.Values{"q": {b.text}}
		tab := viewTab{Name: b.name, Address: "/?" + v.Encode(), Here: v.Encode() == query}
		if err := p.counted(r, &tab, v, user); err != nil {
			return nil, err
		}
		out = append(out, tab)
	}
	stuck, err := p.Stuck.Stuck(r.Context(), p.Now(), user)
	if err != nil {
		return nil, err
	}
	out = append(out, viewTab{Name: "Stuck", Address: "/stuck", Count: countOf(stuck.Cases, false)})
	saved, err := p.savedTabs(r, user, query)
	return append(out, saved...), err
}

func (p *pages) savedTabs(r *http.Request, user casework.Actor, query string) ([]viewTab, error) {
	saved, err := p.Views.Views(r.Context(), user)
	out := []viewTab{}
	for i, s := range saved {
		v, _ := url.ParseQuery(s.Query) // was checked when it was saved
		tab := viewTab{Name: s.Name, Address: "/?" + v.Encode(), Here: v.Encode() == query}
		if s.Owner != user.Name {
			tab.Shared = s.Owner
		}
		if i < mostCounted {
			err = cmp.Or(err, p.counted(r, &tab, v, user))
		}
		out = append(out, tab)
	}
	return out, err
}

// counted counts the cases of a view; one that is no longer understood stays uncounted.
func (p *pages) counted(r *http.Request, tab *viewTab, v url.Values, user casework.Actor) error {
	a := p.ask(r, v, user)
	if a.refused != nil {
		return nil
	}
	n, atLeast, err := p.Registry.CountCases(r.Context(), a.query, user)
	if err != nil {
		return err
	}
	tab.Count = countOf(n, false)
	if atLeast {
		tab.Count += "+"
	}
	return nil
}
