package staff

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

var entered = url.Values{
	"id": {"de-sta-koeln"}, "version": {"0"}, "name": {"Staatsanwaltschaft Köln"}, "country": {"de"}, "kind": {"prosecutor"}, "domains": {"STA-Köln.example\r\n"},
	"phones": {"+49 221 5550 700"}, "evidence": {"the court register, seen by olivia"}, "expires_on": {"2026-12-24"}, "officers": {"K. Meyer | k.meyer@sta-köln.example | +49 221 5550 701"},
}

func with(form url.Values, name, value string) url.Values {
	out := maps.Clone(form)
	out[name] = []string{value}
	return out
}

func TestAnAuthorityIsEnteredAndChangedByTheRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Receive(t, pagetest.Request()) // with the number +1 617 555 0142
	b := visit(t, h, pagetest.Olivia)
	b.Get("/contacts").Says(t, "The contact book is empty")
	require.Equal(t, http.StatusOK, b.Get("/contacts/new").StatusCode)
	a := b.Post("/contacts", entered)
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
	b.Get(a.Header.Get("Location")).Says(t, "Saved as version 1", "xn--sta-kln-e1a.example", "K. Meyer", "expiring soon", "the court register")
	b.Get("/contacts?q=köln").Says(t, `<a href="/contacts/de-sta-koeln">`, "expiring soon")
	a = b.Post("/contacts", entered)
	require.Equal(t, http.StatusConflict, a.StatusCode, "it is there already")
	require.Equal(t, http.StatusSeeOther, b.Post("/contacts", with(with(entered, "version", "1"), "unit", "V")).StatusCode)
	a = b.Post("/contacts", with(with(entered, "version", "1"), "unit", "VI"))
	require.Equal(t, http.StatusConflict, a.StatusCode, "somebody has changed it since")
	a.Says(t, "it is now version 2", "VI")
	a = b.Post("/contacts", with(with(entered, "version", "2"), "phones", "+16175550142"))
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "<code>phones")
	a = b.Post("/contacts", with(with(with(entered, "version", "2"), "country", "XX"), "name", hostile))
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	a.Says(t, "<code>country</code>")
	require.NotContains(t, a.Text, "<script>alert")
	require.Equal(t, http.StatusBadRequest, b.Post("/contacts", with(entered, "version", "x")).StatusCode)
	pagetest.RefusesForeignForms(t, b, "/contacts", entered)
	kept, err := h.Authorities(t.Context())
	require.NoError(t, err)
	require.Equal(t, []any{1, 2, "V", "DE"}, []any{len(kept), kept[0].Version, kept[0].Unit, kept[0].Country})
}

func TestWhoOnlyReadsHasNoFormOfTheContactBook(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	_, err := h.PutAuthority(t.Context(), casework.BookEntry{ID: "us-x", Name: hostile, Country: "US", Evidence: hostile}, pagetest.Olivia, h.Now(), 0)
	require.NoError(t, err)
	for _, who := range []casework.Actor{pagetest.Rosa, pagetest.Mina, pagetest.Tess} {
		b := visit(t, h, who)
		for _, path := range []string{"/contacts", "/contacts/us-x"} {
			page := b.Get(path)
			require.Equal(t, http.StatusOK, page.StatusCode)
			require.NotContains(t, page.Text, `action="/contacts"  method`)
			require.NotContains(t, page.Text, "<textarea")
			require.NotContains(t, page.Text, "<script>alert")
		}
		require.Equal(t, http.StatusForbidden, b.Post("/contacts", entered).StatusCode, who.Name)
		require.Equal(t, http.StatusNotFound, b.Get("/contacts/none").StatusCode)
	}
}
