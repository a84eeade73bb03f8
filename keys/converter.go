package keys

import (
	"context"
	"errors"

	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// DataConverter encrypts everything that clients and workers give to the workflow server. A look into the registry for a
// key does not count as a workflow that hangs.
func (r *Ring) DataConverter() converter.DataConverter {
	return workflow.DataConverterWithoutDeadlockDetection(converting(codec{ring: r}))
}

// sealing is the SDK's own converter behind the codec, told apart by where it is called.
type sealing struct {
	converter.DataConverter
	codec codec
}

var (
	_ converter.DataConverterWithSerializationContext = sealing{}
	_ workflow.ContextAware                           = sealing{}
)

func converting(c codec) sealing {
	return sealing{converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), c), c}
}

// WithSerializationContext tells which workflow the payloads belong to.
func (s sealing) WithSerializationContext(sc converter.SerializationContext) converter.DataConverter {
	return converting(s.codec.of(sc))
}

// WithWorkflowContext tells that workflow code calls.
func (s sealing) WithWorkflowContext(workflow.Context) converter.DataConverter {
	s.codec.inWorkflow = true
	return converting(s.codec)
}

// WithContext tells that a client or an activity calls.
func (s sealing) WithContext(context.Context) converter.DataConverter {
	s.codec.inWorkflow = false
	return converting(s.codec)
}

// FailureConverter encrypts messages, stack traces and details of failures; a failure's type stays in clear, since
// retry policies read it.
func (r *Ring) FailureConverter() converter.FailureConverter { return failing(codec{ring: r}) }

// failures is the SDK's own converter, which by itself would not learn which workflow a failure belongs to.
type failures struct {
	converter.FailureConverter
	codec codec
}

var _ converter.FailureConverterWithSerializationContext = failures{}

func failing(c codec) failures {
	options := temporal.DefaultFailureConverterOptions{DataConverter: converting(c), EncodeCommonAttributes: true}
	return failures{temporal.NewDefaultFailureConverter(options), c}
}

// WithSerializationContext tells which workflow the failure belongs to.
func (f failures) WithSerializationContext(sc converter.SerializationContext) converter.FailureConverter {
	return failing(f.codec.of(sc))
}

// ErrorToFailure encrypts a failure. Where that is not possible just now, the SDK's converter would end the process:
// then the failure goes without its words rather than in clear.
func (f failures) ErrorToFailure(err error) (out *failurepb.Failure) {
	defer func() {
		if recover() != nil {
			out = withheld(err)
		}
	}()
	return f.FailureConverter.ErrorToFailure(err)
}

// withheld keeps of a failure what the server needs to go on: its type, and whether it is worth another try.
func withheld(err error) *failurepb.Failure {
	info := &failurepb.ApplicationFailureInfo{Type: "withheld"}
	if told, ok := errors.AsType[*temporal.ApplicationError](err); ok {
		info.Type, info.NonRetryable = told.Type(), told.NonRetryable()
	}
	return &failurepb.Failure{
		Source: "GoSDK", Message: "A failure whose words could not be encrypted.",
		FailureInfo: &failurepb.Failure_ApplicationFailureInfo{ApplicationFailureInfo: info},
	}
}
