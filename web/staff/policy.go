package staff

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/clocks"
	"dueprocess/policy"
	"dueprocess/web/ui"
)

// Rules answers from the rulebook in force.
type Rules interface {
	// Evaluate answers a request by the rules of a day; on empty: the day of receipt.
	Evaluate(req casework.Request, on casework.Date, authorityKnown bool) casework.Determination
	// Compare says what of a request is answered otherwise on the second day.
	Compare(before, after casework.Date, req casework.Request, authorityKnown bool) []policy.Changed
	Identity() casework.Rulebook
	Rules(on casework.Date) []policy.Rule
	Countries(on casework.Date) []policy.Country
	Profile() policy.Profile
	Calendars() *clocks.Calendars
}

// Book finds the contact book's entry for a request's authority.
type Book interface {
	Authority(ctx context.Context, r casework.Request, on casework.Date) (casework.BookEntry, bool, error)
}

// policyPage is the rules in force on a day.
type policyPage struct {
	ui.Frame
	Rulebook casework.Rulebook
	On       casework.Date
	Asked    string // as typed
	Words    string // what the list is narrowed by
	Rules    []policy.Rule
	All      int
	MayTry   bool
	MayRead  bool
	Refused  *ui.Refusal
}

var policyTemplate = ui.Parse(files, "policy.html")

func (p *pages) policy(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	page := policyPage{
		Frame: p.frame(r, "Policy", user), Rulebook: p.Rules.Identity(), Words: strings.TrimSpace(r.URL.Query().Get("q")),
		MayTry: casework.MayCall(casework.TryPolicy, user) == nil, MayRead: casework.MayCall(casework.ReadCases, user) == nil,
	}
	var err error
	if page.On, page.Asked, err = p.dayAsked(r, "on"); err != nil {
		page.Refused = ui.Refused("There is no such day", err)
		return policyTemplate.Render(w, ui.StatusOf(err), page)
	}
	rules := p.Rules.Rules(page.On)
	page.All = len(rules)
	page.Rules = slices.DeleteFunc(rules, func(x policy.Rule) bool { return !mentions(x, page.Words) })
	return policyTemplate.Render(w, http.StatusOK, page)
}

// mentions reports whether a rule has every word of a search.
func mentions(x policy.Rule, words string) bool {
	all := []string{x.ID, x.Citation, x.Sentence, x.Note, x.When}
	for _, e := range x.Then {
		all = append(all, e.Citation, e.Sentence, e.Follows)
	}
	text := strings.ToLower(strings.Join(all, " "))
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// dayAsked reads a day of the address; left out, today where the team is.
func (p *pages) dayAsked(r *http.Request, name string) (day casework.Date, typed string, err error) {
	today := casework.DateOf(p.Now(), p.zone())
	switch text := r.FormValue(name); {
	case text == "":
		return today, string(today), nil
	case !casework.Date(text).Valid():
		return "", text, casework.Faulty([]casework.Fault{{Path: name, Message: "must be a date that exists, such as 2026-11-20"}})
	default:
		return casework.Date(text), text, nil
	}
}

// rulePage is one rule, in each of its versions.
type rulePage struct {
	ui.Frame
	ID       string
	Versions []ruleVersion
}

// ruleVersion is a rule as it is in force for some time.
type ruleVersion struct {
	policy.Rule
	Now   bool
	Means []policy.Meaning
}

var ruleTemplate = ui.Parse(files, "rule.html")

func (p *pages) rule(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	page, today := rulePage{Frame: p.frame(r, r.PathValue("rule"), user), ID: r.PathValue("rule")}, casework.DateOf(p.Now(), p.zone())
	for _, x := range p.Rules.Rules("") {
		if x.ID != page.ID {
			continue
		}
		conditions := []string{x.When}
		for _, e := range x.Then {
			conditions = append(conditions, e.When)
		}
		now := x.From <= today && (x.To == "" || today <= x.To)
		page.Versions = append(page.Versions, ruleVersion{x, now, policy.Meanings(conditions...)})
	}
	if len(page.Versions) == 0 {
		return casework.Refuse(casework.NotFound, "There is no rule of that name.")
	}
	return ruleTemplate.Render(w, http.StatusOK, page)
}

// countriesPage is what the rulebook knows of countries on a day.
type countriesPage struct {
	ui.Frame
	On        casework.Date
	Asked     string
	Countries []policy.Country
	Refused   *ui.Refusal
}

var countriesTemplate = ui.Parse(files, "countries.html")

func (p *pages) countries(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := casework.MayCall(casework.ReadPolicy, user); err != nil {
		return err
	}
	page := countriesPage{Frame: p.frame(r, "Countries", user)}
	var err error
	if page.On, page.Asked, err = p.dayAsked(r, "on"); err != nil {
		page.Refused = ui.Refused("There is no such day", err)
		return countriesTemplate.Render(w, ui.StatusOf(err), page)
	}
	page.Countries = p.Rules.Countries(page.On)
	return countriesTemplate.Render(w, http.StatusOK, page)
}

// known reports whether the contact book knows a request's authority on the day of its receipt.
func (p *pages) known(ctx context.Context, req casework.Request) (bool, error) {
	_, ok, err := p.Book.Authority(ctx, req, casework.DateOf(req.ReceivedAt, time.UTC))
	return ok, err
}
