package wire

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
)

// beat is how often a worker says of each activity that it is still at it: several times within
// the workflows' heartbeat timeout, so that what a killed worker had in hand is soon taken up by another.
const beat = 2 * time.Second

// heartbeats says of every activity that its worker lives.
type heartbeats struct {
	interceptor.WorkerInterceptorBase
}

// InterceptActivity is called once for each execution.
func (*heartbeats) InterceptActivity(_ context.Context, next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	return &beating{interceptor.ActivityInboundInterceptorBase{Next: next}}
}

type beating struct {
	interceptor.ActivityInboundInterceptorBase
}

// ExecuteActivity beats until the activity has ended.
func (b *beating) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (any, error) {
	if activity.GetInfo(ctx).IsLocalActivity {
		return b.Next.ExecuteActivity(ctx, in)
	}
	alive, end := context.WithCancel(ctx)
	defer end()
	go func() {
		ticker := time.NewTicker(beat)
		defer ticker.Stop()
		for {
			select {
			case <-alive.Done():
				return
			case <-ticker.C:
				activity.RecordHeartbeat(alive)
			}
		}
	}()
	return b.Next.ExecuteActivity(ctx, in)
}
