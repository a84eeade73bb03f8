package winding

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/timestamppb"

	"dueprocess/casework"
)

// shelf holds cases of which all but every fifth have something under way that never ends.
type shelf struct{ cases int }

func (s shelf) Cases(context.Context, casework.CaseQuery, casework.Actor) (out casework.CaseList, err error) {
	for i := range s.cases {
		listed := casework.ListedCase{}
		listed.ID = fmt.Sprintf("LR-2026-%06d", i)
		out.Cases = append(out.Cases, listed)
	}
	return out, nil
}

func (shelf) Load(_ context.Context, id string) (casework.Case, error) {
	c := casework.Case{View: casework.View{ID: id, Stage: casework.InLegalReview, WaitingOn: casework.OnReviewer}}
	if !strings.HasSuffix(id, "0") && !strings.HasSuffix(id, "5") {
		c.Work.Pending = []casework.Effect{{}}
	}
	return c, nil
}

// ahead is a workflow server whose runs are all as far as any clock.
type ahead struct{ client.Client }

func (ahead) DescribeWorkflowExecution(context.Context, string, string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExtendedInfo: &workflow.WorkflowExecutionExtendedInfo{
		TimeSkippingInfo: &common.TimeSkippingInfo{CurrentTime: timestamppb.New(time.Now().AddDate(1, 0, 0))},
	}}, nil
}

// Whoever waits in vain is told every case that has not arrived, and no other; of many the first and how many more.
func TestAWindThatIsGivenUpNamesTheRest(t *testing.T) {
	t.Parallel()
	for cases, end := range map[int]string{5: ").", 25: ").", 35: "; and 8 more."} {
		clock, err := Open(filepath.Join(t.TempDir(), "clock.json"))
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err = Winder{Clock: clock, Registry: shelf{cases}, Temporal: ahead{}}.Wind(ctx, time.Hour)
		require.ErrorContains(t, err, "LR-2026-000001 (it is in legal_review, waiting on reviewer); LR-2026-000002 (")
		require.Equal(t, min(cases*4/5, 20), strings.Count(err.Error(), "LR-"), err.Error())
		require.NotContains(t, err.Error(), "LR-2026-000000")
		require.True(t, strings.HasSuffix(err.Error(), end), err.Error())
	}
}

// A run that takes the place of another begins unwound, as the first one did.
func TestEveryRunBeginsWhereTheClockIs(t *testing.T) {
	t.Parallel()
	clock, err := Open(filepath.Join(t.TempDir(), "clock.json"))
	require.NoError(t, err)
	first := &workflowservice.StartWorkflowExecutionRequest{WorkflowId: "LR-2026-000001"}
	clock.ahead(first)
	require.Nil(t, first.GetTimeSkippingConfig(), "nothing is wound")
	require.NoError(t, clock.to(time.Now().Add(time.Hour)))
	for range 2 {
		r := &workflowservice.StartWorkflowExecutionRequest{WorkflowId: "LR-2026-000001"}
		clock.ahead(r)
		require.InDelta(t, time.Hour, r.GetTimeSkippingConfig().GetFastForwardConfig().GetDuration().AsDuration(), float64(time.Minute))
	}
}
