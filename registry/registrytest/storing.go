//go:build unix

package registrytest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/registry"
)

func storedIsReadBack(t *testing.T, h *house) {
	c := h.receive(t, paper())
	c.Determination = &casework.Determination{Outcome: casework.OutcomeDisclose}
	c.Work.Language = "de"
	ch := change(c, casework.Evaluated, `{"outcome":"disclose"}`)
	require.NoError(t, h.Store(ctx(t), ch))

	loaded, err := h.Load(ctx(t), c.ID)
	require.NoError(t, err)
	require.Equal(t, asJSON(t, ch.Case), asJSON(t, loaded))
	view, err := h.Case(ctx(t), c.ID, olivia)
	require.NoError(t, err)
	require.Equal(t, asJSON(t, ch.Case.View), asJSON(t, view))
	full, err := h.Full(ctx(t), c.ID, olivia)
	require.NoError(t, err)
	require.Equal(t, asJSON(t, ch.Case), asJSON(t, full))
	events := h.events(t, c.ID)
	last := events[len(events)-1]
	require.Equal(t, casework.Evaluated, last.Verb)
	require.JSONEq(t, `{"outcome":"disclose"}`, string(last.New))
	require.JSONEq(t, `{}`, string(last.Old))
	require.Equal(t, `"pending"`, string(last.Proof))
	require.Equal(t, casework.Actor{Kind: casework.Person, Name: "rosa"}, last.Actor)
}

func stepIsStoredOnce(t *testing.T, h *house) {
	c := h.receive(t, paper())
	first := change(c, casework.Commented, `{"text":"one"}`)
	require.NoError(t, h.Store(ctx(t), first))
	before := len(h.events(t, c.ID))
	var repeated casework.Change
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, first)), &repeated), "as the workflow server gives it back")
	require.NoError(t, h.Store(ctx(t), repeated))
	require.Len(t, h.events(t, c.ID), before)

	refused(t, h.Store(ctx(t), change(c, casework.Commented, `{"text":"two"}`)), casework.Conflict)
	other := first
	other.Case.Work.Language = "de"
	refused(t, h.Store(ctx(t), other), casework.Conflict)
	other = first
	other.Case.Assignee = "omar"
	refused(t, h.Store(ctx(t), other), casework.Conflict)

	skipping := change(first.Case, casework.Commented, `{"text":"three"}`)
	skipping.Step, skipping.Case.Work.Step = skipping.Step+1, skipping.Step+1
	require.NoError(t, h.Store(ctx(t), skipping), "effects take numbers too")
	refused(t, h.Store(ctx(t), change(first.Case, casework.Commented, `{"text":"late"}`)), casework.Conflict)
	require.NoError(t, h.Store(ctx(t), first), "a repeat of what is stored is a success, however late")
	require.Len(t, h.events(t, c.ID), before+1)
}

func oneOfTwoWritersWins(t *testing.T, h *house) {
	c := h.receive(t, paper())
	before := len(h.events(t, c.ID))
	won := 0
	for _, err := range together(12, func(i int) error {
		return h.Store(ctx(t), change(c, casework.Commented, fmt.Sprintf(`{"text":"%d"}`, i)))
	}) {
		if err == nil {
			won++
			continue
		}
		refused(t, err, casework.Conflict)
	}
	require.Equal(t, 1, won)
	require.Len(t, h.events(t, c.ID), before+1)
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
}

func noLookIsLost(t *testing.T, h *house) {
	c := h.receive(t, paper())
	before := len(h.events(t, c.ID))
	same := change(c, casework.Commented, `{"text":"one"}`)
	for _, err := range together(24, func(i int) error {
		if i%4 == 0 {
			return h.Store(ctx(t), same)
		}
		return h.Looked(ctx(t), c.ID, tess, "case", noon)
	}) {
		require.NoError(t, err)
	}
	require.Len(t, h.events(t, c.ID), before+18+1)
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
}

func abortedChange(t *testing.T, h *house) {
	c := h.receive(t, paper())
	before := asJSON(t, h.events(t, c.ID))
	ch := change(c, casework.Commented, `{"text":"one"}`)
	ch.Case.Assignee = "omar"
	h.exec(t, "ALTER TABLE leaves RENAME TO gone")
	refused(t, h.Store(ctx(t), ch), casework.Internal)
	refused(t, h.Looked(ctx(t), c.ID, tess, "case", noon), casework.Internal)
	h.exec(t, "ALTER TABLE gone RENAME TO leaves")

	require.Equal(t, before, asJSON(t, h.events(t, c.ID)))
	loaded, err := h.Load(ctx(t), c.ID)
	require.NoError(t, err)
	require.Equal(t, asJSON(t, c), asJSON(t, loaded))
	require.NoError(t, h.Store(ctx(t), ch))
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
}

