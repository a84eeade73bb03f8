//go:build unix

package registrytest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

// fill registers n cases: received by threes at one instant, every second with something due, each walled off from olivia
// whose number divides by five.
func (h *house) fill(t *testing.T, n int) (visible []string) {
	t.Helper()
	for i := range n {
		in := paper()
		if i%5 == 4 {
			in = secret("rosa")
		}
		in.Request.ReceivedAt = noon.Add(time.Duration(i/3) * time.Millisecond)
		c := h.receive(t, in)
		if i%2 == 0 {
			ch := change(c, casework.DeadlineSet, `{}`)
			ch.Case.Deadlines = []casework.Deadline{
				{Kind: casework.SecrecyUntil, Due: noon.AddDate(-1, 0, i), State: casework.OnTrack},
				{Kind: casework.DueVerify, Due: noon.AddDate(-1, 0, i), State: casework.Met},
				{Kind: casework.DueRespond, Due: noon.Add(time.Duration(-i/4) * time.Hour), State: casework.OnTrack},
			}
			require.NoError(t, h.Store(ctx(t), ch))
		}
		if i%5 != 4 {
			visible = append(visible, c.ID)
		}
	}
	return visible
}

func cursorsVisitOnce(t *testing.T, h *house) {
	visible := h.fill(t, 24)
	for _, sort := range []string{"", "received_at", "-received_at", "due", "-due", "case_id", "-case_id"} {
		all := ids(h.list(t, casework.CaseQuery{Sort: sort}, olivia).Cases)
		for _, q := range []casework.CaseQuery{{}, {Country: "DE"}, {Country: "DE", Stage: casework.InReceipt}} {
			q.Sort, q.Limit = sort, 5
			require.Equal(t, all, h.walked(t, q, olivia, len(visible)), "pages and list agree: %+v", q)
		}
		slices.Sort(all)
		require.Equal(t, visible, all, sort)
	}
	exact := h.list(t, casework.CaseQuery{Limit: len(visible)}, olivia)
	require.Nil(t, exact.NextCursor)
}

// walked is what the pages of a query have, one after the other.
func (h *house) walked(t *testing.T, q casework.CaseQuery, viewer casework.Actor, total int) (walked []string) {
	t.Helper()
	for {
		l := h.list(t, q, viewer)
		require.Equal(t, total, l.Total, "a total does not shrink along the way")
		walked = append(walked, ids(l.Cases)...)
		if l.NextCursor == nil {
			return walked
		}
		require.Len(t, l.Cases, q.Limit)
		q.Cursor = *l.NextCursor
	}
}

func instantsSort(t *testing.T, h *house) {
	zone := time.FixedZone("east", 5*3600+1800)
	at := []time.Time{
		noon.Add(-time.Nanosecond), noon.In(zone), noon.Add(time.Microsecond).In(zone), noon.Add(100 * time.Millisecond), noon.Add(time.Second),
	}
	var want []string
	for _, i := range []int{3, 0, 4, 1, 2} {
		in := paper()
		in.Request.ReceivedAt = at[i]
		want = append(want, h.receive(t, in).ID)
	}
	want = []string{want[1], want[3], want[4], want[0], want[2]}
	require.Equal(t, want, ids(h.list(t, casework.CaseQuery{Sort: "received_at"}, olivia).Cases))
	slices.Reverse(want)
	require.Equal(t, want, ids(h.list(t, casework.CaseQuery{}, olivia).Cases), "the latest first, where nothing is asked")

	dues := h.fill(t, 12)
	first := h.list(t, casework.CaseQuery{Sort: "due", Limit: 3}, rosa).Cases
	require.Equal(t, noon.Add(-2*time.Hour), first[0].Deadlines[2].Due)
	last := h.list(t, casework.CaseQuery{Sort: "due"}, rosa)
	require.Empty(t, last.Cases[last.Total-1].Deadlines, "where nothing is due comes last")
	require.NotEmpty(t, dues)
}

