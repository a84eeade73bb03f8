package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// mayCall is interfaces.md, "Roles", written down a second time.
var mayCall = map[string]string{
	"POST /requests":                        "olivia",
	"GET /cases":                            "olivia rosa rafael mina tess",
	"GET /cases/{id}":                       "olivia rosa rafael mina tess",
	"GET /cases/{id}/events":                "olivia rosa rafael mina tess",
	"GET /cases/{id}/documents/1":           "olivia rosa rafael mina tess",
	"GET /cases/{id}/disclosures/1/parcel":  "olivia rosa rafael",
	"POST /determinations":                  "olivia rosa rafael",
	"GET /authorities":                      "olivia rosa rafael mina tess",
	"PUT /authorities/x":                    "olivia",
	"GET /sla":                              "olivia rosa rafael mina adam tess",
	"GET /stuck":                            "olivia rosa rafael mina adam tess",
	"POST /stuck/{id}/resume":               "mina adam",
	"GET /ledger/checkpoint":                "olivia rosa rafael mina tess",
	"GET /ledger/proof":                     "olivia rosa rafael mina tess",
	"GET /policy/rulebook":                  "olivia rosa rafael mina adam tess",
	"GET /policy/rules":                     "olivia rosa rafael mina adam tess",
	"GET /jurisdictions":                    "olivia rosa rafael mina adam tess",
	"GET /reports/transparency":             "olivia rosa rafael mina adam tess",
	"POST /cases/{id}/actions/comment":      "olivia rosa rafael mina",
	"POST /cases/{id}/actions/assign":       "olivia rosa rafael mina",
	"POST /cases/{id}/actions/review":       "rosa rafael",
	"POST /cases/{id}/actions/release":      "rosa rafael",
	"POST /cases/{id}/actions/withdraw":     "olivia",
	"POST /cases/{id}/actions/pause_clock":  "rosa rafael mina",
	"POST /cases/{id}/actions/set_secrecy":  "rosa rafael",
	"POST /cases/{id}/actions/redeliver":    "olivia",
	"POST /cases/{id}/actions/add_records":  "olivia",
	"POST /cases/{id}/actions/report_error": "olivia rosa rafael",
}

func TestWhoMayCallWhat(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.Delivered(t)
	for what, who := range mayCall {
		method, path, _ := strings.Cut(what, " ")
		path = strings.ReplaceAll(path, "{id}", id)
		for _, u := range pagetest.People {
			a := o.do(call{u, method, path, "{", nil}) // what may be called is refused for its body then
			require.Equal(t, slices.Contains(strings.Fields(who), u.Name), a.Code != http.StatusForbidden, "%s by %s: %d", what, u.Name, a.Code)
			require.NotEqual(t, http.StatusInternalServerError, a.Code, "%s by %s", what, u.Name)
		}
		o.do(call{casework.Actor{}, method, path, "{", nil}).refused(casework.Unauthenticated)
		o.do(call{casework.Actor{Name: "a stranger"}, method, path, "{", nil}).refused(casework.Unauthenticated)
	}
}

// Every route stands in the table above, or needs no token.
func TestEveryRouteIsInTheTable(t *testing.T) {
	t.Parallel()
	for _, r := range (&api{}).routes() {
		pattern := strings.NewReplacer("{n}", "1", "/authorities/{id}", "/authorities/x", "{action}", "review").Replace(r.method + " " + r.path)
		_, known := mayCall[pattern]
		require.True(t, known || r.open, pattern)
	}
}

func TestOpenCallsNeedNoToken(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, path := range []string{"/keys", "/openapi.json"} {
		o.do(call{casework.Actor{}, "GET", path, nil, nil}).is(http.StatusOK, nil)
	}
}

func TestUnknownAddressesAndMethods(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.do(call{pagetest.Olivia, "GET", "/nothing", nil, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Olivia, "GET", "/cases/LR-2026-999999", nil, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Olivia, "POST", "/cases/LR-2026-999999/actions/comment", `{"text": "x"}`, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Rosa, "POST", "/cases/" + o.received() + "/actions/fly", `{}`, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Rosa, "POST", "/cases/" + o.received() + "/actions/download", `{}`, nil}).refused(casework.NotFound)
	a := o.do(call{pagetest.Olivia, "DELETE", "/cases", nil, nil})
	require.Equal(t, http.StatusMethodNotAllowed, a.Code)
	require.Equal(t, "GET", a.Header().Get("Allow"))
}

func TestBehindAWallThereIsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.Delivered(t)
	o.Does(t, pagetest.Rosa, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa"}, Reason: "delicate"})
	for _, path := range []string{"", "/events", "/documents/1", "/disclosures/1/parcel"} {
		for _, u := range []casework.Actor{pagetest.Olivia, pagetest.Rafael} {
			there := o.do(call{u, "GET", "/cases/" + id + path, nil, nil}).refused(casework.NotFound)
			nowhere := o.do(call{u, "GET", "/cases/LR-2026-999999" + path, nil, nil}).refused(casework.NotFound)
			require.Equal(t, nowhere, there, "it must not be told from what does not exist")
		}
	}
	o.do(call{pagetest.Rafael, "POST", "/cases/" + id + "/actions/comment", `{"text": "x"}`, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Rosa, "GET", "/cases/" + id, nil, nil}).is(http.StatusOK, nil)
	var list listed
	o.do(call{pagetest.Rafael, "GET", "/cases", nil, nil}).is(http.StatusOK, &list)
	require.Zero(t, list.Total)
}

// Every action by everybody in every state of a case: only what the table allows is done, and what is refused leaves no
// trace. What is sent is whole and right, so that nothing but the person and the state can be the reason.
func TestWhoMayDoWhatWhen(t *testing.T) {
	t.Parallel()
	for _, state := range pagetest.States {
		t.Run(state.Name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			id := state.Make(t, o.House)
			require.Equal(t, state.Stage, o.State(t, id).Stage)
			for _, action := range casework.Actions {
				for _, by := range pagetest.People {
					if o.tries(action, by, id) {
						id = state.Make(t, o.House)
					}
				}
			}
		})
	}
}

// Whoever reviewed does not approve, and whoever added records does not release, whatever they send.
func TestNobodyIsTheirOwnSecondPerson(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
	id := o.received()
	o.act(pagetest.Olivia, id, "verify_requester", `{"method": "official_domain", "evidence": "own domain"}`, nil).is(http.StatusOK, nil)
	o.act(pagetest.Rosa, id, "review", `{"answers": [{"data": "subscriber", "answer": "permit"}, {"data": "traffic", "answer": "permit"}]}`, nil).is(http.StatusOK, nil)
	hash := o.State(t, id).Decision.SHA256
	o.act(pagetest.Rosa, id, "approve", `{"decision": "`+hash+`"}`, nil).refused(casework.Forbidden)
	o.act(pagetest.Rosa, id, "approve", `{"decision": "`+hash+`", "comment": "for rafael"}`, map[string]string{"Idempotency-Key": "rafael"}).refused(casework.Forbidden)
	o.act(pagetest.Rosa, id, "approve", `{"decision": "x", "by": "rafael"}`, nil).refused(casework.Invalid)
	require.Empty(t, o.State(t, id).Approvals.Given)
}

// tries sends an action whole and right, and holds what comes of it to the table; true: it was done.
func (o *office) tries(action casework.Action, by casework.Actor, id string) bool {
	o.t.Helper()
	before, row := o.State(o.t, id), pagetest.Table[action]
	may := slices.Contains(before.Allowed(by, o.Now()), action)
	require.True(o.t, !may || row.Ever(by) && row.In(before.Stage), "%s by %s in %s: casework allows what the table does not", action, by.Name, before.Stage)
	var body any = row.Body(before)
	var header map[string]string
	if action.TakesFile() {
		body, header = form(o.t, texts(row.Body(before)), [3]string{"file", "a.csv", "at,what\n"})
	}
	a := o.act(by, id, string(action), body, header)
	switch {
	case may:
		require.Equal(o.t, http.StatusOK, a.Code, "%s by %s: %s", action, by.Name, a.Body)
	case action == casework.Download:
		require.Contains(o.t, []int{http.StatusNotFound, http.StatusForbidden}, a.Code, a.Body)
	case !row.Ever(by):
		require.Equal(o.t, http.StatusForbidden, a.Code, "%s by %s: %s", action, by.Name, a.Body)
	default:
		require.Contains(o.t, []int{http.StatusConflict, http.StatusForbidden}, a.Code, "%s by %s: %s", action, by.Name, a.Body)
	}
	if !may {
		require.Equal(o.t, before.Version, o.State(o.t, id).Version, "%s by %s was refused, and yet something changed", action, by.Name)
	}
	return may
}

func texts(body map[string]any) map[string]string {
	out := map[string]string{}
	for name, value := range body {
		out[name], _ = value.(string)
	}
	return out
}
