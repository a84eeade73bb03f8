package desk_test

import (
	"context"
	"net"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"dueprocess/casework"
	"dueprocess/workflows"
)

var adam = casework.Actor{Kind: casework.Person, Name: "adam", Roles: []casework.Role{casework.Admin}}

// stuck is what is stuck of a case, by cause.
func (h *house) stuck(id string) []casework.Cause {
	h.t.Helper()
	found, err := h.office.Registry.StuckCase(h.t.Context(), id, h.office.Now(), mina)
	require.NoError(h.t, err)
	causes := []casework.Cause{}
	for _, s := range found {
		causes = append(causes, s.Cause)
	}
	return causes
}

// freeAddress is one on which nobody listens yet.
func freeAddress(t *testing.T) (address, port string) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address = l.Addr().String()
	require.NoError(t, l.Close())
	_, port, err = net.SplitHostPort(address)
	require.NoError(t, err)
	return address, port
}

// The mail server is down: the case shows with its cause, is tried again when somebody asks, and goes on.
func TestACaseWhoseMailIsNotTakenIsStuckUntilItIs(t *testing.T) {
	t.Parallel()
	address, port := freeAddress(t)
	h := openWith(t, address)
	watch := h.office.Watch(h.client)
	id, err := h.submit(uuid.NewString())
	require.NoError(t, err)
	h.until(func() bool { return slices.Equal(h.stuck(id), []casework.Cause{casework.MailIsAway}) })
	list, err := h.office.Registry.Stuck(t.Context(), h.office.Now(), adam)
	require.NoError(t, err)
	require.Equal(t, 1, list.Cases)
	require.GreaterOrEqual(t, list.Stuck[0].Tries, 3)
	require.Equal(t, casework.Waiting(casework.DoMail), list.Stuck[0].What)

	program, err := filepath.Abs("../bin/local")
	require.NoError(t, err)
	require.NotEmpty(t, begin(t, program, "mail", "--dir", t.TempDir(), "--port", port).SMTP)
	require.NoError(t, watch.Resume(t.Context(), id, adam))
	h.until(func() bool { return len(h.stuck(id)) == 0 })
	require.Equal(t, []int{1, 1}, []int{h.count(id, casework.Acknowledged), h.count(id, casework.Resumed)}, "once, though it was tried by two")
	refused := watch.Resume(t.Context(), id, adam)
	require.Equal(t, casework.Conflict, casework.CodeOf(refused))
	require.Equal(t, 1, h.count(id, casework.Resumed), "what is not stuck is not resumed")
}

func TestWhoMayResume(t *testing.T) {
	t.Parallel()
	h := open(t)
	watch := h.office.Watch(h.client)
	id := h.submitted()
	h.until(func() bool { return len(h.stuck(id)) == 1 })
	require.Equal(t, casework.Forbidden, casework.CodeOf(watch.Resume(t.Context(), id, olivia)))
	require.Equal(t, casework.NotFound, casework.CodeOf(watch.Resume(t.Context(), "LR-2000-000001", mina)))
	require.Zero(t, h.count(id, casework.Resumed))
}

// A release cannot go on from the history of the one before: the case shows, and its run is begun anew from what the
// registry has, by a release that can.
func TestARunThatCannotGoOnIsBegunAnew(t *testing.T) {
	t.Parallel()
	h := openWith(t, mailServer(t))
	watch := h.office.Watch(h.client)
	id := h.submitted()
	h.until(func() bool { return h.count(id, casework.Acknowledged) == 1 })
	h.worker.Stop()
	broken := worker.New(h.client, workflows.TaskQueue, worker.Options{})
	broken.RegisterWorkflowWithOptions(func(workflow.Context, workflows.Start) error { panic("a release that cannot") }, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	require.NoError(t, broken.Start())
	acting, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		_ = h.Act(acting, id, casework.Act{Action: casework.Comment, Actor: olivia, Key: "lost", Body: &casework.CommentBody{Text: "is there anybody"}})
	}()
	h.until(func() bool {
		require.NoError(t, watch.Look(t.Context()))
		return slices.Equal(h.stuck(id), []casework.Cause{casework.RunFails})
	})
	broken.Stop()
	cancel()
	h.start()
	require.NoError(t, watch.Resume(t.Context(), id, mina))
	require.NoError(t, h.comment(id, "after"))
	h.until(func() bool {
		require.NoError(t, watch.Look(t.Context()))
		return len(h.stuck(id)) == 0
	})
	require.Equal(t, []int{1, 1, 1, 1}, []int{h.count(id, casework.Received), h.count(id, casework.Acknowledged), h.count(id, casework.Resumed), h.count(id, casework.Rebuilt)})
}
