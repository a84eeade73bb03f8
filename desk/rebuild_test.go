package desk_test

import (
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"dueprocess/casework"
	"dueprocess/desk"
	"dueprocess/internal/wire"
)

func (h *house) rebuilder() *desk.Rebuilder {
	b := h.office.Rebuilder(h.client)
	b.Settle = time.Second
	return b
}

func (h *house) reconcile(dry bool) (desk.Reconciled, map[string]desk.Difference) {
	h.t.Helper()
	found := map[string]desk.Difference{}
	came, err := h.rebuilder().Reconcile(h.t.Context(), dry, func(d desk.Difference) { found[d.Case] = d })
	require.NoError(h.t, err)
	return came, found
}

// submitted is a case that has done all that it does by itself but for its mails, which no server takes.
func (h *house) submitted() string {
	h.t.Helper()
	id, err := h.submit(uuid.NewString())
	require.NoError(h.t, err)
	h.until(func() bool { return h.agree(id) })
	return id
}

func (h *house) agree(id string) bool {
	found, err := h.rebuilder().Compare(h.t.Context(), id)
	return err == nil && found == desk.Agrees
}

// copied is the registry as it is now, in a file of its own, with an office that runs on it.
func (h *house) copied() *house {
	h.t.Helper()
	file := filepath.Join(h.t.TempDir(), "registry.db")
	require.NoError(h.t, h.office.Registry.Copy(h.t.Context(), file))
	s := h.office.Settings
	s.Database = "sqlite:" + file
	return h.on(s, h.client)
}

// on is another office, which uses a workflow server through a client that is there.
func (h *house) on(s wire.Settings, c client.Client) *house {
	h.t.Helper()
	office, err := wire.Open(h.t.Context(), s, time.Now)
	require.NoError(h.t, err)
	h.t.Cleanup(func() { require.NoError(h.t, office.Close()) })
	return &house{Desk: office.Desk(c), t: h.t, office: office, client: c}
}

// takesOver has the other office's worker do the work from now on.
func (h *house) takesOver(from *house) {
	h.t.Helper()
	from.worker.Stop()
	h.start()
	h.t.Cleanup(sync.OnceFunc(h.worker.Stop))
}

func TestWhatAgreesIsLeftAloneUnlessItIsForced(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.submitted()
	came, found := h.reconcile(false)
	require.Equal(t, desk.Reconciled{Cases: 1}, came)
	require.Empty(t, found)
	_, _, err := h.rebuilder().Rebuild(t.Context(), id, olivia, false)
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
	require.ErrorContains(t, err, "agrees")
	_, _, err = h.rebuilder().Rebuild(t.Context(), "LR-2000-000001", olivia, false)
	require.Equal(t, casework.NotFound, casework.CodeOf(err))

	found1, done, err := h.rebuilder().Rebuild(t.Context(), id, olivia, true)
	require.NoError(t, err)
	require.Equal(t, desk.Agrees, found1)
	require.Equal(t, desk.WasRebuilt, done)
	require.NoError(t, h.comment(id, "after"))
	require.Equal(t, []int{1, 1, 1}, []int{h.count(id, casework.Received), h.count(id, casework.Rebuilt), h.count(id, casework.Commented)})
}

func TestARunThatIsOverIsRebuilt(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, other := h.submitted(), h.submitted()
	require.NoError(t, h.client.TerminateWorkflow(t.Context(), id, "", "a slip of the hand"))
	came, found := h.reconcile(true)
	require.Equal(t, desk.Reconciled{Cases: 2, Differ: 1}, came)
	require.Equal(t, desk.Difference{Case: id, Differs: desk.Ended}, found[id])
	require.Equal(t, casework.NotFound, casework.CodeOf(h.comment(id, "x")), "it was only looked at")
	_, found = h.reconcile(false)
	require.Equal(t, desk.Difference{Case: id, Differs: desk.Ended, Done: desk.WasRebuilt}, found[id])
	require.NoError(t, h.comment(id, "x"))
	require.NoError(t, h.comment(other, "x"))
	require.Equal(t, []int{1, 0}, []int{h.count(id, casework.Rebuilt), h.count(other, casework.Rebuilt)})
}

// The registry was restored, the workflow server was not: the run stored what the registry has lost.
func TestARunAheadOfARestoredRegistryGivesWayToIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.submitted()
	old := h.copied()
	require.NoError(t, h.comment(id, "lost"))
	old.takesOver(h)
	came, found := old.reconcile(true)
	require.Equal(t, 1, came.Differ)
	require.Equal(t, desk.Ahead, found[id].Differs)
	came, _ = old.reconcile(false)
	require.Equal(t, 1, came.Done)
	require.NoError(t, old.comment(id, "lost"), "the key is free again")
	require.Equal(t, []int{1, 1}, []int{old.count(id, casework.Commented), old.count(id, casework.Rebuilt)})
	require.NoError(t, old.office.Registry.VerifyCase(t.Context(), id))
	require.True(t, old.agree(id))
}

