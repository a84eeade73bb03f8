package staff

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/web/ui/pagetest"
)

// A page of something whose name is no text is nowhere, for everybody and in both databases.
func TestNamesThatAreNoTextHaveNoPage(t *testing.T) {
	t.Parallel()
	for name, house := range map[string]func(testing.TB) *pagetest.House{"SQLite": pagetest.Open, "PostgreSQL": pagetest.OpenOnPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := house(t)
			id, b := h.Receive(t, pagetest.Request()), visit(t, h, pagetest.Rosa)
			for _, pattern := range pagetest.Routes(t, "staff") {
				if !strings.Contains(pattern, "{id}") {
					continue
				}
				for _, odd := range []string{"%00", "%FF", id + "%00"} {
					method, path := addressOf(strings.ReplaceAll(pattern, "{id}", odd), odd)
					require.Equal(t, http.StatusNotFound, b.Do(method, path, url.Values{}, sameOrigin).StatusCode, method+" "+path)
				}
			}
		})
	}
}
