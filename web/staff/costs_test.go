package staff

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestCostsAreStatedInALetterAndKeptNowhere(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Olivia)
	at := "/cases/" + id + "/letters/costs"
	b.Get("/cases/"+id+"/letters").Says(t, `href="`+at+`"`)
	b.Get(at).Says(t, "18 USC 2706(a)", `value="USD"`)
	before, looks := h.State(t, id), h.Count(t, id, casework.Viewed)
	typed := url.Values{
		"currency": {"USD"}, "what_1": {"Restoring an archive, by the hour"}, "many_1": {"6"}, "each_1": {"125"}, "what_3": {"A disk"}, "many_3": {"1"}, "each_3": {"89.50"},
	}
	b.Post(at, typed).Says(t, "Statement of costs", "Restoring an archive, by the hour", "USD 750.00", "USD 89.50", "USD 839.50", id)
	typed.Set("as", "pdf")
	require.True(t, strings.HasPrefix(b.Post(at, typed).Text, "%PDF-"))
	require.Equal(t, before.Letters, h.State(t, id).Letters)
	require.Equal(t, looks+2, h.Count(t, id, casework.Viewed), "each letter that was written is an event")
}

func TestWhatIsWrongOfCostsIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Olivia)
	at := "/cases/" + id + "/letters/costs"
	a := b.Post(at, url.Values{"currency": {"dollars"}, "what_2": {""}, "many_2": {"0"}, "each_2": {"12.5"}, "what_4": {"A disk"}, "many_4": {"1"}, "each_4": {"0.00"}})
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "row 2, for", "row 2, number", "row 2, each", "row 4, each", "three capital letters", `value="12.5"`)
	b.Post(at, url.Values{"currency": {"USD"}}).Says(t, "name at least one cost")
}

// Nothing was collected, or no law pays: there is nothing to state.
func TestCostsAreStatedOnlyWhereTheLawPaysThem(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Olivia)
	a := b.Get("/cases/" + id + "/letters")
	require.NotContains(t, a.Text, "letters/costs")
	require.Equal(t, http.StatusConflict, b.Get("/cases/"+id+"/letters/costs").StatusCode)
	require.Equal(t, http.StatusConflict, b.Post("/cases/"+id+"/letters/costs", url.Values{"currency": {"USD"}, "what_1": {"x"}, "many_1": {"1"}, "each_1": {"1"}}).StatusCode)
}
