package main

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/keys"
	"dueprocess/registry"
)

// filled is a database with generated cases, opened with the key ring that sealed them.
func filled(t *testing.T, arguments ...string) *registry.Registry {
	t.Helper()
	folder := t.TempDir()
	url, keyFile := "sqlite:"+filepath.Join(folder, "cases.db"), filepath.Join(folder, "keys.json")
	run(t, "migrate", "--database", url).well(t)
	run(t, append([]string{"generate", "--database", url, "--key-file", keyFile}, arguments...)...).well(t)
	r, err := registry.Open(t.Context(), url, registry.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	secrets, err := keys.Load(keyFile)
	require.NoError(t, err)
	ring, err := keys.NewRing(secrets, r)
	require.NoError(t, err)
	r.UseSealer(ring)
	return r
}

func listed(t *testing.T, r *registry.Registry) []casework.ListedCase {
	t.Helper()
	page, err := r.Cases(t.Context(), casework.CaseQuery{Sort: "case_id", Limit: 200}, casework.TheSystem)
	require.NoError(t, err)
	require.Nil(t, page.NextCursor)
	return page.Cases
}

func TestGeneratedCasesAreOpenedByTheOfficesKeys(t *testing.T) {
	r := filled(t, "--cases", "40", "--until", "2026-11-20")
	cases := listed(t, r)
	require.Len(t, cases, 40)
	for _, listed := range cases {
		c, err := r.Load(t.Context(), listed.ID)
		require.NoError(t, err)
		require.Equal(t, listed.Version, c.Version)
		require.NoError(t, r.VerifyCase(t.Context(), listed.ID))
	}
	left, err := r.Sequence(t.Context(), registry.Sequencing{Holder: "a test", At: time.Now().Add(time.Hour), Most: 1})
	require.NoError(t, err)
	require.Zero(t, left, "every leaf is in the tree")
}

func TestTheSameSeedGeneratesTheSameCases(t *testing.T) {
	one := asJSON(t, listed(t, filled(t, "--cases", "30", "--seed", "9", "--until", "2026-11-20")))
	require.Equal(t, one, asJSON(t, listed(t, filled(t, "--cases", "30", "--seed", "9", "--until", "2026-11-20"))))
	require.NotEqual(t, one, asJSON(t, listed(t, filled(t, "--cases", "30", "--seed", "10", "--until", "2026-11-20"))))
}

func TestGeneratedCasesFollowThoseThatAreThere(t *testing.T) {
	folder := t.TempDir()
	base := []string{"--json", "generate", "--database", "sqlite:" + filepath.Join(folder, "cases.db"), "--key-file", filepath.Join(folder, "keys.json"), "--until", "2026-11-20", "--cases", "20"}
	run(t, "migrate", "--database", base[3]).well(t)
	var said struct{ Cases int }
	require.NoError(t, json.Unmarshal([]byte(run(t, base...).well(t)), &said))
	require.Equal(t, 20, said.Cases)
	run(t, append(base, "--seed", "2")...).well(t)
	run(t, append(base, "--seed", "2")...).fails(t, exitRefused, "Cases of the seed 2 are in this database already", "choose another --seed")
}

// Where it fails on the way it says what was added, and leaves nothing of that out of the ledger's tree.
func TestGenerateThatFailsHalfwaySaysWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	file, keyFile := filepath.Join(folder, "cases.db"), filepath.Join(folder, "keys.json")
	run(t, "migrate", "--database", "sqlite:"+file).well(t)
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON cases WHEN (SELECT COUNT(*) FROM cases) >= 400 BEGIN SELECT RAISE(ABORT, 'full'); END`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	run(t, "generate", "--cases", "1000", "--database", "sqlite:"+file, "--key-file", keyFile, "--until", "2026-11-20").
		fails(t, exitFailed, "400 of the 1000 cases were added and stay", "tree and the sums were brought up to them", "another --seed than 1")
	got := run(t, "--json", "ledger", "verify", "--database", "sqlite:"+file, "--key-file", keyFile).well(t)
	var found struct{ Cases, Waiting int }
	require.NoError(t, json.Unmarshal([]byte(got), &found))
	require.Equal(t, 400, found.Cases)
	require.Zero(t, found.Waiting, "every leaf is in the tree")
}

func TestGenerateNamesEveryWrongFlagAtOnce(t *testing.T) {
	t.Setenv("DUEPROCESS_DATABASE_URL", "")
	t.Setenv("DUEPROCESS_KEY_FILE", "")
	run(t, "generate", "--cases", "0", "--until", "20.11.2026").fails(t, exitWrong, "--cases", "--until", "--database", "--key-file")
	run(t, "generate", "--cases", "many").fails(t, exitWrong, "--cases")
	key := filepath.Join(t.TempDir(), "keys.json")
	run(t, "generate", "--database", "mysql://x", "--key-file", key).fails(t, exitWrong, "postgres://")
	typo := filepath.Join(t.TempDir(), "typo.db")
	run(t, "generate", "--database", "sqlite:"+typo, "--key-file", key, "--rulebook", "/nowhere", "--cases", "0").fails(t, exitWrong, "There is no database "+typo, "--rulebook", "--cases")
	require.NoFileExists(t, typo)
	require.NoFileExists(t, key)
}
