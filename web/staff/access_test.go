package staff

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// mayOpen is who gets through to each page. Who is not in a row is answered 403, in whatever state the case is; who is,
// never 401, 403 or 404, but for what the state does not have. An action's form is held to a table of its own.
var mayOpen = map[string]string{
	"GET /{$}":                                   "olivia rosa rafael mina tess",
	"GET /cases/{id}":                            "olivia rosa rafael mina tess",
	"GET /cases/{id}/disclosures/{n}/parcel":     "olivia rosa rafael",
	"GET /approvals":                             "olivia rosa rafael mina tess",
	"GET /cases/{id}/live":                       "olivia rosa rafael mina tess",
	"GET /cases/{id}/review":                     "rosa rafael",
	"GET /cases/{id}/approve":                    "rosa rafael",
	"GET /cases/{id}/release":                    "rosa rafael",
	"GET /cases/{id}/documents/{n}":              "olivia rosa rafael mina tess",
	"GET /cases/{id}/documents/{n}/pages":        "olivia rosa rafael mina tess",
	"GET /cases/{id}/documents/{n}/pages/{page}": "olivia rosa rafael mina tess",
	"GET /cases/{id}/letters":                    "olivia rosa rafael mina tess",
	"GET /cases/{id}/letters/{n}":                "olivia rosa rafael mina tess",
	"GET /cases/{id}/letters/draft":              "olivia rosa rafael mina tess",
	"GET /cases/{id}/letters/costs":              "olivia rosa rafael mina tess",
	"POST /cases/{id}/letters/costs":             "olivia rosa rafael mina tess",
	"GET /queue.csv":                             "olivia rosa rafael mina tess",
	"POST /queue/take":                           "olivia rosa rafael mina",
	"POST /queue/assign":                         "olivia rosa rafael mina",
	"POST /queue/views":                          "olivia rosa rafael mina tess",
	"POST /queue/views/{id}":                     "olivia rosa rafael mina tess",
	"POST /queue/views/{id}/drop":                "olivia rosa rafael mina tess",
	"GET /settings/views":                        "olivia rosa rafael mina tess",
	"GET /settings":                              "olivia rosa rafael mina adam tess",
	"GET /settings/mine":                         "olivia rosa rafael mina adam tess",
	"POST /settings/mine":                        "olivia rosa rafael mina adam tess",
	"GET /sla":                                   "olivia rosa rafael mina adam tess",
	"GET /sla/{table}":                           "olivia rosa rafael mina adam tess",
	"GET /report":                                "olivia rosa rafael mina adam tess",
	"GET /report/{file}":                         "olivia rosa rafael mina adam tess",
	"GET /policy":                                "olivia rosa rafael mina adam tess",
	"GET /policy/rules/{rule}":                   "olivia rosa rafael mina adam tess",
	"GET /policy/what-if":                        "olivia rosa rafael",
	"POST /policy/what-if":                       "olivia rosa rafael",
	"GET /policy/compare":                        "olivia rosa rafael mina tess",
	"GET /jurisdictions":                         "olivia rosa rafael mina adam tess",
	"GET /contacts":                              "olivia rosa rafael mina tess",
	"GET /contacts/new":                          "olivia",
	"GET /contacts/{id}":                         "olivia rosa rafael mina tess",
	"POST /contacts":                             "olivia",
	"GET /ledger":                                "olivia rosa rafael mina tess",
	"GET /ledger/cases/{id}/evidence":            "olivia rosa rafael mina tess",
	"GET /settings/targets":                      "olivia rosa rafael mina adam tess",
	"GET /settings/calendars":                    "olivia rosa rafael mina adam tess",
	"GET /settings/letters":                      "olivia rosa rafael mina adam tess",
	"GET /settings/letters/{kind}":               "olivia rosa rafael mina adam tess",
	"GET /stuck":                                 "olivia rosa rafael mina adam tess",
	"POST /stuck/{id}/resume":                    "mina adam",
	"GET /settings/tokens":                       "olivia rosa rafael mina adam tess",
	"GET /settings/people":                       "adam tess",
	"POST /settings/tokens":                      "olivia rosa rafael mina adam tess",
	"POST /settings/tokens/{id}/revoke":          "olivia rosa rafael mina adam tess",
	"POST /cases/{id}/actions/{action}":          byAction,
	"POST /cases/{id}/drafts/{action}":           byAction,
	"GET /signin":                                everybody,
	"GET /signin/start":                          everybody,
	"GET /signin/callback":                       everybody,
	"POST /signout":                              everybody,
	"GET /signedout":                             everybody,
	"GET /session":                               everybody,
	"POST /session/extend":                       everybody,
	"GET ui.StaticPath":                          everybody,
	"GET ui.MarkPath":                            everybody,
	"/":                                          nowhere,
}

