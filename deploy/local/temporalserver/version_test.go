package temporalserver_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/server/common/headers"

	"dueprocess/deploy/local/temporalserver"
)

func TestAFileOfAnotherVersionIsRefused(t *testing.T) {
	file := writeFile(t, "1.29.0\n")
	_, err := temporalserver.Start(t.Context(), options(file))
	require.ErrorContains(t, err, "was written by Temporal server 1.29.0 and this is "+headers.ServerVersion)
	requireUntouched(t, file)
}

func TestAFileWithoutRecordIsRefused(t *testing.T) {
	file := writeFile(t, "")
	require.NoError(t, os.Remove(file+".version"))
	_, err := temporalserver.Start(t.Context(), options(file))
	require.ErrorContains(t, err, "has no version record")
	requireUntouched(t, file)
}

func TestASetUpThatWasCutShortIsDoneAgain(t *testing.T) {
	file := writeFile(t, "unfinished 1.29.0\n")
	start(t, options(file))
	record, err := os.ReadFile(file + ".version")
	require.NoError(t, err)
	require.Equal(t, headers.ServerVersion+"\n", string(record))
}

const content = "somebody's data"

// writeFile makes a database file that no server ever wrote, with a version record.
func writeFile(t *testing.T, record string) string {
	t.Helper()
	file := t.TempDir() + "/temporal.db"
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	require.NoError(t, os.WriteFile(file+".version", []byte(record), 0o600))
	return file
}

func requireUntouched(t *testing.T, file string) {
	t.Helper()
	found, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, content, string(found))
}
