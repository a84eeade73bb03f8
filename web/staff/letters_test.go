package staff

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestEveryLetterCanBeReadAsItWentOut(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	b := visit(t, h, pagetest.Rosa)
	b.Get("/cases/"+id).Says(t, `href="/cases/`+id+`/letters"`)
	list := b.Get("/cases/" + id + "/letters")
	list.Says(t, "1. Acknowledgement", "2. Notice", "3. Delivery", `href="/cases/`+id+`/letters/3?as=pdf"`)
	looks := h.Count(t, id, casework.Viewed)
	page := b.Get("/cases/" + id + "/letters/1")
	require.Equal(t, "text/html; charset=utf-8", page.Header.Get("Content-Type"))
	page.Says(t, `<html lang="en">`, "<h1>We have received your request</h1>", id)
	page.IsGuarded(t)
	b.IsStyled(page)
	pdf := b.Get("/cases/" + id + "/letters/1?as=pdf")
	require.Equal(t, "application/pdf", pdf.Header.Get("Content-Type"))
	require.Contains(t, pdf.Header.Get("Content-Disposition"), id+"-letter-1.pdf")
	require.True(t, strings.HasPrefix(pdf.Text, "%PDF-"))
	require.Equal(t, looks+2, h.Count(t, id, casework.Viewed), "each look is an event")
	for _, n := range []string{"0", "4", "x", "-1"} {
		require.Equal(t, http.StatusNotFound, b.Get("/cases/"+id+"/letters/"+n).StatusCode, n)
	}
}

func TestADraftIsMadeFromTheCaseAndKeptNowhere(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Rosa)
	b.Get("/cases/"+id+"/letters").Says(t, `href="/cases/`+id+`/letters/draft?kind=motion_to_quash"`)
	before := h.State(t, id)
	a := b.Get("/cases/" + id + "/letters/draft?kind=motion_to_quash")
	a.Says(t, "Motion of Example Provider, Inc. to quash", "[counsel: the grounds, with argument and authorities]", `<link rel="stylesheet"`)
	b.IsStyled(a)
	require.True(t, strings.HasPrefix(b.Get("/cases/"+id+"/letters/draft?kind=motion_to_modify&as=pdf").Text, "%PDF-"))
	require.Equal(t, before.Letters, h.State(t, id).Letters)
	for path, status := range map[string]int{
		"kind=love": http.StatusNotFound, "": http.StatusNotFound, "kind=annex_iii": http.StatusBadRequest, "kind=certificate": http.StatusNotFound,
	} {
		require.Equal(t, status, b.Get("/cases/"+id+"/letters/draft?"+path).StatusCode, path)
	}
}

// A draft of what a customer would be told is no way round secrecy.
func TestNoLetterToTheCustomerIsDraftedWhileSecrecyBinds(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Rosa)
	require.Equal(t, http.StatusOK, b.Get("/cases/"+id+"/letters/draft?kind=notice&lang=de").StatusCode)
	h.Does(t, pagetest.Rosa, id, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-16"})
	for _, kind := range []string{"notice", "delayed_notice"} {
		require.Equal(t, http.StatusConflict, b.Get("/cases/"+id+"/letters/draft?kind="+kind).StatusCode, kind)
	}
}
