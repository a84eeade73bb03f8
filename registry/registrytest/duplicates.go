//go:build unix

package registrytest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func (h *house) duplicates(t *testing.T, id string, viewer casework.Actor) casework.Duplicates {
	t.Helper()
	found, err := h.Duplicates(ctx(t), id, viewer)
	require.NoError(t, err)
	require.NotNil(t, found.Cases)
	return found
}

// twins are the ids of what may be the same request.
func (h *house) twins(t *testing.T, id string, viewer casework.Actor) []string {
	t.Helper()
	out := []string{}
	for _, d := range h.duplicates(t, id, viewer).Cases {
		out = append(out, d.Case)
	}
	return out
}

// own is a request that is like no other of the suite.
func own() casework.Intake {
	in := paper()
	in.Request.Instrument.Number, in.Request.Matter.Reference = "N 4711/26", "File 9-26"
	in.Request.Documents = []casework.Document{{Name: "order.pdf", SHA256: strings.Repeat("4d", 32), Size: 9}}
	return in
}

const (
	byNumber, byDocument, byReference = casework.AlikeNumber, casework.AlikeDocument, casework.AlikeReference
)

// servedAgain are other requests, and in what each is like that of own.
var servedAgain = []struct {
	name   string
	change func(r *casework.Request)
	alike  []casework.Particular
}{
	{"by another channel", func(r *casework.Request) { r.Channel = casework.ByMail }, casework.Particulars},
	{"the number alone", func(r *casework.Request) { r.Matter.Reference, r.Documents = "", nil }, []casework.Particular{byNumber}},
	{"the number in another dress", func(r *casework.Request) {
		r.Instrument.Number, r.Matter.Reference, r.Documents = " n 4711/26\t", "", nil
	}, []casework.Particular{byNumber}},
	{"a document among others", func(r *casework.Request) {
		*r = casework.Request{Authority: casework.Authority{Country: "US"}, Documents: append([]casework.Document{{SHA256: "cd"}}, r.Documents...)}
	}, []casework.Particular{byDocument}},
	{"the reference alone", func(r *casework.Request) {
		r.Instrument.Number, r.Documents, r.Matter.Reference, r.Authority.Unit = "", nil, "FILE 9-26", "KK 22"
	}, []casework.Particular{byReference}},
	{"another account", func(r *casework.Request) { r.Demand.Targets[0].Value = "c@d.example" }, casework.Particulars},

	{"another number and nothing else in common", func(r *casework.Request) { *r = paper().Request }, nil},
	{"the number in another country", func(r *casework.Request) { r.Authority.Country, r.Documents = "AT", nil }, nil},
	{"the reference on another instrument", func(r *casework.Request) {
		r.Instrument.Number, r.Documents, r.Instrument.Type = "", nil, casework.CourtOrder
	}, nil},
	{"the reference of another authority", func(r *casework.Request) {
		r.Instrument.Number, r.Documents, r.Authority.Name = "", nil, "Polizei Köln"
	}, nil},
	{"the same account, officer and offence", func(r *casework.Request) {
		r.Instrument.Number, r.Documents, r.Matter.Reference = "N 4712/26", nil, "File 10-26"
	}, nil},
	{"nothing that names it", func(r *casework.Request) { r.Instrument.Number, r.Documents, r.Matter.Reference = " ", nil, "n/a" }, nil},
}

// duplicatesAreFound: each of two requests points to the other, and says in what they are alike; or neither does.
func duplicatesAreFound(t *testing.T, h *house) {
	first := h.receive(t, own())
	for _, x := range servedAgain {
		in := own()
		x.change(&in.Request)
		c := h.receive(t, in)
		for id, other := range map[string]string{first.ID: c.ID, c.ID: first.ID} {
			found := h.duplicates(t, id, olivia).Cases
			i := slices.IndexFunc(found, func(d casework.Duplicate) bool { return d.Case == other })
			require.Equal(t, x.alike == nil, i < 0, x.name)
			if i >= 0 {
				require.Equal(t, x.alike, found[i].Alike, x.name)
			}
		}
	}
	last := own()
	servedAgain[len(servedAgain)-1].change(&last.Request)
	require.Empty(t, h.twins(t, h.receive(t, last).ID, olivia), "what names nothing is like nothing, not even itself")
}

