package staff

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// errNotWhole is said where a form lacks what nobody types.
var errNotWhole = casework.Refuse(casework.Invalid, "The form is not whole. Load the page again and send it from there.")

func mayAssign(user casework.Actor) error {
	if !casework.MayEver(casework.Assign, user) {
		return casework.Refuse(casework.Forbidden, "Your role may not assign cases.")
	}
	return nil
}

// caseAt is a case as somebody saw it.
type caseAt struct {
	id      string
	version int
}

var isCaseAt = regexp.MustCompile(`^(LR-[0-9]{4}-[0-9]{6,9})@([0-9]{1,9})$`)

// casesAt reads which cases were ticked.
func casesAt(ticked []string) ([]caseAt, error) {
	out := []caseAt{}
	for _, s := range ticked {
		m := isCaseAt.FindStringSubmatch(s)
		if m == nil {
			return nil, errNotWhole
		}
		version, _ := strconv.Atoi(m[2]) // digits
		if c := (caseAt{m[1], version}); version > 0 && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if len(out) > pageSize {
		return nil, casework.Refuse(casework.Invalid, "At most %d cases are assigned at once.", pageSize)
	}
	return out, nil
}

// assign brings one assignment to the desk, of a case that its giver may see.
func (p *pages) assign(r *http.Request, user casework.Actor, c caseAt, to, key string) error {
	if _, err := p.Registry.Case(r.Context(), c.id, user); err != nil {
		return err
	}
	return p.Desk.Act(r.Context(), c.id, casework.Act{
		Action: casework.Assign, Actor: user, Key: key, Version: c.version, At: casework.Truncate(p.Now()), Body: &casework.AssignBody{To: to},
	})
}

// assignMany assigns each ticked case, or says why it was not.
func (p *pages) assignMany(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := mayAssign(user); err != nil {
		return err
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	back, err := url.ParseQuery(r.PostForm.Get("back"))
	if err != nil {
		return errNotWhole
	}
	cases, err := casesAt(r.PostForm["case"])
	if err != nil {
		return err
	}
	to, err := p.assignee(r, user)
	if err == nil && len(cases) == 0 {
		err = casework.Refuse(casework.Invalid, "No case is ticked. Tick those that are to be assigned, then send again.")
	}
	if err != nil {
		return p.notAssigned(w, r, user, back, ui.Refused("Nothing was assigned", err))
	}
	return p.assignEach(w, r, user, cases, to, back)
}

// assignee is whom the form names; somebody of staff who may have a case, or nobody.
func (p *pages) assignee(r *http.Request, user casework.Actor) (string, error) {
	to := r.PostForm.Get("to")
	if to == "me" {
		return user.Name, nil
	}
	staff, err := p.Registry.Users(r.Context())
	if err != nil {
		return "", err
	}
	if to != "nobody" && !slices.ContainsFunc(assignees(staff), func(c choice) bool { return c.Value != "" && c.Value == to }) {
		return "", casework.Refuse(casework.Invalid, "Choose to whom the cases go.")
	}
	return strings.TrimPrefix(to, "nobody"), nil
}

func (p *pages) assignEach(w http.ResponseWriter, r *http.Request, user casework.Actor, cases []caseAt, to string, back url.Values) error {
	key, err := uuid.Parse(r.PostForm.Get("key"))
	if err != nil {
		return errNotWhole
	}
	refused := &ui.Refusal{}
	for _, c := range cases {
		if err := p.assign(r, user, c, to, key.String()); err != nil {
			ui.Note(r, err)
			sentence, _ := ui.Sentence(err)
			refused.Faults = append(refused.Faults, casework.Fault{Path: c.id, Message: sentence})
		}
	}
	done := len(cases) - len(refused.Faults)
	if len(refused.Faults) == 0 {
		back.Set("done", strconv.Itoa(done))
		http.Redirect(w, r, "/?"+back.Encode(), http.StatusSeeOther) //nolint:gosec // the queue, whatever is asked of it
		return nil
	}
	refused.Title = fmt.Sprintf("%d of %d not assigned", len(refused.Faults), len(cases))
	refused.Sentence = "The others were assigned to " + cmp.Or(to, "nobody") + "."
	if done == 0 {
		refused.Sentence = "Nothing was changed."
	}
	return p.notAssigned(w, r, user, back, refused)
}

// notAssigned shows the queue as it now is, with what was refused.
func (p *pages) notAssigned(w http.ResponseWriter, r *http.Request, user casework.Actor, back url.Values, refused *ui.Refusal) error {
	page, err := p.queuePage(r, user, back)
	if err != nil {
		return err
	}
	page.Title, page.NotDone = "Not done: "+page.Title, refused
	return queueTemplate.Render(w, http.StatusConflict, page)
}

// doneOf is what the page before did, said once more here.
func doneOf(r *http.Request) *ui.Banner {
	done := r.URL.Query().Get("done")
	n, err := strconv.Atoi(done)
	switch {
	case done == "nothing":
		return &ui.Banner{Kind: "info", Says: "No case that nobody has waits on you."}
	case err != nil || n < 1 || n > pageSize:
		return nil
	case n == 1:
		return &ui.Banner{Kind: "good", Says: "1 case was assigned."}
	}
	return &ui.Banner{Kind: "good", Says: fmt.Sprintf("%d cases were assigned.", n)}
}
