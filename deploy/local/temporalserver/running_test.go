package temporalserver_test

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	"dueprocess/deploy/local/temporalserver"
)

const tenDays = 10 * 24 * time.Hour

func TestARunningServer(t *testing.T) {
	file := newFile(t)
	server := start(t, temporalserver.Options{File: file, LogFile: file + ".log"})
	through, leave := dial(t, server.Address())
	defer leave()

	for name, check := range map[string]func(*testing.T, client.Client){
		"a refused update":       checkRefusal,
		"an update with a start": checkUpdateWithStart,
		"time that is wound":     checkTimeSkipping,
		"a stage to search for":  checkStage,
		"a year kept":            checkRetention,
		"ids of 255 and no more": checkIDLength,
		"a schedule that starts": checkSchedule,
	} {
		t.Run(name, func(t *testing.T) { check(t, through) })
	}
	t.Run("pages", func(t *testing.T) { checkPages(t, server.UIAddress()) })
	t.Run("its file in use", func(t *testing.T) { checkFileInUse(t, file) })
	t.Run("its port in use", func(t *testing.T) { checkPortInUse(t, server.Address()) })
}

func checkRefusal(t *testing.T, through client.Client) {
	startNap(t, through, "refuses", tenDays)
	_, err := tell(t.Context(), through, "refuses", "")
	require.ErrorContains(t, err, "say something")
}

func checkUpdateWithStart(t *testing.T, through client.Client) {
	begin := through.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID: "both", TaskQueue: queue, WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, "nap", tenDays)
	handle, err := through.UpdateWithStartWorkflow(t.Context(), client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: begin, UpdateOptions: update("both", "hello"),
	})
	require.NoError(t, err)
	var answer string
	require.NoError(t, handle.Get(t.Context(), &answer))
	require.Equal(t, "hello", answer)
}

func checkTimeSkipping(t *testing.T, through client.Client) {
	run := startNap(t, through, "wound", tenDays)
	execution := &common.WorkflowExecution{WorkflowId: run.GetID()}
	wind(t, through, execution, "first", 3)
	arrive(t, through, execution, "first", enums.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED)
	requireStatus(t, through, run, enums.WORKFLOW_EXECUTION_STATUS_RUNNING)
	wind(t, through, execution, "second", 8)
	require.NoError(t, run.Get(t.Context(), nil))
	arrive(t, through, execution, "second", enums.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) // it ended on the way
}

// wind carries a run forward.
func wind(t *testing.T, through client.Client, execution *common.WorkflowExecution, id string, days int) {
	t.Helper()
	forward := &common.FastForwardConfig{Id: id, Duration: durationpb.New(time.Duration(days) * 24 * time.Hour)}
	_, err := through.WorkflowService().UpdateWorkflowExecutionOptions(t.Context(), &workflowservice.UpdateWorkflowExecutionOptionsRequest{
		Namespace: temporalserver.Namespace, WorkflowExecution: execution,
		WorkflowExecutionOptions: &workflowpb.WorkflowExecutionOptions{
			TimeSkippingConfig: &common.TimeSkippingConfig{Enabled: true, FastForwardConfig: forward},
		},
		UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"time_skipping_config"}},
	})
	require.NoError(t, err)
}

// arrive waits until a fast-forward ends as wanted.
func arrive(t *testing.T, through client.Client, execution *common.WorkflowExecution, id string, want enums.FastForwardPollingResult) {
	t.Helper()
	poll := &workflowservice.PollWorkflowExecutionTimeSkippingRequest{
		Namespace: temporalserver.Namespace, WorkflowExecution: execution, FastForwardId: id,
	}
	require.Eventually(t, func() bool {
		answer, err := through.WorkflowService().PollWorkflowExecutionTimeSkipping(t.Context(), poll)
		return err == nil && answer.GetFastForwardPollingResult() == want
	}, 20*time.Second, 10*time.Millisecond)
}

func requireStatus(t *testing.T, through client.Client, run client.WorkflowRun, want enums.WorkflowExecutionStatus) {
	t.Helper()
	found, err := through.DescribeWorkflowExecution(t.Context(), run.GetID(), "")
	require.NoError(t, err)
	require.Equal(t, want, found.GetWorkflowExecutionInfo().GetStatus())
}

func checkStage(t *testing.T, through client.Client) {
	startNap(t, through, "staged", tenDays)
	query := &workflowservice.CountWorkflowExecutionsRequest{Query: temporalserver.StageAttribute + ` = "asleep" AND WorkflowId = "staged"`}
	require.Eventually(t, func() bool {
		counted, err := through.CountWorkflow(t.Context(), query)
		return err == nil && counted.GetCount() == 1
	}, 10*time.Second, 20*time.Millisecond)
}

func checkRetention(t *testing.T, through client.Client) {
	found, err := through.WorkflowService().DescribeNamespace(t.Context(), &workflowservice.DescribeNamespaceRequest{Namespace: temporalserver.Namespace})
	require.NoError(t, err)
	require.Equal(t, 365*24*time.Hour, found.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration())
}

func checkIDLength(t *testing.T, through client.Client) {
	long := func(n int) client.StartWorkflowOptions {
		return client.StartWorkflowOptions{ID: strings.Repeat("x", n), TaskQueue: queue}
	}
	_, err := through.ExecuteWorkflow(t.Context(), long(255), "nap", tenDays)
	require.NoError(t, err)
	_, err = through.ExecuteWorkflow(t.Context(), long(256), "nap", tenDays)
	require.Error(t, err)
}

func checkSchedule(t *testing.T, through client.Client) {
	_, err := through.ScheduleClient().Create(t.Context(), client.ScheduleOptions{
		ID: "nightly", TriggerImmediately: true,
		Action: &client.ScheduleWorkflowAction{ID: "scheduled", Workflow: "nap", Args: []any{time.Millisecond}, TaskQueue: queue},
	})
	require.NoError(t, err)
	schedule := through.ScheduleClient().GetHandle(t.Context(), "nightly")
	require.Eventually(t, func() bool {
		found, err := schedule.Describe(t.Context())
		return err == nil && found.Info.NumActions == 1
	}, 20*time.Second, 20*time.Millisecond)
}

func checkPages(t *testing.T, address string) {
	for _, path := range []string{"", "api/v1/namespaces/" + temporalserver.Namespace} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+path, nil)
		require.NoError(t, err)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, http.StatusOK, answer.StatusCode, path)
	}
}

func checkFileInUse(t *testing.T, file string) {
	_, err := temporalserver.Start(t.Context(), options(file))
	require.ErrorContains(t, err, "is in use by another process")
}

func checkPortInUse(t *testing.T, address string) {
	_, port, err := net.SplitHostPort(address)
	require.NoError(t, err)
	taken, err := strconv.Atoi(port)
	require.NoError(t, err)
	_, err = temporalserver.Start(t.Context(), temporalserver.Options{File: newFile(t), Port: taken, NoUI: true})
	require.ErrorContains(t, err, "port "+port+" of 127.0.0.1 is in use")
}
