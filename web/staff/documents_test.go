package staff

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/paper"
	"dueprocess/web/ui/pagetest"
)

// served is a case with two papers whose bytes are kept: a text with hostile words, and something that is no PDF.
func served(t *testing.T, h *pagetest.House, more func(*casework.Request)) (id string, b *pagetest.Browser) {
	t.Helper()
	r := pagetest.Request()
	r.Documents = []casework.Document{
		{N: 1, Name: "order.txt", MediaType: "text/plain", SHA256: "5f3c", Size: 40, Ref: "papers/1"},
		{N: 2, Name: "warrant.pdf", MediaType: "application/pdf", SHA256: "5f3d", Size: 4, Ref: "papers/2"},
		{N: 3, Name: "lost.pdf", MediaType: "application/pdf", SHA256: "5f3e", Size: 4},
	}
	more(&r)
	for ref, text := range map[string]string{"papers/1": "<script>alert(1)</script> an order \u202e turned", "papers/2": "MZ\x90\x00"} {
		_, _, err := h.Vault.Put(t.Context(), ref, strings.NewReader(text))
		require.NoError(t, err)
	}
	c := config(h)
	c.Sheets = paper.New(paper.Usual)
	return h.Receive(t, r), pagetest.Visit(t, New(c)).SignIn("rosa")
}

func TestADocumentIsSeenBesideTheFactsTakenFromIt(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id, b := served(t, h, func(*casework.Request) {})
	page := b.Get("/cases/" + id + "/documents/1/pages")
	page.Says(t, "an order", "harbor.lights@example.net", "1:26-mj-04417", `href="/cases/`+id+`/documents/2/pages"`)
	require.NotContains(t, page.Text, "<script>alert")
	require.NotContains(t, page.Text, "\u202e")
	b.IsStyled(page)
	b.Get("/cases/"+id+"/documents/2/pages").Says(t, "no PDF, no picture and no plain text", "It is not what it was sent as", "warrant.pdf")
	b.Get("/cases/"+id).Says(t, `href="/cases/`+id+`/documents/1/pages"`, "not kept")
	review := b.Get("/cases/" + id + "/review")
	review.Says(t, `<img src="/cases/`+id+`/documents/2/pages/1.png"`)
	require.NotRegexp(t, `documents/[13]/pages/1.png`, review.Text, "a text has no picture, and what is not kept has none")
	require.Equal(t, http.StatusNotFound, b.Get("/cases/"+id+"/documents/2/pages/1.png").StatusCode)
}

// prepared is a reader that counts how often it is told to be ready.
type prepared struct {
	casework.SheetReader

	told atomic.Int32
}

func (p *prepared) Prepare() { p.told.Add(1) }

// The first page that anybody of staff sees prepares what shows documents; a stranger's visit does not.
func TestDocumentsArePreparedForWhoeverIsSignedIn(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	c, reader := config(h), &prepared{}
	c.Sheets = reader
	b := pagetest.Visit(t, New(c))
	b.Get("/cases")
	require.Zero(t, reader.told.Load())
	b.SignIn("rosa").Get("/cases")
	require.NotZero(t, reader.told.Load())
}

// Looking at a paper and taking it are events, each with the paper's number; what is not there is none.
func TestLooksAtDocumentsAreWrittenDown(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id, b := served(t, h, func(*casework.Request) {})
	before := h.Count(t, id, casework.Viewed)
	b.Get("/cases/" + id + "/documents/1/pages")
	require.Equal(t, before+1, h.Count(t, id, casework.Viewed))
	a := b.Get("/cases/" + id + "/documents/1")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "attachment; filename=order.txt", a.Header.Get("Content-Disposition"))
	require.Equal(t, "application/octet-stream", a.Header.Get("Content-Type"))
	require.Equal(t, 1, h.Count(t, id, casework.Downloaded))
	for _, path := range []string{"/documents/3", "/documents/3/pages", "/documents/9", "/documents/x/pages", "/documents/1/pages/1.png", "/documents/1/pages/1", "/documents/1/pages/x.png"} {
		require.Equal(t, http.StatusNotFound, b.Get("/cases/"+id+path).StatusCode, path)
	}
	require.Equal(t, 1, h.Count(t, id, casework.Downloaded))
}

func TestDocumentsStandBehindTheWall(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id, inside := served(t, h, func(r *casework.Request) { r.Instrument.Type = casework.NationalSecurityLetter })
	outside := visit(t, h, pagetest.Rafael)
	for _, path := range []string{"/documents/1", "/documents/1/pages", "/documents/1/pages/1.png"} {
		require.Equal(t, http.StatusNotFound, outside.Get("/cases/"+id+path).StatusCode, path)
	}
	require.Equal(t, http.StatusOK, inside.Get("/cases/"+id+"/documents/1/pages").StatusCode)
}
