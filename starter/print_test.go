package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// Of a purged case nothing is printed that nobody said.
func TestAPurgedCaseIsPrintedAsOne(t *testing.T) {
	t.Parallel()
	at, how := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), casework.ResolvedNotAuthentic
	var out strings.Builder
	require.NoError(t, printCase(&out, casework.View{ID: "LR-2026-000001", Stage: casework.InClosed, Resolution: &how, ReceivedAt: at, PurgedAt: &at}))
	require.Contains(t, out.String(), "Purged")
	require.NotContains(t, out.String(), "Authority")
	require.NotContains(t, out.String(), "not yet")
}
