package winding

import (
	"context"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/durationpb"
)

// Starting has every run that begins be wound as far as the clock is.
func (c *Clock) Starting() grpc.DialOption {
	return grpc.WithChainUnaryInterceptor(func(ctx context.Context, method string, request, reply any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, options ...grpc.CallOption) error {
		switch r := request.(type) {
		case *workflowservice.StartWorkflowExecutionRequest:
			c.ahead(r)
		case *workflowservice.ExecuteMultiOperationRequest:
			for _, operation := range r.GetOperations() {
				if start := operation.GetStartWorkflow(); start != nil {
					c.ahead(start)
				}
			}
		}
		return invoke(ctx, method, request, reply, conn, options...)
	})
}

// ahead is for every run: one that takes the place of another begins unwound too.
func (c *Clock) ahead(r *workflowservice.StartWorkflowExecutionRequest) {
	if wound := c.Wound(); wound > 0 {
		r.TimeSkippingConfig = &common.TimeSkippingConfig{
			Enabled: true, MaxSessionSkipCount: mostSkips, FastForwardConfig: &common.FastForwardConfig{Id: "start", Duration: durationpb.New(wound)},
		}
	}
}
