package pagetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// Purged is a case that was closed as not authentic, and has been purged since.
func (h *House) Purged(t testing.TB) string {
	t.Helper()
	id := h.Receive(t, Request())
	h.Does(t, Olivia, id, casework.RejectRequester, &casework.WithReason{Reason: "nobody there knows of it"})
	require.NoError(t, h.apply(t.Context(), id, casework.Purge{At: casework.Truncate(h.Now())}))
	require.NoError(t, h.Erase(t.Context(), id))
	return id
}
