//go:build unix

package registrytest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/generate"
	"dueprocess/policy"
	"dueprocess/registry"
)

// bulkTables are all that a case is kept in, those that refer to others first.
var bulkTables = []string{
	"case_words", "case_phones", "case_particulars", "members", "steps", "deadlines", "stages", "counting", "events", "leaves", "case_keys", "case_numbers", "cases",
}

// drawn are columns that chance or the database gives, and what is hashed from them.
var drawn = []string{"salt", "commitment", "prev", "leaf", "prev_leaf", "position", "tree_index"}

// bulkIsOneByOne: what AddBulk leaves is what Register and Store leave, row for row, but for what is drawn.
func bulkIsOneByOne(t *testing.T, h *house) {
	lives := append(inventedLives(t, 60), h.oddLife(t))
	for _, l := range lives {
		require.Equal(t, l.ID, h.register(t, l.Intake))
		for _, ch := range l.Changes {
			require.NoError(t, h.Store(ctx(t), ch))
		}
	}
	one := h.rows(t)
	for _, table := range append([]string{"day_changes"}, bulkTables...) { // the marks of a bulk are in the name of its first case
		_, err := h.raw(t).ExecContext(ctx(t), "DELETE FROM "+table)
		require.NoError(t, err)
	}
	require.NoError(t, h.AddBulk(ctx(t), lives))
	bulk := h.rows(t)
	for _, table := range bulkTables {
		require.Equal(t, one[table], bulk[table], table)
	}
	h.holdsUp(t, lives)
}

// holdsUp: every case of the bulk verifies, is read back and goes on as if it had been stored change by change.
func (h *house) holdsUp(t *testing.T, lives []registry.Life) {
	t.Helper()
	for _, l := range lives {
		require.NoError(t, h.VerifyCase(ctx(t), l.ID))
		loaded, err := h.Load(ctx(t), l.ID)
		require.NoError(t, err)
		last := l.Changes[len(l.Changes)-1]
		require.Equal(t, strings.ReplaceAll(asJSON(t, last.Case), `\ufffd`, "\uFFFD"), asJSON(t, loaded))
		require.NoError(t, h.Store(ctx(t), last), "its last step is known")
		require.NoError(t, h.Store(ctx(t), change(loaded, casework.Commented, `{"text":"goes on"}`)))
		require.NoError(t, h.VerifyCase(ctx(t), l.ID))
	}
	n, err := h.VerifyLedger(ctx(t))
	require.NoError(t, err)
	require.Equal(t, len(lives), n)
}

// bulkIsAllOrNothing: a case that is there already keeps the others out, and the running numbers go on.
func bulkIsAllOrNothing(t *testing.T, h *house) {
	lives := inventedLives(t, 8)
	require.NoError(t, h.AddBulk(ctx(t), lives[:5]))
	before := h.rows(t)
	refused(t, h.AddBulk(ctx(t), []registry.Life{lives[6], lives[7], lives[2]}), casework.Conflict)
	refused(t, h.AddBulk(ctx(t), []registry.Life{{ID: "LR-2026-000900"}}), casework.Invalid)
	wrong := lives[6]
	wrong.ID = "LR-26-1"
	refused(t, h.AddBulk(ctx(t), []registry.Life{wrong}), casework.Invalid)
	require.Equal(t, before, h.rows(t))
	last, err := h.LastNumbers(ctx(t))
	require.NoError(t, err)
	in := paper()
	require.Equal(t, fmt.Sprintf("LR-2026-%06d", last[2026]+1), h.register(t, in), "a number is given once")
}

