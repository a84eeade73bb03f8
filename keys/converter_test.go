package keys_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"dueprocess/casework"
	"dueprocess/keys"
)

// letter is what a workflow might be given.
type letter struct{ Text string }

func inCase(id string) converter.SerializationContext {
	return converter.WorkflowSerializationContext{Namespace: "default", WorkflowID: id}
}

func inActivity(id string) converter.SerializationContext {
	return converter.ActivitySerializationContext{Namespace: "default", WorkflowID: id, ActivityType: "Mail"}
}

func data(r *keys.Ring, sc converter.SerializationContext) converter.DataConverter {
	return converter.WithDataConverterSerializationContext(r.DataConverter(), sc)
}

// written is everything that the server would keep of a message.
func written(t *testing.T, m proto.Message) string {
	t.Helper()
	b, err := proto.Marshal(m)
	require.NoError(t, err)
	return string(b)
}

func TestPayloadsAreSealedWithTheirCasesKey(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	for _, sc := range []converter.SerializationContext{inCase(one), inActivity(one)} {
		p, err := data(r, sc).ToPayloads(letter{"MARKED"}, 7)
		require.NoError(t, err)
		require.NotContains(t, written(t, p), "MARKED")
		require.NotContains(t, written(t, p), "json/plain")
		for _, reader := range []converter.SerializationContext{inCase(one), inActivity(one)} {
			var l letter
			var n int
			require.NoError(t, data(newRing(t, s, d), reader).FromPayloads(p, &l, &n), "in another process")
			require.Equal(t, letter{"MARKED"}, l)
			require.Equal(t, 7, n)
		}
		var l letter
		require.NoError(t, r.DataConverter().FromPayload(p.Payloads[0], &l), "who is not told the workflow reads it from the payload")
		err = data(r, inCase(two)).FromPayload(p.Payloads[0], &l)
		requireFinal(t, err)
	}
	require.Len(t, d.kept, 1)
	require.Contains(t, d.kept, one)
}

func TestPayloadMovedToAnotherCaseDoesNotOpen(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	_, err := r.Seal(t.Context(), two, nil)
	require.NoError(t, err)
	p, err := data(r, inCase(one)).ToPayload(letter{"MARKED"})
	require.NoError(t, err)
	p.Metadata["case"] = []byte(two)
	requireFinal(t, data(r, inCase(two)).FromPayload(p, &letter{}))
	delete(p.Metadata, "case")
	requireFinal(t, data(r, inCase(two)).FromPayload(p, &letter{}))
}

// requireFinal: no retry will help, and the words give nothing away.
func requireFinal(t *testing.T, err error) {
	t.Helper()
	var told *temporal.ApplicationError
	require.ErrorAs(t, err, &told)
	require.True(t, told.NonRetryable())
	require.NotContains(t, err.Error(), "MARKED")
}

func TestWhatBelongsToNoCaseIsSealedWithTheHouseKey(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	nexus := converter.NexusSerializationContext{Endpoint: one}
	for _, c := range []converter.DataConverter{r.DataConverter(), data(r, inCase("housekeeping-sequencer")), data(r, inCase("LR-2026-00000x")), data(r, nexus)} {
		p, err := c.ToPayload(letter{"MARKED"})
		require.NoError(t, err)
		require.NotContains(t, written(t, p), "MARKED")
		var l letter
		require.NoError(t, data(newRing(t, s, d), inCase(one)).FromPayload(p, &l))
		require.Equal(t, "MARKED", l.Text)
	}
	require.Empty(t, d.kept)
}

func TestPlainPayloadsPass(t *testing.T) {
	s, _ := secrets(t)
	r := newRing(t, s, newDrawer())
	p, err := converter.GetDefaultDataConverter().ToPayload("from elsewhere")
	require.NoError(t, err)
	var text string
	require.NoError(t, data(r, inCase(one)).FromPayload(p, &text))
	require.Equal(t, "from elsewhere", text)
	decoded, err := r.PayloadCodec().Decode([]*commonpb.Payload{p})
	require.NoError(t, err)
	require.Equal(t, p, decoded[0])
}

func TestDestroyedKeyIsFinal(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	p, err := data(newRing(t, s, d), inCase(one)).ToPayload(letter{"MARKED"})
	require.NoError(t, err)
	d.destroy(one)
	r := newRing(t, s, d)
	err = data(r, inCase(one)).FromPayload(p, &letter{})
	requireFinal(t, err)
	require.ErrorIs(t, err, keys.ErrGone)
	_, err = data(r, inCase(one)).ToPayload(letter{})
	requireFinal(t, err)
}

