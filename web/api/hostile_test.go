package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// hostile are values that somebody may send in any place.
var hostile = []any{
	nil, true, 0, -1, 1e300, "", " ", "\x00", "null", "<script>alert(1)</script>", "'; DROP TABLE cases; --", "=HYPERLINK(\"x\")", "\u202egnp.exe", "../../etc/passwd",
	"9999-12-31", "0000-00-00", "2026-02-30T25:61:61Z", "0001-01-01T00:00:00Z", "a@b", "\r\nBcc: x@example.net", "1.2.3.4", "fe80::1%eth0", "xn--", "UK", "ZZ",
	[]any{}, []any{nil}, map[string]any{}, map[string]any{"a": map[string]any{"b": 1}}, strings.Repeat("x", 30_000), strings.Repeat("é", 20_001), "2703", -9223372036854775808,
}

// drawn is a copy of one of them.
func drawn(t *rapid.T) (value any) {
	raw, err := json.Marshal(rapid.SampledFrom(hostile).Draw(t, "value"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &value))
	return value
}

// spoil puts a hostile value somewhere into a tree, takes something away, or adds a field.
func spoil(t *rapid.T, tree any) any {
	switch node := tree.(type) {
	case map[string]any:
		names := []string{}
		for name := range node {
			names = append(names, name)
		}
		if len(names) == 0 || rapid.IntRange(0, 9).Draw(t, "add") == 0 {
			node[rapid.SampledFrom([]string{"", "x", "__proto__", "case_id", "channel"}).Draw(t, "name")] = drawn(t)
			return node
		}
		name := rapid.SampledFrom(slices.Sorted(slices.Values(names))).Draw(t, "at")
		node[name] = spoil(t, node[name])
		return node
	case []any:
		if len(node) > 0 && rapid.Bool().Draw(t, "within") {
			i := rapid.IntRange(0, len(node)-1).Draw(t, "i")
			node[i] = spoil(t, node[i])
			return node
		}
	}
	return drawn(t)
}

// Whatever is sent, somebody is told what is wrong with it; nothing breaks on our side, and no answer has a control
// character, or says a value back.
func TestWhateverIsSentIsAnswered(t *testing.T) {
	t.Parallel()
	o := open(t)
	request, err := json.Marshal(scenario(t, "us_warrant_all"))
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		var tree any
		require.NoError(rt, json.Unmarshal(request, &tree))
		for range rapid.IntRange(1, 4).Draw(rt, "times") {
			tree = spoil(rt, tree)
		}
		a := o.do(call{pagetest.Olivia, "POST", "/requests", tree, nil})
		require.Contains(rt, []int{http.StatusCreated, http.StatusBadRequest, http.StatusRequestEntityTooLarge}, a.Code, a.Body.String())
		require.NotContains(rt, a.Body.String(), "DROP TABLE")
		if a.Code == http.StatusCreated {
			var got submitted
			require.NoError(rt, json.Unmarshal(a.Body.Bytes(), &got))
			o.do(call{pagetest.Olivia, "GET", "/cases/" + got.CaseID, nil, nil}).is(http.StatusOK, nil)
		}
	})
}

func TestWhateverActIsSentIsAnswered(t *testing.T) {
	t.Parallel()
	o := open(t)
	ids := []string{o.received(), o.Notified(t), o.Ready(t), o.Delivered(t)}
	bodies := []string{
		`{"method": "callback", "evidence": "x", "phone": "1"}`, `{"reason": "x"}`, `{"outcome": "disclose", "answers": [{"data": "subscriber", "answer": "permit", "scope": {"fields": ["name"], "from": "2026-06-01"}}]}`,
		`{"decision": "x"}`, `{"kind": "quash", "court": "x", "grounds": ["a"], "filed_on": "2026-11-20"}`, `{"confirm": "x", "manifest": "y"}`, `{"kind": "respond", "until": "2027-01-01", "reason": "x"}`,
		`{"members": ["rosa"], "reason": "x"}`, `{"kind": "court_order", "basis": "x", "until": "2027-01-01"}`, `{"items": [{"path": "x", "message": "y"}]}`, `{"text": "x"}`, `{"case": "x", "relation": "related"}`,
	}
	rapid.Check(t, func(rt *rapid.T) {
		var tree any
		require.NoError(rt, json.Unmarshal([]byte(rapid.SampledFrom(bodies).Draw(rt, "body")), &tree))
		for range rapid.IntRange(0, 3).Draw(rt, "times") {
			tree = spoil(rt, tree)
		}
		by := rapid.SampledFrom(pagetest.People).Draw(rt, "by")
		action := rapid.SampledFrom(casework.Actions).Draw(rt, "action")
		a := o.do(call{by, "POST", "/cases/" + rapid.SampledFrom(ids).Draw(rt, "id") + "/actions/" + string(action), tree, nil})
		require.NotEqual(rt, http.StatusInternalServerError, a.Code, a.Body.String())
		require.NotEqual(rt, http.StatusServiceUnavailable, a.Code, a.Body.String())
	})
}