// victimURL names the variable by which a test process is told that it is the one to be killed, and its database.
const victimURL = "REGISTRYTEST_VICTIM"

// killedLeavesNothing kills a process with SIGKILL in the middle of its writing, and looks.
func killedLeavesNothing(t *testing.T, h *house) {
	root, _, _ := strings.Cut(t.Name(), "/")
	for range 3 {
		victim := exec.CommandContext(ctx(t), os.Args[0], "-test.run=^"+root+"$")
		victim.Env = append(os.Environ(), victimURL+"="+h.url)
		require.NoError(t, victim.Start())
		h.awaitWriting(t)
		require.NoError(t, victim.Process.Kill())
		_ = victim.Wait()
	}
	n, err := h.VerifyLedger(ctx(t))
	require.NoError(t, err)
	require.Equal(t, h.count(t, "cases"), n)
	require.Equal(t, h.count(t, "events"), h.count(t, "leaves"))
	require.Equal(t, fmt.Sprintf("LR-2026-%06d", n+1), h.register(t, paper()), "no number was lost")
}

// awaitWriting waits until cases are being written that were not there before.
func (h *house) awaitWriting(t *testing.T) {
	t.Helper()
	before := h.count(t, "events")
	require.Eventually(t, func() bool { return h.count(t, "events") > before+10 }, time.Minute, 5*time.Millisecond)
}

func beKilled(t *testing.T, url string) {
	t.Helper()
	r, err := registry.Open(ctx(t), url, registry.Options{Sealer: Sealer{}})
	require.NoError(t, err)
	h := &house{r, url}
	for i := range 1_000_000 {
		in := paper()
		in.CaseKey = fmt.Sprintf("%d-%d", os.Getpid(), i)
		c := h.receive(t, in)
		require.NoError(t, h.Looked(ctx(t), c.ID, tess, "case", noon))
	}
}

func stateIsSealed(t *testing.T, h *house) {
	c := h.receive(t, paper())
	c.Work.Language = "MARKED"
	require.NoError(t, h.Store(ctx(t), change(c, casework.Commented, `{}`)))
	var state []byte
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT state FROM cases WHERE case_id = $1", c.ID).Scan(&state))
	require.NotContains(t, string(state), "MARKED")
	require.NotContains(t, string(state), "polizei")
	_, err := h.KeepEffect(ctx(t), c.ID, 90, json.RawMessage(`{"account":"MARKED"}`))
	require.NoError(t, err)
	require.NoError(t, h.raw(t).QueryRowContext(ctx(t), "SELECT result FROM effects WHERE case_id = $1", c.ID).Scan(&state))
	require.NotContains(t, string(state), "MARKED")
	bare, err := registry.Open(ctx(t), h.url, registry.Options{})
	require.NoError(t, err)
	defer func() { _ = bare.Close() }()
	refused(t, bare.Store(ctx(t), change(c, casework.Commented, `{}`)), casework.Internal)
}

// oddTextIsKept: one of the databases takes no NUL and no broken UTF-8.
func oddTextIsKept(t *testing.T, h *house) {
	in := paper()
	in.Request.Matter.Reference = "a\x00b"
	in.Request.Authority.Name = "x\xffy"
	in.Request.Officer.Phone = "\x00"
	c := h.receive(t, in)
	ch := change(c, casework.Commented, "{\"text\":\"\xff\"}")
	ch.Events[0].Actor = casework.Actor{Kind: casework.Customer, Name: "n\x00m"}
	ch.Case.Assignee = "o\x00"
	require.NoError(t, h.Store(ctx(t), ch))
	require.NoError(t, h.Looked(ctx(t), c.ID, casework.Actor{Kind: casework.AuthorityKind, Name: "\x00\xff"}, "\x00", noon))
	require.NoError(t, h.VerifyCase(ctx(t), c.ID))
	h.list(t, casework.CaseQuery{Q: "a\x00b \xff", Assignee: "\x00", Country: "\xff"}, olivia)
}

func notThere(t *testing.T, h *house) {
	there := h.receive(t, paper())
	for _, id := range []string{"LR-2026-000404", there.ID + "\x00", "\xff"} {
		noSuchCase(t, h, id)
	}
}

