package staff

import (
	_ "embed"
	"errors"
	"net/http"
	"strings"

	"dueprocess/casework"
	"dueprocess/intake"
	"dueprocess/web/ui"
)

// anExample is a request to start from.
//
//go:embed example.json
var anExample string

// whatIfPage is a dry run of the policy on a pasted request: nothing is stored.
type whatIfPage struct {
	ui.Frame
	Text    string
	On      string // as typed; empty: the day of receipt
	Answer  *casework.Determination
	Known   bool
	Refused *ui.Refusal
}

var whatIfTemplate = ui.Parse(files, "whatif.html")

func (p *pages) whatIf(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.TryPolicy, user); err != nil {
		return err
	}
	return whatIfTemplate.Render(w, http.StatusOK, whatIfPage{Frame: p.frame(r, "What if", user), Text: anExample})
}

// tryPolicy answers what was pasted; every fault of it at once, with the text still there.
func (p *pages) tryPolicy(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.TryPolicy, user); err != nil {
		return err
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	page := whatIfPage{Frame: p.frame(r, "What if", user), Text: r.PostForm.Get("request"), On: strings.TrimSpace(r.PostForm.Get("on"))}
	err := p.try(r, &page)
	if err == nil {
		return whatIfTemplate.Render(w, http.StatusOK, page)
	}
	if told, ok := errors.AsType[*casework.Error](err); !ok || told.Code != casework.Invalid {
		return err
	}
	page.Title, page.Refused = "Not answered: "+page.Title, ui.Refused("This request cannot be read", err)
	return whatIfTemplate.Render(w, ui.StatusOf(err), page)
}

func (p *pages) try(r *http.Request, page *whatIfPage) error {
	on := casework.Date(page.On)
	if on != "" && !on.Valid() {
		return casework.Faulty([]casework.Fault{{Path: "on", Message: "must be a date that exists, such as 2026-11-20"}})
	}
	req, err := intake.Read(intake.Unwrap([]byte(page.Text)), p.Now(), intake.DryRun)
	if err != nil {
		return err
	}
	if page.Known, err = p.known(r.Context(), req); err != nil {
		return err
	}
	answer := p.Rules.Evaluate(req, on, page.Known)
	page.Answer = &answer
	return nil
}
