//go:build unix

package registry_test

import (
	"testing"

	"dueprocess/registry/registrytest"
)

func TestPostgres(t *testing.T) {
	registrytest.Run(t, registrytest.StartPostgres)
}