// noSuchCase: whoever asks for it is told so, also where its name is none that a database could keep.
func noSuchCase(t *testing.T, h *house, id string) {
	t.Helper()
	_, err := h.Load(ctx(t), id)
	refused(t, err, casework.NotFound)
	_, err = h.Case(ctx(t), id, olivia)
	refused(t, err, casework.NotFound)
	_, err = h.Full(ctx(t), id, olivia)
	refused(t, err, casework.NotFound)
	_, err = h.Events(ctx(t), id, olivia)
	refused(t, err, casework.NotFound)
	refused(t, h.Looked(ctx(t), id, olivia, "case", noon), casework.NotFound)
	refused(t, h.Store(ctx(t), change(casework.Case{View: casework.View{ID: id}}, casework.Commented, `{}`)), casework.NotFound)
	_, err = h.Standing(ctx(t), id, 0, olivia)
	refused(t, err, casework.NotFound)
	_, err = h.StuckCase(ctx(t), id, noon, olivia)
	refused(t, err, casework.NotFound)
	_, err = h.KeepEffect(ctx(t), id, 1, json.RawMessage(`{}`))
	refused(t, err, casework.NotFound)
	refused(t, h.VerifyCase(ctx(t), id), casework.NotFound)
}

// unwritableNames are refused and no failure of ours, wherever they are asked for.
func unwritableNames(t *testing.T, h *house) {
	for _, name := range []string{"\x00", "a\xff"} {
		_, err := h.Link(ctx(t), name, noon)
		for _, err := range []error{err, h.RevokeToken(ctx(t), name, olivia, noon), h.DropView(ctx(t), name, olivia, noon)} {
			require.Contains(t, []casework.Code{casework.NotFound, casework.Invalid}, casework.CodeOf(err), "%v", err)
		}
	}
}

func lateCaller(t *testing.T, h *house) {
	c := h.receive(t, paper())
	late, cancel := context.WithCancel(ctx(t))
	cancel()
	refused(t, h.Store(late, change(c, casework.Commented, `{}`)), casework.Unavailable)
	_, err := h.Case(late, c.ID, olivia)
	refused(t, err, casework.Unavailable)
	_, err = h.Cases(late, casework.CaseQuery{}, olivia)
	refused(t, err, casework.Unavailable)
	refused(t, h.Ready(late), casework.Unavailable)
}

func schemaIsAwaited(t *testing.T, h *house) {
	require.NoError(t, h.Ready(ctx(t)))
	for _, err := range together(4, func(int) error { return h.Migrate(ctx(t)) }) {
		require.NoError(t, err, "several programs may migrate at once")
	}
	h.exec(t, "DELETE FROM goose_db_version WHERE version_id > 0")
	refused(t, h.Ready(ctx(t)), casework.Unavailable)
}

// newerIsLivedWith: a release works on, and starts again, while the next one has brought the schema forward.
func newerIsLivedWith(t *testing.T, h *house) {
	before := h.receive(t, paper())
	for _, statement := range []string{
		"INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)",
		"ALTER TABLE cases ADD COLUMN later TEXT NOT NULL DEFAULT ''",
		"ALTER TABLE events ADD COLUMN later BIGINT",
		"CREATE TABLE later (case_id TEXT NOT NULL)",
		"CREATE INDEX cases_later ON cases (later, case_id)",
	} {
		h.exec(t, statement)
	}
	require.NoError(t, h.Ready(ctx(t)))
	require.NoError(t, h.Migrate(ctx(t)), "there is nothing for it to do")
	require.NoError(t, h.Store(ctx(t), change(before, casework.Commented, `{}`)))
	after := h.receive(t, paper())
	list, err := h.Cases(ctx(t), casework.CaseQuery{}, olivia)
	require.NoError(t, err)
	require.Equal(t, 2, list.Total)
	_, err = h.Full(ctx(t), after.ID, olivia)
	require.NoError(t, err)
}

// newerIsLeftAlone: a schema that this program does not fit is neither used nor touched, nor taken for one that is right.
func newerIsLeftAlone(t *testing.T, h *house) {
	h.exec(t, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)")
	h.exec(t, "UPDATE schema_floor SET oldest = 9999")
	before := h.count(t, "goose_db_version")
	for _, err := range []error{h.Ready(ctx(t)), h.Migrate(ctx(t))} {
		refused(t, err, casework.Unavailable)
		require.ErrorContains(t, err, "newer than this program")
	}
	require.Equal(t, before, h.count(t, "goose_db_version"))
}
