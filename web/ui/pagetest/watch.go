package pagetest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// Resume notes that it was ordered, and refuses what is not stuck: what helps a case on is the real desk's to know.
func (h *House) Resume(ctx context.Context, id string, by casework.Actor) error {
	if h.Fail != nil {
		return h.Fail
	}
	found, err := h.StuckCase(ctx, id, h.Now(), by)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return casework.Refuse(casework.Conflict, "The case %s is not stuck: it may have gone on by itself. Nothing was done.", id)
	}
	return h.Resumed(ctx, id, by, string(found[0].Cause), h.Now())
}

// Stick has the run of a case fail.
func (h *House) Stick(t testing.TB, id string) {
	t.Helper()
	require.NoError(t, h.RunsFail(t.Context(), []string{id}, h.Now()))
}
