package desk_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"

	"dueprocess/casework"
	"dueprocess/desk"
	"dueprocess/internal/wire"
)

// restored is the registry as it was before one more case was received, beside the workflow server that has its run.
func restored(t *testing.T, h *house) (old *house, kept, lost string) {
	t.Helper()
	kept = h.submitted()
	old = h.copied().at(h.server)
	lost = h.submitted()
	old.takesOver(h)
	return old, kept, lost
}

// at is the same office at a workflow server, to which it brings its own keys.
func (h *house) at(server string) *house {
	h.t.Helper()
	c, err := h.office.Dial(server, wire.Logger())
	require.NoError(h.t, err)
	h.t.Cleanup(c.Close)
	return &house{Desk: h.office.Desk(c), t: h.t, office: h.office, server: server, client: c}
}

// keysToo restores the data key of a case, as from a newer dump of the keys.
func (h *house) keysToo(from *house, id string) {
	h.t.Helper()
	wrapped, err := from.office.Registry.CaseKey(h.t.Context(), id)
	require.NoError(h.t, err)
	_, err = h.office.Registry.PutCaseKey(h.t.Context(), id, wrapped)
	require.NoError(h.t, err)
}

func (h *house) status(id string) enums.WorkflowExecutionStatus {
	h.t.Helper()
	told, err := h.client.DescribeWorkflowExecution(h.t.Context(), id, "")
	require.NoError(h.t, err)
	return told.GetWorkflowExecutionInfo().GetStatus()
}

func (h *house) number(id string) int {
	h.t.Helper()
	n, ok := casework.NumberOf(id)
	require.True(h.t, ok, id)
	return n.N
}

// The run of a case that the registry has lost acts no more, its number is not given again, and somebody is told to ask
// for it.
func TestALostCaseIsToldAndSetAside(t *testing.T) {
	t.Parallel()
	h := open(t)
	old, kept, lost := restored(t, h)
	came, found := old.reconcile(true)
	require.Equal(t, desk.Reconciled{Cases: 2, Differ: 1}, came)
	require.Equal(t, map[string]desk.Difference{lost: {Case: lost, Differs: desk.Lost}}, found)
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, old.status(lost), "it was only looked at")

	came, found = old.reconcile(false)
	require.Equal(t, desk.Reconciled{Cases: 2, Differ: 1, Done: 1}, came)
	require.Equal(t, desk.Difference{Case: lost, Differs: desk.Lost, Done: desk.WasEnded}, found[lost])
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_TERMINATED, old.status(lost))
	came, found = old.reconcile(false)
	require.Equal(t, desk.Reconciled{Cases: 1}, came, "nothing differs any more")
	require.Equal(t, desk.WasPassed, found[lost].Done, "but it is still told")

	next := old.submitted()
	require.Equal(t, old.number(lost)+1, old.number(next), "a number is never given twice")
	require.NoError(t, old.comment(next, "k"))
	require.NoError(t, old.comment(kept, "k"))
}

// An empty registry is another office's, or was named by mistake: nobody's runs are ended for it.
func TestAnEmptyRegistrySetsNothingAside(t *testing.T) {
	t.Parallel()
	h := open(t)
	empty := h.copied().at(h.server)
	id := h.submitted()
	_, err := empty.rebuilder().Reconcile(t.Context(), false, func(desk.Difference) {})
	require.Equal(t, casework.Conflict, casework.CodeOf(err))
	require.ErrorContains(t, err, "has runs of 1: one of the two is not this office's. Nothing was done.")
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, h.status(id))
}

// The keys are of the newest dump: they know of a case of which nothing else is left.
func TestALostCaseIsKnownByItsKeyAlone(t *testing.T) {
	t.Parallel()
	h := open(t)
	old := h.copied()
	lost := h.submitted()
	old.keysToo(h, lost)
	old = old.at(server(t, t.TempDir()))
	came, found := old.reconcile(false)
	require.Equal(t, desk.Reconciled{Cases: 1, Differ: 1, Done: 1}, came)
	require.Equal(t, desk.Difference{Case: lost, Differs: desk.KeyOnly, Done: desk.WasPassed}, found[lost])
	came, _ = old.reconcile(false)
	require.Zero(t, came.Differ)
	old.start()
	t.Cleanup(old.worker.Stop)
	require.Equal(t, old.number(lost)+1, old.number(old.submitted()))
}

// Whoever starts without reconciling gives no number twice either.
func TestTheFrontDeskPassesTheNumbersOfLostCases(t *testing.T) {
	t.Parallel()
	h := open(t)
	old, _, lost := restored(t, h)
	passed, err := old.rebuilder().PassLost(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, passed)
	passed, err = old.rebuilder().PassLost(t.Context())
	require.NoError(t, err)
	require.Zero(t, passed)
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, old.status(lost), "nothing is ended without being asked")
	require.Equal(t, old.number(lost)+1, old.number(old.submitted()))
}

// begunLater is what the sweep of a front desk does with a case that was registered a minute ago.
func (h *house) begunLater() {
	h.t.Helper()
	h.Now = func() time.Time { return time.Now().Add(time.Minute) }
	require.NoError(h.t, h.Sweep(h.t.Context()))
}

// A number that was given again after all, whatever the run of the first case is like: the case is stuck and says why,
// until somebody has its run begun.
func TestACaseWhoseNumberHasAnotherRunIsStuckAndCanBeBegun(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		arrange func(old, h *house, lost string)
		begin   func(old *house, id string)
	}{
		"its key is lost, resumed": {func(*house, *house, string) {}, func(old *house, id string) {
			require.NoError(old.t, old.office.Watch(old.client).Resume(old.t.Context(), id, mina))
		}},
		"its key is restored, reconciled": {func(old, h *house, lost string) { old.keysToo(h, lost) }, func(old *house, id string) {
			came, found := old.reconcile(false)
			require.Equal(old.t, 1, came.Done)
			require.Equal(old.t, desk.Difference{Case: id, Differs: desk.Foreign, Done: desk.WasRebuilt}, found[id])
			old.begunLater()
		}},
		"it is over, rebuilt": {func(old, _ *house, lost string) {
			require.NoError(old.t, old.client.TerminateWorkflow(old.t.Context(), lost, "", "a slip of the hand"))
		}, func(old *house, id string) {
			_, _, err := old.rebuilder().Rebuild(old.t.Context(), id, olivia, false)
			require.NoError(old.t, err)
			old.begunLater()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			old, _, lost := restored(t, h)
			x.arrange(old, h, lost)
			key := uuid.NewString()
			_, err := old.submit(key)
			require.Equal(t, casework.Unavailable, casework.CodeOf(err))
			require.ErrorContains(t, err, lost)
			require.Equal(t, []casework.Cause{casework.OtherRun}, old.stuck(lost))

			x.begin(old, lost)
			require.Equal(t, []int{1, 1}, []int{old.count(lost, casework.Received), old.count(lost, casework.Rebuilt)})
			again, err := old.submit(key)
			require.NoError(t, err)
			require.Equal(t, lost, again, "the same key, the same case")
			require.NoError(t, old.comment(lost, "k"))
			require.NotContains(t, old.stuck(lost), casework.OtherRun)
			old.until(func() bool { return old.agree(lost) })
			require.NoError(t, old.office.Registry.VerifyCase(t.Context(), lost))
		})
	}
}
