package test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/keys"
	"dueprocess/registry"
	"dueprocess/registry/registrytest"
)

// The same walk with every part in a process of its own: PostgreSQL, workflow server, mail catcher, worker, front desk.
func TestTheWalkWithSeparatePrograms(t *testing.T) {
	dir, database := t.TempDir(), registrytest.StartPostgres(t)
	temporal := announced(t, "local", "temporal", "--dir", filepath.Join(dir, "temporal"), "--no-ui")
	post := announced(t, "local", "mail", "--dir", filepath.Join(dir, "mail"))
	staff, portal, ops := freeAddress(t), freeAddress(t), freeAddress(t)
	environment := settings(t, dir, map[string]string{
		"DUEPROCESS_DATABASE_URL": database, "DUEPROCESS_SMTP": post["smtp"], "DUEPROCESS_PUBLIC_URL": "http://" + portal, "TEMPORAL_ADDRESS": temporal["address"],
	})
	finish(t, environment, "starter", "migrate")
	tokens := seed(t, dir, database)
	begin(t, environment, "worker")
	begin(t, environment, "starter", "serve", "--staff", staff, "--portal", portal, "--ops", ops)
	awaitReady(t, "http://"+ops+"/readyz")
	walk(t, "WALK_URL=http://"+staff, "WALK_TOKENS="+tokens, "WALK_MAIL=http://"+post["http"]+"/dev/mail.json")
	requireStyled(t, "http://"+portal, "/portal/")
	requireStyled(t, "http://"+staff, "/signin")
	require.NoError(t, opened(t, database).VerifyCase(t.Context(), "LR-"+time.Now().UTC().Format("2006")+"-000001"))
}

// requireStyled: each address gives what the head of its pages names, whoever else may have it too.
func requireStyled(t *testing.T, at, page string) {
	t.Helper()
	named := regexp.MustCompile(`"(/static/[^"]+)"`).FindAllStringSubmatch(got(t, at+page), -1)
	require.NotEmpty(t, named, page)
	for _, name := range append(named, []string{"", "/favicon.ico"}) {
		require.NotEmpty(t, got(t, at+name[1]))
	}
}

// got is the page at an address, which must be there.
func got(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = answer.Body.Close() }()
	require.Equal(t, http.StatusOK, answer.StatusCode, address)
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return string(text)
}

// settings are the environment of worker and front desk.
func settings(t *testing.T, dir string, more map[string]string) []string {
	t.Helper()
	profile, keyFile := filepath.Join(dir, "profile.yaml"), filepath.Join(dir, "keys.json")
	require.NoError(t, os.WriteFile(profile, []byte("notice_period: 2s\n"), 0o600))
	_, err := keys.Create(keyFile)
	require.NoError(t, err)
	out := append(os.Environ(), "DUEPROCESS_KEY_FILE="+keyFile, "DUEPROCESS_VAULT="+filepath.Join(dir, "vault"), "DUEPROCESS_PROFILE="+profile)
	for name, value := range more {
		out = append(out, name+"="+value)
	}
	return out
}

// seed puts people of staff and the contact book of the local mode into a registry; it gives the file with their tokens.
func seed(t *testing.T, dir, database string) string {
	t.Helper()
	r, tokens := opened(t, database), map[string]string{}
	for name, role := range map[string]casework.Role{
		"olivia": casework.LegalOps, "rosa": casework.Reviewer, "rafael": casework.Reviewer, "mina": casework.Manager,
	} {
		tokens[name] = "token of " + name
		sum := sha256.Sum256([]byte(tokens[name]))
		require.NoError(t, r.PutUser(t.Context(), name, []casework.Role{role}, hex.EncodeToString(sum[:])))
	}
	text, err := os.ReadFile("../deploy/local/demo/authorities.json")
	require.NoError(t, err)
	var book []casework.BookEntry
	require.NoError(t, json.Unmarshal(text, &book))
	require.NoError(t, r.SeedAuthorities(t.Context(), book))
	return writeJSON(t, filepath.Join(dir, "tokens.json"), tokens)
}

func opened(t *testing.T, database string) *registry.Registry {
	t.Helper()
	r, err := registry.Open(t.Context(), database, registry.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

func writeJSON(t *testing.T, path string, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, text, 0o600))
	return path
}

// announced starts a server that prints its addresses as one line of JSON.
func announced(t *testing.T, name string, arguments ...string) (addresses map[string]string) {
	t.Helper()
	c := command(t, os.Environ(), name, arguments...)
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	run(t, c)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(line, &addresses))
	return addresses
}

// begin starts a program that runs until the test ends; what it complains of is shown then.
func begin(t *testing.T, environment []string, name string, arguments ...string) {
	t.Helper()
	c := command(t, environment, name, arguments...)
	c.Stdout, c.Stderr = t.Output(), t.Output()
	run(t, c)
}

// finish runs a program to its end.
func finish(t *testing.T, environment []string, name string, arguments ...string) {
	t.Helper()
	said, err := command(t, environment, name, arguments...).CombinedOutput()
	require.NoError(t, err, string(said))
}

func command(t *testing.T, environment []string, name string, arguments ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(context.WithoutCancel(t.Context()), program(t, name), arguments...)
	c.Env = environment
	return c
}

// run starts a program, and at the end of the test stops it and expects that it stops cleanly.
func run(t *testing.T, c *exec.Cmd) {
	t.Helper()
	require.NoError(t, c.Start())
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		require.NoError(t, c.Wait(), c.Path)
	})
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	return l.Addr().String()
}

func awaitReady(t *testing.T, url string) {
	t.Helper()
	require.Eventually(t, func() bool {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
		require.NoError(t, err)
		answer, err := http.DefaultClient.Do(request)
		return err == nil && answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
	}, 30*time.Second, 50*time.Millisecond)
}
