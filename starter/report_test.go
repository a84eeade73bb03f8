package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/transparency"
)

// invented is a database of invented cases, all over before a day.
func invented(t *testing.T) (database string) {
	t.Helper()
	dir := t.TempDir()
	database = "sqlite:" + filepath.Join(dir, "registry.db")
	require.Zero(t, run(t, "migrate", "--database", database).status)
	got := run(t, "generate", "--cases", "60", "--until", "2026-07-01", "--database", database, "--key-file", filepath.Join(dir, "keys.json"))
	require.Zero(t, got.status, got.complaints)
	return database
}

func TestTheReportOfAPeriod(t *testing.T) {
	database := invented(t)
	got := run(t, "report", "transparency", "--period", "2025", "--database", database, "--rederive")
	require.Zero(t, got.status, got.complaints)
	require.Contains(t, got.complaints, "Counted again from their events: 60 cases, of which 0 were counted otherwise.")
	var r transparency.Report
	require.NoError(t, json.Unmarshal([]byte(got.out), &r))
	require.Len(t, r.Tables, 7)
	require.Positive(t, r.Tables[0].Total["received"])
	require.Equal(t, r.Tables[0].Total, r.Tables[1].Total)
	require.Len(t, r.Tables[4].Rows, 2, "two half-years of national security process")

	for format, begins := range map[string]string{"html": "<!doctype html>", "pdf": "%PDF-"} {
		got = run(t, "report", "transparency", "--period", "2026-H1", "--format", format, "--database", database)
		require.Zero(t, got.status, got.complaints)
		require.Regexp(t, "^"+begins, got.out)
	}
}

// What is counted otherwise than its events say is put right in the database, and named.
func TestARecountSaysHowManyCasesDiffered(t *testing.T) {
	database := invented(t)
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "UPDATE counting SET country = 'XX' WHERE case_id = (SELECT MIN(case_id) FROM counting)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	arguments := []string{"report", "transparency", "--period", "2025", "--database", database, "--rederive"}
	require.Regexp(t, `60 cases, of which 1 were counted otherwise, and are put right in the database: LR-\d+-000001\n`, run(t, arguments...).complaints)
	require.Contains(t, run(t, arguments...).complaints, "of which 0 were counted otherwise.")
	require.Contains(t, run(t, "report", "transparency", "--help").well(t), "put right")
}

func TestAReportIsPublishedAsTheProfileSays(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile.yaml")
	require.NoError(t, os.WriteFile(profile, []byte(`name: Beispiel Hosting GmbH
publishing:
  band: 500
  fewest: 1000
  canaries: [{text: We never gave anybody a key., attested_by: counsel, attested_on: 2026-07-01}]
`), 0o600))
	got := run(t, "report", "transparency", "--period", "2025-H2", "--database", invented(t), "--profile", profile)
	require.Zero(t, got.status, got.complaints)
	var r transparency.Report
	require.NoError(t, json.Unmarshal([]byte(got.out), &r))
	require.Equal(t, []transparency.Canary{{Text: "We never gave anybody a key.", AttestedBy: "counsel", AttestedOn: "2026-07-01"}}, r.Canaries)
	require.Equal(t, []transparency.Row{{"period": "2025-H2", "received": "0-499", "selectors": "0-499"}}, r.Tables[4].Rows)
	require.Len(t, r.Tables[1].Rows, 1)
	require.Equal(t, "other", r.Tables[1].Rows[0]["country"])
}

func TestAReportIsWrittenOverNothing(t *testing.T) {
	database, folder := invented(t), filepath.Join(t.TempDir(), "report")
	arguments := []string{"report", "transparency", "--period", "2026-Q1", "--format", "csv", "--out", folder, "--database", database}
	require.Zero(t, run(t, arguments...).status)
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 8)
	require.NoError(t, os.Remove(filepath.Join(folder, "by_country.csv")))
	again := run(t, arguments...)
	require.Equal(t, 2, again.status)
	require.Contains(t, again.complaints, "by_instrument.csv is there already; nothing was written")
	require.NoFileExists(t, filepath.Join(folder, "by_country.csv"))
}

func TestAReportThatCannotBeMade(t *testing.T) {
	for says, arguments := range map[string][]string{
		"must be a year (2013)":                {"--period", "2026-H3"},
		"csv is several files: name a folder":  {"--period", "2026", "--format", "csv"},
		`--format must be one of "json","csv"`: {"--period", "2026", "--format", "xml"},
		"is missing: postgres://… or sqlite":   {"--period", "2026"},
		"missing flags: --period=PERIOD":       {},
	} {
		got := run(t, append([]string{"report", "transparency"}, arguments...)...)
		require.Equal(t, 2, got.status, says)
		require.Contains(t, got.complaints, says)
		require.Empty(t, got.out)
	}
}
