package temporalserver_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"dueprocess/deploy/local/temporalserver"
)

var stage = temporal.NewSearchAttributeKeyKeyword(temporalserver.StageAttribute)

// nap sleeps, and answers what it was told meanwhile, once it sleeps.
func nap(ctx workflow.Context, length time.Duration) (heard string, err error) {
	asleep := false
	hear := func(ctx workflow.Context, word string) (string, error) {
		heard += word
		return heard, workflow.Await(ctx, func() bool { return asleep })
	}
	refuse := func(word string) error {
		if word == "" {
			return errors.New("say something")
		}
		return nil
	}
	if err := workflow.SetUpdateHandlerWithOptions(ctx, "hear", hear, workflow.UpdateHandlerOptions{Validator: refuse}); err != nil {
		return "", err
	}
	if err := workflow.UpsertTypedSearchAttributes(ctx, stage.ValueSet("asleep")); err != nil {
		return "", err
	}
	timer := workflow.NewTimer(ctx, length)
	asleep = true
	return heard, errors.Join(timer.Get(ctx, nil), workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }))
}

func startNap(t *testing.T, through client.Client, id string, length time.Duration) client.WorkflowRun {
	t.Helper()
	run, err := through.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: queue}, "nap", length)
	require.NoError(t, err)
	return run
}

// tell sends an update and returns its answer.
func tell(ctx context.Context, through client.Client, id, word string) (answer string, err error) {
	handle, err := through.UpdateWorkflow(ctx, update(id, word))
	if err != nil {
		return "", err
	}
	err = handle.Get(ctx, &answer)
	return answer, err
}

func update(id, word string) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateName: "hear", Args: []any{word}, WaitForStage: client.WorkflowUpdateStageCompleted,
	}
}
