//go:build unix

package registrytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func tokensNamePeople(t *testing.T, h *house) {
	require.NoError(t, h.PutUser(ctx(t), "rosa", []casework.Role{casework.Reviewer}, "aa"))
	require.NoError(t, h.PutUser(ctx(t), "adam", []casework.Role{casework.Admin, casework.Auditor}, ""))
	require.NoError(t, h.PutUser(ctx(t), "omar", nil, ""))
	a, err := h.ActorByToken(ctx(t), "aa", noon)
	require.NoError(t, err)
	require.Equal(t, rosa, a)
	for _, unknown := range []string{"", "ab", "AA"} {
		_, err = h.ActorByToken(ctx(t), unknown, noon)
		refused(t, err, casework.Unauthenticated)
	}
	require.NoError(t, h.PutUser(ctx(t), "rosa", []casework.Role{casework.Manager}, ""), "the token stays")
	a, err = h.ActorByToken(ctx(t), "aa", noon)
	require.NoError(t, err)
	require.Equal(t, []casework.Role{casework.Manager}, a.Roles)
	require.NoError(t, h.PutUser(ctx(t), "rosa", []casework.Role{casework.Reviewer}, "bb"))
	_, err = h.ActorByToken(ctx(t), "aa", noon)
	refused(t, err, casework.Unauthenticated)
	refused(t, h.PutUser(ctx(t), "adam", nil, "bb"), casework.Conflict)
	users, err := h.Users(ctx(t))
	require.NoError(t, err)
	require.Equal(t, []casework.Actor{
		{Kind: casework.Person, Name: "adam", Roles: []casework.Role{casework.Admin, casework.Auditor}}, {Kind: casework.Person, Name: "omar"}, rosa,
	}, users)
}

func linksExpire(t *testing.T, h *house) {
	l := casework.MailedLink{TokenSHA256: "aa", Case: "LR-2026-000001", Purpose: casework.DeliveryLink, N: 2, ExpiresAt: noon}
	forever := casework.MailedLink{TokenSHA256: "bb", Case: "LR-2026-000001", Purpose: casework.NoticeLink}
	require.NoError(t, h.PutLink(ctx(t), l))
	require.NoError(t, h.PutLink(ctx(t), forever))
	require.NoError(t, h.PutLink(ctx(t), casework.MailedLink{TokenSHA256: "aa", Case: "LR-2026-000002"}), "a repeat changes nothing")
	found, err := h.Link(ctx(t), "aa", noon.Add(-time.Microsecond))
	require.NoError(t, err)
	require.Equal(t, l, found)
	_, err = h.Link(ctx(t), "aa", noon)
	refused(t, err, casework.NotFound)
	_, unknown := h.Link(ctx(t), "cc", noon)
	require.Equal(t, err.Error(), unknown.Error(), "expired and unknown are told alike")
	found, err = h.Link(ctx(t), "bb", noon.AddDate(1000, 0, 0))
	require.NoError(t, err)
	require.Equal(t, forever, found)
}

func answersAreKept(t *testing.T, h *house) {
	k := casework.IdempotencyKey{Scope: "rosa /x", Key: "k", BodySHA256: "b", Case: "LR-2026-000001", At: noon}
	_, ok, err := h.Answered(ctx(t), k)
	require.NoError(t, err)
	require.False(t, ok)
	other := k
	other.BodySHA256 = "c"
	_, _, err = h.Answered(ctx(t), other)
	refused(t, err, casework.Conflict)
	refused(t, h.KeepAnswer(ctx(t), other, casework.KeptAnswer{Status: 200}), casework.Conflict)
	given := casework.KeptAnswer{Status: 200, Body: []byte{0, 1}}
	require.NoError(t, h.KeepAnswer(ctx(t), k, given))
	require.NoError(t, h.KeepAnswer(ctx(t), k, casework.KeptAnswer{Status: 500}), "the first answer stays")
	a, ok, err := h.Answered(ctx(t), k)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, given, a)
	other.Scope = "omar /x"
	_, ok, err = h.Answered(ctx(t), other)
	require.NoError(t, err)
	require.False(t, ok, "a key is its scope's own")
}

func entry(id string) casework.BookEntry {
	return casework.BookEntry{
		ID: id, Name: "Polizei", Country: "DE", Domains: []string{"polizei.example"}, Phones: []string{"+49 1"}, ExpiresOn: "2027-01-31", Officers: []casework.BookOfficer{},
	}
}

