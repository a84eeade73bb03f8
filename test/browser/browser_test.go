// Package browser walks the tasks of the people of staff in a real browser: it starts the whole product, with its demo
// cases, and hands each file of tests to node. The programs are those that `make build` puts into bin/; chromium, node
// and the libraries of package.json are installed by `make deps`.
//
//	go test ./test/browser                        all of it
//	go test ./test/browser -run 'TestTasks/refusal' one file
package browser

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTasks runs each file of tasks by itself: first, side by side, those that leave the clock alone, then those that
// wind it, one after the other, since every case lives through that time.
func TestTasks(t *testing.T) {
	office := open(t)
	t.Run("now", func(t *testing.T) { office.runs(t, "tasks/*.test.mjs", true) })
	t.Run("later", func(t *testing.T) { office.runs(t, "tasks/later/*.test.mjs", false) })
}

// office is the product that runs.
type office struct{ url, tokens string }

// open starts the product in an empty folder, and stops it at the end of the test.
func open(t *testing.T) office {
	t.Helper()
	dir, said := filepath.Join(t.TempDir(), "local"), &lines{}
	program, err := filepath.Abs("../../bin/local")
	require.NoError(t, err)
	require.FileExists(t, program, "the programs are built by: make build")
	c := exec.CommandContext(context.WithoutCancel(t.Context()), program, "run")
	c.Env = append(os.Environ(), "LOCAL_DIR="+dir, "LOCAL_PORT=0", "LOCAL_TEMPORAL_PORT=0", "LOCAL_UI_PORT=0")
	c.Stdout, c.Stderr = said, said
	require.NoError(t, c.Start())
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		require.NoError(t, c.Wait(), said)
	})
	require.Eventually(t, func() bool { return strings.Contains(said.String(), "Ctrl-C") }, time.Minute, 50*time.Millisecond, said)
	require.Eventually(t, func() bool { _, err := os.Stat(filepath.Join(dir, "demo.made")); return err == nil }, time.Minute, 50*time.Millisecond, said)
	return office{regexp.MustCompile(`http://[^/]+`).FindString(said.String()), filepath.Join(dir, "tokens.json")}
}

// runs hands files to node, each as a test of its own.
func (o office) runs(t *testing.T, pattern string, sideBySide bool) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".test.mjs"), func(t *testing.T) {
			if sideBySide {
				t.Parallel()
			}
			o.run(t, file)
		})
	}
}

func (o office) run(t *testing.T, file string) {
	t.Helper()
	require.DirExists(t, "node_modules", "the libraries are installed by: make deps")
	c := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", file)
	c.Env = append(os.Environ(), "OFFICE_URL="+o.url, "OFFICE_TOKENS="+o.tokens)
	said, err := c.CombinedOutput()
	t.Logf("%s", said)
	require.NoError(t, err)
}

// lines is what a program says, to be read while it runs.
type lines struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said.String()
}
