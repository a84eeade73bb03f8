//go:build unix

package registrytest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/ledger"
)

// columns are those of an event, and of its place in the queue for the tree; all but the queue's own count.
var columns = map[string]string{
	"events": "case_id, sequence, step, at, verb, actor_kind, actor_name, old, new, salt, commitment, facts, prev, leaf",
	"leaves": "case_id, sequence, leaf, pending, tree_index",
}

// place is one column of one event.
type place struct {
	table, column, id string
	sequence          int
}

// whateverIsForgedIsNamed: a byte changed in any column of an event, in the tree and beside it, a look as well as a change.
func whateverIsForgedIsNamed(t *testing.T, h *house) {
	c := h.threeCases(t)[1]
	require.NoError(t, h.Looked(ctx(t), c.ID, tess, "case", noon))
	last := len(h.events(t, c.ID))
	for table, named := range columns {
		h.hasColumns(t, table, named)
		for column := range strings.SplitSeq(named, ", ") {
			for _, sequence := range []int{1, 2, last} {
				h.flipped(t, place{table, column, c.ID, sequence}, c.Work.Key)
			}
		}
	}
	require.Empty(t, h.audit(t).Faults, "all is as it was")
	h.erased(t, c.ID, c.Work.Key)
	h.exec(t, "DELETE FROM leaves WHERE case_id = $1 AND sequence = $2", c.ID, last)
	require.True(t, h.named(t, c.Work.Key, last), "one that the tree would never take in")
	h.exec(t, "DELETE FROM events WHERE case_id = $1 AND sequence = 2", c.ID)
	require.True(t, h.named(t, c.Work.Key, 2), "one that is gone")
}

// anothersHistoryIsNamed: two cases whose histories have changed places, wherever a number stands. Each holds by itself, and
// neither is that of its number.
func anothersHistoryIsNamed(t *testing.T, h *house) {
	c := h.threeCases(t)
	for _, table := range []string{"events", "leaves"} {
		for _, step := range [][2]string{{c[0].ID, "between"}, {c[1].ID, c[0].ID}, {"between", c[1].ID}} {
			h.exec(t, "UPDATE "+table+" SET case_id = $1 WHERE case_id = $2", step[1], step[0])
		}
	}
	ends := [2]string{h.lastLeaf(t, c[0].ID), h.lastLeaf(t, c[1].ID)}
	h.exec(t, "UPDATE cases SET case_key = 'between' WHERE case_id = $1", c[0].ID)
	h.exec(t, "UPDATE cases SET case_key = $1, prev_leaf = $2 WHERE case_id = $3", c[0].Work.Key, ends[0], c[1].ID)
	h.exec(t, "UPDATE cases SET case_key = $1, prev_leaf = $2 WHERE case_id = $3", c[1].Work.Key, ends[1], c[0].ID)
	for i, x := range c[:2] {
		require.True(t, h.named(t, x.Work.Key, 1))
		bundle, err := h.Evidence(ctx(t), x.ID, "", tess)
		require.NoError(t, err)
		require.Equal(t, c[1-i].ID, bundle.Events[0].Facts[ledger.CaseFact], "which whoever is given it sees")
	}
}

func (h *house) lastLeaf(t *testing.T, id string) (leaf string) {
	t.Helper()
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT prev_leaf FROM cases WHERE case_id = $1", id).Scan(&leaf))
	return leaf
}

// hasColumns: the table has no column that is not looked at.
func (h *house) hasColumns(t *testing.T, table, named string) {
	t.Helper()
	rows, err := h.raw(t).QueryContext(ctx(t), "SELECT * FROM "+table+" WHERE 1 = 0") //nolint:unqueryvet // all that there are
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	all, err := rows.Columns()
	require.NoError(t, err)
	require.NoError(t, rows.Err())
	require.ElementsMatch(t, strings.Split(named, ", "), slices.DeleteFunc(all, func(c string) bool { return c == "position" }))
}

