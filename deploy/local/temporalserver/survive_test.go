package temporalserver_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/deploy/local/temporalserver"
)

const short = 500 * time.Millisecond

func TestARunSleepsOverAStop(t *testing.T) {
	file := newFile(t)
	server, err := temporalserver.Start(t.Context(), options(file))
	require.NoError(t, err)
	fallAsleep(t, server.Address())
	server.Stop()

	wakeUp(t, start(t, options(file)).Address())
}

func TestARunSurvivesAKill(t *testing.T) {
	file := newFile(t)
	process, address := startProcess(t, file)
	fallAsleep(t, address)
	require.NoError(t, process.Kill())
	_, err := process.Wait()
	require.NoError(t, err)

	wakeUp(t, start(t, options(file)).Address())
}

// fallAsleep starts a run and returns when its timer is stored.
func fallAsleep(t *testing.T, address string) {
	t.Helper()
	through, leave := dial(t, address)
	defer leave()
	startNap(t, through, "sleeper", short)
	answer, err := tell(t.Context(), through, "sleeper", "good night")
	require.NoError(t, err)
	require.Equal(t, "good night", answer)
}

func wakeUp(t *testing.T, address string) {
	t.Helper()
	through, leave := dial(t, address)
	defer leave()
	var heard string
	require.NoError(t, through.GetWorkflow(t.Context(), "sleeper", "").Get(t.Context(), &heard))
	require.Equal(t, "good night", heard)
}

// startProcess runs a server in a process of its own and returns its address.
func startProcess(t *testing.T, file string) (*os.Process, string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), serveFile+"="+file)
	output, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	return command.Process, strings.TrimSpace(line)
}
