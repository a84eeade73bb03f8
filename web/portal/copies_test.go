package portal

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestTheCustomerSeesTheCopiesThatWereMadeForThemAndNoOther(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	h.Does(t, pagetest.Olivia, id, casework.Attach, &casework.AttachBody{Name: "among us.pdf", File: paper(t, "uploads/"+id+"/1", "the whole warrant")})
	b := visit(t, h)
	require.NotContains(t, b.Get(notice).Text, "Copies for you", "nothing by default")
	h.Does(t, pagetest.Olivia, id, casework.Attach, &casework.AttachBody{
		Name: "warrant, redacted.pdf", For: casework.ForCustomer, File: paper(t, "uploads/"+id+"/2", "parts of the warrant"),
	})
	c := h.State(t, id)
	whole, redacted := c.Documents[len(c.Documents)-2], c.Documents[len(c.Documents)-1]
	page := b.Get(notice)
	page.Says(t, "Copies for you", "warrant, redacted.pdf")
	require.NotContains(t, page.Text, "among us")

	given := b.Get(notice + "/copies/" + strconv.Itoa(redacted.N))
	require.Equal(t, http.StatusOK, given.StatusCode)
	require.Equal(t, "parts of the warrant", given.Text)
	require.Equal(t, "application/octet-stream", given.Header.Get("Content-Type"))
	require.Equal(t, 1, h.Count(t, id, casework.Downloaded), "the look is an event")
	for _, n := range []string{strconv.Itoa(whole.N), "0", "99", "x"} {
		require.Equal(t, http.StatusNotFound, b.Get(notice+"/copies/"+n).StatusCode, n)
	}

	h.Does(t, pagetest.Rosa, id, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-16"})
	require.Equal(t, http.StatusNotFound, b.Get(notice+"/copies/"+strconv.Itoa(redacted.N)).StatusCode, "secrecy silences it too")
}
