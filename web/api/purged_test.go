package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// A purged case says that it was, and when; what is gone is null, and never a value that nobody gave.
func TestAPurgedCaseSaysSo(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.Purged(t)
	var got map[string]any
	o.do(call{pagetest.Olivia, "GET", "/cases/" + id, nil, nil}).is(http.StatusOK, &got)
	var list struct{ Cases []map[string]any }
	o.do(call{pagetest.Olivia, "GET", "/cases", nil, nil}).is(http.StatusOK, &list)
	for _, c := range []map[string]any{got, list.Cases[0]} {
		require.Equal(t, id, c["case_id"])
		require.Equal(t, "2026-11-20T15:04:05Z", c["purged_at"])
		require.Equal(t, "2026-11-20T15:04:05Z", c["received_at"])
		require.Equal(t, "closed", c["stage"])
		require.Equal(t, "not_authentic", c["resolution"])
		for _, gone := range []string{"request", "determination", "decision", "approvals", "secrecy"} {
			require.Nil(t, c[gone], gone)
		}
		require.Empty(t, c["deadlines"])
		require.Empty(t, c["allowed_actions"])
	}
	o.do(call{pagetest.Olivia, "GET", "/cases/" + id + "/documents/1", nil, nil}).refused(casework.NotFound)
	o.do(call{pagetest.Olivia, "GET", "/cases/" + id + "/events", nil, nil}).is(http.StatusOK, nil)
}

func TestACaseThatWasNotPurgedSaysNothingOfIt(t *testing.T) {
	t.Parallel()
	o := open(t)
	var got map[string]any
	o.do(call{pagetest.Olivia, "GET", "/cases/" + o.received(), nil, nil}).is(http.StatusOK, &got)
	require.NotContains(t, got, "purged_at")
	require.NotNil(t, got["request"])
	require.NotNil(t, got["approvals"])
}
