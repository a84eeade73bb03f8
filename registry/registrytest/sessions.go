//go:build unix

package registrytest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func identified(subject, name string, roles ...casework.Role) casework.Identified {
	return casework.Identified{Subject: subject, Name: name, Roles: roles, At: noon.Add(-time.Second)}
}

func (h *house) signIn(t *testing.T, who casework.Identified, sum string, at time.Time) (casework.Actor, error) {
	t.Helper()
	return h.SignIn(ctx(t), who, casework.Session{SHA256: sum, BeganAt: at}, at.Add(-12*time.Hour))
}

func signInIsASession(t *testing.T, h *house) {
	a, err := h.signIn(t, identified("s-1", "rosa", casework.Reviewer), "s", noon)
	require.NoError(t, err)
	require.Equal(t, rosa, a)
	s, a, err := h.Session(ctx(t), "s")
	require.NoError(t, err)
	require.Equal(t, rosa, a)
	require.Equal(t, casework.Session{SHA256: "s", Name: "rosa", BeganAt: noon, SeenAt: noon, FreshAt: noon.Add(-time.Second)}, s)
	require.NoError(t, h.Seen(ctx(t), "s", noon.Add(time.Minute)))
	require.NoError(t, h.Seen(ctx(t), "s", noon), "an earlier look is no news")
	s, _, err = h.Session(ctx(t), "s")
	require.NoError(t, err)
	require.Equal(t, noon.Add(time.Minute), s.SeenAt)
	_, err = h.signIn(t, identified("s-1", "rosa", casework.Manager), "t", noon)
	require.NoError(t, err)
	_, a, err = h.Session(ctx(t), "s")
	require.NoError(t, err)
	require.Equal(t, []casework.Role{casework.Manager}, a.Roles, "a role lost is lost in every session")
	require.NoError(t, h.SignOut(ctx(t), "s"))
	require.NoError(t, h.SignOut(ctx(t), "s"))
	_, _, err = h.Session(ctx(t), "s")
	refused(t, err, casework.Unauthenticated)
	_, err = h.signIn(t, identified("s-2", "mina", casework.Manager), "u", noon.Add(13*time.Hour))
	require.NoError(t, err)
	require.Equal(t, 1, h.count(t, "sessions"), "what is over is dropped")
	require.Equal(t, 3, h.count(t, "settings_events"), "each change of roles is written down")
	people, err := h.People(ctx(t))
	require.NoError(t, err)
	require.Equal(t, []casework.KnownPerson{{Actor: mina, SignedInAt: noon.Add(13 * time.Hour)}, {Actor: casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Manager}}, SignedInAt: noon}}, people)
}

func aProviderMayMove(t *testing.T, h *house) {
	for _, who := range []casework.Identified{identified("old mina", "mina", casework.Manager), identified("other rosa", "rosa", casework.Reviewer)} {
		_, err := h.signIn(t, who, who.Name, noon)
		require.NoError(t, err)
	}
	before, err := h.People(ctx(t))
	require.NoError(t, err)
	require.NoError(t, h.MoveSubjects(ctx(t), func(s string) string { return strings.Replace(s, "old ", "new ", 1) }))
	after, err := h.People(ctx(t))
	require.NoError(t, err)
	require.Equal(t, before, after, "roles and the last sign-in stay")
	_, err = h.signIn(t, identified("new mina", "mina", casework.Manager), "s", noon)
	require.NoError(t, err)
	for _, another := range []string{"old mina", "new rosa"} {
		_, err = h.signIn(t, identified(another, strings.Fields(another)[1], casework.Reviewer), "t", noon)
		refused(t, err, casework.Forbidden)
	}
}

func onePersonOneName(t *testing.T, h *house) {
	require.NoError(t, h.PutUser(ctx(t), "rosa", []casework.Role{casework.Reviewer}, ""))
	a, err := h.signIn(t, identified("s-1", "rosa", casework.Reviewer), "s", noon)
	require.NoError(t, err, "who was entered by name is taken over by the first sign-in")
	require.Equal(t, rosa, a)
	a, err = h.signIn(t, identified("s-1", "rosalind", casework.Reviewer), "t", noon)
	require.NoError(t, err)
	require.Equal(t, "rosa", a.Name, "a second name would let one person be two")
	_, err = h.signIn(t, identified("s-2", "rosa", casework.Admin), "u", noon)
	refused(t, err, casework.Forbidden)
	_, a, err = h.Session(ctx(t), "s")
	require.NoError(t, err)
	require.Equal(t, rosa, a, "a name's second claimant changes nothing")
	require.Equal(t, 2, h.count(t, "sessions"))
}

