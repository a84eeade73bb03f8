package staff

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"dueprocess/web/ui/pagetest"
)

var needed = regexp.MustCompile(`(?:href|src)="(/static/[^"]*)"`)

// The queue of fifty cases with all that it needs is under 100 KiB as it is sent.
func TestTheQueueOfFiftyCasesIsLight(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	for range pageSize {
		r := pagetest.Request()
		r.Authority.Name = "Authority " + uuid.NewString() // nothing that one case could say of another
		h.Receive(t, r)
	}
	b := visit(t, h, pagetest.Olivia)
	page := b.Get("/")
	sent := weigh(t, b, "/")
	for _, m := range needed.FindAllStringSubmatch(page.Text, -1) {
		sent += weigh(t, b, m[1])
	}
	t.Logf("queue of %d: %d bytes in all, the page itself %d", pageSize, sent, weigh(t, b, "/"))
	require.Less(t, sent, 100<<10)
}

// weigh is how many bytes are sent for an address.
func weigh(t *testing.T, b *pagetest.Browser, path string) int {
	t.Helper()
	a := b.Do(http.MethodGet, path, nil, http.Header{"Accept-Encoding": {"gzip"}, "Sec-Fetch-Site": {"none"}})
	require.Equal(t, "gzip", a.Header.Get("Content-Encoding"), path)
	z, err := gzip.NewReader(bytes.NewReader([]byte(a.Text)))
	require.NoError(t, err)
	_, err = io.Copy(io.Discard, z)
	require.NoError(t, err)
	return len(a.Text)
}
