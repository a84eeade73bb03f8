package temporalserver_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"dueprocess/deploy/local/temporalserver"
)

const (
	queue     = "naps"
	serveFile = "TEMPORALSERVER_TEST_FILE" // makes this test binary a server, to be killed
)

// TestMain is a server alone where the environment asks for it, the tests otherwise.
func TestMain(m *testing.M) {
	if file := os.Getenv(serveFile); file != "" {
		serve(file)
	}
	os.Exit(m.Run())
}

// serve runs a server that only a signal ends.
func serve(file string) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	server, err := temporalserver.Start(ctx, options(file))
	if err != nil {
		cancel()
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(server.Address())
	<-ctx.Done()
	cancel()
	os.Exit(0)
}

func options(file string) temporalserver.Options {
	return temporalserver.Options{File: file, NoUI: true, LogFile: file + ".log"}
}

func newFile(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "a folder #1?", "temporal.db")
}

func start(t *testing.T, chosen temporalserver.Options) *temporalserver.Server {
	t.Helper()
	server, err := temporalserver.Start(t.Context(), chosen)
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	return server
}

// dial returns a client of the server at address, with a worker on the queue that ends with the returned function.
func dial(t *testing.T, address string) (client.Client, func()) {
	t.Helper()
	quiet := log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	dialled, err := client.Dial(client.Options{HostPort: address, Logger: quiet})
	require.NoError(t, err)
	working := worker.New(dialled, queue, worker.Options{})
	working.RegisterWorkflowWithOptions(nap, workflow.RegisterOptions{Name: "nap"})
	require.NoError(t, working.Start())
	return dialled, func() { working.Stop(); dialled.Close() }
}
