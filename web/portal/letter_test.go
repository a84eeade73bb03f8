package portal

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestTheCustomerHasTheNoticeAsALetter(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	b := visit(t, h)
	b.Get(notice).Says(t, `href="`+notice+`/letter"`, "This notice as a letter (PDF)")
	b.Get(notice+"?lang=de").Says(t, `href="`+notice+`/letter?lang=de"`, "Diese Mitteilung als Brief (PDF)")
	a := b.Get(notice + "/letter?lang=de")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "application/pdf", a.Header.Get("Content-Type"))
	require.True(t, strings.HasPrefix(a.Text, "%PDF-"))
	require.Equal(t, 1, h.Count(t, id, casework.Viewed)+h.Count(t, id, casework.Downloaded), "the look is an event")

	h.Does(t, pagetest.Rosa, id, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-16"})
	require.Equal(t, http.StatusNotFound, b.Get(notice+"/letter").StatusCode, "secrecy silences it too")
	require.Equal(t, http.StatusNotFound, b.Get("/notice/another-token/letter").StatusCode)
}
