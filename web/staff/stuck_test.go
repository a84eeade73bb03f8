package staff

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui/pagetest"
)

func TestStuckWorkIsShownWithItsCauseAndResumed(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Mina)
	b.Get("/stuck").Says(t, "Nothing is stuck")
	h.Stick(t, id)
	h.Pass(3 * time.Hour)
	page := b.Get("/stuck")
	page.Says(t, "1 case", `<a href="/cases/`+id+`">`, "Go on with the case", "The program cannot go on", casework.RunFails.Sentence(), "for 3 h")
	page.IsGuarded(t)
	a := b.Post("/stuck/"+id+"/resume", page.Form(t, "/stuck/"+id+"/resume"))
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
	b.Get(a.Header.Get("Location")).Says(t, id+" is being tried again")
	require.Equal(t, 1, h.Count(t, id, casework.Resumed))
	require.NotContains(t, b.Get("/stuck?resumed="+url.QueryEscape(hostile)).Text, "being tried again")
}

func TestWhatCannotBeResumedIsSaidOverTheList(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Mina)
	a := b.Post("/stuck/"+id+"/resume", nil)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "Not resumed", "is not stuck")
	require.Equal(t, http.StatusNotFound, b.Post("/stuck/LR-2026-999999/resume", nil).StatusCode)
	h.Fail = casework.Refuse(casework.Unavailable, "The workflow server does not answer just now. Try again in a moment.")
	a = b.Post("/stuck/"+id+"/resume", nil)
	require.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
	a.Says(t, "does not answer just now")
	pagetest.RefusesForeignForms(t, b, "/stuck/"+id+"/resume", nil)
	require.Zero(t, h.Count(t, id, casework.Resumed))
}

// An administrator helps work on whose contents they may not see; who may not resume has no button, and is refused.
func TestWhoSeesStuckWorkAndWhoResumesIt(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	h.Stick(t, id)
	for _, who := range pagetest.People {
		b := visit(t, h, who)
		page := b.Get("/stuck")
		page.Says(t, id)
		require.NotContains(t, page.Text, "Bureau")
		reads, resumes := who.Name != "adam", who.Name == "adam" || who.Name == "mina"
		require.Equal(t, reads, containsLink(page.Text, "/cases/"+id), who.Name)
		require.Equal(t, resumes, containsForm(page.Text, "/stuck/"+id+"/resume"), who.Name)
		want := http.StatusSeeOther
		if !resumes {
			want = http.StatusForbidden
		}
		require.Equal(t, want, b.Post("/stuck/"+id+"/resume", nil).StatusCode, who.Name)
	}
	require.Equal(t, 2, h.Count(t, id, casework.Resumed))
}

func TestWhatIsStuckBehindAWallIsNotShown(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Receive(t, pagetest.Request())
	h.Does(t, pagetest.Rosa, id, casework.Restrict, &casework.RestrictBody{Members: []string{"rosa"}, Reason: "delicate"})
	h.Stick(t, id)
	for _, outside := range []casework.Actor{pagetest.Olivia, pagetest.Mina, pagetest.Adam, pagetest.Tess} {
		b := visit(t, h, outside)
		page := b.Get("/stuck")
		page.Says(t, "Nothing is stuck")
		require.NotContains(t, page.Text, id)
		if casework.MayCall(casework.ResumeWork, outside) == nil {
			require.Equal(t, http.StatusNotFound, b.Post("/stuck/"+id+"/resume", nil).StatusCode)
		}
	}
	visit(t, h, pagetest.Rosa).Get("/stuck").Says(t, id)
	require.Zero(t, h.Count(t, id, casework.Resumed))
}

func containsLink(text, path string) bool { return strings.Contains(text, `href="`+path+`"`) }

func containsForm(text, path string) bool { return strings.Contains(text, `action="`+path+`"`) }