// A workflow server was restored, the registry was not: it has changes that the run does not know.
func TestARunBehindTheRegistryIsRebuilt(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.submitted()
	old := h.copied()
	require.NoError(t, h.comment(id, "one"))
	require.NoError(t, h.comment(id, "two"))
	old.takesOver(h)
	_, _, err := old.rebuilder().Rebuild(t.Context(), id, olivia, false)
	require.NoError(t, err)
	old.until(func() bool { return old.agree(id) })
	require.NoError(t, old.comment(id, "one"))

	now := h.on(h.office.Settings, h.client)
	now.takesOver(old)
	_, found := now.reconcile(false)
	require.Equal(t, desk.Difference{Case: id, Differs: desk.Behind, Done: desk.WasRebuilt}, found[id])
	require.NoError(t, now.comment(id, "three"))
	require.Equal(t, 3, now.count(id, casework.Commented))
	require.True(t, now.agree(id))
}

// A worker died after its change was stored and before its run could note it: the run can store no more, until it is rebuilt.
func TestARunWhoseWorkerDiedJustAfterStoringIsRebuilt(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.submitted()
	c, err := h.Store.Load(t.Context(), id)
	require.NoError(t, err)
	ch, err := c.Apply(casework.Act{Action: casework.Comment, Actor: olivia, Key: "dying", At: time.Now(), Body: &casework.CommentBody{Text: "stored"}})
	require.NoError(t, err)
	require.NoError(t, h.Store.Store(t.Context(), ch))
	_, found := h.reconcile(false)
	require.Equal(t, desk.Difference{Case: id, Differs: desk.Behind, Done: desk.WasRebuilt}, found[id])
	require.NoError(t, h.comment(id, "dying"), "it is there already")
	require.NoError(t, h.comment(id, "next"))
	require.Equal(t, 2, h.count(id, casework.Commented))
}

func TestARunWhoseWorkerDiedJustAfterStoringGoesOnByItself(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.submitted()
	c, err := h.Store.Load(t.Context(), id)
	require.NoError(t, err)
	ch, err := c.Apply(casework.Act{Action: casework.Comment, Actor: olivia, Key: "dying", At: time.Now(), Body: &casework.CommentBody{Text: "stored"}})
	require.NoError(t, err)
	require.NoError(t, h.Store.Store(t.Context(), ch))
	require.NoError(t, h.comment(id, "next"), "the run falls back on what the registry has")
	require.NoError(t, h.comment(id, "dying"), "it is there already")
	require.Equal(t, 2, h.count(id, casework.Commented))
	_, found := h.reconcile(false)
	require.Empty(t, found)
}

func TestACaseThatIsOnlyRegisteredIsLeftToTheSweep(t *testing.T) {
	t.Parallel()
	h := open(t)
	terms, _ := h.Terms()
	id, err := h.Registry.Register(t.Context(), casework.Intake{CaseKey: uuid.NewString(), Request: warrant(t), Actor: olivia, Terms: terms, At: casework.Truncate(time.Now().Add(-time.Minute))})
	require.NoError(t, err)
	came, _ := h.reconcile(false)
	require.Equal(t, desk.Reconciled{Cases: 1}, came)
	require.Zero(t, h.count(id, casework.Rebuilt))
	require.NoError(t, h.Sweep(t.Context()))
	require.Equal(t, 1, h.count(id, casework.Received))
}

// Erased is erased: a case that was purged after the dump comes back with it, but its key does not.
func TestACasePurgedAfterTheDumpIsErasedAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.closed()
	old := h.copied()
	require.NoError(t, h.client.TerminateWorkflow(t.Context(), id, "", "its run ended with the purge"))
	require.NoError(t, old.office.Registry.DestroyCaseKey(t.Context(), id))
	require.Error(t, old.office.Registry.PurgedAgain(t.Context(), "LR-2000-000001", time.Now()))
	require.True(t, old.bytesHave("harbor.lights"))
	_, found := old.reconcile(false)
	require.Equal(t, desk.Difference{Case: id, Differs: desk.Ended, Done: desk.WasPurged}, found[id])
	old.vacuum()
	require.False(t, old.bytesHave("harbor.lights"))
	require.Equal(t, 1, old.count(id, casework.Purged))
	require.NoError(t, old.office.Registry.VerifyCase(t.Context(), id))
	came, _ := old.reconcile(false)
	require.Zero(t, came.Cases)
	_, _, err := old.rebuilder().Rebuild(t.Context(), id, olivia, true)
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
}

func TestWithoutTheWorkflowServerNothingIsReconciled(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.submitted()
	nobody, err := h.office.Dial("127.0.0.1:1", wire.Logger())
	require.NoError(t, err)
	defer nobody.Close()
	_, err = h.on(h.office.Settings, nobody).rebuilder().Reconcile(t.Context(), false, func(desk.Difference) {})
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
}
