package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	runs "dueprocess/desk"
)

func TestRebuildingNeedsItsDatabaseItsKeysAndAWorkflowServer(t *testing.T) {
	t.Setenv("DUEPROCESS_DATABASE_URL", "")
	t.Setenv("DUEPROCESS_KEY_FILE", "")
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
	for _, command := range [][]string{{"reconcile"}, {"reconcile", "--dry-run"}, {"case", "rebuild", "LR-2026-000001"}} {
		run(t, command...).fails(t, exitWrong, "DUEPROCESS_DATABASE_URL", "DUEPROCESS_KEY_FILE")
	}
	database, keyFile := ledgered(t)
	run(t, "reconcile", "--database", database, "--key-file", keyFile+".none").fails(t, exitWrong)
	run(t, "reconcile", "--database", database, "--key-file", keyFile).fails(t, exitFailed, "workflow server does not answer")
	run(t, "case", "rebuild", "LR-2000-000001", "--database", database, "--key-file", keyFile).fails(t, exitFailed, "no such case")
	run(t, "case", "rebuild").fails(t, exitWrong)
}

// Where the key file is found that was not named is said, and true.
func TestRebuildingFindsTheKeyFileBesideItsDatabase(t *testing.T) {
	t.Setenv("DUEPROCESS_KEY_FILE", "")
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
	database, _ := ledgered(t)
	for _, command := range [][]string{{"reconcile"}, {"case", "rebuild"}} {
		said := strings.Join(strings.Fields(run(t, append(command, "--help")...).well(t)), " ")
		require.Contains(t, said, "Left out: keys.json beside a SQLite database")
	}
	run(t, "reconcile", "--database", database).fails(t, exitFailed, "workflow server does not answer")
}

func TestWhatDiffersIsSaidInWords(t *testing.T) {
	out := &bytes.Buffer{}
	s := &surroundings{out: out}
	s.difference(runs.Difference{Case: "LR-2026-000069", Differs: runs.Lost, Done: runs.WasEnded})
	require.Equal(t, "LR-2026-000069  the workflow server has it, the registry does not: it was received after the dump; ask for it again; its run was ended, and its number is not given again\n", out.String())
	for _, d := range []runs.Differs{runs.Agrees, runs.Missing, runs.Ended, runs.Behind, runs.Ahead, runs.Foreign, runs.Lost, runs.KeyOnly} {
		require.NotEmpty(t, wrongs[d], d)
	}
	for _, d := range []runs.Done{runs.NothingDone, runs.WasRebuilt, runs.WasPurged, runs.WasEnded, runs.WasPassed} {
		require.NotEmpty(t, ends[d], d)
	}
}
