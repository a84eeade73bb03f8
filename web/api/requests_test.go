package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestRequestBecomesACaseOncePerKey(t *testing.T) {
	t.Parallel()
	o, request := open(t), scenario(t, "us_warrant_all")
	key := map[string]string{"Idempotency-Key": "k1"}
	var first, second, third submitted
	o.do(call{pagetest.Olivia, "POST", "/requests", request, key}).is(http.StatusCreated, &first)
	o.do(call{pagetest.Olivia, "POST", "/requests", request, key}).is(http.StatusCreated, &second)
	o.do(call{pagetest.Olivia, "POST", "/requests", request, nil}).is(http.StatusCreated, &third)
	require.Regexp(t, `^LR-2026-\d{6}$`, first.CaseID)
	require.Equal(t, first, second)
	require.NotEqual(t, first, third, "without a key it is another case")
	request["channel"] = "api"
	o.do(call{pagetest.Olivia, "POST", "/requests", request, key}).refused(casework.Conflict)
}

func TestReceiptIsStampedByUs(t *testing.T) {
	t.Parallel()
	o, request := open(t), scenario(t, "us_warrant_all")
	request["received_at"] = "2020-01-01T00:00:00Z"
	var got submitted
	o.do(call{pagetest.Olivia, "POST", "/requests", request, nil}).is(http.StatusCreated, &got)
	require.Equal(t, o.Now(), o.State(t, got.CaseID).ReceivedAt)
	request["channel"], request["received_at"] = "fax", "2026-11-19T10:00:00Z"
	o.do(call{pagetest.Olivia, "POST", "/requests", request, nil}).is(http.StatusCreated, &got)
	require.Equal(t, "2026-11-19T10:00:00Z", o.State(t, got.CaseID).ReceivedAt.Format("2006-01-02T15:04:05Z07:00"))
	request["received_at"] = "2030-01-01T00:00:00Z"
	require.Equal(t, []string{"received_at"}, o.do(call{pagetest.Olivia, "POST", "/requests", request, nil}).refused(casework.Invalid).paths())
}

func TestEveryFaultOfARequestAtOnceAndNothingRepeated(t *testing.T) {
	t.Parallel()
	o, request := open(t), scenario(t, "us_warrant_all")
	request["channel"], request["secret"] = "carrier-pigeon", "hidden words"
	request["authority"].(map[string]any)["country"] = "XX"
	request["demand"].(map[string]any)["data"] = []string{"subscriber", "hidden words"}
	request["instrument"].(map[string]any)["issued_on"] = "2026-02-31"
	request["matter"].(map[string]any)["max_penalty_years"] = "hidden words"
	a := o.do(call{pagetest.Olivia, "POST", "/requests", request, nil})
	require.ElementsMatch(t, []string{"channel", "secret", "authority.country", "demand.data[1]", "instrument.issued_on", "matter.max_penalty_years"}, a.refused(casework.Invalid).paths())
	require.NotContains(t, a.Body.String(), "hidden words")
	var list listed
	o.do(call{pagetest.Olivia, "GET", "/cases", nil, nil}).is(http.StatusOK, &list)
	require.Zero(t, list.Total, "nothing is stored when refused")
}

func TestBodiesThatAreNoRequest(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, body := range map[string]string{"nothing": "", "text": "hello", "a list": "[]", "null": "null", "a PDF": "%PDF-1.7\x00\xff", "cut off": `{"channel": "po`} {
		o.do(call{pagetest.Olivia, "POST", "/requests", body, nil}).refused(casework.Invalid)
		t.Log(name)
	}
	o.do(call{pagetest.Olivia, "POST", "/requests", strings.Repeat(" ", 1<<16+1), nil}).refused(casework.TooLarge)
	deep := strings.Repeat(`{"authority":`, 200) + "1" + strings.Repeat("}", 200)
	o.do(call{pagetest.Olivia, "POST", "/requests", deep, nil}).refused(casework.Invalid)
	o.do(call{pagetest.Olivia, "POST", "/requests", "--", map[string]string{"Content-Type": "multipart/form-data; boundary=x"}}).refused(casework.Invalid)
}

