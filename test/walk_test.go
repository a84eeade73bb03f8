// Package test walks the whole product: real processes, real servers, real public tools. The programs are those that
// `make build` puts into bin/.
package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// walk runs walk.sh to its end, and shows what it said.
func walk(t *testing.T, environment ...string) {
	t.Helper()
	script := exec.CommandContext(t.Context(), "bash", "walk.sh")
	script.Env = append(os.Environ(), environment...)
	said, err := script.CombinedOutput()
	t.Logf("%s", said)
	require.NoError(t, err)
}

// program is the path of one of our programs.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "bin", name))
	require.NoError(t, err)
	_, err = os.Stat(path)
	require.NoError(t, err, "the programs are built by: make build")
	return path
}

func TestARequestWalksTheWholeWay(t *testing.T) {
	program(t, "local")
	walk(t)
}

func TestTheWalkGoesOnAfterEveryKill(t *testing.T) {
	program(t, "local")
	walk(t, "WALK_KILL=1")
}
