package staff

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func filing(t *testing.T, h *pagetest.House, id string) url.Values {
	t.Helper()
	return url.Values{"key": {newKey()}, "version": {strconv.Itoa(h.State(t, id).Version)}}
}

// A file is chosen on the page and stands among the case's documents; what it says of itself in a field counts for nothing.
func TestAFileIsAttachedOnThePage(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := visit(t, h, pagetest.Olivia)
	b.Get("/cases/"+id).Says(t, `enctype="multipart/form-data"`, `<input type="file" id="attach-file" name="file" required>`)
	form, before := filing(t, h, id), len(h.State(t, id).Documents)
	form.Set("name", "the officer's letter")
	require.Equal(t, http.StatusSeeOther, b.PostFile("/cases/"+id+"/actions/attach", form, "letter.txt", "Dear all").StatusCode)
	c := h.State(t, id)
	require.Len(t, c.Documents, before+1)
	kept := c.Documents[before]
	require.Equal(t, "the officer's letter", kept.Name)
	require.EqualValues(t, len("Dear all"), kept.Size)
	require.Len(t, h.Vault.Under("uploads"), 1)
}

// Nothing stays of a file where the act was refused; a form without one says what is missing; whoever may never attach
// sends nothing into the vault.
func TestAFileThatIsRefusedLeavesNothing(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b, path := visit(t, h, pagetest.Olivia), "/cases/"+id+"/actions/attach"
	for _, sent := range []struct {
		name, content string
		change        func(url.Values)
		status        int
		says          string
	}{
		{"a.txt", "text", func(f url.Values) { f.Set("version", "1") }, http.StatusConflict, "The case has changed"},
		{"a.txt", "text", func(f url.Values) { f.Set("for", "everybody") }, http.StatusBadRequest, "must be"},
		{"a.txt", "text", func(f url.Values) { f.Del("key") }, http.StatusBadRequest, "not whole"},
		{"", "", func(url.Values) {}, http.StatusBadRequest, "file"},
		{"", "", func(f url.Values) { f.Set("file", `{"name":"x","ref":"cases/other/secret","sha256":"00","size":9}`) }, http.StatusBadRequest, "file"},
	} {
		form := filing(t, h, id)
		sent.change(form)
		a := b.PostFile(path, form, sent.name, sent.content)
		require.Equal(t, sent.status, a.StatusCode, sent.says)
		a.Says(t, sent.says)
		require.Empty(t, h.Vault.Under("uploads"), sent.says)
	}
	require.Equal(t, http.StatusBadRequest, b.Post(path, filing(t, h, id)).StatusCode, "a form without parts")
	require.Equal(t, http.StatusForbidden, visit(t, h, pagetest.Tess).PostFile(path, filing(t, h, id), "a.txt", "text").StatusCode)
	require.Empty(t, h.Vault.Under("uploads"))
	require.Len(t, h.State(t, id).Documents, 1, "the request's own")
}

// Where it is not known whether the act was done, its file stays.
func TestAFileStaysWhereNothingIsKnownOfItsAct(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	h.Fail = casework.Refuse(casework.Unavailable, "It could not be stored in time.")
	a := visit(t, h, pagetest.Olivia).PostFile("/cases/"+id+"/actions/attach", filing(t, h, id), "a.txt", "text")
	require.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
	require.Len(t, h.Vault.Under("uploads"), 1)
}