func TestDocumentsComeWithTheRequest(t *testing.T) {
	t.Parallel()
	o := open(t)
	text, err := json.Marshal(scenario(t, "us_warrant_all"))
	require.NoError(t, err)
	body, header := form(t, map[string]string{"request": string(text)}, [3]string{"document", "warrant.pdf", "%PDF-1.7 a warrant"}, [3]string{"document", "annex.txt", "an annex"})
	var got submitted
	o.do(call{pagetest.Olivia, "POST", "/requests", body, header}).is(http.StatusCreated, &got)
	var view casework.View
	shown := o.do(call{pagetest.Tess, "GET", "/cases/" + got.CaseID, nil, nil})
	shown.is(http.StatusOK, &view)
	require.Len(t, view.Documents, 2)
	require.Equal(t, "application/pdf", view.Documents[0].MediaType)
	require.NotContains(t, shown.Body.String(), "uploads/", "where files are kept is ours alone")
	bytes := o.do(call{pagetest.Tess, "GET", "/cases/" + got.CaseID + "/documents/1", nil, nil})
	require.Equal(t, "%PDF-1.7 a warrant", bytes.Body.String())
	require.Equal(t, `attachment; filename=warrant.pdf`, bytes.Header().Get("Content-Disposition"))
	require.Equal(t, 1, o.Count(t, got.CaseID, casework.Downloaded))
	o.do(call{pagetest.Tess, "GET", "/cases/" + got.CaseID + "/documents/3", nil, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Tess, "GET", "/cases/" + got.CaseID + "/documents/x", nil, nil}).refused(casework.NotFound)
}

func TestRefusedUploadLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	o := open(t)
	body, header := form(t, map[string]string{"request": `{"channel": 1}`}, [3]string{"document", "a.pdf", "bytes"})
	o.do(call{pagetest.Olivia, "POST", "/requests", body, header}).refused(casework.Invalid)
	require.Zero(t, o.vault.Len())
	body, header = form(t, nil, [3]string{"document", "a.pdf", strings.Repeat("x", 1<<18)})
	o.do(call{pagetest.Olivia, "POST", "/requests", body, header}).refused(casework.TooLarge)
	require.Zero(t, o.vault.Len())
}

// A case says of its secrecy whether it was lifted, also where it was not; its request does not.
func TestSecrecySaysWhetherItWasLifted(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	body := o.do(call{pagetest.Tess, "GET", "/cases/" + id, nil, nil}).Body.String()
	require.Equal(t, 1, strings.Count(body, `"lifted_at":null`), body)
	require.Contains(t, o.do(call{pagetest.Tess, "GET", "/cases", nil, nil}).Body.String(), `"lifted_at":null`)
}

func TestAFormHasTheRequestOnceAndDocuments(t *testing.T) {
	t.Parallel()
	o := open(t)
	body, header := form(t, map[string]string{"foo": "x"}, [3]string{"bar", "a.pdf", "bytes"})
	require.ElementsMatch(t, []string{"request", "foo", "bar"}, o.do(call{pagetest.Olivia, "POST", "/requests", body, header}).refused(casework.Invalid).paths())
	require.Zero(t, o.vault.Len())
}

func TestNoCallTakesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.received()
	for _, address := range []string{"/policy/rules?foo=1", "/policy/rulebook?foo=1", "/jurisdictions?foo=1", "/cases/" + id + "?foo=1", "/authorities?foo=1"} {
		require.Equal(t, []string{"foo"}, o.do(call{pagetest.Olivia, "GET", address, nil, nil}).refused(casework.Invalid).paths(), address)
	}
	require.Equal(t, []string{"foo"}, o.do(call{pagetest.Olivia, "POST", "/determinations?foo=1", `{}`, nil}).refused(casework.Invalid).paths())
	require.Equal(t, []string{"country"}, o.do(call{pagetest.Olivia, "GET", "/cases?country=XX", nil, nil}).refused(casework.Invalid).paths())
	require.Equal(t, []string{"stage"}, o.do(call{pagetest.Olivia, "GET", "/cases?stage=receipt&stage=closed", nil, nil}).refused(casework.Invalid).paths())
	var l casework.CaseList
	o.do(call{pagetest.Olivia, "GET", "/cases?country=us", nil, nil}).is(http.StatusOK, &l)
	require.Equal(t, 1, l.Total)
}
