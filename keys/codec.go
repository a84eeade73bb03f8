package keys

import (
	"context"
	"errors"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"

	"dueprocess/casework"
)

// What an encrypted payload says of itself in clear.
const (
	encoding   = "binary/dueprocess-sealed"
	ofCase     = "case" // whose key; absent: the house's
	unreadKind = "unreadable"
)

// storeTimeout is how long a codec, which is given no context, waits for the registry.
const storeTimeout = 5 * time.Second

// codec encrypts every payload: with the data key of the case whose workflow it belongs to, else with the house key.
type codec struct {
	ring       *Ring
	workflow   string // empty: not known
	inWorkflow bool   // called by workflow code: what may pass must not fail the workflow
}

var _ converter.PayloadCodecWithSerializationContext = codec{}

// PayloadCodec is the codec for whoever reads payloads outside a client or worker.
func (r *Ring) PayloadCodec() converter.PayloadCodec { return codec{ring: r} }

// WithSerializationContext tells the codec which workflow the payloads belong to.
func (c codec) WithSerializationContext(sc converter.SerializationContext) converter.PayloadCodec {
	return c.of(sc)
}

func (c codec) of(sc converter.SerializationContext) codec {
	switch s := sc.(type) {
	case converter.WorkflowSerializationContext:
		c.workflow = s.WorkflowID
	case converter.ActivitySerializationContext:
		c.workflow = s.WorkflowID
	default:
		c.workflow = ""
	}
	return c
}

// Encode encrypts each payload whole, its metadata too.
func (c codec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return c.each(payloads, c.encode)
}

// Decode decrypts what Encode made and leaves everything else as it is.
func (c codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return c.each(payloads, c.decode)
}

func (c codec) each(payloads []*commonpb.Payload, do func(context.Context, *commonpb.Payload) (*commonpb.Payload, error)) ([]*commonpb.Payload, error) {
	ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
	defer cancel()
	out := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		done, err := do(ctx, p)
		if err != nil {
			return nil, c.failed(err)
		}
		out[i] = done
	}
	return out, nil
}

// failed: in workflow code an error would end the case, so what may pass becomes a panic, after which the server has
// the task done again. What cannot pass is an error that nobody retries.
func (c codec) failed(err error) error {
	if casework.CodeOf(err) == casework.Unavailable || errors.Is(err, context.DeadlineExceeded) {
		if c.inWorkflow {
			panic(err)
		}
		return err
	}
	return temporal.NewNonRetryableApplicationError(err.Error(), unreadKind, err)
}

func (c codec) encode(ctx context.Context, p *commonpb.Payload) (*commonpb.Payload, error) {
	plain, err := proto.Marshal(p)
	if err != nil {
		return nil, err
	}
	sealed := &commonpb.Payload{Metadata: map[string][]byte{converter.MetadataEncoding: []byte(encoding)}}
	if !IsCase(c.workflow) {
		sealed.Data = c.ring.SealHouse(plain)
		return sealed, nil
	}
	sealed.Metadata[ofCase] = []byte(c.workflow)
	sealed.Data, err = c.ring.Seal(ctx, c.workflow, plain)
	return sealed, err
}

func (c codec) decode(ctx context.Context, p *commonpb.Payload) (*commonpb.Payload, error) {
	if string(p.GetMetadata()[converter.MetadataEncoding]) != encoding {
		return p, nil
	}
	plain, err := c.open(ctx, string(p.GetMetadata()[ofCase]), p.GetData())
	if err != nil {
		return nil, err
	}
	out := &commonpb.Payload{}
	if err := proto.Unmarshal(plain, out); err != nil {
		return nil, unreadable(err)
	}
	return out, nil
}

// open opens a payload of a case, of that case alone where it is known which one is being read.
func (c codec) open(ctx context.Context, owner string, sealed []byte) ([]byte, error) {
	switch {
	case owner == "":
		return c.ring.OpenHouse(sealed)
	case IsCase(c.workflow) && c.workflow != owner:
		return nil, casework.Refuse(casework.Internal, "A payload of the case %s stands in the history of the case %s.", owner, c.workflow)
	}
	return c.ring.Open(ctx, owner, sealed)
}

// IsCase reports whether a workflow id is that of a case: LR, the year, the number of six digits or more.
func IsCase(workflowID string) bool {
	parts := strings.Split(workflowID, "-")
	return len(parts) == 3 && parts[0] == "LR" && len(parts[1]) == 4 && digits(parts[1]) && len(parts[2]) >= 6 && digits(parts[2])
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
