package staff

import (
	"net/http"
	"net/url"
	"regexp"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// stuckPage lists what cannot go on, with its cause and since when.
type stuckPage struct {
	ui.Frame
	Rows      []stuckRow
	Cases     int
	MayRead   bool // whoever sees no case content has no link to it
	MayResume bool
	Done      *ui.Banner
	Refused   *ui.Refusal
}

// stuckRow is one thing that cannot be done.
type stuckRow struct {
	casework.Stuck
	Doing string
	For   string // how long
}

// doings are what cannot be done, in words.
var doings = map[casework.Waiting]string{
	casework.WaitingStart: "Begin work on the request", casework.WaitingRun: "Go on with the case", casework.WaitingRead: "Read the case",
	casework.WaitingPurge: "Erase what is left of a purged case", casework.Waiting(casework.DoEvaluate): "Ask the policy",
	casework.Waiting(casework.DoResolve): "Look the accounts up", casework.Waiting(casework.DoMail): "Send a message", casework.Waiting(casework.DoCollect): "Look the records up",
	casework.Waiting(casework.DoSeal): "Seal the parcel", casework.Waiting(casework.DoDeliver): "Deliver the parcel", casework.Waiting(casework.DoPreserve): "Copy what is preserved",
	casework.Waiting(casework.DoForget): "Delete what was preserved",
}

var caseIDs = regexp.MustCompile(`^LR-[0-9]{4}-[0-9]{6,9}$`)

var stuckTemplate = ui.Parse(files, "stuck.html")

// Listed is how many cases the list has rows of.
func (s stuckPage) Listed() int {
	seen := map[string]bool{}
	for _, x := range s.Rows {
		seen[x.Case] = true
	}
	return len(seen)
}

func (p *pages) stuck(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	page, err := p.stuckPage(r, user)
	if err != nil {
		return err
	}
	if id := r.URL.Query().Get("resumed"); caseIDs.MatchString(id) {
		page.Done = &ui.Banner{Kind: "good", Says: id + " is being tried again. It leaves this list once it has gone on."}
	}
	return stuckTemplate.Render(w, http.StatusOK, page)
}

func (p *pages) stuckPage(r *http.Request, user casework.Actor) (stuckPage, error) {
	page := stuckPage{Frame: p.frame(r, "Stuck work", user)}
	if err := casework.MayCall(casework.ReadFigures, user); err != nil {
		return page, err
	}
	now := p.Now()
	list, err := p.Stuck.Stuck(r.Context(), now, user)
	for _, s := range list.Stuck {
		page.Rows = append(page.Rows, stuckRow{s, doings[s.What], ui.Length(now.Sub(s.Since))})
	}
	page.Cases = list.Cases
	page.MayRead, page.MayResume = casework.MayCall(casework.ReadCases, user) == nil, casework.MayCall(casework.ResumeWork, user) == nil
	return page, err
}

// resume has what is stuck of a case tried again, and goes back to the list; what is refused is said there.
func (p *pages) resume(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ResumeWork, user); err != nil {
		return err
	}
	id := r.PathValue("id")
	refused := p.Watch.Resume(r.Context(), id, user)
	if refused == nil {
		http.Redirect(w, r, "/stuck?resumed="+url.QueryEscape(id), http.StatusSeeOther)
		return nil
	}
	page, err := p.stuckPage(r, user)
	if err != nil {
		return err
	}
	ui.Note(r, refused)
	page.Title = "Not done: " + page.Title
	page.Refused = ui.Refused("Not resumed", refused)
	return stuckTemplate.Render(w, ui.StatusOf(refused), page)
}
