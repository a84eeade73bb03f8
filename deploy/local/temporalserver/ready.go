package temporalserver

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
)

// patience bounds how long a started server may take to answer.
const patience = 30 * time.Second

// awaitFrontend returns when the namespace can be described, that is, when cases can be started.
func awaitFrontend(ctx context.Context, address string) error {
	quiet := log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	probe, err := client.NewLazyClient(client.Options{HostPort: address, Namespace: Namespace, Logger: quiet})
	if err != nil {
		return err
	}
	defer probe.Close()
	return until(ctx, address, func(ctx context.Context) error {
		_, err := probe.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: Namespace})
		return err
	})
}

// awaitListener returns when address accepts connections.
func awaitListener(ctx context.Context, address string) error {
	return until(ctx, address, func(ctx context.Context) error {
		connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return connection.Close()
	})
}

// until asks again and again, for as long as patience and ctx allow.
func until(ctx context.Context, address string, ask func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ask(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w", address, err)
		case <-tick.C:
		}
	}
}
