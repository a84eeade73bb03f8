//go:build unix

package registrytest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/ledger"
)

func chainVerifies(t *testing.T, h *house) {
	c := h.receive(t, paper())
	for range 4 {
		ch := change(c, casework.Commented, `{"text":"Grüße"}`)
		ch.Events = append(ch.Events, casework.Event{At: noon.Add(time.Nanosecond), Actor: casework.TheSystem, Verb: casework.DeadlineSet})
		require.NoError(t, h.Store(ctx(t), ch))
		c = ch.Case
	}
	h.receive(t, paper())
	events := h.events(t, c.ID)
	require.Empty(t, events[0].Prev)
	for i := 1; i < len(events); i++ {
		require.Equal(t, events[i-1].Leaf, events[i].Prev)
		require.Len(t, events[i].Leaf, 64)
	}
	n, err := h.VerifyLedger(ctx(t))
	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.Equal(t, h.count(t, "events"), h.count(t, "leaves"))
	var facts string
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT facts FROM events WHERE case_id = $1 AND sequence = 1", c.ID).Scan(&facts))
	require.JSONEq(t, `{"authority_kind":"law_enforcement","case":"`+c.ID+`","channel":"portal","country":"DE","data":"subscriber","instrument":"search_warrant",
		"received_on":"2026-11-20","stage":"receipt","step":"4"}`, facts)
}

func forgeryIsNamed(t *testing.T, h *house) {
	for _, forgery := range []struct {
		statement string
		at        int
	}{
		{"UPDATE events SET new = '{\"text\":\"two\"}' WHERE case_id = $1 AND sequence = 3", 3},
		{"UPDATE events SET verb = 'approved' WHERE case_id = $1 AND sequence = 2", 2},
		{"UPDATE events SET actor_name = 'rafael' WHERE case_id = $1 AND sequence = 4", 4},
		{"UPDATE events SET facts = '{\"country\":\"FR\"}' WHERE case_id = $1 AND sequence = 1", 1},
		{"UPDATE events SET at = '2026-11-20T12:00:00.000001Z' WHERE case_id = $1 AND sequence = 2", 2},
		{"UPDATE events SET prev = leaf WHERE case_id = $1 AND sequence = 3", 3},
		{"DELETE FROM events WHERE case_id = $1 AND sequence = 3", 3},
		{"DELETE FROM events WHERE case_id = $1 AND sequence = 4", 4},
	} {
		c := h.receive(t, paper())
		for range 3 {
			ch := change(c, casework.Commented, `{"text":"one"}`)
			require.NoError(t, h.Store(ctx(t), ch))
			c = ch.Case
		}
		require.NoError(t, h.VerifyCase(ctx(t), c.ID))
		h.exec(t, forgery.statement, c.ID)
		err := h.VerifyCase(ctx(t), c.ID)
		var broken *ledger.Broken
		require.ErrorAs(t, err, &broken, forgery.statement)
		require.Equal(t, forgery.at, broken.Sequence, forgery.statement)
		_, err = h.VerifyLedger(ctx(t))
		require.ErrorAs(t, err, &broken)
	}
}

func purgedVerifies(t *testing.T, h *house) {
	c := h.receive(t, paper())
	ch := change(c, casework.Objected, `{"text":"MARKED"}`)
	ch.Events[0].Actor = casework.Actor{Kind: casework.Customer, Name: "c@example.org"}
	require.NoError(t, h.Store(ctx(t), ch))
	h.exec(t, "UPDATE events SET salt = NULL, old = '{}', new = '{}', actor_name = '' WHERE case_id = $1 AND actor_kind = 'customer'", c.ID)
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
}

func looksAreEvents(t *testing.T, h *house) {
	c := h.receive(t, paper())
	before := len(h.events(t, c.ID))
	require.NoError(t, h.Looked(ctx(t), c.ID, tess, "case", noon))
	require.NoError(t, h.Looked(ctx(t), c.ID, rosa, "documents/2", noon.Add(time.Second)))
	require.NoError(t, h.Looked(ctx(t), c.ID, rosa, "parcel 1", noon.Add(time.Second)))
	events := h.events(t, c.ID)[before:]
	require.Equal(t, []casework.Verb{casework.Viewed, casework.Downloaded, casework.Downloaded}, []casework.Verb{events[0].Verb, events[1].Verb, events[2].Verb})
	require.Equal(t, casework.Actor{Kind: casework.Person, Name: "tess"}, events[0].Actor)
	require.JSONEq(t, `{"what":"documents/2"}`, string(events[1].New))
	require.Equal(t, noon.Add(time.Second), events[1].At)
	view, err := h.Case(ctx(t), c.ID, olivia)
	require.NoError(t, err)
	require.Equal(t, c.Version, view.Version, "the version stays")
	require.NoError(t, h.Store(ctx(t), change(c, casework.Commented, `{}`)), "and so does the step")
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
}

func firstEffectStays(t *testing.T, h *house) {
	c := h.receive(t, paper())
	_, ok, err := h.Effect(ctx(t), c.ID, 7)
	require.NoError(t, err)
	require.False(t, ok)
	kept := make([]json.RawMessage, 12)
	for _, err := range together(len(kept), func(i int) (err error) {
		kept[i], err = h.KeepEffect(ctx(t), c.ID, 7, json.RawMessage(asJSON(t, map[string]int{"writer": i})))
		return err
	}) {
		require.NoError(t, err)
	}
	first, ok, err := h.Effect(ctx(t), c.ID, 7)
	require.NoError(t, err)
	require.True(t, ok)
	for _, k := range kept {
		require.Equal(t, string(first), string(k), "everybody is given what is kept")
	}
	_, ok, err = h.Effect(ctx(t), c.ID, 8)
	require.NoError(t, err)
	require.False(t, ok)
}