func bookHasVersions(t *testing.T, h *house) {
	require.NoError(t, h.SeedAuthorities(ctx(t), []casework.BookEntry{entry("b"), entry("a")}))
	changed := entry("a")
	changed.Name = "Another"
	put, err := h.PutAuthority(ctx(t), changed, olivia, noon, 1)
	require.NoError(t, err)
	require.Equal(t, 2, put.Version)
	_, err = h.PutAuthority(ctx(t), entry("a"), olivia, noon, 1)
	refused(t, err, casework.Conflict)
	_, err = h.PutAuthority(ctx(t), entry("new"), olivia, noon, 3)
	refused(t, err, casework.Conflict)
	created, err := h.PutAuthority(ctx(t), entry("c"), olivia, noon, 0)
	require.NoError(t, err)
	require.Equal(t, 1, created.Version)
	require.NoError(t, h.SeedAuthorities(ctx(t), []casework.BookEntry{entry("a")}))
	book, err := h.Authorities(ctx(t))
	require.NoError(t, err)
	require.Equal(t, []casework.BookEntry{put, withVersion(entry("b"), 1), created}, book)

	won := 0
	for _, err := range together(8, func(int) error { _, err := h.PutAuthority(ctx(t), changed, olivia, noon, 2); return err }) {
		if err == nil {
			won++
			continue
		}
		refused(t, err, casework.Conflict)
	}
	require.Equal(t, 1, won)
	var who string
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT actor_name FROM authority_events WHERE id = 'a' AND version = 2").Scan(&who))
	require.Equal(t, "olivia", who)
}

func withVersion(e casework.BookEntry, version int) casework.BookEntry {
	e.Version = version
	return e
}

func bookFinds(t *testing.T, h *house) {
	knows, elsewhere := entry("z"), entry("e")
	knows.Officers = []casework.BookOfficer{{Name: "A", Email: "A.Officer@polizei.example"}}
	elsewhere.Country = "AT"
	require.NoError(t, h.SeedAuthorities(ctx(t), []casework.BookEntry{entry("a"), knows, elsewhere}))
	r := paper().Request
	found, ok, err := h.Authority(ctx(t), r, "2027-01-31")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "z", found.ID, "the entry that knows the officer")
	r.Officer.Email = "somebody@polizei.example"
	found, ok, err = h.Authority(ctx(t), r, "2027-01-31")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "a", found.ID)
	_, ok, err = h.Authority(ctx(t), r, "2027-02-01")
	require.NoError(t, err)
	require.False(t, ok, "expired")
	r.Officer.Email = "x@polizei.example.evil.example"
	_, ok, err = h.Authority(ctx(t), r, "2027-01-31")
	require.NoError(t, err)
	require.False(t, ok)
}

func openPhones(t *testing.T, h *house) {
	in := secret()
	in.Request.Officer.Phone, in.Request.Officer.Supervisor.Phone = "+1 1", "+1 2"
	open := h.receive(t, in)
	closing := change(h.receive(t, paper()), casework.Closed, `{}`)
	phones, err := h.OpenPhones(ctx(t))
	require.NoError(t, err)
	require.Equal(t, []string{"+1 1", "+1 2", "+49 211 1"}, phones, "of walled cases too: a number proves nothing wherever it came")
	closing.Case.Stage = casework.InClosed
	require.NoError(t, h.Store(ctx(t), closing))
	corrected := change(open, casework.Corrected, `{}`)
	corrected.Case.Request.Officer.Phone = "+1 3"
	require.NoError(t, h.Store(ctx(t), corrected))
	phones, err = h.OpenPhones(ctx(t))
	require.NoError(t, err)
	require.Equal(t, []string{"+1 2", "+1 3"}, phones)
}

func caseKeys(t *testing.T, h *house) {
	_, err := h.CaseKey(ctx(t), "LR-2026-000001")
	refused(t, err, casework.NotFound)
	kept := make([]string, 8)
	for _, err := range together(len(kept), func(i int) error {
		k, err := h.PutCaseKey(ctx(t), "LR-2026-000001", []byte{byte(i)})
		kept[i] = string(k)
		return err
	}) {
		require.NoError(t, err)
	}
	k, err := h.CaseKey(ctx(t), "LR-2026-000001")
	require.NoError(t, err)
	for _, other := range kept {
		require.Equal(t, string(k), other)
	}
	require.NoError(t, h.DestroyCaseKey(ctx(t), "LR-2026-000001"))
	_, err = h.CaseKey(ctx(t), "LR-2026-000001")
	refused(t, err, casework.NotFound)
	_, err = h.PutCaseKey(ctx(t), "LR-2026-000001", []byte("again"))
	refused(t, err, casework.NotFound)
}