// duplicatesSayHowTheyStand: how each stands, and whether one of the two is linked to the other.
func duplicatesSayHowTheyStand(t *testing.T, h *house) {
	in := own()
	in.Request.ReceivedAt = noon.Add(-time.Hour)
	open, c := h.receive(t, in), h.receive(t, own())
	refused := casework.ResolvedRefused
	require.Equal(t, casework.Duplicates{Cases: []casework.Duplicate{
		{Case: open.ID, Stage: casework.InReceipt, ReceivedAt: noon.Add(-time.Hour), Alike: casework.Particulars},
	}}, h.duplicates(t, c.ID, olivia))

	linked := change(c, casework.Linked, `{}`)
	linked.Case.Links = []casework.Link{{Case: open.ID, Relation: casework.Related}}
	linked.Case.Resolution = &refused
	require.NoError(t, h.Store(ctx(t), linked))
	require.True(t, h.duplicates(t, c.ID, olivia).Cases[0].Linked)
	h.staged(t, linked.Case, noon.Add(time.Hour), casework.InClosed)
	require.Equal(t, casework.Duplicates{Cases: []casework.Duplicate{
		{Case: c.ID, Stage: casework.InClosed, Resolution: &refused, ReceivedAt: noon, Alike: casework.Particulars, Linked: true},
	}}, h.duplicates(t, open.ID, olivia), "whichever of the two says it")
}

// duplicatesAreBounded: the newest ten by any particular, and whether there are more.
func duplicatesAreBounded(t *testing.T, h *house) {
	c, want := h.receive(t, own()), []string{}
	for i := range casework.MostDuplicates {
		in := own()
		in.Request.ReceivedAt = noon.Add(time.Duration(i/2) * time.Hour)
		if i%2 == 0 {
			in.Request.Instrument.Number, in.Request.Matter.Reference = "", ""
		} else {
			in.Request.Documents, in.Request.Matter.Reference = nil, ""
		}
		want = append(want, h.receive(t, in).ID)
	}
	slices.Reverse(want)
	require.Equal(t, want, h.twins(t, c.ID, olivia), "the newest first")
	require.False(t, h.duplicates(t, c.ID, olivia).More)

	late := own()
	late.Request.ReceivedAt, late.Request.Documents = noon.AddDate(0, 0, 1), nil
	newest := h.receive(t, late).ID
	found := h.duplicates(t, c.ID, olivia)
	require.Equal(t, append([]string{newest}, want[:casework.MostDuplicates-1]...), h.twins(t, c.ID, olivia))
	require.True(t, found.More)
	require.Equal(t, []casework.Particular{byNumber, byReference}, found.Cases[0].Alike)
}

// duplicatesKeepToTheWall: a case behind a wall is no hint to those outside, nor is it felt by them in a hint of others.
func duplicatesKeepToTheWall(t *testing.T, h *house) {
	c, open := h.receive(t, own()), h.receive(t, own())
	walled := make([]string, casework.MostDuplicates)
	for i := range walled {
		in := own()
		in.Request.Instrument.Type, in.Members = casework.NationalSecurityLetter, []string{"rosa"}
		in.Request.ReceivedAt = noon.Add(time.Hour)
		walled[i] = h.receive(t, in).ID
	}
	for _, outside := range []casework.Actor{olivia, mina, tess, {Kind: casework.Person, Roles: []casework.Role{casework.Reviewer}}} {
		require.Equal(t, []string{open.ID}, h.twins(t, c.ID, outside), outside.Name)
		require.False(t, h.duplicates(t, c.ID, outside).More)
		for _, id := range walled {
			_, err := h.Duplicates(ctx(t), id, outside)
			refused(t, err, casework.NotFound)
		}
	}
	slices.Reverse(walled)
	for _, inside := range []casework.Actor{rosa, casework.TheSystem, {Kind: casework.AuthorityKind, Name: "olivia"}} {
		require.Equal(t, walled, h.twins(t, c.ID, inside))
		require.True(t, h.duplicates(t, c.ID, inside).More)
		require.Contains(t, h.twins(t, walled[0], inside), walled[1])
	}
	_, err := h.Duplicates(ctx(t), c.ID, adam)
	refused(t, err, casework.NotFound)
	_, err = h.Duplicates(ctx(t), "LR-2026-999999", olivia)
	refused(t, err, casework.NotFound)
}

