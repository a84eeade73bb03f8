package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/smtp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

// started is a command that runs in this process.
type started struct {
	lines  *bufio.Reader
	stop   context.CancelFunc
	status chan int
}

// begin runs a command until the test ends or it is stopped.
func begin(t *testing.T, environment []string, arguments ...string) started {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	read, write := io.Pipe()
	running := started{lines: bufio.NewReader(read), stop: cancel, status: make(chan int, 1)}
	go func() {
		running.status <- local(ctx, arguments, environment, write, write)
		_ = write.Close() // never fails
	}()
	return running
}

// addresses reads the one line of JSON.
func (s started) addresses(t *testing.T) (found map[string]string) {
	t.Helper()
	line, err := s.lines.ReadBytes('\n')
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(line, &found), string(line))
	return found
}

func (s started) requireCleanStop(t *testing.T) {
	t.Helper()
	s.stop()
	require.Equal(t, 0, <-s.status)
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return string(body)
}

func TestTheWorkflowServerAlone(t *testing.T) {
	running := begin(t, nil, "temporal", "--dir", t.TempDir())
	found := running.addresses(t)
	through, err := client.Dial(client.Options{HostPort: found["address"]})
	require.NoError(t, err)
	through.Close()
	require.Contains(t, fetch(t, found["ui"]), "<html")
	running.requireCleanStop(t)
}

func TestTheMailCatcherAlone(t *testing.T) {
	running := begin(t, []string{"LOCAL_DIR=" + t.TempDir()}, "mail")
	found := running.addresses(t)
	require.NoError(t, smtp.SendMail(found["smtp"], nil, "a@x.example", []string{"b@x.example"}, []byte("Subject: caught\r\n\r\ntext\r\n")))
	require.Contains(t, fetch(t, "http://"+found["http"]+"/dev/mail.json"), `"subject":"caught"`)
	running.requireCleanStop(t)
}

func TestRunPrintsItsAddresses(t *testing.T) {
	running := begin(t, []string{"LOCAL_DIR=" + t.TempDir(), "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=0"}, "run")
	line, err := running.lines.ReadString('\n')
	require.NoError(t, err)
	_, address, found := strings.Cut(strings.TrimSpace(line), "http://")
	require.True(t, found, line)
	require.Contains(t, fetch(t, "http://"+address), "Caught mail")
	go func() { _, _ = io.Copy(io.Discard, running.lines) }() // the lines that follow
	running.requireCleanStop(t)
}

func TestWrongUsageAndWrongSettingsEndWithTwo(t *testing.T) {
	for sentence, running := range map[string]started{
		"unexpected argument":       begin(t, nil, "fly"),
		"LOCAL_PORT must be a port": begin(t, []string{"LOCAL_PORT=x"}, "mail"),
		"LOCAL_X is not a setting":  begin(t, []string{"LOCAL_X=1"}, "run"),
	} {
		complaint, err := io.ReadAll(running.lines)
		require.NoError(t, err)
		require.Contains(t, string(complaint), sentence)
		require.Equal(t, 2, <-running.status)
	}
}

func TestAFailureEndsWithOne(t *testing.T) {
	running := begin(t, nil, "mail", "--dir", "/dev/null")
	complaint, err := io.ReadAll(running.lines)
	require.NoError(t, err)
	require.Contains(t, string(complaint), "/dev/null")
	require.Equal(t, 1, <-running.status)
}
