package temporalserver

import (
	"context"

	"github.com/temporalio/ui-server/v2/server"
	"github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"
)

// pages are the server's own web pages, to look into runs.
type pages struct {
	url    string
	server *server.Server
}

func startPages(ctx context.Context, frontend string, port int) (*pages, error) {
	port, err := choosePort(ctx, port)
	if err != nil {
		return nil, err
	}
	started := &pages{
		url:    "http://" + loopback(port) + "/",
		server: server.NewServer(server_options.WithConfigProvider(pagesConfig(frontend, port))),
	}
	go func() { _ = started.server.Start() }() // returns nothing but that it was stopped
	return started, awaitListener(ctx, loopback(port))
}

// pagesConfig has no look-ups on the internet, and cookies that work without TLS on the loopback address.
func pagesConfig(frontend string, port int) *config.Config {
	return &config.Config{
		TemporalGRPCAddress: frontend,
		Host:                loopbackIP,
		Port:                port,
		EnableUI:            true,
		DefaultNamespace:    Namespace,
		DisableNewsFetch:    true,
		HideLogs:            true,
		CORS:                config.CORS{CookieInsecure: true},
	}
}
