package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/wire"
	"dueprocess/web/ui/pagetest"
)

// ledgered is a database with one case, and the key file of its ledger.
func ledgered(t *testing.T) (database, keyFile string) {
	t.Helper()
	dir := t.TempDir()
	database, keyFile = "sqlite:"+filepath.Join(dir, "registry.db"), filepath.Join(dir, "keys.json")
	office, err := wire.Open(t.Context(), wire.Settings{
		Database: database, KeyFile: keyFile, Vault: filepath.Join(dir, "vault"), SMTP: "127.0.0.1:1", URL: "http://office.example", Records: "demo", Local: true,
	}, time.Now)
	require.NoError(t, err)
	defer func() { require.NoError(t, office.Close()) }()
	require.NoError(t, office.Registry.Migrate(t.Context()))
	in := casework.Intake{CaseKey: "00000000-0000-7000-8000-000000000001", At: time.Now(), Actor: pagetest.Olivia, Request: casework.Request{Channel: casework.ByPortal}}
	id, err := office.Registry.Register(t.Context(), in)
	require.NoError(t, err)
	c, err := office.Registry.Load(t.Context(), id)
	require.NoError(t, err)
	received, err := c.Apply(casework.Receipt{At: time.Now(), Actor: pagetest.Olivia})
	require.NoError(t, err)
	require.NoError(t, office.Registry.Store(t.Context(), received))
	require.NoError(t, office.SequenceOnce(t.Context()))
	return database, keyFile
}

func TestAWholeLedgerIsSaidToBeWhole(t *testing.T) {
	database, keyFile := ledgered(t)
	got := run(t, "ledger", "verify", "--database", database, "--key-file", keyFile)
	require.Zero(t, got.status, got.complaints)
	require.Contains(t, got.out, "The ledger is whole.")
	require.Regexp(t, `Events +\d+ in the tree, 0 not yet taken in`, got.out)
}

func TestAForgedLedgerIsAnErrorThatNamesTheEvent(t *testing.T) {
	database, keyFile := ledgered(t)
	raw, err := sql.Open("sqlite", database[len("sqlite:"):])
	require.NoError(t, err)
	_, err = raw.ExecContext(t.Context(), "UPDATE events SET verb = 'approved' WHERE sequence = 1")
	require.NoError(t, err)
	require.NoError(t, raw.Close())
	got := run(t, "ledger", "verify", "--database", database, "--key-file", keyFile)
	require.Equal(t, 1, got.status)
	require.Contains(t, got.out, "event 1 of LR-")
	require.NotContains(t, got.out, "whole.")
}

func TestALedgerNeedsItsDatabaseAndItsKeys(t *testing.T) {
	require.Equal(t, 2, run(t, "ledger", "verify").status)
	_, keyFile := ledgered(t)
	require.Equal(t, 2, run(t, "ledger", "verify", "--key-file", keyFile).status)
	require.Equal(t, 2, run(t, "ledger", "verify", "--key-file", "nowhere.json", "--database", "sqlite:nowhere.db").status)
}

func TestEvidenceIsCheckedWithoutTheDatabase(t *testing.T) {
	database, keyFile := ledgered(t)
	out := filepath.Join(t.TempDir(), "evidence.tar")
	require.Equal(t, out+"\n", run(t, "ledger", "evidence", "LR-"+time.Now().UTC().Format("2006")+"-000001", "--database", database, "--key-file", keyFile, "--out", out).well(t))
	require.Contains(t, run(t, "ledger", "verify", "--bundle", out, "--key-file", keyFile).well(t), "The evidence holds.")
	require.Contains(t, run(t, "ledger", "verify", "--bundle", out).well(t), "checked with the key that came along")
	require.Contains(t, run(t, "ledger", "verify", "--json", "--bundle", out).well(t), `"faults": []`)
	bytes, err := os.ReadFile(out)
	require.NoError(t, err)
	forged := file(t, "forged.tar", strings.Replace(string(bytes), `"verb": "received"`, `"verb": "reviewed"`, 1))
	got := run(t, "ledger", "verify", "--bundle", forged)
	require.Equal(t, 1, got.status)
	require.Contains(t, got.out, "event 1 of the case")
	run(t, "ledger", "evidence", "LR-2026-999999", "--database", database, "--key-file", keyFile).fails(t, 1, "no such case")
	require.Equal(t, 2, run(t, "ledger", "verify", "--bundle", "nowhere.tar").status)
}

// The key file of the local mode lies beside its database. Without one the checkpoints are compared, and nobody says who
// signed them.
func TestALedgerIsVerifiedWithTheDatabaseAlone(t *testing.T) {
	database, keyFile := ledgered(t)
	got := run(t, "ledger", "verify", "--database", database)
	require.Zero(t, got.status, got.complaints)
	require.Contains(t, got.out, "The ledger is whole.")
	require.NotContains(t, got.out, "not checked")
	require.NoError(t, os.Remove(keyFile))
	got = run(t, "ledger", "verify", "--database", database)
	require.Zero(t, got.status, got.complaints)
	require.Regexp(t, `Signatures +not checked; name --key-file`, got.out)
	got = run(t, "ledger", "verify", "--json", "--database", database)
	require.Contains(t, got.out, `"faults": []`)
	require.Contains(t, got.out, `"signed": false`)
}

