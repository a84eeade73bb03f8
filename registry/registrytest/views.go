//go:build unix

package registrytest

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func (h *house) enter(t *testing.T, people ...casework.Actor) {
	t.Helper()
	for _, p := range people {
		require.NoError(t, h.PutUser(ctx(t), p.Name, p.Roles, ""))
	}
}

func (h *house) views(t *testing.T, by casework.Actor) []casework.SavedView {
	t.Helper()
	found, err := h.Views(ctx(t), by)
	require.NoError(t, err)
	return found
}

// viewsAreOwnOrShared: each change is an event in which nobody is searched for.
func viewsAreOwnOrShared(t *testing.T, h *house) {
	h.enter(t, rosa, olivia, tess)
	own := casework.SavedView{ID: "v-1", Name: "mine, urgent", Query: "q=harbor.lights&sla=breached"}
	require.NoError(t, h.PutView(ctx(t), own, rosa, noon))
	own.Owner = "rosa"
	require.Equal(t, []casework.SavedView{own}, h.views(t, rosa))
	require.Empty(t, h.views(t, olivia), "what is not shared")
	own.Shared, own.Name = true, "urgent"
	require.NoError(t, h.PutView(ctx(t), own, rosa, noon))
	require.NoError(t, h.PutView(ctx(t), casework.SavedView{ID: "v-2", Name: "a", Query: "sort=due"}, olivia, noon))
	require.Equal(t, []casework.SavedView{{ID: "v-2", Owner: "olivia", Name: "a", Query: "sort=due"}, own}, h.views(t, olivia))
	require.Equal(t, []casework.SavedView{own}, h.views(t, tess))
	require.NoError(t, h.DropView(ctx(t), "v-1", rosa, noon))
	require.Empty(t, h.views(t, rosa))
	require.Equal(t, 3, h.count(t, "settings_events WHERE setting = 'view/v-1' AND verb = 'settings_changed' AND actor_name = 'rosa'"))
	require.Equal(t, 1, h.count(t, "settings_events WHERE setting = 'view/v-1' AND old = 'null' AND new LIKE '%sla=breached%'"))
	require.Equal(t, 1, h.count(t, "settings_events WHERE setting = 'view/v-1' AND old LIKE '%\"urgent\"%' AND new = 'null'"))
	require.Zero(t, h.count(t, "settings_events WHERE new LIKE '%harbor%' OR old LIKE '%harbor%'"))
}

func anothersViewStays(t *testing.T, h *house) {
	h.enter(t, rosa, olivia)
	shared := casework.SavedView{ID: "v-1", Name: "ours", Query: "sla=breached", Shared: true}
	require.NoError(t, h.PutView(ctx(t), shared, rosa, noon))
	shared.Owner = "rosa"
	taken := casework.SavedView{ID: "v-1", Owner: "rosa", Name: "taken", Query: ""}
	refused(t, h.PutView(ctx(t), taken, olivia, noon), casework.NotFound)
	refused(t, h.DropView(ctx(t), "v-1", olivia, noon), casework.NotFound)
	refused(t, h.DropView(ctx(t), "v-9", rosa, noon), casework.NotFound)
	require.Equal(t, []casework.SavedView{shared}, h.views(t, rosa))
	require.Equal(t, 1, h.count(t, "settings_events"), "what was refused is no event")
}

func viewNotForEverybody(t *testing.T, h *house) {
	h.enter(t, rosa, mina, tess, adam)
	v := casework.SavedView{ID: "v-1", Name: "late", Query: "sla=breached"}
	refused(t, h.PutView(ctx(t), v, adam, noon), casework.Forbidden)
	_, err := h.Views(ctx(t), adam)
	refused(t, err, casework.Forbidden)
	require.NoError(t, h.PutView(ctx(t), v, tess, noon))
	v.Shared = true
	refused(t, h.PutView(ctx(t), v, tess, noon), casework.Forbidden)
	v.ID = "v-2"
	require.NoError(t, h.PutView(ctx(t), v, mina, noon))
	for _, wrong := range []casework.SavedView{
		{ID: "v", Name: " "}, {ID: "v", Name: strings.Repeat("x", 61)}, {ID: "v", Name: "a\nb"}, {ID: "v", Name: "a", Query: "q=%zz"}, {ID: "v", Name: "a", Query: "cursor=x"},
		{ID: "v", Name: "a", Query: "q=" + strings.Repeat("x", 2000)},
	} {
		refused(t, h.PutView(ctx(t), wrong, rosa, noon), casework.Invalid)
	}
	for i := range casework.MostViews {
		require.NoError(t, h.PutView(ctx(t), casework.SavedView{ID: "r-" + strconv.Itoa(i), Name: "r"}, rosa, noon))
	}
	refused(t, h.PutView(ctx(t), casework.SavedView{ID: "r", Name: "r"}, rosa, noon), casework.Conflict)
	require.NoError(t, h.PutView(ctx(t), casework.SavedView{ID: "r-1", Name: "replaced"}, rosa, noon))
}
