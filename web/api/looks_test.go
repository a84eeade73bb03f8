package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestTheQueueIsFilteredAndPaged(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.received()
	o.received()
	o.Notified(t)
	var page, rest, told listed
	o.do(call{pagetest.Mina, "GET", "/cases?limit=2&sort=case_id", nil, nil}).is(http.StatusOK, &page)
	require.Len(t, page.Cases, 2)
	require.Equal(t, 3, page.Total)
	o.do(call{pagetest.Mina, "GET", "/cases?limit=2&sort=case_id&cursor=" + *page.NextCursor, nil, nil}).is(http.StatusOK, &rest)
	require.Len(t, rest.Cases, 1)
	require.Nil(t, rest.NextCursor)
	a := o.do(call{pagetest.Mina, "GET", "/cases?stage=customer_notice", nil, nil})
	a.is(http.StatusOK, &told)
	require.Equal(t, 1, told.Total)
	require.NotContains(t, a.Body.String(), `"request"`)
	require.NotContains(t, a.Body.String(), `"determination"`)
	require.Contains(t, a.Body.String(), `"pauses":[]`)
	p := o.do(call{pagetest.Mina, "GET", "/cases?stage=lunch&limit=0&colour=red&sla=late", nil, nil}).refused(casework.Invalid)
	require.ElementsMatch(t, []string{"stage", "limit", "colour", "sla"}, p.paths())
	p = o.do(call{pagetest.Mina, "GET", "/cases?sort=x&cursor=zz&limit=0", nil, nil}).refused(casework.Invalid)
	require.ElementsMatch(t, []string{"sort", "cursor", "limit"}, p.paths())
	o.do(call{pagetest.Mina, "GET", "/cases?cursor=rubbish", nil, nil}).refused(casework.Invalid)
	o.do(call{pagetest.Mina, "GET", "/cases?sort=rubbish", nil, nil}).refused(casework.Invalid)
}

func TestEventsAreInOrder(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.Notified(t)
	var got history
	o.do(call{pagetest.Tess, "GET", "/cases/" + id + "/events", nil, nil}).is(http.StatusOK, &got)
	require.Equal(t, casework.Received, got.Events[0].Verb)
	for i, e := range got.Events {
		require.Equal(t, i+1, e.Sequence)
		require.Equal(t, `"pending"`, string(e.Proof))
	}
}

func TestAStaffDownloadOfAParcelIsAnEventAndNoReceipt(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.Delivered(t)
	a := o.do(call{pagetest.Rosa, "GET", "/cases/" + id + "/disclosures/1/parcel", nil, nil})
	a.is(http.StatusOK, nil)
	require.Equal(t, "a parcel", a.Body.String())
	require.Equal(t, 1, o.Count(t, id, casework.Downloaded))
	require.Equal(t, casework.ParcelDelivered, o.State(t, id).Disclosures[0].Status)
	o.do(call{pagetest.Rosa, "GET", "/cases/" + id + "/disclosures/2/parcel", nil, nil}).refused(casework.NotFound)
}

func TestADryRunStoresNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	var d casework.Determination
	o.do(call{pagetest.Rosa, "POST", "/determinations", map[string]any{"request": scenario(t, "us_subpoena_content")}, nil}).is(http.StatusOK, &d)
	require.NotEmpty(t, d.Answers)
	require.NotEmpty(t, d.Rulebook.SHA256)
	require.Equal(t, casework.Date("2026-11-20"), d.EvaluatedFor)
	o.do(call{pagetest.Rosa, "POST", "/determinations?on=2026-11-31", scenario(t, "us_warrant_all"), nil}).refused(casework.Invalid)
	var list listed
	o.do(call{pagetest.Rosa, "GET", "/cases", nil, nil}).is(http.StatusOK, &list)
	require.Zero(t, list.Total)
}

func TestTheContactBook(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.received() // with the number +1 617 555 0142
	entry := map[string]any{"name": "Staatsanwaltschaft Köln", "country": "de", "kind": "prosecutor", "domains": []string{"STA-Köln.example"}, "phones": []string{"+49 221 5550 700"}, "evidence": "the register"}
	var kept casework.BookEntry
	o.do(call{pagetest.Olivia, "PUT", "/authorities/de-sta-koeln", entry, nil}).is(http.StatusOK, &kept)
	require.Equal(t, 1, kept.Version)
	require.Equal(t, "DE", kept.Country)
	require.Equal(t, []string{"xn--sta-kln-e1a.example"}, kept.Domains)
	o.do(call{pagetest.Olivia, "PUT", "/authorities/de-sta-koeln", entry, map[string]string{"If-Match": `"1"`}}).is(http.StatusOK, &kept)
	o.do(call{pagetest.Olivia, "PUT", "/authorities/de-sta-koeln", entry, map[string]string{"If-Match": `"1"`}}).refused(casework.Conflict)
	entry["phones"] = []string{"+16175550142"}
	require.Equal(t, []string{"phones"}, o.do(call{pagetest.Olivia, "PUT", "/authorities/de-sta-koeln", entry, nil}).refused(casework.Invalid).paths())
	p := o.do(call{pagetest.Olivia, "PUT", "/authorities/Bad_ID", `{"country": "XX", "colour": 1, "domains": ["not a domain"]}`, nil}).refused(casework.Invalid)
	require.ElementsMatch(t, []string{"id", "name", "country", "kind", "colour", "evidence", "domains[0]"}, p.paths())
	var all book
	o.do(call{pagetest.Tess, "GET", "/authorities", nil, nil}).is(http.StatusOK, &all)
	require.Len(t, all.Authorities, 1)
}

func TestRulesAndCountriesOfADay(t *testing.T) {
	t.Parallel()
	o := open(t)
	ids := func(path string) []string {
		var got ruleList
		o.do(call{pagetest.Adam, "GET", path, nil, nil}).is(http.StatusOK, &got)
		out := []string{}
		for _, r := range got.Rules {
			out = append(out, r.ID)
		}
		return out
	}
	require.Contains(t, ids("/policy/rules?on=2018-11-23"), "foreign.us_process")
	require.NotContains(t, ids("/policy/rules?on=2018-11-23"), "foreign.traffic")
	require.NotContains(t, ids("/policy/rules"), "foreign.us_process")
	o.do(call{pagetest.Adam, "GET", "/policy/rules?on=soon", nil, nil}).refused(casework.Invalid)
	var got countryList
	o.do(call{pagetest.Adam, "GET", "/jurisdictions", nil, nil}).is(http.StatusOK, &got)
	require.Greater(t, len(got.Jurisdictions), 100)
}