func TestAMistypedDatabaseIsNotMade(t *testing.T) {
	typo := filepath.Join(t.TempDir(), "typo.db")
	for _, arguments := range [][]string{{"ledger", "verify"}, {"ledger", "evidence", "LR-2026-000001", "--key-file", "none"}, {"report", "transparency", "--period", "2026"},
		{"reconcile"}, {"case", "rebuild", "LR-2026-000001"}, {"policy", "diff", "--on", "2026-01-01", "--on", "2026-02-01"},
	} {
		got := run(t, append(arguments, "--database", "sqlite:"+typo)...)
		require.Equal(t, 2, got.status, got.complaints)
		require.NoFileExists(t, typo)
	}
	require.Contains(t, run(t, "report", "transparency", "--period", "2026", "--database", "sqlite:"+typo).complaints, "There is no database "+typo)
}

// TestAnEndThatIsGoneShowsInTheVault: a database cannot tell what was taken from its end, checkpoints and all.
func TestAnEndThatIsGoneShowsInTheVault(t *testing.T) {
	database, keyFile := ledgered(t)
	vault, text := filepath.Join(filepath.Dir(keyFile), "vault"), keptCheckpoint(t, database, keyFile)
	verify := []string{"ledger", "verify", "--database", database, "--key-file", keyFile}
	require.Regexp(t, `Checkpoints +3 agree`, run(t, append(verify, "--vault", vault, "--checkpoint", file(t, "mine", text))...).well(t))
	raw, err := sql.Open("sqlite", database[len("sqlite:"):])
	require.NoError(t, err)
	for _, statement := range []string{"DELETE FROM cases", "DELETE FROM events", "DELETE FROM leaves", "DELETE FROM tiles", "DELETE FROM checkpoints"} {
		_, err = raw.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
	require.NoError(t, raw.Close())
	require.Contains(t, run(t, verify...).well(t), "whole", "by itself")
	for _, beside := range [][]string{{"--vault", vault}, {"--checkpoint", file(t, "mine", text)}} {
		got := run(t, append(verify, beside...)...)
		require.Equal(t, exitFailed, got.status)
		require.Contains(t, got.out, "the log holds only 0 events that can be followed")
	}
	run(t, append(verify, "--vault", "nowhere")...).fails(t, exitWrong, "There is no vault nowhere.")
	empty := t.TempDir()
	run(t, append(verify, "--vault", empty)...).fails(t, exitWrong, "The folder "+empty+" holds no checkpoint")
	entries, err := os.ReadDir(empty)
	require.NoError(t, err)
	require.Empty(t, entries, "a folder that is no vault is not made one")
	run(t, append(verify, "--checkpoint", "nowhere")...).fails(t, exitWrong, "There is no checkpoint nowhere that can be read.")
	require.NoError(t, os.Rename(keyFile, keyFile+".away"))
	run(t, "ledger", "verify", "--database", database, "--vault", vault).fails(t, exitWrong, "KEY_FILE is missing")
}

// A checkpoint may be kept as it came: the whole answer, or the note, with a line feed more or less. What is none is no
// forgery but a mistake, and so is one that would be compared with nothing.
func TestACheckpointIsTakenAsItWasKept(t *testing.T) {
	database, keyFile := ledgered(t)
	note := keptCheckpoint(t, database, keyFile)
	answer, err := json.Marshal(map[string]any{"size": 7, "note": note})
	require.NoError(t, err)
	verify := []string{"ledger", "verify", "--database", database, "--key-file", keyFile, "--checkpoint"}
	for name, text := range map[string]string{"answer.json": string(answer), "more.txt": note + "\n", "less.txt": strings.TrimRight(note, "\n")} {
		require.Regexp(t, `Checkpoints +2 agree`, run(t, append(verify, file(t, name, text))...).well(t), name)
	}
	run(t, append(verify, file(t, "hello.txt", "hello\n"))...).fails(t, exitWrong, "hello.txt holds no checkpoint")
	run(t, append(verify, file(t, "other.json", `{"notes": 1}`))...).fails(t, exitWrong, "other.json holds no checkpoint")
	bundle := filepath.Join(t.TempDir(), "evidence.tar")
	run(t, "ledger", "evidence", "LR-"+time.Now().UTC().Format("2006")+"-000001", "--database", database, "--key-file", keyFile, "--out", bundle).well(t)
	run(t, append(verify, file(t, "mine", note), "--bundle", bundle)...).fails(t, exitWrong, "leave them out, or leave out --bundle")
}

// keptCheckpoint has the office put its newest checkpoint into the vault, and is its text.
func keptCheckpoint(t *testing.T, database, keyFile string) string {
	t.Helper()
	office, err := wire.Open(t.Context(), wire.Settings{
		Database: database, KeyFile: keyFile, Vault: filepath.Join(filepath.Dir(keyFile), "vault"), SMTP: "127.0.0.1:1", URL: "http://office.example", Records: "demo", Local: true,
	}, time.Now)
	require.NoError(t, err)
	defer func() { require.NoError(t, office.Close()) }()
	require.NoError(t, office.SaveCheckpoint(t.Context()))
	head, err := office.Registry.Checkpoint(t.Context())
	require.NoError(t, err)
	return head.Note
}

// TestEvidenceThatWouldNotHoldIsNotWritten: nobody is given what fails its own check.
func TestEvidenceThatWouldNotHoldIsNotWritten(t *testing.T) {
	database, keyFile := ledgered(t)
	raw, err := sql.Open("sqlite", database[len("sqlite:"):])
	require.NoError(t, err)
	_, err = raw.ExecContext(t.Context(), "UPDATE events SET verb = 'approved' WHERE sequence = 1")
	require.NoError(t, err)
	require.NoError(t, raw.Close())
	out := filepath.Join(t.TempDir(), "evidence.tar")
	id := "LR-" + time.Now().UTC().Format("2006") + "-000001"
	run(t, "ledger", "evidence", id, "--database", database, "--key-file", keyFile, "--out", out).fails(t, exitRefused, "The evidence would not hold", "starter ledger verify")
	require.NoFileExists(t, out)
}
