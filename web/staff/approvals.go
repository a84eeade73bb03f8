package staff

import (
	"net/http"
	"slices"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// approvalsPage is what waits for a second person: decisions to approve and parcels to release.
type approvalsPage struct {
	ui.Frame

	Decides bool // the reader's role approves and releases
	Lists   []inbox
	More    bool // more wait than are shown
}

// inbox is a list of what waits, and why it is listed apart.
type inbox struct {
	Name, Says string
	Action     casework.Action // that the reader may do; empty: none
	Rows       []inboxRow
}

// inboxRow is a case that waits.
type inboxRow struct {
	casework.ListedCase

	Clock    ui.Clock
	Path     string
	Decision *casework.Decision
	Given    []casework.GivenApproval
	Parcel   casework.Disclosure
	Says     string // what it waits for
}

var approvalsTemplate = ui.Parse(files, "approvals.html")

// mostWaiting is how many of each kind are shown at once, those that are due first.
const mostWaiting = 100

func (p *pages) approvals(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadCases, user); err != nil {
		return err
	}
	page := approvalsPage{Frame: p.frame(r, "Approvals", user), Decides: casework.MayEver(casework.Approve, user)}
	for _, kind := range []struct {
		query  casework.CaseQuery
		action casework.Action
	}{
		{casework.CaseQuery{WaitingOn: casework.OnApprover}, casework.Approve},
		{casework.CaseQuery{WaitingOn: casework.OnReviewer, Stage: casework.InDisclosure}, casework.Release},
	} {
		rows, more, err := p.waits(r, user, kind.query, page.Stamp)
		if err != nil {
			return err
		}
		page.Lists, page.More = append(page.Lists, split(rows, kind.action)...), page.More || more
	}
	return approvalsTemplate.Render(w, http.StatusOK, page)
}

// waitingCase is a case of the list with what it is, and what the reader may do.
type waitingCase struct {
	inboxRow
	may error
	own bool // the reader reviewed, or added records
}

// waits reads what a query lists, whole.
func (p *pages) waits(r *http.Request, user casework.Actor, q casework.CaseQuery, stamp stamper) (out []waitingCase, more bool, err error) {
	q.Sort, q.Limit = "due", mostWaiting
	list, err := p.Registry.Cases(r.Context(), q, user)
	if err != nil {
		return nil, false, err
	}
	ids := []string{}
	for _, c := range list.Cases {
		ids = append(ids, c.ID)
	}
	whole, err := p.Registry.Whole(r.Context(), ids, user)
	if err != nil {
		return nil, false, err
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return nil, false, err
	}
	for _, c := range list.Cases {
		if full, ok := whole[c.ID]; ok {
			out = append(out, p.waitingCase(c, full, user, staff, stamp))
		}
	}
	return out, list.NextCursor != nil, nil
}

func (p *pages) waitingCase(listed casework.ListedCase, c casework.Case, user casework.Actor, staff []casework.Actor, stamp stamper) waitingCase {
	now := p.Now()
	action := casework.Release
	if c.WaitingOn == casework.OnApprover {
		action = casework.Approve
	}
	w := waitingCase{may: c.May(action, user, now)}
	w.inboxRow = inboxRow{
		ListedCase: listed, Clock: ui.ClockOf(c.View, now), Path: placeOf(c.ID, action), Decision: c.Decision, Given: c.Approvals.Given, Parcel: readyParcel(c),
		Says: waiting{c, staff, user.Name, now, stamp}.next().Says,
	}
	w.own = casework.CodeOf(w.may) == casework.Forbidden && casework.MayEver(action, user)
	return w
}

// split puts what the reader may do first, then what is their own, then what waits for others.
func split(cases []waitingCase, action casework.Action) []inbox {
	names := map[casework.Action][3]string{
		casework.Approve: {"To approve", "Your own reviews", "To be approved by others"},
		casework.Release: {"Ready to release", "Ready, with records that you added", "Parcels that wait, not for you to release now"},
	}[action]
	says := [3]string{"", "Whoever reviewed does not approve, and whoever added records does not release: somebody else must.", ""}
	out := []inbox{{Name: names[0], Action: action}, {Name: names[1], Says: says[1]}, {Name: names[2]}}
	for _, c := range cases {
		at := 2
		switch {
		case c.may == nil:
			at = 0
		case c.own:
			at = 1
		}
		out[at].Rows = append(out[at].Rows, c.inboxRow)
	}
	return slices.DeleteFunc(out, func(l inbox) bool { return l.Action == "" && len(l.Rows) == 0 })
}
