package casework_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestANumberIsReadAsItIsWritten(t *testing.T) {
	for _, n := range []casework.Number{{2026, 1}, {2026, 999999}, {2031, 1000000}} {
		read, ok := casework.NumberOf(n.String())
		require.True(t, ok, n)
		require.Equal(t, n, read)
	}
	require.Equal(t, "LR-2026-000069", casework.Number{Year: 2026, N: 69}.String())
	for _, id := range []string{"", "LR-2026-69", "LR-2026-000069 ", "lr-2026-000069", "LR-2026", "LR--2026-000069", "demo"} {
		_, ok := casework.NumberOf(id)
		require.False(t, ok, id)
	}
}
