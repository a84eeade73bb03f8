package staff

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"dueprocess/casework"
)

// triedNext is how many of the first cases are tried: others may be taking them too. mostLooked is how many are looked
// at for them, of each kind.
const (
	triedNext  = 5
	mostLooked = 500
)

// tasks are what each role's cases wait for.
var tasks = []struct {
	role    casework.Role
	waiting casework.WaitingOn
}{
	{casework.LegalOps, casework.OnLegalOps}, {casework.Reviewer, casework.OnReviewer}, {casework.Reviewer, casework.OnApprover},
}

// nextFor are the first cases that nobody has and that wait on somebody's role, so many if there are: emergencies, then by
// when something is due.
func (p *pages) nextFor(r *http.Request, user casework.Actor, want int) ([]casework.ListedCase, error) {
	out, err := p.nextOf(r, user, true, want)
	if err != nil || len(out) >= want {
		return out, err
	}
	others, err := p.nextOf(r, user, false, want)
	return append(out, others...), err
}

// nextOf are those that are emergencies, or those that are none: asked for by itself, an emergency is found behind however
// many others that are due before it.
func (p *pages) nextOf(r *http.Request, user casework.Actor, emergency bool, want int) ([]casework.ListedCase, error) {
	out := []casework.ListedCase{}
	for _, task := range tasks {
		if !slices.Contains(user.Roles, task.role) {
			continue
		}
		q := casework.CaseQuery{WaitingOn: task.waiting, Unassigned: true, Open: true, Emergency: emergency, Sort: soonest, Limit: triedNext}
		found, err := p.ableOf(r, q, user, want)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	slices.SortStableFunc(out, sooner)
	return out, nil
}

// ableOf are the first of a query's cases that somebody could do something about.
func (p *pages) ableOf(r *http.Request, q casework.CaseQuery, user casework.Actor, want int) (out []casework.ListedCase, err error) {
	for c, err := range p.casesOf(r.Context(), q, user, mostLooked) {
		if err != nil {
			return nil, err
		}
		able, err := p.able(r, c, user)
		if err != nil {
			return nil, err
		}
		if able && c.Emergency == q.Emergency {
			out = append(out, c)
		}
		if len(out) == want {
			break
		}
	}
	return out, nil
}

// able reports whether somebody could do what a case waits for: whoever reviewed it cannot approve, whoever added records
// cannot release. That they reviewed it the list says already, and the case is not opened.
func (p *pages) able(r *http.Request, c casework.ListedCase, user casework.Actor) (bool, error) {
	approves, releases := c.WaitingOn == casework.OnApprover, c.WaitingOn == casework.OnReviewer && c.Stage == casework.InDisclosure
	switch {
	case !approves && !releases:
		return true, nil
	case approves && c.Decision != nil && c.Decision.By == user.Name:
		return false, nil
	}
	full, err := p.Registry.Full(r.Context(), c.ID, user)
	if err != nil {
		return false, err
	}
	acts := full.Allowed(user, p.Now())
	if approves {
		return slices.Contains(acts, casework.Approve), nil
	}
	return !slices.Contains(full.Work.AddedBy, user.Name) || slices.Contains(acts, casework.ResolveObjection), nil
}

func sooner(a, b casework.ListedCase) int {
	if a.Emergency != b.Emergency {
		if a.Emergency {
			return -1
		}
		return 1
	}
	dueA, okA := a.NextDue()
	dueB, okB := b.NextDue()
	switch {
	case okA && okB:
		return dueA.Due.Compare(dueB.Due)
	case okA:
		return -1
	case okB:
		return 1
	}
	return a.ReceivedAt.Compare(b.ReceivedAt)
}

// take assigns the next case to whoever asks, and leads there. Where somebody else was quicker, the one after it is taken.
func (p *pages) take(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := mayAssign(user); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	key, err := uuid.Parse(r.PostFormValue("key"))
	if err != nil {
		return errNotWhole
	}
	if id := r.PostFormValue("case"); id != "" && p.took(r, user, id, key.String()) {
		http.Redirect(w, r, "/cases/"+url.PathEscape(id), http.StatusSeeOther)
		return nil
	}
	next, err := p.nextFor(r, user, triedNext)
	if err != nil {
		return err
	}
	for _, c := range next {
		err := p.assign(r, user, caseAt{c.ID, c.Version}, user.Name, key.String())
		if err == nil {
			http.Redirect(w, r, "/cases/"+c.ID, http.StatusSeeOther)
			return nil
		}
		if code := casework.CodeOf(err); code != casework.Conflict && code != casework.NotFound { // else somebody was quicker
			return err
		}
	}
	http.Redirect(w, r, "/?done=nothing", http.StatusSeeOther)
	return nil
}

// took reports whether the case was taken by this very form, sent before: a second press is not a second case.
func (p *pages) took(r *http.Request, user casework.Actor, id, key string) bool {
	c, err := p.Registry.Full(r.Context(), id, user)
	if err != nil || c.Assignee != user.Name && c.Assignee != "" {
		return false
	}
	return p.assign(r, user, caseAt{id, c.Version}, user.Name, key) == nil
}
