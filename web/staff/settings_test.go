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

func TestTheNavigationShowsWhatSomebodyMayOpen(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	for _, c := range []struct {
		who  casework.Actor
		has  []string
		lack []string
	}{
		{pagetest.Olivia, []string{`<a href="/">Queue</a>`, `<a href="/settings" aria-current="page">Settings</a>`}, []string{"People and roles"}},
		{pagetest.Adam, []string{`<a href="/settings" aria-current="page">Settings</a>`, "People and roles"}, []string{">Queue<"}},
		{pagetest.Tess, []string{`<a href="/">Queue</a>`, "People and roles"}, nil},
	} {
		page := visit(t, h, c.who).Get("/settings")
		page.Says(t, c.has...)
		for _, text := range c.lack {
			require.NotContains(t, page.Text, text, c.who.Name)
		}
	}
}

func TestEveryPlaceOfTheNavigationOpens(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	for _, who := range pagetest.People {
		b := visit(t, h, who)
		for _, x := range placesFor(who, "/settings") {
			page := b.Get(x.Path)
			require.Equal(t, http.StatusOK, page.StatusCode, "%s %s", who.Name, x.Path)
			page.Says(t, `<a href="`+x.Path+`" aria-current="page">`)
		}
		for _, x := range settings {
			want := http.StatusOK
			if !mayAny(x.calls, who) {
				want = http.StatusForbidden
			}
			require.Equal(t, want, b.Get(x.Path).StatusCode, "%s %s", who.Name, x.Path)
		}
	}
}

func TestACaseIsOfTheQueue(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/": "Queue", "/cases/LR-2026-000001": "Queue", "/casesome": "", "/settings/tokens": "Settings", "/settingsome": ""} {
		here := ""
		for _, x := range placesFor(pagetest.Olivia, path) {
			if x.Here {
				here += x.Name
			}
		}
		require.Equal(t, want, here, path)
	}
}

func TestTimesAreShownInTheZoneThatSomebodyChose(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	h.Receive(t, pagetest.Request())
	b := visit(t, h, pagetest.Olivia)
	b.Get("/").Says(t, "20 Nov 2026<small>15:04 UTC</small>", "Times are in UTC")
	a := b.Post("/settings/mine", url.Values{"zone": {"America/New_York"}, "keys": {"on"}})
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	b.Get(a.Header.Get("Location")).Says(t, "Saved", "20 November 2026, 10:04 EST")
	b.Get("/").Says(t, "20 Nov 2026<small>10:04 EST</small>", "Times are in America/New_York", `data-keys="on"`)
	require.Equal(t, http.StatusSeeOther, b.Post("/settings/mine", url.Values{"zone": {"UTC"}}).StatusCode)
	b.Get("/").Says(t, "20 Nov 2026<small>15:04 UTC</small>", `data-keys="off"`)
}

func TestAZoneThatThereIsNotIsRefusedAndStaysTyped(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Olivia)
	for _, zone := range []string{"", "Local", "Middle/Earth", "../../etc/passwd", hostile} {
		a := b.Post("/settings/mine", url.Values{"zone": {zone}})
		require.Equal(t, http.StatusBadRequest, a.StatusCode, zone)
		a.Says(t, "There is no time zone of that name", zone)
		require.NotContains(t, a.Text, "<script>")
		require.Empty(t, a.Header.Values("Set-Cookie"))
	}
}

func TestACookieThatNobodySetIsNoZone(t *testing.T) {
	t.Parallel()
	b := visit(t, pagetest.Open(t), pagetest.Olivia)
	a := b.Do(http.MethodGet, "/settings/mine", nil, http.Header{"Cookie": {"dueprocess_zone=Middle/Earth"}})
	require.NotContains(t, a.Text, "Middle")
}

// pages of the settings, of which each refuses whoever is not signed in.
func TestSettingsAskForASession(t *testing.T) {
	t.Parallel()
	b := pagetest.Visit(t, New(config(pagetest.Open(t))))
	for _, path := range []string{"/settings", "/settings/mine", "/settings/tokens", "/settings/people"} {
		a := b.Get(path)
		require.Equal(t, http.StatusSeeOther, a.StatusCode)
		require.True(t, strings.HasPrefix(a.Header.Get("Location"), "/signin"), path)
	}
	require.Equal(t, http.StatusSeeOther, b.Post("/settings/mine", url.Values{"zone": {"UTC"}}).StatusCode)
}