// duplicatesFollowTheRequest: as it now reads, whoever corrected it; what was only attached was not served.
func duplicatesFollowTheRequest(t *testing.T, h *house) {
	first, in := h.receive(t, own()), paper()
	c := h.receive(t, in)
	require.Empty(t, h.twins(t, c.ID, olivia))
	for _, verb := range []casework.Verb{casework.Corrected, casework.ClarificationReceived} {
		mended := change(c, verb, `{}`)
		mended.Case.Request.Instrument.Number = own().Request.Instrument.Number
		require.NoError(t, h.Store(ctx(t), mended))
		require.Equal(t, []string{c.ID}, h.twins(t, first.ID, olivia), verb)
		back := change(mended.Case, verb, `{}`)
		back.Case.Request.Instrument.Number = in.Request.Instrument.Number
		require.NoError(t, h.Store(ctx(t), back))
		require.Empty(t, h.twins(t, first.ID, olivia), verb)
		require.Empty(t, h.twins(t, c.ID, olivia), verb)
		c = back.Case
	}
	attached := change(c, casework.Attached, `{}`)
	attached.Case.Documents = own().Request.Documents
	require.NoError(t, h.Store(ctx(t), attached))
	require.Empty(t, h.twins(t, first.ID, olivia))
}

// duplicatesOfOldCases: cases from before there were particulars have them after a migration, or after their next change.
func duplicatesOfOldCases(t *testing.T, h *house) {
	var cases []casework.Case
	for range 3 {
		cases = append(cases, h.receive(t, own()))
	}
	registered := h.register(t, own())
	bare := paper()
	bare.Request = casework.Request{Authority: bare.Request.Authority}
	h.receive(t, bare)
	kept := h.rowsOf(t, "case_particulars")
	require.Len(t, kept, 12)
	h.exec(t, "DELETE FROM case_particulars")
	require.Empty(t, h.twins(t, cases[0].ID, olivia))

	require.NoError(t, h.Store(ctx(t), change(cases[0], casework.Commented, `{"text":"goes on"}`)))
	require.NoError(t, h.Store(ctx(t), change(cases[1], casework.Commented, `{"text":"goes on"}`)))
	require.Equal(t, []string{cases[1].ID}, h.twins(t, cases[0].ID, olivia))
	for _, err := range together(8, func(int) error { return h.Migrate(ctx(t)) }) {
		require.NoError(t, err, "several may do so at once")
	}
	require.Equal(t, kept, h.rowsOf(t, "case_particulars"))
	require.Contains(t, h.twins(t, cases[0].ID, olivia), registered)
}

// particularsArePurged: also those that a release which knows of none left behind.
func particularsArePurged(t *testing.T, h *house) {
	twin, c := h.receive(t, paper()), h.endedCase(t)
	require.Equal(t, []string{c.ID}, h.twins(t, twin.ID, olivia))
	kept := h.rowsOf(t, "case_particulars")
	require.NoError(t, h.Store(ctx(t), change(c, casework.Purged, `{}`)))
	require.NoError(t, h.Erase(ctx(t), c.ID))
	require.Empty(t, h.twins(t, twin.ID, olivia))
	require.Empty(t, h.twins(t, c.ID, olivia))
	require.Len(t, h.rowsOf(t, "case_particulars"), len(kept)/2)

	for _, forget := range []func() error{
		func() error { return h.Migrate(ctx(t)) },
		func() error { return h.DestroyCaseKey(ctx(t), c.ID) },
	} {
		h.exec(t, "INSERT INTO case_particulars (case_id, kind, digest, received_at) SELECT $1, kind, digest, received_at FROM case_particulars", c.ID)
		require.Empty(t, h.twins(t, twin.ID, olivia), "a purged case is no hint, whatever was left of it")
		require.NoError(t, forget())
		require.Len(t, h.rowsOf(t, "case_particulars"), len(kept)/2)
	}
	require.Equal(t, []string{}, h.twins(t, c.ID, olivia))
}
