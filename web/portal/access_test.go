package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// opens is by which link each page is reached; there are no roles here. A page that no link opens is everybody's, or there
// is none.
var opens = map[string]casework.LinkPurpose{
	"GET /portal/delivery/{token}":   casework.DeliveryLink,
	"GET /notice/{token}":            casework.NoticeLink,
	"GET /notice/{token}/copies/{n}": casework.NoticeLink,
	"GET /notice/{token}/letter":     casework.NoticeLink,
	"GET /notice/{token}/objection":  casework.NoticeLink,
	"POST /notice/{token}/objection": casework.NoticeLink,
	"GET /portal/{$}":                "",
	"GET /transparency/{$}":          "",
	"GET ui.StaticPath":              "",
	"GET ui.MarkPath":                "",
	"/":                              "",
}

func TestEveryRouteIsInTheTable(t *testing.T) {
	t.Parallel()
	found := pagetest.Routes(t, "portal")
	for _, pattern := range found {
		require.Contains(t, opens, pattern, "a new page needs a row: which link opens it")
	}
	require.Len(t, opens, len(found), "a row without a page")
}

// Every page that a link opens, in every state of a case, by a link that is unknown, for something else, or over: it is the
// page of a link that opens nothing, to the letter, and nothing is done.
func TestALinkOpensItsOwnPagesAndNoOther(t *testing.T) {
	t.Parallel()
	purposes := []casework.LinkPurpose{casework.DeliveryLink, casework.NoticeLink}
	for _, state := range pagetest.States {
		t.Run(state.Name, func(t *testing.T) {
			t.Parallel()
			h := pagetest.Open(t)
			id := state.Make(t, h)
			acts, version := len(h.Acts()), h.State(t, id).Version
			for _, purpose := range purposes {
				keep(t, h, id, string(purpose), purpose, time.Time{})
				keep(t, h, id, "over-"+string(purpose), purpose, h.Now().Add(-time.Second))
			}
			b := visit(t, h)
			nothing := b.Get("/notice/unknown").Text
			for pattern, purpose := range opens {
				if purpose == "" {
					continue
				}
				for _, wrong := range []string{"unknown", string(theOther(purpose)), "over-" + string(purpose), "..%2f", "%00"} {
					a := ask(b, pattern, wrong)
					require.Equal(t, http.StatusNotFound, a.StatusCode, "%s by %s", pattern, wrong)
					require.Equal(t, nothing, a.Text, "%s by %s", pattern, wrong)
				}
			}
			require.Len(t, h.Acts(), acts)
			require.Equal(t, version, h.State(t, id).Version)
		})
	}
}

func theOther(p casework.LinkPurpose) casework.LinkPurpose {
	if p == casework.NoticeLink {
		return casework.DeliveryLink
	}
	return casework.NoticeLink
}

func keep(t *testing.T, h *pagetest.House, id, token string, purpose casework.LinkPurpose, until time.Time) {
	t.Helper()
	sum := sha256.Sum256([]byte(token))
	require.NoError(t, h.PutLink(t.Context(), casework.MailedLink{TokenSHA256: hex.EncodeToString(sum[:]), Case: id, Purpose: purpose, N: 1, ExpiresAt: until}))
}

func ask(b *pagetest.Browser, pattern, token string) pagetest.Answer {
	method, path, _ := strings.Cut(pattern, " ")
	path = strings.NewReplacer("{token}", token, "{n}", "1").Replace(path)
	if method == http.MethodPost {
		return b.Post(path, url.Values{"text": {"I object."}})
	}
	return b.Get(path)
}
