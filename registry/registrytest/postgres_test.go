//go:build unix

package registrytest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMissingPostgresSaysHowToGetIt(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	kept := places
	places = []string{t.TempDir() + "/*"}
	defer func() { places = kept }()
	_, err := find()
	require.ErrorContains(t, err, "apt-get install")
	require.ErrorContains(t, err, "brew install")
}
