package temporalserver

import (
	"time"

	"go.temporal.io/server/common/dynamicconfig"
)

const (
	// pollsPerSecond frees the queues from their default of 20 polls a second, which puts every dispatch on a grid of
	// 50 ms. Whole numbers only: a float is passed over without a word.
	pollsPerSecond = 2000

	// longPoll bounds the wait after a lost wake-up of a caller who waits for a result.
	longPoll = 2 * time.Second

	// timerShift is how late a timer may fire; the default is a second.
	timerShift = time.Millisecond

	// maxIDLength is that of the databases a real server keeps its ids in, so that what works here works there.
	maxIDLength = 255

	// mostProblems is how often in a row the run of a case may fail before the server marks it as failing.
	mostProblems = 2

	// maxSkips lets a wound clock pass a long series of retries; beyond it time stops in silence.
	maxSkips = 100_000
)

// tuning is the dynamic configuration: quick dispatch for one machine, and the features that the local mode needs.
func tuning() dynamicconfig.StaticClient {
	return dynamicconfig.StaticClient{
		dynamicconfig.TransferProcessorMaxPollRPS.Key():                  pollsPerSecond,
		dynamicconfig.TimerProcessorMaxPollRPS.Key():                     pollsPerSecond,
		dynamicconfig.VisibilityProcessorMaxPollRPS.Key():                pollsPerSecond,
		dynamicconfig.OutboundProcessorMaxPollRPS.Key():                  pollsPerSecond,
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():           1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key():          1,
		dynamicconfig.HistoryLongPollExpirationInterval.Key():            longPoll,
		dynamicconfig.TimerProcessorMaxTimeShift.Key():                   timerShift,
		dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): 100,
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key():      true,
		dynamicconfig.MaxIDLengthLimit.Key():                             maxIDLength,
		dynamicconfig.WorkflowTimeSkippingEnabled.Key():                  true,

		dynamicconfig.NumConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute.Key(): mostProblems,
		dynamicconfig.WorkflowTimeSkippingMaxSkipPerSession.Key():                      maxSkips,
	}
}
