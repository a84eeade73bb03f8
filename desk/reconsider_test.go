package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/desk"
)

func (h *house) follow(f *desk.Followers) {
	h.t.Helper()
	require.NoError(h.t, f.Follow(h.t.Context()))
}

// until waits for what the worker does meanwhile.
func (h *house) until(is func() bool) {
	h.t.Helper()
	require.Eventually(h.t, is, time.Minute, 20*time.Millisecond)
}

func (h *house) due(id string, kind casework.DeadlineKind) casework.Date {
	h.t.Helper()
	v, err := h.Registry.Case(h.t.Context(), id, casework.TheSystem)
	require.NoError(h.t, err)
	for _, d := range v.Deadlines {
		if d.Kind == kind {
			return d.Date
		}
	}
	return ""
}

func TestOpenCasesFollowAChangedRulebook(t *testing.T) {
	h := open(t)
	id, err := h.submit("k")
	require.NoError(t, err)
	f := h.office.Followers(h.client)
	h.follow(f)
	require.Equal(t, 1, h.count(id, casework.Evaluated), "nothing has changed")
	before := h.due(id, casework.DueReview)

	profile := filepath.Join(t.TempDir(), "profile.yaml")
	require.NoError(t, os.WriteFile(profile, []byte("sla:\n  default:\n    acknowledge: 2 working days\n    verify: 2 working days\n    review: 9 working days\n    respond: 14 days\n"), 0o600))
	h.office.Settings.Profile = profile
	require.NoError(t, h.office.ReloadRules(t.Context()))
	h.follow(f)
	h.until(func() bool { return h.count(id, casework.Evaluated) == 2 })
	require.Greater(t, h.due(id, casework.DueReview), before)
	require.Equal(t, 1, h.count(id, casework.SettingsChanged))
	require.Equal(t, 1, h.count(id, casework.DeadlineSet), "the one that moved")
	h.follow(f)
	require.Equal(t, 1, h.count(id, casework.SettingsChanged), "it is told once")
}

func TestUndecidedCasesFollowTheContactBook(t *testing.T) {
	h := open(t)
	id, err := h.submit("k")
	require.NoError(t, err)
	f := h.office.Followers(h.client)
	entry := casework.BookEntry{ID: "us-fbi", Name: "Federal Bureau of Investigation", Country: "US", Kind: casework.LawEnforcement, Domains: []string{"fbi.gov"}, Evidence: "seen"}
	_, err = h.Registry.PutAuthority(t.Context(), entry, olivia, h.Now(), 0)
	require.NoError(t, err)
	h.follow(f)
	h.until(func() bool { return h.count(id, casework.Evaluated) == 2 })
	require.Equal(t, 1, h.count(id, casework.AuthorityChanged))
	h.follow(f)
	require.Equal(t, 1, h.count(id, casework.AuthorityChanged))
}