func noRoleNoSession(t *testing.T, h *house) {
	_, err := h.signIn(t, identified("s-1", "rosa", casework.Reviewer), "s", noon)
	require.NoError(t, err)
	_, err = h.signIn(t, identified("s-1", "rosa"), "t", noon)
	refused(t, err, casework.Forbidden)
	require.Zero(t, h.count(t, "sessions"))
	users, err := h.Users(ctx(t))
	require.NoError(t, err)
	require.Empty(t, users[0].Roles)
	_, err = h.signIn(t, identified("s-9", "stranger"), "u", noon)
	refused(t, err, casework.Forbidden)
	require.Equal(t, 1, h.count(t, "users"), "a stranger is not entered, and takes nobody's name")
}

func personalTokens(t *testing.T, h *house) {
	require.NoError(t, h.PutUser(ctx(t), "rosa", []casework.Role{casework.Reviewer}, "aa"))
	require.NoError(t, h.PutUser(ctx(t), "mina", []casework.Role{casework.Manager}, ""))
	made := casework.APIToken{ID: "k-1", Name: "the export", SHA256: "bb", MadeAt: noon, ExpiresAt: noon.Add(48 * time.Hour)}
	require.NoError(t, h.MakeToken(ctx(t), made, rosa))
	refused(t, h.MakeToken(ctx(t), casework.APIToken{ID: "k-2", Name: " ", SHA256: "cc", MadeAt: noon, ExpiresAt: noon.Add(91 * 24 * time.Hour)}, rosa), casework.Invalid)
	a, err := h.ActorByToken(ctx(t), "bb", noon.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, rosa, a)
	require.NoError(t, h.PutUser(ctx(t), "rosa", []casework.Role{casework.Auditor}, ""))
	a, err = h.ActorByToken(ctx(t), "bb", noon.Add(2*time.Hour))
	require.NoError(t, err)
	require.Equal(t, []casework.Role{casework.Auditor}, a.Roles, "a token may what its owner may now")
	mine, err := h.Tokens(ctx(t), rosa)
	require.NoError(t, err)
	require.Equal(t, []casework.APIToken{{ID: "k-1", Owner: "rosa", Name: "the export", MadeAt: noon, ExpiresAt: noon.Add(48 * time.Hour), UsedAt: noon.Add(2 * time.Hour)}}, mine)
	_, err = h.ActorByToken(ctx(t), "bb", noon.Add(48*time.Hour))
	refused(t, err, casework.Unauthenticated)
	refused(t, h.RevokeToken(ctx(t), "k-1", mina, noon), casework.NotFound)
	for range 2 {
		require.NoError(t, h.RevokeToken(ctx(t), "k-1", rosa, noon.Add(3*time.Hour)))
		noon := noon.Add(time.Minute)
		require.NoError(t, h.RevokeToken(ctx(t), "k-1", rosa, noon), "a second time changes nothing")
	}
	_, err = h.ActorByToken(ctx(t), "bb", noon.Add(4*time.Hour))
	refused(t, err, casework.Unauthenticated)
	require.Equal(t, 1, h.count(t, "settings_events WHERE setting = 'token/k-1' AND n = 1 AND verb = 'settings_changed' AND old = 'null'"))
	require.Equal(t, 1, h.count(t, "settings_events WHERE setting = 'token/k-1' AND n = 2 AND new = 'null'"))
}

func draftsAreOnesOwn(t *testing.T, h *house) {
	c := h.receive(t, paper())
	typed := casework.Draft{Action: casework.Comment, Fields: map[string][]string{"text": {"half a sentence"}}, At: noon}
	require.NoError(t, h.KeepDraft(ctx(t), c.ID, rosa, typed))
	typed.Fields = map[string][]string{"text": {"half a sentence more"}}
	require.NoError(t, h.KeepDraft(ctx(t), c.ID, rosa, typed))
	mine, err := h.Drafts(ctx(t), c.ID, rosa)
	require.NoError(t, err)
	require.Equal(t, []casework.Draft{typed}, mine)
	others, err := h.Drafts(ctx(t), c.ID, olivia)
	require.NoError(t, err)
	require.Empty(t, others)
	require.Zero(t, h.count(t, "drafts WHERE CAST(sealed AS TEXT) LIKE '%sentence%'"))
	require.NoError(t, h.DropDraft(ctx(t), c.ID, olivia, casework.Comment))
	require.Equal(t, 1, h.count(t, "drafts"))
	require.NoError(t, h.DropDraft(ctx(t), c.ID, rosa, casework.Comment))
	require.Zero(t, h.count(t, "drafts"))
}
