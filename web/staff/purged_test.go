package staff

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/web/ui/pagetest"
)

// The page of a purged case says that it was, and shows nothing that would only look like its request.
func TestAPurgedCaseSaysSo(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id, b := h.Purged(t), visit(t, h, pagetest.Olivia)
	page := b.Get("/cases/" + id)
	require.Equal(t, http.StatusOK, page.StatusCode)
	page.Says(t, "This case was purged", "closed as not authentic, and was purged", "<small>Purged</small>", "Timeline", "nothing is left that could be acted on")
	for _, gone := range []string{"Authority", "not verified yet", "No paper came", "Nobody has decided yet", "/actions/", "0001-01"} {
		require.NotContains(t, page.Text, gone)
	}
	require.Contains(t, b.Get("/?q=is:any").Text, id)
}

// No page of a purged case fails for what is gone.
func TestNoPageOfAPurgedCaseFails(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id, b := h.Purged(t), visit(t, h, pagetest.Rosa)
	for _, pattern := range pagetest.Routes(t, "staff") {
		if strings.Contains(pattern, "/cases/{id}") && !strings.Contains(pattern, "/live") {
			method, path := addressOf(pattern, id)
			require.Less(t, b.Do(method, path, url.Values{}, sameOrigin).StatusCode, http.StatusInternalServerError, method+" "+path)
		}
	}
}