const (
	everybody = "everybody, signed in or not"
	byAction  = "by action"
	nowhere   = "there is nothing"
)

func TestEveryRouteIsInTheTable(t *testing.T) {
	t.Parallel()
	found := pagetest.Routes(t, "staff")
	require.NotEmpty(t, found)
	for _, pattern := range found {
		require.Contains(t, mayOpen, pattern, "a new page needs a row: who may open it")
	}
	for pattern := range mayOpen {
		require.Contains(t, found, pattern, "a row without a page")
	}
}

// Every page for everybody in every state of a case.
func TestWhoMayOpenWhat(t *testing.T) {
	t.Parallel()
	for _, state := range pagetest.States {
		t.Run(state.Name, func(t *testing.T) {
			t.Parallel()
			h := pagetest.Open(t)
			id, site := state.Make(t, h), New(config(h))
			stranger := pagetest.Visit(t, site)
			for _, by := range pagetest.People {
				b := pagetest.Visit(t, site).SignIn(by.Name)
				for pattern, who := range mayOpen {
					if who == everybody || who == byAction || who == nowhere {
						continue
					}
					method, path := addressOf(pattern, id)
					requireThrough(t, b.Do(method, path, url.Values{}, sameOrigin), slices.Contains(strings.Fields(who), by.Name), by.Name+" at "+method+" "+path)
					requireSentToSignIn(t, stranger.Do(method, path, url.Values{}, sameOrigin), path)
				}
			}
		})
	}
}

var sameOrigin = http.Header{"Sec-Fetch-Site": {"same-origin"}}

// addressOf fills a pattern's places.
func addressOf(pattern, id string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.ReplaceAll(path, "/cases/{id}", "/cases/"+id)
	return method, strings.NewReplacer("{$}", "", "{n}", "1", "{page}", "1.png", "{table}", "load.csv", "{rule}", "none", "{kind}", "refusal", "{file}", "by_country.csv?period=2026", "{id}", "none").Replace(path)
}

func requireThrough(t *testing.T, a pagetest.Answer, through bool, what string) {
	t.Helper()
	require.NotEqual(t, http.StatusInternalServerError, a.StatusCode, what)
	require.Equal(t, !through, a.StatusCode == http.StatusForbidden, "%s: %d", what, a.StatusCode)
	if !through {
		require.NotContains(t, a.Text, "Bureau", what)
	}
}

func requireSentToSignIn(t *testing.T, a pagetest.Answer, what string) {
	t.Helper()
	require.Equal(t, http.StatusSeeOther, a.StatusCode, what)
	require.True(t, strings.HasPrefix(a.Header.Get("Location"), "/signin"), what)
}

// Every action by everybody in every state: the page offers it exactly where it is allowed, and what is sent by hand,
// past the page, is answered the same way.
func TestWhoMayDoWhatWhen(t *testing.T) {
	t.Parallel()
	for _, state := range pagetest.States {
		t.Run(state.Name, func(t *testing.T) {
			t.Parallel()
			h := pagetest.Open(t)
			site := New(config(h))
			for _, by := range pagetest.People {
				b, id := pagetest.Visit(t, site).SignIn(by.Name), state.Make(t, h)
				requireOffers(t, h, b, by, id)
				for _, action := range casework.Actions {
					if tries(t, h, b, by, action, id) {
						id = state.Make(t, h)
					}
				}
			}
		})
	}
}

// requireOffers holds a case's pages to forms of what its reader may do now: all of it, and no more.
func requireOffers(t *testing.T, h *pagetest.House, b *pagetest.Browser, by casework.Actor, id string) {
	t.Helper()
	page, allowed := "", h.State(t, id).Allowed(by, h.Now())
	for _, room := range []string{"", "/review", "/approve", "/release"} {
		page += b.Get("/cases/" + id + room).Text
	}
	for _, action := range casework.Actions {
		if action == casework.Download {
			continue
		}
		require.Equal(t, slices.Contains(allowed, action), strings.Contains(page, `action="/cases/`+id+`/actions/`+string(action)+`"`), "%s to %s", action, by.Name)
	}
}