// bulkKeysComeAlong: a ring over NewKeys has its keys stored with the cases.
func bulkKeysComeAlong(t *testing.T, h *house) {
	fresh := &registry.NewKeys{}
	lives := inventedLives(t, 3)
	h.UseSealer(registry.BulkSealer{Sealer: Sealer{}, Keys: fresh})
	refused(t, h.AddBulk(ctx(t), lives), casework.Internal)
	for _, l := range lives {
		kept, err := fresh.PutCaseKey(ctx(t), l.ID, []byte("wrapped "+l.ID))
		require.NoError(t, err)
		require.Equal(t, "wrapped "+l.ID, string(kept))
		kept, err = fresh.PutCaseKey(ctx(t), l.ID, []byte("another"))
		require.NoError(t, err)
		require.Equal(t, "wrapped "+l.ID, string(kept), "the first stays")
		_, err = fresh.CaseKey(ctx(t), l.ID)
		require.NoError(t, err)
	}
	require.NoError(t, h.AddBulk(ctx(t), lives))
	for _, l := range lives {
		kept, err := h.CaseKey(ctx(t), l.ID)
		require.NoError(t, err)
		require.Equal(t, "wrapped "+l.ID, string(kept))
		_, err = fresh.CaseKey(ctx(t), l.ID)
		refused(t, err, casework.NotFound)
	}
}

// inventedLives are cases of every kind that the generator makes, in the order of receipt.
func inventedLives(t *testing.T, n int) []registry.Life {
	t.Helper()
	office := generate.New(generate.Options{Cases: n, Seed: 7, Until: "2026-11-20", Rules: policy.Default()})
	out := make([]registry.Life, n)
	for i := range out {
		l, err := office.Life(i)
		require.NoError(t, err)
		out[i] = registry.Life(l)
	}
	return out
}

// oddLife is one with text that a database does not take, a number twice, and a change of what it is found by.
func (h *house) oddLife(t *testing.T) registry.Life {
	t.Helper()
	in := paper()
	in.CaseKey, in.Request.ReceivedAt = "00000000-0000-7000-8000-00000000000a", noon.AddDate(1, 0, 0)
	in.Request.Matter.Reference, in.Request.Authority.Name = "a\x00b", "x\xffy"
	in.Request.Officer.Supervisor.Phone = in.Request.Officer.Phone
	c := casework.Case{View: casework.View{
		ID: "LR-2027-000001", Stage: casework.InReceipt, WaitingOn: casework.OnSystem, SLA: casework.OnTrack, ReceivedAt: in.Request.ReceivedAt, Request: in.Request,
	}}
	c.Work.Key, c.Work.Terms = in.CaseKey, in.Terms
	received, err := c.Apply(casework.Receipt{At: in.At, Actor: in.Actor})
	require.NoError(t, err)
	noted := change(received.Case, casework.Corrected, "{\"text\":\"\xff\"}")
	noted.Case.Request.Matter.Reference, noted.Case.Assignee = "renamed", "o\x00"
	noted.Events[0].Actor = casework.Actor{Kind: casework.Customer, Name: "n\x00m"}
	return registry.Life{ID: c.ID, Intake: in, Changes: []casework.Change{received, noted}}
}

// rows are the contents of the tables, sorted; of the steps only the last of each case.
func (h *house) rows(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, table := range bulkTables {
		out[table] = h.rowsOf(t, table)
	}
	return out
}

func (h *house) rowsOf(t *testing.T, table string) []string {
	t.Helper()
	statement := "SELECT * FROM " + table //nolint:unqueryvet // all columns, also those of migrations to come
	if table == "steps" {
		statement += " WHERE step = (SELECT MAX(s.step) FROM steps s WHERE s.case_id = steps.case_id)"
	}
	rows, err := h.raw(t).QueryContext(ctx(t), statement)
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	require.NoError(t, err)
	out := []string{}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		require.NoError(t, rows.Scan(into...))
		out = append(out, described(columns, values))
	}
	require.NoError(t, rows.Err())
	slices.Sort(out)
	return out
}

func described(columns []string, values []any) string {
	var b strings.Builder
	for i, column := range columns {
		if bytes, ok := values[i].([]byte); ok {
			values[i] = fmt.Sprintf("%x", bytes)
		}
		if !slices.Contains(drawn, column) {
			_, _ = fmt.Fprintf(&b, "%s=%v ", column, values[i]) // never fails
		}
	}
	return b.String()
}
