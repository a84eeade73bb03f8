package api

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func (o *office) act(by casework.Actor, id, action string, body any, header map[string]string) answer {
	o.t.Helper()
	return o.do(call{by, "POST", "/cases/" + id + "/actions/" + action, body, header})
}

func TestAnActAnswersWithTheCaseAsItThenIs(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	var before, after casework.View
	seen := o.do(call{pagetest.Olivia, "GET", "/cases/" + id, nil, nil})
	seen.is(http.StatusOK, &before)
	require.Equal(t, strconv.Quote(strconv.Itoa(before.Version)), seen.Header().Get("ETag"))
	a := o.act(pagetest.Olivia, id, "verify_requester", `{"method": "official_domain", "evidence": "the agency's own domain"}`, map[string]string{"If-Match": seen.Header().Get("ETag")})
	a.is(http.StatusOK, &after)
	require.Equal(t, casework.InLegalReview, after.Stage)
	require.NotContains(t, after.AllowedActions, casework.Review, "olivia does not review")
	require.Equal(t, strconv.Quote(strconv.Itoa(after.Version)), a.Header().Get("ETag"))
	stale := o.act(pagetest.Rosa, id, "review", `{"answers": [{"data": "subscriber", "answer": "permit"}, {"data": "traffic", "answer": "permit"}]}`, map[string]string{"If-Match": `"1"`}).refused(casework.Conflict)
	require.Contains(t, stale.Detail, "legal_review", "it says what has changed")
}

func TestAKeyMakesAnActOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	id, key := o.received(), map[string]string{"Idempotency-Key": "once"}
	first := o.act(pagetest.Olivia, id, "comment", `{"text": "called them"}`, key)
	first.is(http.StatusOK, nil)
	o.act(pagetest.Olivia, id, "comment", `{"text": "something else"}`, nil).is(http.StatusOK, nil)
	again := o.act(pagetest.Olivia, id, "comment", `{"text": "called them"}`, key)
	require.Equal(t, first.Body.String(), again.Body.String(), "the same status and body")
	require.Equal(t, first.Header().Get("ETag"), again.Header().Get("ETag"))
	require.Equal(t, 2, o.Count(t, id, casework.Commented))
	o.act(pagetest.Olivia, id, "comment", `{"text": "other words"}`, key).refused(casework.Conflict)
	o.act(pagetest.Mina, id, "comment", `{"text": "called them"}`, key).is(http.StatusOK, nil) // another's key is another
	require.Equal(t, 3, o.Count(t, id, casework.Commented))
}

func TestARefusalIsNotKeptUnderItsKey(t *testing.T) {
	t.Parallel()
	o := open(t)
	id, key := o.received(), map[string]string{"Idempotency-Key": "early"}
	review := `{"answers": [{"data": "subscriber", "answer": "permit"}, {"data": "traffic", "answer": "permit"}]}`
	o.act(pagetest.Rosa, id, "review", review, key).refused(casework.Conflict)
	o.act(pagetest.Olivia, id, "verify_requester", `{"method": "official_domain", "evidence": "own domain"}`, nil).is(http.StatusOK, nil)
	o.act(pagetest.Rosa, id, "review", review, key).is(http.StatusOK, nil)
}

func TestBodiesOfActsAreReadStrictly(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	for _, x := range []struct {
		action, body string
		paths        []string
	}{
		{"verify_requester", `{"method": "a hunch", "evidense": "x"}`, []string{"method", "evidense"}},
		{"comment", `{}`, []string{"text"}},
		{"comment", `[]`, []string{""}},
		{"comment", `{"text": "a", "text": "b"}`, []string{"text"}},
		{"pause_clock", ``, []string{"reason"}},
		{"attach", `{"name": "x", "file": {"ref": "cases/other/secret"}}`, []string{"file"}},
		{"correct_request", `{"request": {"channel": "x"}}`, nil},
	} {
		by := pagetest.Olivia
		if x.action == "pause_clock" {
			by = pagetest.Mina
		}
		p := o.act(by, id, x.action, x.body, nil).refused(casework.Invalid)
		if x.paths != nil {
			require.ElementsMatch(t, x.paths, p.paths(), x.action)
		}
		require.NotEmpty(t, p.Errors)
	}
	o.act(pagetest.Olivia, id, "comment", `{"text": "x"}`, map[string]string{"If-Match": "seven"}).refused(casework.Invalid)
	body, header := form(t, map[string]string{"text": "x"})
	o.act(pagetest.Olivia, id, "comment", body, header).refused(casework.Invalid)
}

func TestAFileIsAttached(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	body, header := form(t, map[string]string{"name": "call.txt"}, [3]string{"file", "../../call.txt", "we called"})
	var view casework.View
	o.act(pagetest.Olivia, id, "attach", body, header).is(http.StatusOK, &view)
	require.Len(t, view.Documents, 2)
	got := o.do(call{pagetest.Olivia, "GET", "/cases/" + id + "/documents/" + strconv.Itoa(view.Documents[1].N), nil, nil})
	require.Equal(t, "we called", got.Body.String())
	body, header = form(t, map[string]string{"name": "x", "colour": "red"}, [3]string{"file", "x", "y"})
	require.Equal(t, []string{"colour"}, o.act(pagetest.Olivia, id, "attach", body, header).refused(casework.Invalid).paths())
	require.Equal(t, 1, o.vault.Len(), "what was refused is not kept")
	for range 2 {
		body, header = form(t, map[string]string{"name": "again.txt"}, [3]string{"file", "again.txt", "we called again"})
		header["Idempotency-Key"] = "again"
		o.act(pagetest.Olivia, id, "attach", body, header).is(http.StatusOK, &view)
		require.Len(t, view.Documents, 3)
		require.Equal(t, 2, o.vault.Len(), "what came twice is kept once")
	}
}

func TestNobodyApprovesOnesOwnReview(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Policy.Adjust = func(_ casework.Request, d *casework.Determination) { d.Approvals.Required = 2 }
	id := o.received()
	o.act(pagetest.Olivia, id, "verify_requester", `{"method": "official_domain", "evidence": "own domain"}`, nil).is(http.StatusOK, nil)
	var view casework.View
	o.act(pagetest.Rosa, id, "review", `{"answers": [{"data": "subscriber", "answer": "permit"}, {"data": "traffic", "answer": "permit"}]}`, nil).is(http.StatusOK, &view)
	approve := map[string]string{"decision": view.Decision.SHA256}
	o.act(pagetest.Rosa, id, "approve", approve, nil).refused(casework.Forbidden)
	o.act(pagetest.Rafael, id, "approve", map[string]string{"decision": "00"}, nil).refused(casework.Conflict)
	o.act(pagetest.Rafael, id, "approve", approve, nil).is(http.StatusOK, &view)
	require.Equal(t, casework.InCustomerNotice, view.Stage)
}

func TestTheDeskBeingAwayIsSaidSo(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	o.Fail = casework.Refuse(casework.Unavailable, "It could not be stored in time. Try again with the same key.")
	require.Equal(t, "1", o.act(pagetest.Olivia, id, "comment", `{"text": "x"}`, nil).Header().Get("Retry-After"))
	o.Fail = http.ErrHandlerTimeout
	p := o.act(pagetest.Olivia, id, "comment", `{"text": "x"}`, nil).refused(casework.Internal)
	require.NotContains(t, p.Detail, "Handler", "nothing internal is shown")
}