func filtersSelect(t *testing.T, h *house) {
	plain := h.receive(t, paper())
	in := paper()
	in.Request.Authority.Country, in.Request.Instrument.Type = "US", casework.CourtOrder
	other := change(h.receive(t, in), casework.Assigned, `{}`)
	quashed := casework.ResolvedQuashed
	c := &other.Case
	c.Assignee, c.Stage, c.WaitingOn, c.SLA, c.Resolution = "omar", casework.InClosed, casework.OnNobody, casework.Missed, &quashed
	require.NoError(t, h.Store(ctx(t), other))
	for _, q := range []casework.CaseQuery{
		{Assignee: "omar"}, {Stage: casework.InClosed}, {WaitingOn: casework.OnNobody}, {SLA: casework.Missed}, {Resolution: quashed},
		{Country: "US"}, {Instrument: casework.CourtOrder}, {Country: "US", Stage: casework.InClosed, Q: "polizei"},
	} {
		l := h.list(t, q, olivia)
		require.Equal(t, []string{c.ID}, ids(l.Cases), "%+v", q)
		require.Equal(t, 1, l.Total)
		require.False(t, l.TotalIsMinimum)
		want := c.View
		want.Request, want.Determination, want.Documents, want.AllowedActions = casework.Request{}, nil, nil, nil
		require.Equal(t, asJSON(t, want), asJSON(t, l.Cases[0]), "elements of lists come without request, determination and documents")
	}
	require.Equal(t, []string{plain.ID}, ids(h.list(t, casework.CaseQuery{Country: "DE"}, olivia).Cases))
	empty := h.list(t, casework.CaseQuery{Country: "DE", Stage: casework.InClosed}, olivia)
	require.JSONEq(t, `{"cases":[],"next_cursor":null,"total":0,"total_is_minimum":false}`, asJSON(t, empty))
	for _, evil := range []string{"' OR 1=1 --", "DE' OR ''='", "%", "_", "*", `\`} {
		require.Zero(t, h.list(t, casework.CaseQuery{Country: evil}, olivia).Total)
		require.Zero(t, h.list(t, casework.CaseQuery{Q: "zz" + evil}, olivia).Total)
		_, err := h.Cases(ctx(t), casework.CaseQuery{Sort: "received_at" + evil}, olivia)
		refused(t, err, casework.Invalid)
	}
}

func searchFinds(t *testing.T, h *house) {
	c := h.receive(t, paper())
	in := paper()
	in.Request.Authority = casework.Authority{Name: "Federal Bureau", Country: "US"}
	in.Request.Instrument.Number, in.Request.Matter.Reference = "N-1", "R 2"
	in.Request.Instrument.Issuer.Name, in.Request.Officer.Name = "Bundesgericht", "Berta Beamtin"
	in.Request.Demand.Targets = []casework.Target{{Type: casework.AccountEmail, Value: "harbor.lights@example.net"}}
	other := h.receive(t, in)
	for _, q := range []string{
		c.ID, " " + "lr-2026-000001 ", "LR-2026-1", c.ID + " polizei", "kk " + c.ID, "LR-2026 düsseldorf", "LR-2026-0000 polizei", "Polizei", "polizei düsseldorf", "DÜSSEL", "kk 21", "1:26-mj-04417", "mj-04417", "Az. 77/26", "77/26 polizei",
	} {
		require.Equal(t, []string{c.ID}, ids(h.list(t, casework.CaseQuery{Q: q}, olivia).Cases), q)
	}
	for _, q := range []string{"LR-2026-000099", "LR-2026-000099 polizei", "LR-2026-000002 polizei", "olizei", "polizei bureau", "%", "---", "b@a.example.org"} {
		require.Empty(t, h.list(t, casework.CaseQuery{Q: q}, olivia).Cases, q)
	}
	for _, q := range []string{"Berta", "bundesgericht", "LR-2026 harbor", "LR-harbor-lights", "harbor.lights@example.net", "harbor lights", "N-1"} {
		require.Equal(t, []string{other.ID}, ids(h.list(t, casework.CaseQuery{Q: q}, olivia).Cases), q)
	}
	require.Equal(t, 2, h.list(t, casework.CaseQuery{Q: "  "}, olivia).Total)
	resolved := change(other, casework.Resolved, `{}`)
	resolved.Case.Accounts = []casework.Account{{Match: casework.MatchFound, Account: "acct-000077"}}
	require.NoError(t, h.Store(ctx(t), resolved))
	other = resolved.Case
	require.Equal(t, []string{other.ID}, ids(h.list(t, casework.CaseQuery{Q: "acct-000077"}, olivia).Cases), "by its account")

	corrected := change(other, casework.Corrected, `{}`)
	corrected.Case.Request.Matter.Reference = "R 3 polizei"
	require.NoError(t, h.Store(ctx(t), corrected))
	require.Equal(t, 2, h.list(t, casework.CaseQuery{Q: "polizei"}, olivia).Total, "a correction is found")
	require.Empty(t, h.list(t, casework.CaseQuery{Q: "R 2"}, olivia).Cases[1:], "what was corrected is not")
}

// everyWordIsAsked: of sixteen words none is left out; more are refused, by whatever asks, beside all else that is wrong.
func everyWordIsAsked(t *testing.T, h *house) {
	in := paper()
	in.Request.Matter.Reference = "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6"
	c := h.receive(t, in)
	all := in.Request.Matter.Reference + " polizei"
	require.Equal(t, []string{c.ID}, ids(h.list(t, casework.CaseQuery{Q: all + " A1 polizei"}, olivia).Cases), "twice is once")
	for _, q := range []casework.CaseQuery{{}, {Country: "DE"}, {Country: "DE", Open: true, Sort: "due"}} {
		q.Q = in.Request.Matter.Reference + " zzznotthere"
		require.Zero(t, h.list(t, q, olivia).Total)
	}
	more := casework.CaseQuery{Q: all + " zzznotthere", Sort: "x"}
	_, err := h.Cases(ctx(t), more, olivia)
	_, _, counting := h.CountCases(ctx(t), more, olivia)
	for _, err := range []error{err, counting, h.CheckQuery(more)} {
		refused(t, err, casework.Invalid)
		require.Equal(t, []casework.Fault{
			{Path: "q", Message: "must be at most 16 words, each of which is looked for; these are 17"},
			{Path: "sort", Message: "must be one of: received_at, -received_at, due, -due, case_id, -case_id"},
		}, err.(*casework.Error).Faults) //nolint:errorlint // refused has seen the code
	}
}

// manyWordsFind: what a case is called is found however much it asks about; beyond the bound are the last targets alone.
func manyWordsFind(t *testing.T, h *house) {
	in := paper()
	in.Request.Matter.Reference, in.Request.Officer.Name, in.Request.Instrument.Issuer.Name = "ZZ-REF-777", "Zebulon Zwick", "Zygmunt Court"
	in.Request.Demand.Targets = nil
	for i := range 700 {
		in.Request.Demand.Targets = append(in.Request.Demand.Targets, casework.Target{Type: casework.AccountEmail, Value: fmt.Sprintf("target%03d", i)})
	}
	c := h.receive(t, in)
	for _, q := range []string{c.ID, "zz-ref-777", "Zebulon Zwick", "zygmunt", "polizei düsseldorf", "target000", "target500"} {
		require.Equal(t, []string{c.ID}, ids(h.list(t, casework.CaseQuery{Q: q}, olivia).Cases), q)
	}
	require.Empty(t, h.list(t, casework.CaseQuery{Q: "target699"}, olivia).Cases)
	require.Equal(t, 600, h.count(t, "case_words"))
}

func totalsAreBounded(t *testing.T, h *house) {
	c := h.receive(t, paper())
	h.multiply(t, c.ID, 9_999)
	l := h.list(t, casework.CaseQuery{Limit: 200}, olivia)
	require.Equal(t, 10_000, l.Total)
	require.False(t, l.TotalIsMinimum)
	require.Len(t, l.Cases, 200)
	h.receive(t, paper())
	l = h.list(t, casework.CaseQuery{Country: "DE"}, olivia)
	require.Equal(t, 10_000, l.Total)
	require.True(t, l.TotalIsMinimum)
	require.Len(t, l.Cases, 50)
	for more, say := range map[string]int{"UPDATE case_sums SET n = n - 9000": 1_001, "UPDATE case_sums SET n = n + 30000": 10_000} {
		h.exec(t, more)
		l = h.list(t, casework.CaseQuery{}, olivia)
		require.Equal(t, say, l.Total, "of all cases; the sums are believed")
		require.Equal(t, say == 10_000, l.TotalIsMinimum)
		require.NoError(t, h.Recount(ctx(t), registry.Adding{Holder: "a", At: noon}))
	}
}

// multiply copies a case's row behind the registry's back.
func (h *house) multiply(t *testing.T, id string, n int) {
	t.Helper()
	h.exec(t, fmt.Sprintf(`INSERT INTO cases (
    case_id, case_key, status, version, step, stage, waiting_on, resolution, sla, assignee, restricted, held, received_at, registered_at, due_at,
    authority, country, instrument, number, reference, last_sequence, prev_leaf, terms, projection, details)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
SELECT 'copy-' || i, 'copy-' || i, status, version, step, stage, waiting_on, resolution, sla, assignee, restricted, held, received_at, registered_at,
    due_at, authority, country, instrument, number, reference, last_sequence, prev_leaf, terms, projection, details
FROM n, cases WHERE case_id = $1`, n), id)
	require.NoError(t, h.Recount(ctx(t), registry.Adding{Holder: "a", At: noon}))
}

func badPagesRefused(t *testing.T, h *house) {
	h.fill(t, 3)
	cursor := *h.list(t, casework.CaseQuery{Sort: "due", Limit: 1}, olivia).NextCursor
	for path, q := range map[string]casework.CaseQuery{
		"sort": {Sort: "assignee"}, "limit": {Limit: 201}, "cursor": {Cursor: cursor, Sort: "received_at"},
	} {
		_, err := h.Cases(ctx(t), q, olivia)
		refused(t, err, casework.Invalid)
		require.Equal(t, path, err.(*casework.Error).Faults[0].Path) //nolint:errorlint // refused has seen the code
	}
	for _, cursor := range []string{"x", "!!", "bnVsbA", cursor[2:]} {
		_, err := h.Cases(ctx(t), casework.CaseQuery{Cursor: cursor, Limit: -1, Sort: "x"}, olivia)
		refused(t, err, casework.Invalid)
		require.Equal(t, err, h.CheckQuery(casework.CaseQuery{Cursor: cursor, Limit: -1, Sort: "x"}))
		require.Len(t, err.(*casework.Error).Faults, 3, "all faults at once") //nolint:errorlint // refused has seen the code
	}
}