// TestStoreAwayFailsNoWorkflow: an error in workflow code would end the case; a panic has the task done again.
func TestStoreAwayFailsNoWorkflow(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	d.away = true
	r := newRing(t, s, d)
	_, err := data(r, inCase(one)).ToPayload(letter{})
	require.Equal(t, casework.Unavailable, casework.CodeOf(err), "a client is told to try again")
	var told *temporal.ApplicationError
	require.NotErrorAs(t, err, &told)

	var tests testsuite.WorkflowTestSuite
	env := tests.NewTestWorkflowEnvironment()
	env.ExecuteWorkflow(func(ctx workflow.Context) error {
		c := r.DataConverter().(workflow.ContextAware).WithWorkflowContext(ctx) //nolint:forcetypeassert // the SDK asks the same
		c = converter.WithDataConverterSerializationContext(c, inCase(one))
		require.Panics(t, func() { _, _ = c.ToPayload(letter{}) })
		outside := c.(workflow.ContextAware).WithContext(context.Background()) //nolint:forcetypeassert // the SDK asks the same
		require.NotPanics(t, func() { _, _ = outside.ToPayload(letter{}) })
		return nil
	})
	require.NoError(t, env.GetWorkflowError())
}

func TestFailuresAreSealed(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	of := func(id string) converter.FailureConverter {
		return converter.WithFailureConverterSerializationContext(r.FailureConverter(), inCase(id))
	}
	refusal := temporal.NewApplicationErrorWithOptions("MARKED one", "conflict", temporal.ApplicationErrorOptions{
		NonRetryable: true, Cause: errors.New("MARKED two"), Details: []any{letter{"MARKED three"}},
	})
	f := of(one).ErrorToFailure(refusal)
	require.NotContains(t, written(t, f), "MARKED")
	require.Contains(t, d.kept, one, "with the key of its case")

	var told *temporal.ApplicationError
	require.ErrorAs(t, of(one).FailureToError(proto.CloneOf(f)), &told)
	require.Equal(t, "MARKED one", told.Message())
	require.Equal(t, "conflict", told.Type())
	require.True(t, told.NonRetryable())
	require.ErrorContains(t, told.Unwrap(), "MARKED two")
	var l letter
	require.NoError(t, told.Details(&l))
	require.Equal(t, "MARKED three", l.Text)
	require.NotContains(t, of(two).FailureToError(proto.CloneOf(f)).Error(), "MARKED")
}

// TestFailureIsWithheldRatherThanShown: and the process does not end, as it would with the SDK's own converter.
func TestFailureIsWithheldRatherThanShown(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	d.away = true
	fc := converter.WithFailureConverterSerializationContext(newRing(t, s, d).FailureConverter(), inActivity(one))
	f := fc.ErrorToFailure(temporal.NewNonRetryableApplicationError("MARKED", "conflict", nil, "MARKED"))
	require.NotContains(t, written(t, f), "MARKED")
	require.Equal(t, "conflict", f.GetApplicationFailureInfo().GetType())
	require.True(t, f.GetApplicationFailureInfo().GetNonRetryable())
	f = fc.ErrorToFailure(errors.New("MARKED"))
	require.NotContains(t, written(t, f), "MARKED")
	require.False(t, f.GetApplicationFailureInfo().GetNonRetryable(), "what is not known to be final is tried again")
	require.Nil(t, fc.ErrorToFailure(nil))
}

// TestWorkflowRunsBehindTheRing runs a workflow and its activity in the SDK's own environment.
func TestWorkflowRunsBehindTheRing(t *testing.T) {
	s, _ := secrets(t)
	d := newDrawer()
	r := newRing(t, s, d)
	var tests testsuite.WorkflowTestSuite
	env := tests.NewTestWorkflowEnvironment()
	env.SetDataConverter(r.DataConverter())
	env.SetFailureConverter(r.FailureConverter())
	env.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: one})
	answer := func(_ context.Context, l letter) (letter, error) {
		if l.Text == "refuse" {
			return letter{}, temporal.NewNonRetryableApplicationError("MARKED refusal", "conflict", nil)
		}
		return letter{l.Text + ", answered"}, nil
	}
	env.RegisterActivity(answer)
	env.ExecuteWorkflow(func(ctx workflow.Context, l letter) (letter, error) {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		var told *temporal.ApplicationError
		err := workflow.ExecuteActivity(ctx, answer, letter{"refuse"}).Get(ctx, nil)
		if !errors.As(err, &told) || told.Message() != "MARKED refusal" {
			return letter{}, errors.New("the refusal did not arrive")
		}
		return l, workflow.ExecuteActivity(ctx, answer, l).Get(ctx, &l)
	}, letter{"asked"})
	require.NoError(t, env.GetWorkflowError())
	var l letter
	require.NoError(t, env.GetWorkflowResult(&l))
	require.Equal(t, "asked, answered", l.Text)
	require.Contains(t, d.kept, one)
}

func TestIsCase(t *testing.T) {
	for id, want := range map[string]bool{
		one: true, "LR-2026-1234567": true, "LR-2026-00001": false, "LR-26-000001": false, "lr-2026-000001": false, "LR-2026-000001-x": false,
		"XLR-2026-000001": false, "LR-20x6-000001": false, "LR-2026-00000١": false, "": false, "housekeeping": false, "LR-2026-": false,
	} {
		require.Equal(t, want, keys.IsCase(id), id)
	}
}
