package staff

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// tokensPage lists somebody's own tokens for programs. A new one is shown once.
type tokensPage struct {
	ui.Frame
	Tokens  []tokenRow
	Made    string // the new token
	Name    string // as typed
	Days    string
	Refused *ui.Refusal
}

// tokenRow is a token with its state in a word.
type tokenRow struct {
	casework.APIToken
	Live  bool
	State string
}

var tokensTemplate = ui.Parse(files, "tokens.html")

const usualDays = "30"

func (p *pages) tokens(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	return p.showTokens(w, r, user, tokensPage{Days: usualDays}, nil)
}

func (p *pages) showTokens(w http.ResponseWriter, r *http.Request, user casework.Actor, page tokensPage, refused error) error {
	kept, err := p.Tokens.Tokens(r.Context(), user)
	if err != nil {
		return err
	}
	page.Frame, page.Tokens = p.frame(r, "Your API tokens", user), tokenRows(kept, p.Now())
	status := http.StatusOK
	if refused != nil {
		ui.Note(r, refused)
		status = ui.StatusOf(refused)
		page.Refused = ui.Refused("Not done", refused)
		if errors.Is(refused, errStale) {
			page.Refused.Again = again("/settings/tokens")
		}
		page.Title = "Not done: " + page.Title
	}
	return tokensTemplate.Render(w, status, page)
}

func tokenRows(kept []casework.APIToken, now time.Time) []tokenRow {
	out := []tokenRow{}
	for _, t := range kept {
		row := tokenRow{APIToken: t, Live: t.Live(now), State: "valid"}
		switch {
		case !t.RevokedAt.IsZero():
			row.State = "revoked"
		case !row.Live:
			row.State = "expired"
		}
		out = append(out, row)
	}
	return out
}

// makeToken asks for a fresh sign-in: a token outlives the session that made it.
func (p *pages) makeToken(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	page := tokensPage{Name: strings.TrimSpace(r.PostFormValue("name")), Days: r.PostFormValue("days")}
	if err := p.mustBeFresh(r); err != nil {
		return p.showTokens(w, r, user, page, err)
	}
	days, err := strconv.Atoi(page.Days)
	if err != nil || days < 1 || days > int(casework.LongestToken/(24*time.Hour)) {
		days = 0 // its own check says what would be right
	}
	made, now := "dp_"+secret(), casework.Truncate(p.Now())
	t := casework.APIToken{ID: uuid.Must(uuid.NewV7()).String(), Name: page.Name, SHA256: sumOf(made), MadeAt: now, ExpiresAt: now.AddDate(0, 0, days)}
	if err := p.Tokens.MakeToken(r.Context(), t, user); err != nil {
		return p.showTokens(w, r, user, page, err)
	}
	return p.showTokens(w, r, user, tokensPage{Made: made, Days: usualDays}, nil)
}

func (p *pages) revokeToken(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	if err := p.Tokens.RevokeToken(r.Context(), r.PathValue("id"), user, casework.Truncate(p.Now())); err != nil {
		return err
	}
	http.Redirect(w, r, "/settings/tokens", http.StatusSeeOther)
	return nil
}
