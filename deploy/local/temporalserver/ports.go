package temporalserver

import (
	"context"
	"fmt"
	"net"
	"strconv"

	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/common/testing/freeport"
)

const loopbackIP = "127.0.0.1"

// ports are those of the server's four services; only the frontend's is for others.
type ports struct{ frontend, history, matching, worker int }

func choosePorts(ctx context.Context, frontend int) (ports, error) {
	frontend, err := choosePort(ctx, frontend)
	return ports{
		frontend: frontend,
		history:  freeport.MustGetFreePort(),
		matching: freeport.MustGetFreePort(),
		worker:   freeport.MustGetFreePort(),
	}, err
}

// choosePort is port if it can be listened on, or a free one for 0. The server would end the whole process, with no
// word to the caller, where a port is taken: hence the question beforehand.
func choosePort(ctx context.Context, port int) (int, error) {
	if port == 0 {
		return freeport.MustGetFreePort(), nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", loopback(port))
	if err != nil {
		return 0, fmt.Errorf("port %d of %s is in use or not allowed: %w", port, loopbackIP, err)
	}
	return port, listener.Close()
}

func loopback(port int) string { return net.JoinHostPort(loopbackIP, strconv.Itoa(port)) }

// hosts names the services to each other, in place of the gossip between machines.
func (p ports) hosts() map[primitives.ServiceName]static.Hosts {
	return map[primitives.ServiceName]static.Hosts{
		primitives.FrontendService: static.SingleLocalHost(loopback(p.frontend)),
		primitives.HistoryService:  static.SingleLocalHost(loopback(p.history)),
		primitives.MatchingService: static.SingleLocalHost(loopback(p.matching)),
		primitives.WorkerService:   static.SingleLocalHost(loopback(p.worker)),
	}
}
