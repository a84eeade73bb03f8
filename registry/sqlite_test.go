//go:build unix

package registry_test

import (
	"path/filepath"
	"testing"

	"dueprocess/registry/registrytest"
)

func TestSQLite(t *testing.T) {
	registrytest.Run(t, func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "a b?c#d.db") })
}
