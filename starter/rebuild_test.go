package main

import (
	"testing"
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
