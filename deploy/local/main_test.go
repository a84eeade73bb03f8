package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"dueprocess/casework"
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

func TestTheIdentityProviderAlone(t *testing.T) {
	running := begin(t, nil, "oidc", "--desk", "http://127.0.0.1:9")
	found := running.addresses(t)
	require.Contains(t, fetch(t, found["issuer"]+"/.well-known/openid-configuration"), `"issuer":"`+found["issuer"]+`"`)
	require.Contains(t, found["roles"], "Reviewers=reviewer")
	running.requireCleanStop(t)
	refused := begin(t, nil, "oidc", "--desk", "https://desk.example.com")
	complaint, err := io.ReadAll(refused.lines)
	require.NoError(t, err)
	require.Contains(t, string(complaint), "loopback")
	require.Equal(t, 1, <-refused.status)
}

var choosing = regexp.MustCompile(`name="id" value="([^"]+)"`)

// signInAs goes the whole way of a person's browser: to a page, to the provider, and back to the page.
func signInAs(t *testing.T, address, name, path string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser := &http.Client{Jar: jar}
	answer, err := browser.Get(address + "/signin/start?next=" + url.QueryEscape(path))
	require.NoError(t, err)
	page, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	id := choosing.FindSubmatch(page)
	require.NotNil(t, id, string(page))
	answer, err = browser.PostForm(answer.Request.URL.String(), url.Values{"id": {string(id[1])}, "user": {name}})
	require.NoError(t, err)
	page, err = io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, address+path, answer.Request.URL.String())
	return string(page)
}

// Whoever has signed in is the same person where the product is started again on another port, or restored there; another
// provider's people are not taken for them.
func TestPeopleStayWhoTheyAreOnAnotherPort(t *testing.T) {
	dir := t.TempDir()
	p := runProduct(t, dir)
	require.Contains(t, signInAs(t, p.address, "rosa", "/settings/tokens"), "You have no token.")
	p.running.requireCleanStop(t)
	held, err := new(net.ListenConfig).Listen(t.Context(), "tcp", strings.TrimPrefix(p.address, "http://"))
	require.NoError(t, err)
	defer func() { require.NoError(t, held.Close()) }()
	again := runProduct(t, dir)
	require.NotEqual(t, p.address, again.address)
	require.Contains(t, signInAs(t, again.address, "rosa", "/settings/tokens"), "You have no token.")
	again.running.requireCleanStop(t)
}

func TestOnlyTheDemonstrationsOwnPeopleMove(t *testing.T) {
	t.Parallel()
	moved := movedTo("http://127.0.0.1:2/dev/oidc")
	for was, is := range map[string]string{
		"http://127.0.0.1:1/dev/oidc rosa": "http://127.0.0.1:2/dev/oidc rosa", "http://127.0.0.1:2/dev/oidc rosa": "http://127.0.0.1:2/dev/oidc rosa", "": "",
		"https://id.example.com rosa": "https://id.example.com rosa", "https://id.example.com/?http://127.0.0.1:1/dev/oidc rosa": "https://id.example.com/?http://127.0.0.1:1/dev/oidc rosa",
		"http://127.0.0.1:1/dev/oidc/x rosa": "http://127.0.0.1:1/dev/oidc/x rosa", "http://127.0.0.1:1.example.com/dev/oidc rosa": "http://127.0.0.1:1.example.com/dev/oidc rosa",
	} {
		require.Equal(t, is, moved(was))
	}
}

// The whole product: its addresses, and twelve demo cases of which each stage holds one.
func TestTheWholeProductRuns(t *testing.T) {
	dir := t.TempDir()
	running := begin(t, []string{"LOCAL_DIR=" + dir, "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=0"}, "run")
	line, err := running.lines.ReadString('\n')
	require.NoError(t, err)
	address := regexp.MustCompile(`http://[^/]+`).FindString(line)
	go func() { _, _ = io.Copy(io.Discard, running.lines) }() // the lines that follow
	for path, has := range map[string]string{
		"/": "Sign in", "/portal/": "<html", "/dev/mail": "Caught mail", "/healthz": "ok", "/readyz": "ready", "/metrics": "go_goroutines", "/api/v1/keys": "PUBLIC KEY",
	} {
		require.Contains(t, fetch(t, address+path), has, path)
	}
	require.Contains(t, signInAs(t, address, "rosa", "/settings/tokens"), "You have no token.")
	require.Contains(t, signInAs(t, address, "adam", "/settings/people"), "Last sign-in")
	info, err := os.Stat(filepath.Join(dir, "tokens.json"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.Eventually(t, func() bool { return len(stagesOf(t, address, dir)) == len(casework.Stages) }, time.Minute, 200*time.Millisecond)
	require.Eventually(t, func() bool { _, err := os.Stat(filepath.Join(dir, "demo.made")); return err == nil }, time.Minute, 100*time.Millisecond)
	running.requireCleanStop(t)
}

// stagesOf are the stages of the cases, as the auditor sees them.
func stagesOf(t *testing.T, address, dir string) map[casework.Stage]int {
	t.Helper()
	tokens, err := tokensOf(filepath.Join(dir, "tokens.json"))
	require.NoError(t, err)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/api/v1/cases", http.NoBody)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+tokens["tess"])
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	var list casework.CaseList
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&list))
	require.NoError(t, answer.Body.Close())
	out := map[casework.Stage]int{}
	for _, c := range list.Cases {
		out[c.Stage]++
	}
	return out
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

// Whatever is wrong with the settings is said before anything is made.
func TestAFaultyProfileEndsWithTwoAndLeavesNothing(t *testing.T) {
	dir, profile := filepath.Join(t.TempDir(), "local"), filepath.Join(t.TempDir(), "profile.yaml")
	require.NoError(t, os.WriteFile(profile, []byte("colour: red\n"), 0o600))
	running := begin(t, []string{"LOCAL_DIR=" + dir, "LOCAL_PROFILE=" + profile, "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=x"}, "run")
	complaint, err := io.ReadAll(running.lines)
	require.NoError(t, err)
	require.Contains(t, string(complaint), "LOCAL_PROFILE must name a provider's profile")
	require.Contains(t, string(complaint), "colour")
	require.Contains(t, string(complaint), "LOCAL_UI_PORT")
	require.Equal(t, 2, <-running.status)
	require.NoDirExists(t, dir)
}

func TestAFailureEndsWithOne(t *testing.T) {
	running := begin(t, nil, "mail", "--dir", "/dev/null")
	complaint, err := io.ReadAll(running.lines)
	require.NoError(t, err)
	require.Contains(t, string(complaint), "/dev/null")
	require.Equal(t, 1, <-running.status)
}
