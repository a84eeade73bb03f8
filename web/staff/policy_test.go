package staff

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/policy"
	"dueprocess/web/ui/pagetest"
)

func TestRulesOfADayAreListedAndFound(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Adam)
	page := b.Get("/policy?on=2018-11-23")
	page.IsGuarded(t)
	page.Says(t, `href="/policy/rules/foreign.us_process"`, "in force on 23 November 2018")
	require.NotContains(t, page.Text, `rules/foreign.traffic"`)
	require.NotContains(t, page.Text, "/policy/what-if", "who may not try is not led there")
	require.NotContains(t, b.Get("/policy").Text, `rules/foreign.us_process"`)
	b.Get("/policy?q=2703+no-such-word").Says(t, "No rule matches")
	a := b.Get("/policy?on=2018-02-30")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "must be a date that exists")
	require.NotContains(t, b.Get("/policy?q="+url.QueryEscape(hostile)).Text, "<script>alert")
}

// Every rule has a page that says what it looks at and what its conditions mean.
func TestEveryRuleHasItsPage(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Tess)
	for _, rule := range policy.Default().Rules("") {
		page := b.Get("/policy/rules/" + rule.ID)
		require.Equal(t, http.StatusOK, page.StatusCode, rule.ID)
		page.Says(t, rule.ID, rule.Citation, rule.When, rule.Note)
	}
	require.Equal(t, http.StatusNotFound, b.Get("/policy/rules/no.such").StatusCode)
}

func TestAWhatIfAnswersAndStoresNothing(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	b := visit(t, h, pagetest.Rosa)
	form := b.Get("/policy/what-if")
	form.Says(t, "Example County Sheriff")
	sent := url.Values{"request": {anExample}, "on": {""}}
	a := b.Post("/policy/what-if", sent)
	require.Equal(t, http.StatusOK, a.StatusCode, a.Text)
	a.Says(t, "Answer: disclose in part", "Stored content", "18 USC 2703", "does not know", "Deadlines", `href="/policy/rules/`)
	b.Get("/").Says(t, "There is no open case")
	sent.Set("request", strings.Replace(strings.Replace(anExample, `"country": "US"`, `"country": "XX"`, 1), `"channel": "portal"`, `"channel": "pigeon", "colour": 1`, 1))
	a = b.Post("/policy/what-if", sent)
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "<code>authority.country</code>", "<code>channel</code>", "<code>colour</code>", "pigeon")
	for _, text := range []string{"", "{", hostile, "[]", "null"} {
		a = b.Post("/policy/what-if", url.Values{"request": {text}})
		require.Equal(t, http.StatusBadRequest, a.StatusCode, text)
		require.NotContains(t, a.Text, "<script>alert")
	}
	require.Equal(t, http.StatusBadRequest, b.Post("/policy/what-if", url.Values{"request": {anExample}, "on": {"soon"}}).StatusCode)
	pagetest.RefusesForeignForms(t, b, "/policy/what-if", sent)
}

func TestTwoDaysAreComparedOverTheCasesThatSomebodyMaySee(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	r := pagetest.Request()
	r.Authority.Country, r.Authority.Subdivision, r.Instrument.Type = "DE", "", casework.ForeignOrder
	r.Matter.OffenceCountry = "DE"
	id := h.Receive(t, r)
	b := visit(t, h, pagetest.Tess)
	b.Get("/policy/compare?before=2026-11-20&after=2026-11-20").Says(t, "Nothing is answered otherwise", "1 case was compared")
	page := b.Get("/policy/compare?before=2018-11-23&after=2026-11-20")
	page.Says(t, "1 of 1 cases are answered otherwise", `<a href="/cases/`+id+`">`, "foreign.us_process")
	a := b.Get("/policy/compare?before=x&after=y")
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "<code>before</code>", "<code>after</code>")
}

func TestCountriesSayHowCertainTheirTreatiesAre(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Mina)
	b.Get("/jurisdictions").Says(t, "Germany", "none: letters rogatory", "certainty:", "CLOUD Act agreement")
	require.Equal(t, http.StatusBadRequest, b.Get("/jurisdictions?on=never").StatusCode)
}
