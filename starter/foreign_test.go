package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/keys"
)

// anothers is a key file that has nothing to do with any database.
func anothers(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "another.json")
	_, err := keys.Create(path)
	require.NoError(t, err)
	return path
}

// rows are how many a SQLite database has, of what is written with keys.
func rows(t *testing.T, database string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	const all = "SELECT (SELECT COUNT(*) FROM cases) + (SELECT COUNT(*) FROM case_keys) + (SELECT COUNT(*) FROM events) + (SELECT COUNT(*) FROM checkpoints) + (SELECT COUNT(*) FROM case_numbers)"
	require.NoError(t, db.QueryRowContext(t.Context(), all).Scan(&n))
	return n
}

// The keys of one database are never used on another: nothing is written, and no key file is made.
func TestAnotherDatabasesKeysAreRefusedBeforeAnythingIsDone(t *testing.T) {
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
	database, keyFile := ledgered(t)
	before, typo := rows(t, database), filepath.Join(t.TempDir(), "typo.keys")
	generate := []string{"generate", "--cases", "3", "--seed", "8", "--database", database, "--key-file"}
	run(t, append(generate, typo)...).fails(t, exitRefused, "There is no key file "+typo, "none was made")
	require.NoFileExists(t, typo)
	for _, command := range [][]string{
		generate, {"reconcile", "--database", database, "--key-file"}, {"case", "rebuild", "LR-2026-000001", "--database", database, "--key-file"},
	} {
		other := anothers(t)
		run(t, append(command, other)...).fails(t, exitRefused, "The keys in "+other+" are not those of this database")
	}
	require.Equal(t, before, rows(t, database))
	run(t, append(generate, keyFile)...).well(t)
	_, err := keys.Rotate(keyFile)
	require.NoError(t, err)
	run(t, append(generate, keyFile, "--seed", "9")...).well(t)
	run(t, "reconcile", "--database", database, "--key-file", keyFile).fails(t, exitFailed, "workflow server does not answer")
}

// Of keys that were destroyed nothing is left; who signed the ledger still says whose it is.
func TestTheLedgerSaysWhoseADatabaseIs(t *testing.T) {
	database, keyFile := ledgered(t)
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "UPDATE case_keys SET wrapped = NULL, destroyed = TRUE")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	generate := []string{"generate", "--cases", "3", "--database", database, "--key-file"}
	run(t, append(generate, anothers(t))...).fails(t, exitRefused, "are not those of this database")
	run(t, append(generate, keyFile)...).well(t)
}

func TestABackupWithAnothersKeysIsNotRestored(t *testing.T) {
	dir, _ := kept(t)
	text, err := os.ReadFile(anothers(t))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, keysFile), text, 0o600))
	backup, to := filepath.Join(t.TempDir(), "mixed.tar.gz"), filepath.Join(t.TempDir(), "local")
	run(t, "backup", "--dir", dir, backup).well(t)
	run(t, "restore", "--dir", to, backup).fails(t, exitWrong, "cannot be opened with its keys")
	require.NoDirExists(t, to)
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	t.Setenv("DUEPROCESS_DATABASE_URL", "")
	t.Setenv("DUEPROCESS_KEY_FILE", "")
	typo := filepath.Join(t.TempDir(), "typo.db")
	for _, command := range [][]string{{"reconcile"}, {"case", "rebuild", "LR-2026-000001"}} {
		run(t, append(command, "--database", "sqlite:"+typo, "--key-file", typo+".keys")...).fails(t, exitWrong, "There is no database "+typo, "The key file "+typo+".keys cannot be read")
	}
	run(t, "report", "transparency", "--period", "2026-H3", "--rulebook", "/nope", "--database", "sqlite:"+typo, "--format", "csv").
		fails(t, exitWrong, "--period", "--rulebook: there is no folder /nope", "There is no database "+typo, "csv is several files")
	require.NoFileExists(t, typo)
	t.Setenv("DUEPROCESS_CONFIG", file(t, "dueprocess.yaml", "colour: red\nsmtp: nowhere\n"))
	t.Cleanup(func() { require.NoError(t, os.Unsetenv("DUEPROCESS_SMTP")) }) // the file has set it
	run(t, "serve", "--rulebook", "/nope").fails(t, exitWrong, "colour is not a setting of the configuration file", "DUEPROCESS_DATABASE_URL is missing", "DUEPROCESS_SMTP must be host:port", "--rulebook")
	run(t, "reconcile").fails(t, exitWrong, "colour", "DUEPROCESS_DATABASE_URL is missing", "DUEPROCESS_KEY_FILE is missing")
	run(t, "generate", "--cases", "0").fails(t, exitWrong, "colour", "--cases must be", "--database is missing")
	run(t, "policy", "explain", "nowhere").fails(t, exitWrong, "colour")
}

// Whoever migrates is told what is in the way, and a newer schema is in it.
func TestWhatIsInTheWayOfMigratingIsSaid(t *testing.T) {
	database, _ := ledgered(t)
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	require.NoError(t, err)
	run(t, "migrate", "--database", database).well(t)
	_, err = db.ExecContext(t.Context(), "UPDATE schema_floor SET oldest = 9999")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	run(t, "migrate", "--database", database).fails(t, exitFailed, "newer than this program")
	run(t, "migrate", "--database", "sqlite:"+file(t, "notes.txt", strings.Repeat("no database at all\n", 100))).fails(t, exitFailed, "The database's file is no SQLite database.")
	run(t, "migrate", "--database", "postgres://u:hush@127.0.0.1:1/d").fails(t, exitFailed, "Nobody answers at the database's address")
}