// flipped changes one byte after another, and holds the audit to naming the event each time. What makes two rows of one
// the database refuses by itself.
func (h *house) flipped(t *testing.T, at place, caseKey string) {
	t.Helper()
	db := h.raw(t)
	var kept any
	require.NoError(t, db.QueryRowContext(ctx(t), "SELECT "+at.column+" FROM "+at.table+" WHERE case_id = $1 AND sequence = $2", at.id, at.sequence).Scan(&kept))
	if n, ok := kept.(int64); ok && at.column == "pending" {
		kept = n != 0 // as SQLite keeps it
	}
	for _, forged := range flips(kept) {
		then := at
		switch at.column {
		case "case_id":
			then.id = forged.(string)
		case "sequence":
			then.sequence = int(forged.(int64))
		}
		const set = "UPDATE %s SET %s = $1 WHERE case_id = $2 AND sequence = $3"
		_, err := db.ExecContext(ctx(t), fmt.Sprintf(set, at.table, at.column), forged, at.id, at.sequence)
		if err != nil && strings.Contains(strings.ToLower(err.Error()), "unique") {
			continue
		}
		require.NoError(t, err)
		require.True(t, h.named(t, caseKey, at.sequence) || h.named(t, h.keyOf(t, then.id), then.sequence), "%+v as %v", at, forged)
		_, err = db.ExecContext(ctx(t), fmt.Sprintf(set, at.table, at.column), kept, then.id, then.sequence)
		require.NoError(t, err)
	}
}

// flips are a value with a byte of it changed, at its beginning, in its middle and at its end; a dot is a comma too, which
// a lenient reader takes for the same, and text is also changed between small and capital letters.
func flips(kept any) []any {
	switch v := kept.(type) {
	case int64:
		return []any{v + 64, v + 256, v + 1<<16}
	case bool:
		return []any{!v}
	case []byte:
		return append(flipsOf(v, func(b []byte) any { return b }), nil)
	case string:
		return append(flipsOf([]byte(v), func(b []byte) any { return string(b) }), v+" ")
	case nil:
		return nil
	}
	panic(fmt.Sprintf("no byte of a %T", kept))
}

func flipsOf(v []byte, as func([]byte) any) (out []any) {
	for _, at := range []int{0, len(v) / 2, len(v) - 1, bytes.IndexByte(v, '.')} {
		for _, mask := range []byte{0x01, 0x02, 0x20} {
			if at >= 0 && len(v) > 0 && v[at] < 0x80 && v[at]^mask != 0 && v[at]^mask != 0x7f {
				forged := slices.Clone(v)
				forged[at] ^= mask
				out = append(out, as(forged))
			}
		}
	}
	return out
}

// keyOf is the key of a case; of none, what an audit says of it.
func (h *house) keyOf(t *testing.T, id string) (key string) {
	t.Helper()
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT COALESCE(MAX(case_key), '') FROM cases WHERE case_id = $1", id).Scan(&key))
	if key == "" {
		return fmt.Sprintf("(none: there is no case %q)", id)
	}
	return key
}

func (h *house) named(t *testing.T, caseKey string, sequence int) bool {
	t.Helper()
	faults := h.audit(t).Faults
	for _, f := range faults {
		require.NotContains(t, f.Error(), "()", "a fault names its place, also where there is no such case")
	}
	return slices.ContainsFunc(faults, func(f ledger.Fault) bool { return f.CaseKey == caseKey && f.Sequence == sequence })
}

// erased: contents may be erased by a purge alone.
func (h *house) erased(t *testing.T, id, caseKey string) {
	t.Helper()
	h.statement(t, "CREATE TABLE kept AS SELECT sequence, old, new, salt FROM events WHERE case_id = '"+id+"'")
	h.exec(t, "UPDATE events SET old = '{}', new = '{}', salt = NULL WHERE case_id = $1 AND sequence = 2", id)
	require.True(t, h.named(t, caseKey, 2), "erased without a purge")
	h.exec(t, "UPDATE events SET old = (SELECT k.old FROM kept k WHERE k.sequence = 2), new = (SELECT k.new FROM kept k WHERE k.sequence = 2),"+
		" salt = (SELECT k.salt FROM kept k WHERE k.sequence = 2) WHERE case_id = $1 AND sequence = 2", id)
	require.Empty(t, h.audit(t).Faults)
}

func (h *house) statement(t *testing.T, text string) {
	t.Helper()
	_, err := h.raw(t).ExecContext(ctx(t), text)
	require.NoError(t, err)
}
