package staff

import (
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

// hasty is the handler of the pages, which asks and gives up listening within a moment.
func hasty(h *pagetest.House) http.Handler {
	p, handler := built(config(h), h.Wall)
	p.listenEvery, p.listenFor = time.Millisecond, 200*time.Millisecond
	return handler
}

var listens = regexp.MustCompile(`data-live="([^"]*)"`)

func TestAPageHearsThatItsCaseHasChangedAndByWhom(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := pagetest.Visit(t, hasty(h)).SignIn("rafael")
	page := b.Get("/cases/" + id)
	version := h.State(t, id).Version
	found := listens.FindStringSubmatch(page.Text)
	require.NotNil(t, found)
	path := html.UnescapeString(found[1])
	require.Contains(t, path, "/cases/"+id+"/live?version="+strconv.Itoa(version)+"&entry=")
	still := b.Get(path)
	require.Equal(t, "text/event-stream", still.Header.Get("Content-Type"))
	require.NotContains(t, still.Text, "changed", "nothing has")
	still.IsGuarded(t)
	b.Get("/cases/" + id) // a look changes nothing
	require.NotContains(t, b.Get(path).Text, "changed")
	h.Does(t, pagetest.Rosa, id, casework.Comment, &casework.CommentBody{Text: "a secret of the case"})
	now := b.Get(path)
	require.Contains(t, now.Text, "event: changed\ndata: {\"by\":\"rosa\",\"version\":"+strconv.Itoa(version+1)+"}")
	require.NotContains(t, now.Text, "secret")
}

func TestNobodyHearsOfWhatIsBehindAWall(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Notified(t)
	b := pagetest.Visit(t, hasty(h)).SignIn("rafael")
	path := "/cases/" + id + "/live?version=1&entry=0"
	require.Equal(t, http.StatusOK, b.Get(path).StatusCode)
	h.Does(t, pagetest.Mina, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa", "mina"}, Reason: "delicate"})
	hidden, unknown := b.Get(path), b.Get("/cases/LR-2026-999999/live?version=1&entry=0")
	require.Equal(t, http.StatusNotFound, hidden.StatusCode)
	require.Equal(t, strings.ReplaceAll(unknown.Text, "LR-2026-999999", id), hidden.Text)
	for _, version := range []string{"", "0", "-1", "x"} {
		require.Equal(t, http.StatusBadRequest, b.Get("/cases/"+id+"/live?entry=0&version="+version).StatusCode)
	}
}

// Listening keeps no session alive, and there is an end to how many pages listen.
func TestListeningIsBounded(t *testing.T) {
	t.Parallel()
	l := &listeners{}
	leave := []func(){}
	for range liveOwn {
		x, ok := l.come("rosa")
		require.True(t, ok)
		leave = append(leave, x)
	}
	_, ok := l.come("rosa")
	require.False(t, ok)
	_, ok = l.come("rafael")
	require.True(t, ok, "others are not kept out")
	leave[0]()
	_, ok = l.come("rosa")
	require.True(t, ok)
}