// Whoever reviewed does not approve: the page does not offer it, and what is sent by hand is refused, with the hash that
// the page shows and in whatever name the form comes.
func TestNobodyApprovesTheirOwnReview(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	robin := casework.Actor{Kind: casework.Person, Name: "robin", Roles: []casework.Role{casework.LegalOps, casework.Reviewer, casework.Manager}}
	require.NoError(t, h.PutUser(t.Context(), robin.Name, robin.Roles, ""))
	h.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
	id := pagetest.States[2].Make(t, h)
	h.Does(t, robin, id, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.Permit}}})
	b := pagetest.Visit(t, New(config(h))).SignIn(robin.Name)
	for _, action := range []casework.Action{casework.Approve, casework.SendBack} {
		path := "/cases/" + id + "/actions/" + string(action)
		for _, page := range []string{"/cases/" + id, "/cases/" + id + "/approve"} {
			require.NotContains(t, b.Get(page).Text, `action="`+path+`"`)
		}
		form := formOf(t, action, pagetest.Table[action].Body(h.State(t, id)))
		form.Set("key", newKey())
		form.Set("version", strconv.Itoa(h.State(t, id).Version))
		form.Set("actor", "rafael")
		require.Equal(t, http.StatusForbidden, b.Post(path, form).StatusCode)
		require.Equal(t, http.StatusForbidden, b.Post(path+"?by=rafael", form).StatusCode)
	}
	require.Empty(t, h.State(t, id).Approvals.Given)
	path := "/cases/" + id + "/actions/approve"
	other := visit(t, h, pagetest.Rosa)
	require.Equal(t, http.StatusSeeOther, other.Post(path, other.Get("/cases/"+id+"/approve").Form(t, path)).StatusCode)
	require.Equal(t, "rosa", h.State(t, id).Approvals.Given[0].By)
}

// Whoever added records does not release them, by page or by hand.
func TestNobodyReleasesWhatTheyAdded(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	robin := casework.Actor{Kind: casework.Person, Name: "robin", Roles: []casework.Role{casework.LegalOps, casework.Reviewer}}
	require.NoError(t, h.PutUser(t.Context(), robin.Name, robin.Roles, ""))
	id := h.Ready(t)
	h.Does(t, robin, id, casework.AddRecords, &casework.AddRecordsBody{Data: casework.Traffic, File: casework.Document{Name: "more.csv", Ref: "uploads/more"}})
	b, path := pagetest.Visit(t, New(config(h))).SignIn(robin.Name), "/cases/"+id+"/actions/release"
	for _, page := range []string{"/cases/" + id, "/cases/" + id + "/release"} {
		require.NotContains(t, b.Get(page).Text, `action="`+path+`"`)
	}
	c := h.State(t, id)
	form := formOf(t, casework.Release, pagetest.Table[casework.Release].Body(c))
	form.Set("key", newKey())
	form.Set("version", strconv.Itoa(c.Version))
	require.Equal(t, http.StatusForbidden, b.Post(path, form).StatusCode)
	require.Equal(t, c.Version, h.State(t, id).Version)
}

// tries sends an action whole and right, without a page; true: it was done.
func tries(t *testing.T, h *pagetest.House, b *pagetest.Browser, by casework.Actor, action casework.Action, id string) bool {
	t.Helper()
	before, row := h.State(t, id), pagetest.Table[action]
	may := slices.Contains(before.Allowed(by, h.Now()), action)
	require.True(t, !may || row.Ever(by) && row.In(before.Stage), "%s by %s in %s: casework allows what the table does not", action, by.Name, before.Stage)
	form := formOf(t, action, row.Body(before))
	form.Set("key", newKey())
	form.Set("version", strconv.Itoa(before.Version))
	path := "/cases/" + id + "/actions/" + string(action)
	var a pagetest.Answer
	if action.TakesFile() {
		a = b.PostFile(path, form, "a.csv", "at\n")
	} else {
		a = b.Post(path, form)
	}
	what := string(action) + " by " + by.Name + ": " + strconv.Itoa(a.StatusCode)
	switch {
	case action == casework.Download:
		require.Contains(t, []int{http.StatusNotFound, http.StatusForbidden}, a.StatusCode, what)
	case may:
		require.Equal(t, http.StatusSeeOther, a.StatusCode, what+a.Text)
		return true
	case !row.Ever(by):
		require.Equal(t, http.StatusForbidden, a.StatusCode, what)
	default:
		require.Contains(t, []int{http.StatusConflict, http.StatusForbidden}, a.StatusCode, what)
	}
	require.Equal(t, before.Version, h.State(t, id).Version, "%s was refused, and yet something changed", what)
	return false
}

// formOf is a body as the form of its action sends it.
func formOf(t *testing.T, action casework.Action, body map[string]any) url.Values {
	t.Helper()
	form := url.Values{}
	if action == casework.CorrectRequest || action == casework.ReceiveClarification {
		text, err := json.Marshal(body)
		require.NoError(t, err)
		form.Set(wholeBody, string(text))
		return form
	}
	for name, value := range body {
		put(form, name, value)
	}
	return form
}

func put(form url.Values, name string, value any) {
	switch v := value.(type) {
	case string:
		form.Set(name, v)
	case map[string]any:
		for inner, x := range v {
			put(form, name+"."+inner, x)
		}
	case []any:
		for i, x := range v {
			if line, ok := x.(string); ok {
				form.Set(name, strings.TrimPrefix(form.Get(name)+"\n"+line, "\n"))
				continue
			}
			put(form, name+"."+strconv.Itoa(i), x)
		}
	}
}
