package temporalserver

import (
	"os"
	"path/filepath"

	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/metrics"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

const (
	clusterName = "active"
	disabled    = "disabled"

	// historyShards can never change for a file once created. All shards share the one connection, so more of them
	// would gain nothing.
	historyShards = 1
)

func newEngine(options Options, ports ports) (temporal.Server, error) {
	logger, err := newLogger(options.LogFile)
	if err != nil {
		return nil, err
	}
	return temporal.NewServer(
		temporal.WithConfig(serverConfig(options.File, ports)),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(ports.hosts()),
		temporal.WithLogger(logger),
		temporal.WithDynamicConfigClient(tuning()),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithCustomMetricsHandler(metrics.NoopMetricsHandler),
	)
}

// newLogger writes warnings and errors to file, or to standard error where none is named. The file is opened here
// first, as the server would only crash where it cannot be.
func newLogger(file string) (log.Logger, error) {
	if file != "" {
		trial, err := os.OpenFile(filepath.Clean(file), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		_ = trial.Close() // nothing was written
	}
	return log.NewZapLogger(log.BuildZapLogger(log.Config{Level: "warn", OutputFile: file})), nil
}

func serverConfig(file string, ports ports) *config.Config {
	return &config.Config{
		Persistence:         persistence(file),
		ClusterMetadata:     clusterMetadata(ports),
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            services(ports),
		Archival:            noArchival(),
		NamespaceDefaults:   noNamespaceArchival(),
		PublicClient:        config.PublicClient{HostPort: loopback(ports.frontend)},
	}
}

func persistence(file string) config.Persistence {
	return config.Persistence{
		DefaultStore:     sqlite.PluginName,
		VisibilityStore:  sqlite.PluginName,
		NumHistoryShards: historyShards,
		DataStores:       map[string]config.DataStore{sqlite.PluginName: {SQL: databaseConfig(file)}},
	}
}

func clusterMetadata(ports ports) *cluster.Config {
	return &cluster.Config{
		FailoverVersionIncrement: 10,
		MasterClusterName:        clusterName,
		CurrentClusterName:       clusterName,
		ClusterInformation: map[string]cluster.ClusterInformation{
			clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: loopback(ports.frontend)},
		},
	}
}

func services(ports ports) map[string]config.Service {
	return map[string]config.Service{
		string(primitives.FrontendService): service(ports.frontend),
		string(primitives.HistoryService):  service(ports.history),
		string(primitives.MatchingService): service(ports.matching),
		string(primitives.WorkerService):   service(ports.worker),
	}
}

func service(port int) config.Service {
	return config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: loopbackIP}}
}

func noArchival() config.Archival {
	return config.Archival{
		History:    config.HistoryArchival{State: disabled},
		Visibility: config.VisibilityArchival{State: disabled},
	}
}

func noNamespaceArchival() config.NamespaceDefaults {
	return config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
		History:    config.HistoryArchivalNamespaceDefaults{State: disabled},
		Visibility: config.VisibilityArchivalNamespaceDefaults{State: disabled},
	}}
}
